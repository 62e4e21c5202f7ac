/** onnxruntime, in WebAssembly or native: it runs graphs, and takes and gives tensors of JavaScript memory. */
import type { InferenceSession, Tensor } from 'onnxruntime-common'
import { sample } from '../numbers.js'
import { Graph } from '../onnx.js'
import type { Run } from '../workload.js'

export type Build = 'web' | 'node'
export type { InferenceSession, Tensor }

export interface Peer {
  readonly session: (graph: Uint8Array<ArrayBuffer>) => Promise<InferenceSession>
  readonly tensor: (values: Float32Array<ArrayBuffer>, sizes: readonly number[]) => Tensor
}

const options = (threads: number): InferenceSession.SessionOptions => ({
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
})

/** The least graph: a session of it loads the runtime, so that a first call does not. */
const least = (): Uint8Array<ArrayBuffer> => {
  const graph = new Graph()
  graph.output('y', graph.input('x', [1]), [1])
  return graph.encode()
}

export const startOrt = async (build: Build, threads: number): Promise<Peer> => {
  const ort = build === 'node' ? await import('onnxruntime-node') : await import('onnxruntime-web')
  if (build === 'web') ort.env.wasm.numThreads = threads
  const executionProviders = build === 'web' ? ['wasm'] : ['cpu']
  const session: Peer['session'] = graph => ort.InferenceSession.create(graph, { ...options(threads), executionProviders })
  await session(least())
  return { session, tensor: (values, sizes) => new ort.Tensor('float32', values, sizes) }
}

/** A graph whose one result is called y. */
export const ortRun = async ({ session: create }: Peer, graph: Graph, feeds: { readonly [name: string]: Tensor }): Promise<Run> => {
  const session = await create(graph.encode())
  const call = async (): Promise<ArrayLike<number>> => {
    const { y } = await session.run(feeds)
    if (!(y?.data instanceof Float32Array)) throw new Error('y is no float32 tensor')
    return y.data
  }
  return {
    values: async () => sample(await call()),
    round: async count => {
      for (let i = 0; i < count; i += 1) await call()
    },
  }
}
