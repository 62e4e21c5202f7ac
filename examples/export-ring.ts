/**
 * A perceptron that is trained here and runs where this library is not. It learns which points of the plane lie in a ring, and its function of a
 * batch of points is exported: one WebAssembly file with the trained parameters, a loader and its declarations. Another process, which has
 * these files and nothing else, then gives the probabilities of the same points. They have the bits that the library gives.
 *
 *   npx tsx examples/export-ring.ts
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import {
  and,
  cast,
  data,
  expandDims,
  greater,
  jit,
  layer,
  less,
  loss,
  mul,
  optimizer,
  pipe,
  random,
  reshape,
  sigmoid,
  square,
  sub,
  sum,
  type Tensor,
  toArray,
  toNumber,
  train,
  vmap,
} from 'pullback'

export interface Config {
  readonly seed: number
  readonly epochs: number
  readonly learningRate: number
  /** Where the three files are written. */
  readonly folder: string
}

export interface Found {
  readonly losses: readonly [first: number, last: number]
  /** Which part of 256 further points is put on the right side. */
  readonly accuracy: number
  /** Their probabilities, by the library and by the exported files. */
  readonly here: readonly number[]
  readonly alone: readonly number[]
  readonly bytes: { readonly wasm: number; readonly js: number; readonly weights: number }
}

/** Points between -1 and 1, and for each whether it lies in the ring between the radii 0.4 and 0.8. */
const pointsOf = (key: random.Key) => {
  const input = pipe(random.uniform('256 2')(key), mul(2), sub(1))
  const radius = pipe(input, square, sum(-1))
  return { input, target: pipe(radius, greater(0.4 ** 2), and(less(0.8 ** 2)(radius)), cast('float32'), expandDims(1)) }
}

const model = pipe(layer.input('2'), layer.dense(16), layer.tanh, layer.dense(16), layer.tanh, layer.dense(1))

/** What the other process runs: no import but the loader, and the points on its standard input. */
const script = (folder: string): string => `
  import { load } from ${JSON.stringify(pathToFileURL(join(folder, 'ring.js')).href)}
  const inRing = await load(${JSON.stringify(join(folder, 'ring.wasm'))})
  const points = Float32Array.from(JSON.parse(process.argv[1]))
  console.log(JSON.stringify([...inRing(points)]))
`

export const main = async ({ seed, epochs, learningRate, folder }: Config): Promise<Found> => {
  const [init, learning, testing] = random.split(3)(random.key(seed))
  const adam = optimizer.adam(learningRate)
  const step = train.step(model, loss.binaryCrossEntropyLogits, adam)
  const batches = data.batches({ size: 256, epochs })(pointsOf(learning))
  const [trained, history] = pipe(batches, train.fold(step)(train.init(model, adam)(init)))

  const probability = (point: Tensor<'2'>): Tensor<''> => pipe(point, model.apply(trained.params), reshape(''), sigmoid)
  const inRing = jit(vmap('256')(probability))
  const { input, target } = pointsOf(testing)
  const { wasm, js, types } = await inRing.export(input)
  const files = { 'ring.wasm': wasm, 'ring.js': js, 'ring.d.ts': types, 'package.json': '{ "type": "module" }' }
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)))

  const losses = history.map(metrics => toNumber(metrics.loss))
  const points = JSON.stringify([...toArray(input)])
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script(folder), points], { cwd: folder })
  const here = [...toArray(inRing(input))]
  const right = toArray(target).filter((isIn, i) => isIn === Number((here[i] ?? 0) > 0.5))
  return {
    losses: [losses.at(0) ?? Number.NaN, losses.at(-1) ?? Number.NaN],
    accuracy: right.length / here.length,
    here,
    alone: JSON.parse(stdout),
    bytes: { wasm: wasm.length, js: js.length, weights: 4 * (2 * 16 + 16 + 16 * 16 + 16 + 16 + 1) },
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = await mkdtemp(join(tmpdir(), 'ring-'))
  try {
    const { losses, accuracy, here, alone, bytes } = await main({ seed: 0, epochs: 1000, learningRate: 0.02, folder })
    console.log(
      `loss ${losses[0].toFixed(4)} at the first step, ${losses[1].toFixed(4)} at the last; ${(100 * accuracy).toFixed(1)} % of new points right`,
    )
    console.log(`ring.wasm ${bytes.wasm} bytes, of which ${bytes.weights} are weights; ring.js ${bytes.js} bytes`)
    console.log(
      `${alone.filter((p, i) => Object.is(p, here[i])).length} of ${here.length} probabilities have the same bits without the library`,
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}
