/** onnxruntime has no gradients: the whole step, backward pass and optimizer, is a graph written by hand. Its results are the next inputs. */
import { Graph } from '../onnx.js'
import { type Build, type InferenceSession, startOrt, type Tensor } from '../peers/ort.js'
import type { Run } from '../workload.js'
import { betas, distances, epsilon, type Named, named, namesOf, type Parameter, type Training, valuesOf } from './spec.js'

/** Writes a model, forward and backward: a scalar loss, and the gradients by the names of their parameters. */
export type OrtModel = (
  g: Graph,
  p: Named<string>,
  input: string,
  target: string,
) => { readonly loss: string; readonly gradients: { readonly [name: string]: string } }

/** Writes the optimizer's part for one parameter. */
const update = (g: Graph, { optimizer, rate }: Training, { name, sizes }: Parameter, gradient: string): void => {
  if (optimizer === 'sgd') {
    g.output(`${name}'`, g.node('Sub', [name, g.node('Mul', [gradient, g.scalar(rate)])]), sizes)
    return
  }
  const mixed = (old: string, fresh: string, beta: number): string =>
    g.node('Add', [g.node('Mul', [old, g.scalar(beta)]), g.node('Mul', [fresh, g.scalar(1 - beta)])])
  const m = mixed(g.input(`${name}-m`, sizes), gradient, betas[0])
  const v = mixed(g.input(`${name}-v`, sizes), g.node('Mul', [gradient, gradient]), betas[1])
  const root = g.node('Add', [g.node('Sqrt', [g.node('Mul', [v, 'c2'])]), g.scalar(epsilon)])
  const change = g.node('Div', [g.node('Mul', [m, g.node('Mul', ['c1', g.scalar(rate)])]), root])
  g.output(`${name}'`, g.node('Sub', [name, change]), sizes)
  g.output(`${name}-m'`, m, sizes)
  g.output(`${name}-v'`, v, sizes)
}

const graphOf = (training: Training, model: OrtModel): Uint8Array<ArrayBuffer> => {
  const g = new Graph()
  const [input, target] = [g.input('input', training.inputSizes), g.input('target', training.targetSizes)]
  if (training.optimizer === 'adam') {
    g.input('c1', [])
    g.input('c2', [])
  }
  const parameters = training.parameters()
  const params = named(
    namesOf(training),
    parameters.map(({ name, sizes }) => g.input(name, sizes)),
  )
  const { loss, gradients } = model(g, params, input, target)
  g.output('loss', loss, [])
  for (const parameter of parameters) {
    const gradient = gradients[parameter.name]
    if (gradient === undefined) throw new Error(`no gradient of ${parameter.name}`)
    update(g, training, parameter, gradient)
  }
  return g.encode()
}

export const trainOrt = async (training: Training, build: Build, threads: number, model: OrtModel): Promise<Run> => {
  const { session: create, tensor } = await startOrt(build, threads)
  const { optimizer } = training
  const parameters = training.parameters()
  const batches = training.batches().map(({ input, target }) => ({
    input: tensor(input, training.inputSizes),
    target: tensor(target, training.targetSizes),
  }))
  const zeros = ({ values, sizes }: Parameter): Tensor => tensor(new Float32Array(values.length), sizes)
  const begin = (): { [name: string]: Tensor } =>
    Object.fromEntries(
      parameters.flatMap((parameter): [string, Tensor][] => {
        const { name, values, sizes } = parameter
        const moments: [string, Tensor][] = [
          [`${name}-m`, zeros(parameter)],
          [`${name}-v`, zeros(parameter)],
        ]
        return [[name, tensor(values, sizes)], ...(optimizer === 'adam' ? moments : [])]
      }),
    )
  let state = begin()
  let steps = 0
  // Made at the first step, which so is the first call that W9 and W7 measure.
  let session: InferenceSession | undefined
  const step = async (i: number): Promise<number> => {
    session ??= await create(graphOf(training, model))
    const batch = batches[i % batches.length]
    if (!batch) throw new Error('no batch')
    steps += 1
    const correction = (beta: number): Tensor => tensor(new Float32Array([1 / (1 - beta ** steps)]), [])
    const corrections = optimizer === 'adam' ? { c1: correction(betas[0]), c2: correction(betas[1]) } : {}
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
      for (let i = 0; i < training.checked; i += 1) losses.push(await step(i))
      const values = parameters.map(({ name }) => {
        const data = state[name]?.data
        return data instanceof Float32Array ? data : []
      })
      return [...losses, ...distances(training.rate, valuesOf(training), values)]
    },
    round: async count => {
      for (let i = 0; i < count; i += 1) await step(i)
    },
  }
}
