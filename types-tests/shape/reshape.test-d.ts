import type { AddSizes, Concat, Err, ExpandDims, Flatten, Ok, Reshape, Slice, Squeeze, Stack } from '../../src/shape/index.js'
import type { Any, Assert, Equal } from '../assert.js'

export type ReshapeCases = [
  Assert<Equal<Reshape<'batch 28 28', 'batch 784'>, Ok<'batch 784'>>>,
  Assert<Equal<Reshape<'4 6', '5 5'>, Err<"reshape: '4 6' has 24 values and '5 5' has 25">>>,
  Assert<Equal<Reshape<'4 6', '4,6'>, Err<"shape '4,6': write one space between axes">>>,
  Assert<Equal<Reshape<'4 6' | '5 5', '24'>, Ok<'24'> | Err<"reshape: '5 5' has 25 values and '24' has 24">>>,
  Assert<Equal<Reshape<Any, '4'>, Ok<'4'>>>,
  Assert<Equal<Reshape<'4', Any>, Ok<string>>>,
  Assert<Equal<Reshape<never, '4'>, never>>,
  Assert<Equal<Reshape<'4', never>, never>>,
  Assert<Equal<Reshape<string, '4'>, Ok<'4'>>>,
  Assert<Equal<Reshape<'4', string>, Ok<string>>>,
]

export type FlattenCases = [
  Assert<Equal<Flatten<'16 5 5'>, Ok<'400'>>>,
  Assert<Equal<Flatten<'batch 28 28'>, Ok<'batch*784'>>>,
  Assert<Equal<Flatten<'9007199254740991 n 3'>, Ok<string>>>,
  Assert<Equal<Flatten<'2 3' | 'n'>, Ok<'6'> | Ok<'n'>>>,
  Assert<Equal<Flatten<Any>, Ok<string>>>,
  Assert<Equal<Flatten<never>, never>>,
  Assert<Equal<Flatten<string>, Ok<string>>>,
]

export type SqueezeCases = [
  Assert<Equal<Squeeze<'1 batch 1'>, Ok<'batch'>>>,
  Assert<Equal<Squeeze<'2 3', 0>, Err<"squeeze: axis 0 of '2 3' is '2', not '1'">>>,
  Assert<Equal<Squeeze<'1 3' | '2 3', 0>, Ok<'3'> | Err<"squeeze: axis 0 of '2 3' is '2', not '1'">>>,
  Assert<Equal<Squeeze<Any, 0>, Ok<string>>>,
  Assert<Equal<Squeeze<'1 3', Any>, Ok<string>>>,
  Assert<Equal<Squeeze<never, 0>, never>>,
  Assert<Equal<Squeeze<string>, Ok<string>>>,
  Assert<Equal<Squeeze<'1 3', number>, Ok<string>>>,
]

export type ExpandDimsCases = [
  Assert<Equal<ExpandDims<'batch 784', -1>, Ok<'batch 784 1'>>>,
  Assert<Equal<ExpandDims<'2 3', 3>, Err<"expandDims: axis 3 is out of range for the result of '2 3', which has 3 axes (-3 to 2)">>>,
  Assert<Equal<ExpandDims<'2', 0 | 1>, Ok<'1 2'> | Ok<'2 1'>>>,
  Assert<Equal<ExpandDims<Any, 0>, Ok<string>>>,
  Assert<Equal<ExpandDims<never, 0>, never>>,
  Assert<Equal<ExpandDims<string, 0>, Ok<string>>>,
  Assert<Equal<ExpandDims<'2', number>, Ok<string>>>,
]

export type ConcatCases = [
  Assert<Equal<AddSizes<'batch', '4'>, 'batch+4'>>,
  Assert<Equal<Concat<0, readonly ['2 3', '4 3']>, Ok<'6 3'>>>,
  Assert<Equal<Concat<0, readonly ['2 3', '2 4']>, Err<"concat: '2 3' and '2 4': '3' is not '4', only axis 0 may differ">>>,
  Assert<
    Equal<Concat<0, readonly ['2 3', '2 3' | '2 4']>, Ok<'4 3'> | Err<"concat: '2 3' and '2 4': '3' is not '4', only axis 0 may differ">>
  >,
  Assert<Equal<Concat<0, readonly ['2' | '3', '2']>, Ok<'4'> | Ok<'5'>>>,
  Assert<Equal<Concat<0, readonly ['2', Any]>, Ok<string>>>,
  Assert<Equal<Concat<0, Any>, Ok<string>>>,
  Assert<Equal<Concat<0, readonly [never, '2']>, never>>,
  Assert<Equal<Concat<0, readonly ['2', string]>, Ok<string>>>,
  Assert<Equal<Concat<0, readonly [string, '2']>, Ok<string>>>,
  Assert<Equal<Concat<0, readonly string[]>, Ok<string>>>,
  Assert<Equal<Concat<number, readonly ['2', '2']>, Ok<string>>>,
]

export type StackCases = [
  Assert<Equal<Stack<0, readonly ['3', '3']>, Ok<'2 3'>>>,
  Assert<Equal<Stack<0, readonly ['2 3', '3 2']>, Err<"stack: '2 3' and '3 2' differ, all shapes must be equal">>>,
  Assert<Equal<Stack<0, readonly ['3', '3' | '4']>, Ok<'2 3'> | Err<"stack: '3' and '4' differ, all shapes must be equal">>>,
  Assert<Equal<Stack<0, readonly ['3', Any]>, Ok<string>>>,
  Assert<Equal<Stack<0, Any>, Ok<string>>>,
  Assert<Equal<Stack<0, readonly ['3', never]>, never>>,
  Assert<Equal<Stack<0, readonly ['3', string]>, Ok<string>>>,
  Assert<Equal<Stack<0, readonly string[]>, Ok<string>>>,
  Assert<Equal<Stack<number, readonly ['3', '3']>, Ok<string>>>,
]

export type SliceCases = [
  Assert<Equal<Slice<'batch 28 28', ':, 2:-2, 0'>, Ok<'batch 24'>>>,
  Assert<Equal<Slice<'1000000', '::7'>, Ok<'142858'>>>,
  Assert<Equal<Slice<'3 4', '1:9'>, Err<"slice: '1:9' is out of range for axis 0 of '3 4', whose size is 3">>>,
  Assert<Equal<Slice<'3' | '1', '2'>, Ok<''> | Err<"slice: '2' is out of range for axis 0 of '1', whose size is 1">>>,
  Assert<Equal<Slice<'3', '0' | ':'>, Ok<''> | Ok<'3'>>>,
  Assert<Equal<Slice<Any, '0'>, Ok<string>>>,
  Assert<Equal<Slice<'3', Any>, Ok<string>>>,
  Assert<Equal<Slice<never, '0'>, never>>,
  Assert<Equal<Slice<string, '0'>, Ok<string>>>,
  Assert<Equal<Slice<'3', string>, Ok<string>>>,
]
