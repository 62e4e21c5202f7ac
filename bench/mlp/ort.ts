/** onnxruntime has no gradients: the whole step, backward pass and optimizer, is a graph written by hand. Its results are the next inputs. */
import { Graph } from '../onnx.js'
import { type Build, type InferenceSession, startOrt, type Tensor } from '../peers/ort.js'
import type { Run, Setup } from '../workload.js'
import { batchesOf, betas, epsilon, layersOf, type Mlp } from './spec.js'

/** Writes the optimizer's part for one parameter. */
const update = (g: Graph, mlp: Mlp, name: string, sizes: readonly number[], value: string, gradient: string): void => {
  if (mlp.optimizer === 'sgd') {
    g.output(`${name}'`, g.node('Sub', [value, g.node('Mul', [gradient, g.scalar(mlp.rate)])]), sizes)
    return
  }
  const mixed = (old: string, fresh: string, beta: number): string =>
    g.node('Add', [g.node('Mul', [old, g.scalar(beta)]), g.node('Mul', [fresh, g.scalar(1 - beta)])])
  const m = mixed(g.input(`${name}m`, sizes), gradient, betas[0])
  const v = mixed(g.input(`${name}v`, sizes), g.node('Mul', [gradient, gradient]), betas[1])
  const root = g.node('Add', [g.node('Sqrt', [g.node('Mul', [v, 'c2'])]), g.scalar(epsilon)])
  const change = g.node('Div', [g.node('Mul', [m, g.node('Mul', ['c1', g.scalar(mlp.rate)])]), root])
  g.output(`${name}'`, g.node('Sub', [value, change]), sizes)
  g.output(`${name}m'`, m, sizes)
  g.output(`${name}v'`, v, sizes)
}

const graphOf = (mlp: Mlp): Uint8Array<ArrayBuffer> => {
  const g = new Graph()
  const layers = layersOf(mlp)
  const last = layers.length - 1
  const [inputs, outputs] = [mlp.sizes[0] ?? 0, mlp.sizes.at(-1) ?? 0]
  const x = g.input('x', [mlp.batch, inputs])
  const t = g.input('t', [mlp.batch, outputs])
  if (mlp.optimizer === 'adam') {
    g.input('c1', [])
    g.input('c2', [])
  }
  const weights = layers.map((layer, l) => ({ w: g.input(`w${l}`, [layer.inputs, layer.outputs]), b: g.input(`b${l}`, [layer.outputs]) }))
  const values = [x]
  weights.forEach(({ w, b }, l) => {
    const z = g.node('Gemm', [values[l] ?? '', w, b])
    values.push(l === last ? z : g.node(mlp.activation === 'relu' ? 'Relu' : 'Tanh', [z]))
  })
  const y = values.at(-1) ?? ''
  let d: string
  if (mlp.loss === 'crossEntropy') {
    const log = g.node('LogSoftmax', [y])
    const sum = g.node('ReduceSum', [g.node('Mul', [log, t])], { keepdims: { int: 0 } })
    g.output('loss', g.node('Mul', [sum, g.scalar(-1 / mlp.batch)]), [])
    d = g.node('Mul', [g.node('Sub', [g.node('Exp', [log]), t]), g.scalar(1 / mlp.batch)])
  } else {
    const e = g.node('Sub', [y, t])
    g.output('loss', g.node('ReduceMean', [g.node('Mul', [e, e])], { keepdims: { int: 0 } }), [])
    d = g.node('Mul', [e, g.scalar(2 / mlp.batch / outputs)])
  }
  for (let l = last; l >= 0; l -= 1) {
    const { w, b } = weights[l] ?? { w: '', b: '' }
    const layer = layers[l] ?? { inputs: 0, outputs: 0 }
    const h = values[l] ?? ''
    const dw = g.node('Gemm', [h, d], { transA: { int: 1 } })
    const db = g.node('ReduceSum', [d, g.axes(0)], { keepdims: { int: 0 } })
    if (l > 0) {
      const dh = g.node('Gemm', [d, w], { transB: { int: 1 } })
      d =
        mlp.activation === 'relu'
          ? g.node('Where', [g.node('Greater', [h, g.scalar(0)]), dh, g.scalar(0)])
          : g.node('Mul', [dh, g.node('Sub', [g.scalar(1), g.node('Mul', [h, h])])])
    }
    update(g, mlp, w, [layer.inputs, layer.outputs], w, dw)
    update(g, mlp, b, [layer.outputs], b, db)
  }
  return g.encode()
}

export const open =
  (mlp: Mlp, build: Build) =>
  async ({ threads }: Setup): Promise<Run> => {
    const { session: create, tensor } = await startOrt(build, threads)
    const [inputs, outputs] = [mlp.sizes[0] ?? 0, mlp.sizes.at(-1) ?? 0]
    const batches = batchesOf(mlp).map(({ input, target }) => ({
      x: tensor(input, [mlp.batch, inputs]),
      t: tensor(target, [mlp.batch, outputs]),
    }))
    const begin = (): { [name: string]: Tensor } =>
      Object.fromEntries(
        layersOf(mlp).flatMap(({ inputs, outputs, weight, bias }, l) =>
          [
            { name: `w${l}`, values: weight, sizes: [inputs, outputs] },
            { name: `b${l}`, values: bias, sizes: [outputs] },
          ].flatMap(({ name, values, sizes }): [string, Tensor][] =>
            mlp.optimizer === 'sgd'
              ? [[name, tensor(values, sizes)]]
              : [
                  [name, tensor(values, sizes)],
                  [`${name}m`, tensor(new Float32Array(values.length), sizes)],
                  [`${name}v`, tensor(new Float32Array(values.length), sizes)],
                ],
          ),
        ),
      )
    let state = begin()
    let steps = 0
    // Made at the first step, which so is the first call that W9 and W7 measure.
    let session: InferenceSession | undefined
    const step = async (i: number): Promise<number> => {
      session ??= await create(graphOf(mlp))
      const batch = batches[i % batches.length]
      if (!batch) throw new Error('no batch')
      steps += 1
      const corrections =
        mlp.optimizer === 'sgd'
          ? {}
          : {
              c1: tensor(new Float32Array([1 / (1 - betas[0] ** steps)]), []),
              c2: tensor(new Float32Array([1 / (1 - betas[1] ** steps)]), []),
            }
      const results = await session.run({ ...state, ...batch, ...corrections })
      for (const name of Object.keys(state)) {
        const next = results[`${name}'`]
        if (next) state[name] = next
      }
      return Number(results.loss?.data[0])
    }
    const prepare = async (): Promise<void> => {
      state = begin()
      steps = 0
    }
    return {
      prepare,
      values: async () => {
        await prepare()
        const losses: number[] = []
        for (let i = 0; i < mlp.checked; i += 1) losses.push(await step(i))
        return losses
      },
      round: async count => {
        for (let i = 0; i < count; i += 1) await step(i)
      },
    }
  }
