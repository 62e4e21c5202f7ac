import type { Either } from 'fp-ts/lib/Either.js'
import { fromArray, fromArrayOrThrow, type PullbackError, type Tensor, tensor } from 'pullback'
import { type Any, typeOf } from '../assert.js'

declare const numbers: number[]
declare const rows: readonly (readonly number[])[]
declare const parsed: Any
declare const size: number
declare const truth: boolean

typeOf(tensor([1, 2, 3])).is<Tensor<'3'>>()
typeOf(
  tensor([
    [1, 2],
    [3, 4],
  ]),
).is<Tensor<'2 2'>>()
typeOf(tensor([[[1], [2]]])).is<Tensor<'1 2 1'>>()
typeOf(tensor(3)).is<Tensor<''>>()
typeOf(tensor(size)).is<Tensor<''>>()
typeOf(tensor([])).is<Tensor<'0'>>()
typeOf(tensor([true, false])).is<Tensor<'2', 'bool'>>()
typeOf(tensor([[true], [false]])).is<Tensor<'2 1', 'bool'>>()
typeOf(tensor(truth)).is<Tensor<'', 'bool'>>()
typeOf(tensor([1, 2], 'int32')).is<Tensor<'2', 'int32'>>()
typeOf(tensor([1, 2], 'float64')).is<Tensor<'2', 'float64'>>()
typeOf(tensor(parsed)).is<Tensor<string, 'bool' | 'float32'>>()

// @ts-expect-error Argument of type 'number[][]' is not assignable to parameter of type '"tensor: ragged array: row 0 has length 2, row 1 has length 1"'.
tensor([[1, 2], [3]])
// @ts-expect-error Argument of type 'number[]' is not assignable to parameter of type '"tensor: the compiler does not know the length of an array, use fromArray"'.
tensor(numbers)
// @ts-expect-error Argument of type 'readonly (readonly number[])[]' is not assignable to parameter of type '"tensor: the compiler does not know the length of an array, use fromArray"'.
tensor(rows)
// @ts-expect-error Argument of type '"3"' is not assignable to parameter of type '"tensor: a string is no tensor, give numbers or booleans"'.
tensor('3')
// @ts-expect-error Argument of type '"int8"' is not assignable to parameter of type '"tensor: 'int8' is no dtype: use int32, which holds every number of it"'.
tensor([1], 'int8')
// @ts-expect-error Type '"float32"' is not assignable to type '"int32"'.
export const labels: Tensor<'2', 'int32'> = tensor([1, 2])

typeOf(fromArray('2 2')(numbers)).is<Either<PullbackError, Tensor<'2 2'>>>()
typeOf(fromArray('batch 4')(rows)).is<Either<PullbackError, Tensor<'batch 4'>>>()
typeOf(fromArray('batch', 'int32')(new Uint8Array(3))).is<Either<PullbackError, Tensor<'batch', 'int32'>>>()
typeOf(fromArrayOrThrow('batch 4', 'int32')(rows)).is<Tensor<'batch 4', 'int32'>>()
// @ts-expect-error Argument of type '"2,2"' is not assignable to parameter of type '"shape '2,2': write one space between axes"'.
fromArrayOrThrow('2,2')([1])
// @ts-expect-error Argument of type '"2,2"' is not assignable to parameter of type '"shape '2,2': write one space between axes"'.
fromArray('2,2')([1])
// @ts-expect-error Argument of type '"12"' is not assignable to parameter of type 'Nested'.
fromArray('2')('12')
// @ts-expect-error Argument of type '"float16"' is not assignable to parameter of type '"tensor: 'float16' is no dtype: use float32, which holds every number of it"'.
tensor([1, 2], 'float16')
// @ts-expect-error Argument of type '"uint8"' is not assignable to parameter of type '"fromArray: 'uint8' is no dtype: use int32 or uint32, which hold every number of it"'.
fromArray('2', 'uint8')([1, 2])
// @ts-expect-error Argument of type '"int64"' is not assignable to parameter of type '"fromArrayOrThrow: 'int64' is no dtype: use int32, or float64, which holds whole numbers up to 2^53"'.
fromArrayOrThrow('2', 'int64')([1, 2])
