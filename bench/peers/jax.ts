/** jax-js on its WebAssembly device; with threads, which it looks for when it is loaded, it needs web workers. */
import type * as Jax from '@jax-js/jax'
import { sample } from '../numbers.js'
import type { Run } from '../workload.js'
import { installWorkers } from './workers.js'

export type { Array as JaxArray } from '@jax-js/jax'

export interface Peer {
  readonly jax: typeof Jax
  readonly array: (values: Float32Array<ArrayBuffer>, shape: readonly number[]) => Jax.Array
  /** Waits for results, which are computed only then: on one thread at once, by the workers after a promise. */
  readonly finish: (...arrays: readonly Jax.Array[]) => Promise<void>
}

/** Its einsum maps and filters iterators, which Node 20 cannot. */
const installIteratorMethods = (): void => {
  const iterators: object = Object.getPrototypeOf(Object.getPrototypeOf([].values()))
  if ('map' in iterators) return
  Object.defineProperties(iterators, {
    map: {
      value: function* (this: Iterable<unknown>, f: (x: unknown) => unknown) {
        for (const x of this) yield f(x)
      },
    },
    filter: {
      value: function* (this: Iterable<unknown>, keeps: (x: unknown) => boolean) {
        for (const x of this) if (keeps(x)) yield x
      },
    },
  })
}

export const startJax = async (threads: number): Promise<Peer> => {
  installIteratorMethods()
  if (threads > 1) installWorkers('web', threads)
  const jax = await import('@jax-js/jax')
  await jax.init('wasm')
  jax.defaultDevice('wasm')
  return {
    jax,
    array: (values, shape) => jax.numpy.array(values).reshape([...shape]),
    finish: async (...arrays) => {
      for (const array of arrays) await array.blockUntilReady()
    },
  }
}

/** Work that gives one array, awaited at each call. */
export const jaxRun = ({ finish }: Peer, compute: () => Jax.Array): Run => ({
  values: async () => sample(await compute().data()),
  round: async count => {
    for (let i = 0; i < count; i += 1) {
      const result = compute()
      await finish(result)
      result.dispose()
    }
  },
})
