import { type DType, isPullbackError, isTensor, type PullbackError, type Tensor, toArray, toNested, toNumber } from 'pullback'
import { typeOf } from '../assert.js'
import { doubles, either, flags, gradual, ints, nothing, scalar, vector, words, x } from '../given.js'

declare const foreign: unknown

typeOf(toArray(x)).is<Float32Array>()
typeOf(toArray(doubles)).is<Float64Array>()
typeOf(toArray(ints)).is<Int32Array>()
typeOf(toArray(words)).is<Uint32Array>()
typeOf(toArray(flags)).is<Uint8Array>()
// @ts-expect-error Type 'number[]' is missing the following properties from type 'Tensor<string, DType>': shape, dtype, sizes, [payload]
toArray([1, 2])

typeOf(toNested(x)).is<readonly (readonly number[])[]>()
typeOf(toNested(scalar)).is<number>()
typeOf(toNested(flags)).is<readonly boolean[]>()
typeOf(toNested(gradual)).is<unknown>()
// @ts-expect-error Type 'number[]' is missing the following properties from type 'Tensor<string, DType>': shape, dtype, sizes, [payload]
toNested([1, 2])

typeOf(toNumber(scalar)).is<number>()
typeOf(toNumber(gradual)).is<number>()
typeOf(toNumber(nothing)).is<number>()
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"toNumber: '3' is not a scalar: reduce it first, or use toArray"'.
toNumber(vector)
// @ts-expect-error Argument of type 'Tensor<"3" | "4", "float32">' is not assignable to parameter of type '"toNumber: '3' is not a scalar: reduce it first, or use toArray" | "toNumber: '4' is not a scalar: reduce it first, or use toArray"'.
toNumber(either)

if (isTensor(foreign)) typeOf(foreign).is<Tensor<string, DType>>()
if (isPullbackError(foreign)) typeOf(foreign).is<PullbackError>()
