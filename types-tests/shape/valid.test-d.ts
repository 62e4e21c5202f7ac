import type { Dims, Err, Join, Ok, Rank, Shape, Wide } from '../../src/shape/index.js'
import type { Any, Assert, Equal } from '../assert.js'

export type DimsCases = [
  Assert<Equal<Dims<'batch 28 28'>, ['batch', '28', '28']>>,
  Assert<Equal<Dims<''>, []>>,
  Assert<Equal<Dims<'2' | '3 4'>, ['2'] | ['3', '4']>>,
  Assert<Equal<Dims<string>, string[]>>,
  Assert<Equal<Dims<never>, never>>,
  Assert<Equal<Join<['2', '3']>, '2 3'>>,
  Assert<Equal<Join<[]>, ''>>,
  Assert<Equal<Join<string[]>, string>>,
  Assert<Equal<Rank<'2 3 4'>, 3>>,
  Assert<Equal<Rank<string>, number>>,
]

export type WideCases = [
  Assert<Equal<Wide<'2 3'>, false>>,
  Assert<Equal<Wide<''>, false>>,
  Assert<Equal<Wide<string>, true>>,
  Assert<Equal<Wide<Any>, true>>,
  Assert<Equal<Wide<`${string} 4`>, true>>,
  Assert<Equal<Wide<`${number}`>, true>>,
]

export type ShapeCases = [
  Assert<Equal<Shape<'batch 28 28'>, Ok<'batch 28 28'>>>,
  Assert<Equal<Shape<'batch,784'>, Err<"shape 'batch,784': write one space between axes">>>,
  Assert<Equal<Shape<'007'>, Err<"shape '007': write '007' as '7'">>>,
  Assert<Equal<Shape<'2' | '2,3'>, Ok<'2'> | Err<"shape '2,3': write one space between axes">>>,
  Assert<Equal<Shape<Any>, Ok<string>>>,
  Assert<Equal<Shape<never>, never>>,
  Assert<Equal<Shape<string>, Ok<string>>>,
  Assert<Equal<Shape<`${string} 4`>, Ok<string>>>,
  // as many axes as one likes
  Assert<Equal<Shape<'a b c d e f g h i j k l m n o p'>, Ok<'a b c d e f g h i j k l m n o p'>>>,
]
