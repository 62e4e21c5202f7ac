/**
 * Tensors that live on a device. An engine makes them of its buffers and finds its buffers in them again; everybody else computes with them
 * as with other tensors, and awaits their numbers only at the end.
 */
import { Concrete } from './concrete.js'
import { wholeNumber } from './count.js'
import { checkDType } from './dtype.js'
import { reading } from './either.js'
import { fail } from './error.js'
import { checkFunction, checkList } from './given.js'
import { type DeviceBuffer, Resident } from './resident.js'
import { type Aval, checkTensor, makeTensor, numerals, payload, sizeOf, typed, type Value } from './tensor.js'
import { flatten, unflatten } from './tree.js'

/**
 * A tensor of some sizes and a dtype whose numbers an engine keeps: what its `apply` and the `run` of its executables may return. Its axes have
 * no names, which the library adds.
 *
 * The numbers are read when somebody looks at them (`toNested`, printing, an engine other than the one that keeps them), at once if the buffer
 * can, else that is a PendingError and they come with `toHost`.
 *
 * **Errors**: sizes that are no whole numbers, no dtype, a buffer without `readAsync`; when it is read, numbers that are not as many, or of
 * another dtype.
 *
 * @example
 * import { onDevice, toHost, toNested } from 'pullback'
 *
 * const x = onDevice({ sizes: [2], dtype: 'float32' })({ readAsync: async () => new Float32Array([1, 2]) })
 * assert.equal(x.toString(), "Tensor<'2'> (on a device)")
 * assert.deepEqual(toNested(await toHost(x)), [1, 2])
 *
 * @category constructors
 */
export const onDevice = (aval: Aval): ((buffer: DeviceBuffer) => Value) => {
  const { sizes, dtype } = reading('onDevice', () => ({ ...aval }))
  checkList('onDevice', sizes, 'give the sizes of the axes')
  for (const size of sizes) wholeNumber('onDevice', size, shown => `${shown} is no size`)
  checkDType('onDevice', dtype)
  const own = [...sizes]
  return buffer => {
    checkFunction(
      'onDevice',
      reading('onDevice', () => buffer?.readAsync),
      'give a buffer with { readAsync }, and read where it can',
    )
    return makeTensor(numerals(own), dtype, own, new Resident(dtype, own, buffer))
  }
}

/**
 * The buffer of a tensor that lives on a device, by which an engine knows its own; undefined for other tensors.
 *
 * @example
 * import { deviceBufferOf, onDevice, tensor } from 'pullback'
 *
 * const buffer = { readAsync: async () => new Float32Array([1, 2]) }
 * assert.equal(deviceBufferOf(onDevice({ sizes: [2], dtype: 'float32' })(buffer)), buffer)
 * assert.equal(deviceBufferOf(tensor([1, 2])), undefined)
 *
 * @category destructors
 */
export const deviceBufferOf = (x: Value): DeviceBuffer | undefined => {
  checkTensor('deviceBufferOf', x)
  const contents = x[payload]
  return contents instanceof Resident ? contents.device : undefined
}

/**
 * The same tree with all its numbers in this process: a promise, since those on a device may have to be computed first. Trees without such
 * tensors are given as they are. The given tensors stay on the device too, and engines go on computing with them there.
 *
 * The engines of this package compute before they return, so their tensors need no `toHost`.
 *
 * **Errors**: what is no tree of tensors, or is traced, is thrown at once. What went wrong when the numbers were computed rejects the promise.
 *
 * @example
 * import { onDevice, tensor, toHost, toNumber } from 'pullback'
 *
 * const loss = onDevice({ sizes: [], dtype: 'float32' })({ readAsync: async () => new Float32Array([0.5]) })
 * const metrics = await toHost({ loss, step: tensor(3, 'int32') })
 * assert.deepEqual([metrics.loss, metrics.step].map(x => x.toString()), ["Tensor<''> 0.5", "Tensor<'', 'int32'> 3"])
 *
 * @category destructors
 */
export const toHost = <T extends object>(tree: T): Promise<T> => {
  const { structure, leaves } = flatten('toHost', tree)
  const traced = leaves.find(x => x[payload].kind === 'traced')
  if (traced !== undefined)
    fail({
      _tag: 'TraceError',
      detail: `toHost: a traced '${traced.shape}' ${traced.dtype} has no value yet: return it and await toHost of the result outside`,
    })
  if (!leaves.some(x => x[payload].kind === 'resident')) return Promise.resolve(tree)
  const onHost = async (x: Value): Promise<Value> => {
    const contents = x[payload]
    if (!(contents instanceof Resident)) return x
    const { shape, sizes, dtype } = x
    return makeTensor(shape, dtype, sizes, new Concrete(dtype, sizeOf(sizes), await contents.awaited()))
  }
  return Promise.all(leaves.map(onHost)).then(values => typed<T>(unflatten(structure, values)))
}
