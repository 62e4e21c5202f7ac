import { arange, type DType, eye, full, linspace, ones, type Tensor, zeros } from 'pullback'
import { type Assert, type Equal, typeOf } from '../assert.js'

declare const text: string
declare const two: '3' | 'batch 3'
declare const count: number
declare const few: 2 | 3

typeOf(zeros('2 3')).is<Tensor<'2 3'>>()
typeOf(zeros('')).is<Tensor<''>>()
typeOf(zeros('batch 784', { batch: 32 })).is<Tensor<'batch 784'>>()
typeOf(zeros('batch+4 seq', { batch: 32, seq: 5 })).is<Tensor<'batch+4 seq'>>()
typeOf(zeros('2 3', {}, 'int32')).is<Tensor<'2 3', 'int32'>>()
typeOf(zeros('3', undefined, 'bool')).is<Tensor<'3', 'bool'>>()
typeOf(zeros('batch', { batch: 2 }, 'float64')).is<Tensor<'batch', 'float64'>>()
typeOf(ones('2 3')).is<Tensor<'2 3'>>()
typeOf(ones('n', { n: 3 }, 'uint32')).is<Tensor<'n', 'uint32'>>()
typeOf(full(7)('2 3')).is<Tensor<'2 3'>>()
typeOf(full(7)('n', { n: 3 }, 'int32')).is<Tensor<'n', 'int32'>>()

// a shape that the compiler does not know is looked at when the program runs
typeOf(zeros(text)).is<Tensor<string>>()
typeOf(zeros(text, { batch: 3 })).is<Tensor<string>>()
typeOf(zeros(two, { batch: 3 })).is<Tensor<'3' | 'batch 3'>>()

// @ts-expect-error Argument of type '"batch 784"' is not assignable to parameter of type '"zeros: 'batch' in 'batch 784' has no size: give one, as in zeros('batch 784', { batch: 32 })"'.
zeros('batch 784')
// @ts-expect-error Argument of type '"3 batch+4"' is not assignable to parameter of type '"ones: 'batch' in '3 batch+4' has no size: give one, as in ones('3 batch+4', { batch: 32 })"'.
ones('3 batch+4')
// @ts-expect-error Argument of type '"n"' is not assignable to parameter of type '"full: 'n' in 'n' has no size: give one, as in full('n', { n: 32 })"'.
full(1)('n')
// @ts-expect-error Type '"3"' is not assignable to type '"zeros: 'batch' in 'batch 3' has no size: give one, as in zeros('batch 3', { batch: 32 })"'.
zeros(two)
// @ts-expect-error Property 'batch' is missing in type '{}' but required in type '{ readonly batch: number; }'.
zeros('batch 4', {})
// @ts-expect-error Object literal may only specify known properties, and 'time' does not exist in type '{ readonly batch: number; }'.
zeros('batch', { batch: 3, time: 2 })
// @ts-expect-error Type 'number' is not assignable to type 'never'.
zeros('3', { batch: 3 })
// @ts-expect-error Argument of type '"batch,784"' is not assignable to parameter of type '"shape 'batch,784': write one space between axes"'.
zeros('batch,784')
// @ts-expect-error Argument of type '"batch,784"' is not assignable to parameter of type '"shape 'batch,784': write one space between axes"'.
zeros('batch,784', { batch: 3 })
// @ts-expect-error Argument of type '"007"' is not assignable to parameter of type '"shape '007': write '007' as '7'"'.
ones('007')
// @ts-expect-error Argument of type '"2  3"' is not assignable to parameter of type '"shape '2  3': write one space between axes, and none before or after"'.
full(1)('2  3')
// @ts-expect-error Argument of type '"-1"' is not assignable to parameter of type '"shape '-1': '-1' is not a size, write a whole number from 0 up, or a name"'.
zeros('-1')
// @ts-expect-error Argument of type '"float16"' is not assignable to parameter of type '"zeros: 'float16' is no dtype: use float32, which holds every number of it"'.
zeros('3', {}, 'float16')
// @ts-expect-error Argument of type '"int64"' is not assignable to parameter of type '"arange: 'int64' is no dtype: use int32, or float64, which holds whole numbers up to 2^53"'.
arange(3, 'int64')
// @ts-expect-error Argument of type '"complex64"' is not assignable to parameter of type '"linspace: 'complex64' is no dtype: keep the real and the imaginary part as two float32 tensors"'.
linspace(0, 1, 3, 'complex64')
// @ts-expect-error Argument of type '"boolean"' is not assignable to parameter of type '"eye: 'boolean' is no dtype: use bool"'.
eye(3, 'boolean')
// @ts-expect-error Argument of type '"text"' is not assignable to parameter of type '"ones: 'text' is no dtype: use float32, float64, int32, uint32, bool"'.
ones('3', {}, 'text')

