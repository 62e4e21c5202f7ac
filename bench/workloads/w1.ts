import { places, uniform } from '../numbers.js'
import type { AnyTensor } from '../ours.js'
import { type Case, node, type Setup, torch, type Workload } from '../workload.js'

/** Square matrices: N as they are, T transposed. */
type Form = 'NN' | 'NT' | 'TN'

const cases: readonly Case[] = [
  ...[64, 256, 512, 1024, 2048].flatMap(size => [1, 2].map(threads => ({ size, threads, form: 'NN', long: size !== 512 }))),
  ...[512, 1024].flatMap(size => ['NT', 'TN'].map(form => ({ size, threads: 2, form, long: size !== 512 }))),
].map(({ size, threads, form, long }) => ({
  name: `${form} ${size}, ${threads} ${threads > 1 ? 'threads' : 'thread'}`,
  flops: 2 * size ** 3,
  threads,
  ...(long ? { long } : {}),
}))

const read = ({ name }: Case): { readonly form: Form; readonly size: number } => {
  const [form, size] = name.split(/[ ,]/)
  return { form: form === 'NT' || form === 'TN' ? form : 'NN', size: Number(size) }
}

const operands = (size: number) => ({ a: uniform(size * size, 1), b: uniform(size * size, 2) })

const expected = (work: Case): readonly number[] => {
  const { form, size } = read(work)
  const { a, b } = operands(size)
  return places(size * size).map(place => {
    const [i, j] = [Math.floor(place / size), place % size]
    let sum = 0
    for (let k = 0; k < size; k += 1)
      sum += (a[form === 'TN' ? k * size + i : i * size + k] ?? Number.NaN) * (b[form === 'NT' ? j * size + k : k * size + j] ?? Number.NaN)
    return sum
  })
}

const ours = async ({ case: work, threads }: Setup) => {
  const { decoded, engineOf, oursRun, pullback } = await import('../ours.js')
  const { fromArray, jit, matmul, pipe, transpose } = pullback
  const { form, size } = read(work)
  const shape: string = `${size} ${size}`
  const { a, b } = operands(size)
  const [x, y]: readonly [AnyTensor, AnyTensor] = [decoded(fromArray(shape)(a)), decoded(fromArray(shape)(b))]
  const product = jit(
    (p: AnyTensor, q: AnyTensor): AnyTensor => pipe(form === 'TN' ? transpose(p) : p, matmul(form === 'NT' ? transpose(q) : q)),
    { engine: engineOf(threads) },
  )
  return oursRun(() => product(x, y))
}

const tfjs =
  (backend: 'wasm' | 'cpu') =>
  async ({ case: work, threads }: Setup) => {
    const { startTfjs, tfjsRun } = await import('../peers/tfjs.js')
    const tf = await startTfjs(backend, threads)
    const { form, size } = read(work)
    const { a, b } = operands(size)
    const [x, y] = [tf.tensor2d(a, [size, size]), tf.tensor2d(b, [size, size])]
    return tfjsRun(() => tf.matMul(x, y, form === 'TN', form === 'NT'))
  }

const jax = async ({ case: work, threads }: Setup) => {
  const { jaxRun, startJax } = await import('../peers/jax.js')
  const peer = await startJax(threads)
  const { numpy: np } = peer.jax
  const { form, size } = read(work)
  const { a, b } = operands(size)
  const [x, y] = [peer.array(a, [size, size]), peer.array(b, [size, size])]
  const product = peer.jax.jit((p: typeof x, q: typeof x) =>
    np.matmul(form === 'TN' ? np.transpose(p) : p, form === 'NT' ? np.transpose(q) : q),
  )
  return jaxRun(peer, () => product(x.ref, y.ref))
}

const ort =
  (build: 'web' | 'node') =>
  async ({ case: work, threads }: Setup) => {
    const { ortRun, startOrt } = await import('../peers/ort.js')
    const { Graph } = await import('../onnx.js')
    const peer = await startOrt(build, threads)
    const { form, size } = read(work)
    const { a, b } = operands(size)
    const sizes = [size, size]
    const graph = new Graph()
    const transposed = { transA: { int: Number(form === 'TN') }, transB: { int: Number(form === 'NT') } }
    graph.output('y', graph.node('Gemm', [graph.input('a', sizes), graph.input('b', sizes)], transposed), sizes)
    return ortRun(peer, graph, { a: peer.tensor(a, sizes), b: peer.tensor(b, sizes) })
  }

export const w1: Workload = {
  name: 'W1',
  work: 'Products of square matrices, as they are (NN), the right one transposed (NT), the left one (TN)',
  measure: 'call',
  cases,
  expected,
  tolerance: 2e-6,
  sides: {
    ours: node([1, 2], ours),
    tfjs: node([1, 2], tfjs('wasm')),
    'tfjs-cpu': node([1], tfjs('cpu'), work => (read(work).size > 512 ? 'takes seconds' : undefined)),
    jax: node([1, 2], jax),
    'ort-web': node([1, 2], ort('web')),
    'ort-node': node([1, 2], ort('node')),
    torch,
  },
}
