/** The axis of a `vmap` in hand: the types of what it gives, and what it refuses. */
import { cast, type MappedAxis, mul, oneExample, pipe, sub, sum, type Tensor, vmap, vmapWithAxis, zeros } from 'pullback'
import { type Assert, type Equal, typeOf } from '../assert.js'
import { flags, gradual, images, ints, scalar, vector, x } from '../given.js'

declare const axis: MappedAxis<'batch'>
declare const some: MappedAxis

// What the axis gives of an example has the example's type; what it gathers has the axis before it.
typeOf(axis.sum(ints)).is<Tensor<'3', 'int32'>>()
typeOf(axis.mean(vector)).is<Tensor<'3'>>()
typeOf(axis.max(x)).is<Tensor<'2 3'>>()
typeOf(axis.min(x)).is<Tensor<'2 3'>>()
typeOf(axis.permute([1, 0])(flags)).is<Tensor<'3', 'bool'>>()
typeOf(axis.gather(x)).is<Tensor<'batch 2 3'>>()
typeOf(axis.gather({ w: vector, b: [scalar] as const })).is<{ readonly w: Tensor<'batch 3'>; readonly b: readonly [Tensor<'batch'>] }>()
typeOf(axis.mean({ w: vector, b: [scalar] as const })).is<{ w: Tensor<'3'>; b: readonly [Tensor<''>] }>()
typeOf(axis.gather(gradual)).is<Tensor<string>>()
typeOf(axis.index).is<Tensor<'', 'int32'>>()
typeOf(axis.size).is<number>()
typeOf(pipe(vector, axis.mean, mul(2))).is<Tensor<'3'>>()
typeOf(pipe(vector, axis.gather, sum(0))).is<Tensor<'3'>>()

// A function that is given any axis does not know its name, and takes the axis of any vmap.
typeOf(some.gather(x)).is<Tensor<`${string} 2 3`>>()
typeOf(some.mean(x)).is<Tensor<'2 3'>>()
export const given: MappedAxis = axis
export const alone: MappedAxis = oneExample
typeOf(oneExample.gather(x)).is<Tensor<'1 2 3'>>()
const centred = (over: MappedAxis) => (v: Tensor<'784'>) => pipe(v, sub(over.mean(v)))

typeOf(vmapWithAxis('batch')(centred)).is<(v: Tensor<'batch 784'>) => Tensor<'batch 784'>>()
typeOf(vmapWithAxis('batch')(centred)(images)).is<Tensor<'batch 784'>>()
typeOf(vmapWithAxis('n')(own => (a: Tensor<'3'>, b: Tensor<''>) => ({ all: own.gather(a), b }))).is<
  (a: Tensor<'n 3'>, b: Tensor<'n'>) => { readonly all: Tensor<'n n 3'>; readonly b: Tensor<'n'> }
>()
typeOf(
  vmapWithAxis('n')(
    outer => (row: Tensor<'3'>) => vmapWithAxis('3')(inner => (v: Tensor<''>) => [outer.gather(v), inner.gather(v)] as const)(row),
  ),
).is<(row: Tensor<'n 3'>) => readonly [Tensor<'n 3 n'>, Tensor<'n 3 3'>]>()
typeOf(vmap('2')((row: Tensor<'3'>) => vmapWithAxis('3')(own => (v: Tensor<''>) => own.mean(v))(row))(x)).is<Tensor<'2 3'>>()
typeOf(vmapWithAxis('2')(own => (v: Tensor<'3'>) => pipe(v, mul(cast('float32')(own.index))))(x)).is<Tensor<'2 3'>>()
export type Handles = [Assert<Equal<Parameters<Parameters<ReturnType<typeof vmapWithAxis<'4'>>>[0]>[0], MappedAxis<'4'>>>]

// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"axis.mean: needs a float dtype, not int32: cast('float32') first"'.
axis.mean(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"axis.sum: needs numbers, not bool: cast('float32') or cast('int32') first"'.
axis.sum(flags)
// @ts-expect-error Type '"batch"' is not assignable to type '"4"'.
export const other: MappedAxis<'4'> = axis
// @ts-expect-error Type '"time 784"' is not assignable to type '"batch 784"'.
vmapWithAxis('batch')(centred)(zeros('time 784', { time: 2 }))
// @ts-expect-error Argument of type '"b c"' is not assignable to parameter of type '"vmapWithAxis: 'b c' is not one axis: give a name or a size, as in vmapWithAxis('batch')"'.
vmapWithAxis('b c')
