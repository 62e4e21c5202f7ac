import type {
  Axis,
  AxisIndex,
  AxisOf,
  AxisPositions,
  Err,
  MoveAxis,
  Ok,
  OneHot,
  Permute,
  Reduce,
  SwapAxes,
  Take,
  Transpose,
} from '../../src/shape/index.js'
import type { Any, Assert, Equal } from '../assert.js'

export type AxisIndexCases = [
  Assert<Equal<AxisIndex<'sum', 'batch 784', 'batch'>, 0>>,
  Assert<Equal<AxisIndex<'sum', 'batch 784', -1>, 1>>,
  Assert<Equal<AxisIndex<'sum', '3 4', 2>, Err<"sum: axis 2 is out of range for '3 4', which has 2 axes (-2 to 1)">>>,
  Assert<Equal<AxisIndex<'sum', 'batch 784', 'time'>, Err<"sum: 'batch 784' has no axis 'time'">>>,
  Assert<Equal<AxisIndex<'sum', '3 4' | '3', 1>, 1 | Err<"sum: axis 1 is out of range for '3', which has 1 axis (-1 to 0)">>>,
  Assert<Equal<AxisIndex<'sum', '3 4', 0 | -1>, 0 | 1>>,
  Assert<Equal<AxisIndex<'sum', '3 4', number>, number>>,
  Assert<Equal<AxisIndex<'sum', '3 4', string>, number>>,
  Assert<Equal<AxisIndex<'sum', '3 4', Any>, number>>,
  Assert<Equal<AxisIndex<'sum', Any, 7>, number>>,
  Assert<Equal<AxisIndex<'sum', string, 7>, number>>,
  Assert<Equal<AxisIndex<'sum', never, 7>, never>>,
]

export type AxisOfCases = [
  Assert<Equal<AxisOf<'softmax', 'batch 10', 'batch'>, Ok<'batch 10'>>>,
  Assert<Equal<AxisOf<'softmax', 'n', 1>, Err<"softmax: axis 1 is out of range for 'n', which has 1 axis (-1 to 0)">>>,
  Assert<Equal<AxisOf<'softmax', '2' | '3', 0>, Ok<'2'> | Ok<'3'>>>,
  Assert<Equal<AxisOf<'softmax', Any, 1>, Ok<string>>>,
  Assert<Equal<AxisOf<'softmax', never, 1>, never>>,
  Assert<Equal<AxisOf<'softmax', string, 1>, Ok<string>>>,
  Assert<Equal<AxisOf<'softmax', '2 3', number>, Ok<'2 3'>>>,
]

export type AxisPositionsCases = [
  Assert<Equal<AxisPositions<'sum', 'b 3 4', readonly [-1, 'b']>, Ok<[2, 0]>>>,
  Assert<Equal<AxisPositions<'sum', 'b 3', undefined>, Ok<[0, 1]>>>,
  Assert<Equal<AxisPositions<'sum', 'b 3', readonly [0, 'b']>, Err<"sum: axis 0 of 'b 3' is given twice">>>,
  Assert<Equal<AxisPositions<'sum', string, 0>, Ok<readonly number[]>>>,
  Assert<Equal<AxisPositions<'sum', 'b 3', readonly Axis[]>, Ok<readonly number[]>>>,
  Assert<Equal<AxisPositions<'sum', 'b 3', Any>, Ok<readonly number[]>>>,
]

export type ReduceCases = [
  Assert<Equal<Reduce<'sum', 'batch 784', 'batch'>, Ok<'784'>>>,
  Assert<Equal<Reduce<'sum', 'batch 784', -1, true>, Ok<'batch 1'>>>,
  Assert<Equal<Reduce<'sum', 'batch 784', -1, boolean>, Ok<'batch 1'> | Ok<'batch'>>>,
  Assert<Equal<Reduce<'sum', 'batch 784'>, Ok<''>>>,
  Assert<Equal<Reduce<'sum', '3', 1>, Err<"sum: axis 1 is out of range for '3', which has 1 axis (-1 to 0)">>>,
  Assert<Equal<Reduce<'sum', '3 4' | '3', 1>, Ok<'3'> | Err<"sum: axis 1 is out of range for '3', which has 1 axis (-1 to 0)">>>,
  Assert<Equal<Reduce<'sum', '2 3', 0 | 1>, Ok<'3'> | Ok<'2'>>>,
  Assert<Equal<Reduce<'sum', '2 3', readonly [0 | 1]>, Ok<'3'> | Ok<'2'>>>,
  Assert<Equal<Reduce<'sum', '2 3', 0 | undefined>, Ok<'3'> | Ok<''>>>,
  Assert<Equal<Reduce<'sum', Any, 0>, Ok<string>>>,
  Assert<Equal<Reduce<'sum', '2 3', Any>, Ok<string>>>,
  Assert<Equal<Reduce<'sum', never, 0>, never>>,
  Assert<Equal<Reduce<'sum', string, 0>, Ok<string>>>,
  Assert<Equal<Reduce<'sum', '2 3', number>, Ok<string>>>,
]

