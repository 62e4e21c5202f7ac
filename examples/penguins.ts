/**
 * Which species is a penguin with these four measurements? A multi-layer perceptron composed with `pipe`, checked by the compiler,
 * differentiated by a pure vjp and trained by a fold over batches of a real data set.
 *
 *   npm start
 */
import { fileURLToPath } from 'node:url'
import * as TE from 'fp-ts/lib/TaskEither.js'
import ora from 'ora'
import { argmax, codec, data, jit, layer, loss, metric, optimizer, pipe, program, random, toNested, toNumber, train, vmap } from 'pullback'
import { read, write } from './support/files.js'
import { decodePenguins, type Penguins, species } from './support/penguin-data.js'
import { confusionTable, lossCurve } from './support/report.js'

export interface Config {
  readonly seed: number
  readonly epochs: number
  readonly batchSize: number
  readonly learningRate: number
}

const defaults: Config = { seed: 0, epochs: 30, batchSize: 32, learningRate: 0.01 }

const model = pipe(layer.input('4'), layer.dense(16), layer.tanh, layer.dense(3))

/** Trains on three quarters of the penguins and judges the rest; `watch` is told of every step. */
export const main = (config: Config, watch: (step: number, steps: number, loss: number) => void) => (penguins: Penguins) => {
  const [initKey, splitKey, orderKey] = random.split(3)(random.key(config.seed))
  const [trainSet, testSet] = data.split({ fraction: 0.75, key: splitKey })(penguins)
  const scaler = data.standardise(trainSet.input)
  const scaled = (set: Penguins): Penguins => ({ ...set, input: scaler.apply(set.input) })
  const [seen, held] = [scaled(trainSet), scaled(testSet)]

  const adam = optimizer.adam(config.learningRate)
  const step = train.step(model, loss.softmaxCrossEntropy, adam)
  const batches = data.batches({ size: config.batchSize, epochs: config.epochs, key: orderKey })(seen)
  const fold = train.fold(step, ({ loss }, i) => watch(i + 1, batches.count, toNumber(loss)))
  const [trained, history] = pipe(batches, fold(train.init(model, adam)(initKey)))

  const classify = jit(vmap('batch')(model.apply(trained.params)))
  const predicted = pipe(held.input, classify, argmax(-1))
  return {
    accuracy: train.evaluate(model, metric.accuracy)(trained.params)([held]),
    confusion: toNested(metric.confusionMatrix(3)(predicted, held.target)),
    losses: history.map(({ loss }) => toNumber(loss)),
    counts: { train: data.size(seen), test: data.size(held) },
    drawing: program.mermaid(train.batchLoss(model, loss.softmaxCrossEntropy)<typeof held>)(trained.params, held),
    model: codec.encode({ params: trained.params, mean: scaler.mean, std: scaler.std }),
  }
}

const input = fileURLToPath(new URL('../node_modules/vega-datasets/data/penguins.json', import.meta.url))
const output = fileURLToPath(new URL('./output/', import.meta.url))

/** A line that changes in a terminal; every tenth epoch's line elsewhere. */
const progress = (): { readonly watch: (step: number, steps: number, loss: number) => void; readonly done: () => void } => {
  const live = process.stdout.isTTY === true
  const spinner = ora({ isEnabled: live, stream: process.stdout })
  const line = (step: number, steps: number, loss: number): string =>
    `step ${String(step).padStart(String(steps).length)} of ${steps}  loss ${loss.toFixed(4)}`
  return {
    watch: (step, steps, loss) => {
      if (live) {
        spinner.text = line(step, steps, loss)
        if (step === 1) spinner.start()
        // A long synchronous fold leaves the spinner's timer no turn, so each step draws it.
        spinner.render()
      } else if (step === 1 || step === steps || step % Math.ceil(steps / 10) === 0) console.log(line(step, steps, loss))
    },
    done: () => {
      if (live) spinner.succeed()
    },
  }
}

const run: TE.TaskEither<Error, void> = pipe(
  read(input),
  TE.flatMapEither(decodePenguins('penguins.json')),
  TE.flatMap(({ penguins, count, rejected }) => {
    console.log(`${count} penguins; ${rejected}\n`)
    const { watch, done } = progress()
    const { accuracy, confusion, losses, counts, drawing, model } = main(defaults, watch)(penguins)
    done()
    console.log(`\n${lossCurve(losses)}`)
    console.log(`held-out accuracy ${accuracy.toFixed(4)} on ${counts.test} penguins (trained on ${counts.train})\n`)
    console.log(confusionTable(species, confusion))
    return pipe(
      write(`${output}penguins-model.json`, model),
      TE.flatMap(() => write(`${output}penguins-loss.mmd`, drawing)),
      TE.map(() => console.log('\nwritten: examples/output/penguins-model.json, and its loss drawn in examples/output/penguins-loss.mmd')),
    )
  }),
)

if (process.argv[1] === fileURLToPath(import.meta.url))
  await pipe(
    run,
    TE.match(
      error => {
        console.error(error.message)
        process.exitCode = 1
      },
      () => undefined,
    ),
  )()
