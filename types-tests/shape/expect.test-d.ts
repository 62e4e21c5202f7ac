import type { Broadcast, Err, Expect, MatMul, Ok, Shape, ShapeOf, SubstShape, Unify } from '../../src/shape/index.js'
import type { Any, Assert, Equal } from '../assert.js'

// A parameter that must obey a rule is a tensor where the rule holds and the bare message where it does not; the shape is inferred through it.
declare const phantom: unique symbol
interface Box<S extends string> {
  readonly [phantom]: S
}
declare const box: <const S extends string>(shape: Expect<Shape<S>, S>) => Box<S>
declare const matmul: <B extends string>(b: Box<B>) => <A extends string>(a: Expect<MatMul<A, B>, Box<A>>) => Box<ShapeOf<MatMul<A, B>>>
declare const dense: <W extends string, B extends string>(
  w: Box<W>,
  b: Box<B>,
) => <A extends string>(
  a: Expect<MatMul<A, W>, Expect<Broadcast<'add', ShapeOf<MatMul<A, W>>, B>, Box<A>>>,
) => Box<ShapeOf<Broadcast<'add', ShapeOf<MatMul<A, W>>, B>>>
declare const project: <A extends string, B extends string>(
  a: Expect<Unify<'seq d', A>, Box<A>>,
  b: Expect<Unify<'d k', B, Unify<'seq d', A>>, Box<B>>,
) => Box<SubstShape<'seq k', Unify<'d k', B, Unify<'seq d', A>>>>
declare const pipe: {
  <A, B>(a: A, ab: (a: A) => B): B
  <A, B, C>(a: A, ab: (a: A) => B, bc: (b: B) => C): C
}
declare const either: Box<'2 3' | '2 4'>
declare const anything: Box<Any>
declare const nothing: Box<never>
declare const unknown: Box<string>

export const product: Box<'batch 10'> = pipe(box('batch 784'), matmul(box('784 10')))
export const twice: Box<'batch 2'> = pipe(box('batch 784'), matmul(box('784 10')), matmul(box('10 2')))
export const layer: Box<'batch 10'> = pipe(box('batch 784'), dense(box('784 10'), box('10')))
export const projected: Box<'64 32'> = project(box('64 128'), box('128 32'))
export const gradual: Box<string> = pipe(unknown, matmul(box('784 10')))
export const any: Box<string> = matmul(box('784 10'))(anything)
export const never: Box<string> = matmul(box('784 10'))(nothing)

// @ts-expect-error Argument of type '"2,3"' is not assignable to parameter of type '"shape '2,3': write one space between axes"'.
export const bad1 = box('2,3')
// @ts-expect-error Type 'Box<"batch 784">' is not assignable to type '"matmul: 'batch 784' by '128 10': inner axes differ, '784' is not '128'"'.
export const bad2 = pipe(box('batch 784'), matmul(box('128 10')))
// @ts-expect-error Type 'Box<"batch 784">' is not assignable to type '"add: 'batch 10' and '11': neither broadcasts to the other"'.
export const bad3 = pipe(box('batch 784'), dense(box('784 10'), box('11')))
// @ts-expect-error Argument of type 'Box<"127 32">' is not assignable to parameter of type '"'127 32' does not fit 'd k': 'd' is already '128', not '127'"'.
export const bad4 = project(box('64 128'), box('127 32'))
// @ts-expect-error Argument of type 'Box<"2 3" | "2 4">' is not assignable to parameter of type '"matmul: '2 4' by '3 5': inner axes differ, '4' is not '3'"'.
export const bad5 = matmul(box('3 5'))(either)

export type ExpectCases = [
  Assert<Equal<Expect<Ok<'2'>, 1>, 1>>,
  Assert<Equal<Expect<Err<'no'>, 1>, 'no'>>,
  Assert<Equal<Expect<Ok<'2'> | Err<'no'> | Err<'nor'>, 1>, 'no' | 'nor'>>,
  Assert<Equal<Expect<never, 1>, 1>>,
]
