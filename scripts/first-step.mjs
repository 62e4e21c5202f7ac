/**
 * Trains a small perceptron for one step, from the import of a bundle on, and prints which functions of one of its files are called on the way: the
 * places where each begins and ends, as JSON.
 *
 * node scripts/first-step.mjs <the entry> <the file>
 */
import { Session } from 'node:inspector'
import { pathToFileURL } from 'node:url'

const [entry, file] = process.argv.slice(2).map(path => pathToFileURL(path).href)
const session = new Session()
session.connect()
const ask = (method, options) => {
  let answer
  session.post(method, options, (error, result) => {
    if (error) throw error
    answer = result
  })
  return answer
}
ask('Profiler.enable')
ask('Profiler.startPreciseCoverage', { callCount: true, detailed: false })

const { layer, loss, optimizer, pipe, random, train, wasmEngine, zeros } = await import(entry)
const model = pipe(layer.input('784'), layer.dense(512), layer.relu, layer.dense(256), layer.relu, layer.dense(10))
const adam = optimizer.adam(0.001)
const step = train.step(model, loss.softmaxCrossEntropy, adam, { engine: wasmEngine({ threads: 1 }) })
const batch = { input: zeros('128 784'), target: zeros('128', {}, 'int32') }
train.fold(step)(train.init(model, adam)(random.key(0)))([batch])

const { result } = ask('Profiler.takePreciseCoverage')
const { functions } = result.find(({ url }) => url === file)
const called = functions.flatMap(({ ranges: [{ count, startOffset, endOffset }] }) => (count > 0 ? [[startOffset, endOffset]] : []))
process.stdout.write(JSON.stringify(called))