export type TakeCases = [
  Assert<Equal<Take<'take', '5000 64', 0, 'batch seq'>, Ok<'batch seq 64'>>>,
  Assert<Equal<Take<'take', '3', 1, '2'>, Err<"take: axis 1 is out of range for '3', which has 1 axis (-1 to 0)">>>,
  Assert<Equal<Take<'take', '3 4', 0, '' | '2'>, Ok<'4'> | Ok<'2 4'>>>,
  Assert<Equal<Take<'take', Any, 0, ''>, Ok<string>>>,
  Assert<Equal<Take<'take', '3', 0, never>, never>>,
  Assert<Equal<Take<'take', '3', 0, string>, Ok<string>>>,
  Assert<Equal<Take<'take', '3 4', number, ''>, Ok<string>>>,
]

export type OneHotCases = [
  Assert<Equal<OneHot<'batch', 10>, Ok<'batch 10'>>>,
  Assert<Equal<OneHot<'batch', 0>, Err<'oneHot: 0 classes, give a whole number from 1 up'>>>,
  Assert<Equal<OneHot<'batch', 2 | -2>, Ok<'batch 2'> | Err<'oneHot: -2 classes, give a whole number from 1 up'>>>,
  Assert<Equal<OneHot<Any, 10>, Ok<string>>>,
  Assert<Equal<OneHot<never, 10>, never>>,
  Assert<Equal<OneHot<string, 10>, Ok<string>>>,
  Assert<Equal<OneHot<'batch', number>, Ok<string>>>,
]

export type PermuteCases = [
  Assert<Equal<Permute<'batch 28 14', readonly [2, 'batch', 1]>, Ok<'14 batch 28'>>>,
  Assert<Equal<Permute<'2 3 4', readonly [1, 0]>, Err<"permute: '2 3 4' has 3 axes and 2 are given, give each axis once">>>,
  Assert<Equal<Permute<'2 3' | '4 5', readonly [1, 0]>, Ok<'3 2'> | Ok<'5 4'>>>,
  Assert<Equal<Permute<Any, readonly [0]>, Ok<string>>>,
  Assert<Equal<Permute<never, readonly [0]>, never>>,
  Assert<Equal<Permute<string, readonly [0]>, Ok<string>>>,
  Assert<Equal<Permute<'2 3', readonly number[]>, Ok<string>>>,
  Assert<Equal<Permute<'2 3', readonly [number, 0]>, Ok<string>>>,
]

export type TransposeCases = [
  Assert<Equal<Transpose<'a b c'>, Ok<'c b a'>>>,
  Assert<Equal<Transpose<'2 3' | '4'>, Ok<'3 2'> | Ok<'4'>>>,
  Assert<Equal<Transpose<Any>, Ok<string>>>,
  Assert<Equal<Transpose<never>, never>>,
  Assert<Equal<Transpose<string>, Ok<string>>>,
]

export type SwapAxesCases = [
  Assert<Equal<SwapAxes<'a b c', 0, 'c'>, Ok<'c b a'>>>,
  Assert<Equal<SwapAxes<'a b', 0, 'c'>, Err<"swapAxes: 'a b' has no axis 'c'">>>,
  Assert<Equal<SwapAxes<'a b' | 'b a', 0, 1>, Ok<'a b'> | Ok<'b a'>>>,
  Assert<Equal<SwapAxes<Any, 0, 1>, Ok<string>>>,
  Assert<Equal<SwapAxes<never, 0, 1>, never>>,
  Assert<Equal<SwapAxes<string, 0, 1>, Ok<string>>>,
  Assert<Equal<SwapAxes<'a b', number, 1>, Ok<string>>>,
]

export type MoveAxisCases = [
  Assert<Equal<MoveAxis<'a b c d', 0, 2>, Ok<'b c a d'>>>,
  Assert<Equal<MoveAxis<'a b', 0, 2>, Err<"moveAxis: axis 2 is out of range for 'a b', which has 2 axes (-2 to 1)">>>,
  Assert<Equal<MoveAxis<'a b' | 'c d', 0, 1>, Ok<'b a'> | Ok<'d c'>>>,
  Assert<Equal<MoveAxis<Any, 0, 1>, Ok<string>>>,
  Assert<Equal<MoveAxis<never, 0, 1>, never>>,
  Assert<Equal<MoveAxis<string, 0, 1>, Ok<string>>>,
  Assert<Equal<MoveAxis<'a b', 0, number>, Ok<string>>>,
]
