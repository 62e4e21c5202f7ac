import { type DeviceBuffer, type DType, deviceBufferOf, onDevice, type Tensor, tensor, toHost } from 'pullback'
import { typeOf } from '../assert.js'
import { scalar, x } from '../given.js'

const buffer: DeviceBuffer = { readAsync: () => Promise.resolve(new Float32Array([1, 2])) }

// Sizes as an engine sees them have no types, so neither has the tensor a shape.
typeOf(onDevice({ sizes: [2], dtype: 'float32' })(buffer)).is<Tensor<string, DType>>()
typeOf(deviceBufferOf(x)).is<DeviceBuffer | undefined>()
typeOf(toHost({ x, list: [scalar] as const })).is<Promise<{ x: typeof x; list: readonly [typeof scalar] }>>()
// @ts-expect-error Type '"float16"' is not assignable to type 'DType'. Did you mean '"float64"'?
onDevice({ sizes: [2], dtype: 'float16' })
// @ts-expect-error Property 'readAsync' is missing in type '{}' but required in type 'DeviceBuffer'.
onDevice({ sizes: [2], dtype: 'float32' })({})
// @ts-expect-error Argument of type 'number' is not assignable to parameter of type 'Value'.
deviceBufferOf(1)
// @ts-expect-error Argument of type 'number' is not assignable to parameter of type 'object'.
toHost(1)
typeOf(toHost(tensor([1, 2]))).is<Promise<Tensor<'2'>>>()