// A dtype of a function's own type parameter goes through.
const emptyOf = <D extends DType>(dtype: D) => zeros('3', {}, dtype)
typeOf(emptyOf('int32')).is<Tensor<'3', 'int32'>>()

// A dtype comes from the argument alone: were it taken from where the tensor goes, the type would lie about the values.
// @ts-expect-error Type '"float32"' is not assignable to type '"int32"'.
export const labels: Tensor<'3', 'int32'> = zeros('3')
// @ts-expect-error Type '"float32"' is not assignable to type '"float64"'.
export const sevens: Tensor<'3', 'float64'> = full(7)('3')
// @ts-expect-error Type '"int32"' is not assignable to type '"float32"'.
export const steps: Tensor<'3'> = arange(3)
// @ts-expect-error Type '"3"' is not assignable to type '"4"'.
export const four: Tensor<'4'> = zeros('3')

typeOf(arange(3)).is<Tensor<'3', 'int32'>>()
typeOf(arange(3, 'float32')).is<Tensor<'3'>>()
typeOf(arange(count)).is<Tensor<`${number}`, 'int32'>>()
typeOf(linspace(0, 1, 5)).is<Tensor<'5'>>()
typeOf(linspace(0, 1, 5, 'float64')).is<Tensor<'5', 'float64'>>()
typeOf(eye(3)).is<Tensor<'3 3'>>()
typeOf(eye(3, 'bool')).is<Tensor<'3 3', 'bool'>>()
// @ts-expect-error Argument of type 'string' is not assignable to parameter of type 'number'.
arange('3')
// @ts-expect-error Argument of type '"3"' is not assignable to parameter of type '"linspace: '3' is no dtype: use float32, float64, int32, uint32, bool"'.
linspace(0, 1, 5, '3')
// @ts-expect-error Argument of type 'string' is not assignable to parameter of type 'number'.
eye('3')

// A length is a whole number, where the compiler sees it.
// @ts-expect-error Argument of type '-1' is not assignable to parameter of type '"arange: -1 is not a size: give a whole number from 0 up"'.
arange(-1)
// @ts-expect-error Argument of type '2.5' is not assignable to parameter of type '"linspace: 2.5 is not a size: give a whole number from 0 up"'.
linspace(0, 1, 2.5)
// @ts-expect-error Argument of type '2.5' is not assignable to parameter of type '"eye: 2.5 is not a size: give a whole number from 0 up"'.
eye(2.5, 'int32')
typeOf(arange(0)).is<Tensor<'0', 'int32'>>()
typeOf(eye(few)).is<Tensor<'2 2' | '3 3'>>()

// A tensor is made by the library alone: a copy with another shape is none.
const spread = { ...zeros('3'), shape: '4' } as const
export type Forged = Assert<Equal<typeof spread extends Tensor<'4'> ? 'a tensor' : 'none', 'none'>>

export const every: readonly Tensor<string, DType>[] = [zeros('3'), arange(2), eye(2, 'bool')]
