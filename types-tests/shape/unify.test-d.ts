import type { Err, LiteralShape, Ok, ShapeOf, SubstShape, Unify } from '../../src/shape/index.js'
import type { Any, Assert, Equal } from '../assert.js'

type Project = Unify<'d k', '128 32', Unify<'seq d', '64 128'>>

export type UnifyCases = [
  Assert<Equal<SubstShape<'seq k', Project>, '64 32'>>,
  Assert<Equal<Unify<'n 3', '2 4'>, Err<"'2 4' does not fit 'n 3': '4' is not '3'">>>,
  Assert<Equal<Unify<'d k', '127 32', Unify<'seq d', '64 128'>>, Err<"'127 32' does not fit 'd k': 'd' is already '128', not '127'">>>,
  Assert<Equal<Unify<'n', '2 3' | '4 5'>, Err<"'2 3' has more axes than 'n'"> | Err<"'4 5' has more axes than 'n'">>>,
  Assert<Equal<SubstShape<'n 1', Unify<'n', '2' | '3'>>, '2 1' | '3 1'>>,
  Assert<Equal<Unify<'n', never>, never>>,
  // what the compiler does not know makes the result unknown, and only that
  Assert<Equal<SubstShape<'n 1', Unify<'n', string>>, string>>,
  Assert<Equal<SubstShape<'n 1', Unify<'n', Any>>, string>>,
  Assert<Equal<SubstShape<'m 1', Unify<'m', '3', Unify<'n', string>>>, '3 1'>>,
  Assert<Equal<SubstShape<'n 1', Unify<'n', '3', Unify<'n', string>>>, '3 1'>>,
  Assert<Equal<SubstShape<'n+1', Unify<'n', string>>, string>>,
]

export type SubstShapeCases = [
  Assert<Equal<SubstShape<'n n+1 m', Unify<'n', '3'>>, '3 4 m'>>,
  Assert<Equal<SubstShape<'n', Err<'no'>>, string>>,
  Assert<Equal<SubstShape<'n' | 'm', Unify<'n', '3'>>, '3' | 'm'>>,
  Assert<Equal<SubstShape<Any, Unify<'n', '3'>>, string>>,
  Assert<Equal<SubstShape<never, Unify<'n', '3'>>, never>>,
  Assert<Equal<SubstShape<string, Unify<'n', '3'>>, string>>,
]

export type LiteralShapeCases = [
  Assert<Equal<LiteralShape<readonly [readonly [1, 2], readonly [3, 4]]>, Ok<'2 2'>>>,
  Assert<Equal<LiteralShape<3>, Ok<''>>>,
  Assert<Equal<LiteralShape<boolean>, Ok<''>>>,
  Assert<
    Equal<LiteralShape<readonly [readonly [1, 2], readonly [1]]>, Err<'tensor: ragged array: row 0 has length 2, row 1 has length 1'>>
  >,
  Assert<Equal<LiteralShape<number[]>, Err<'tensor: the compiler does not know the length of an array, use fromArray'>>>,
  Assert<
    Equal<LiteralShape<readonly [readonly number[]]>, Err<'tensor: the compiler does not know the length of an array, use fromArray'>>
  >,
  Assert<
    Equal<
      LiteralShape<readonly [readonly [1], readonly number[]]>,
      Err<'tensor: the compiler does not know the length of an array, use fromArray'>
    >
  >,
  Assert<Equal<LiteralShape<Float32Array>, Err<'tensor: the compiler does not know the length of an array, use fromArray'>>>,
  Assert<Equal<LiteralShape<1 | readonly [1]>, Ok<''> | Ok<'1'>>>,
  Assert<Equal<LiteralShape<string>, Err<'tensor: a string is no tensor, give numbers or booleans'>>>,
  Assert<Equal<LiteralShape<Any>, Ok<string>>>,
  Assert<Equal<LiteralShape<readonly [Any, readonly [1, 2]]>, Ok<string>>>,
  Assert<Equal<LiteralShape<never>, never>>,
]

export type ShapeOfCases = [
  Assert<Equal<ShapeOf<Ok<'2'> | Ok<'3'>>, '2' | '3'>>,
  Assert<Equal<ShapeOf<Ok<'2'> | Err<'no'>>, '2'>>,
  Assert<Equal<ShapeOf<Err<'no'>>, never>>,
]
