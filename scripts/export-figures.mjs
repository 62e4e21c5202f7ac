/**
 * What exported programs weigh and how long they take, beside the calls of the library that they come from: the figures of docs/export.md. Times are
 * the least of many short rounds in turn, and both sides are compared bit by bit first. It reads `dist`, so build first.
 *
 * node scripts/export-figures.mjs
 */
import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { jit, layer, pipe, random, toArray, tree, vmap, wasmEngine, zeros } from 'pullback'

const small = pipe(layer.input('2'), layer.dense(16), layer.tanh, layer.dense(16), layer.tanh, layer.dense(1))
const large = pipe(layer.input('784'), layer.dense(512), layer.relu, layer.dense(256), layer.relu, layer.dense(10))

const programs = [
  ['2-16-16-1, tanh', small, '2', 1],
  ['2-16-16-1, tanh', small, '2', 256],
  ['784-512-256-10, relu', large, '784', 1],
  ['784-512-256-10, relu', large, '784', 128],
]
const engines = [wasmEngine({ threads: 1 }), wasmEngine()]

/** The least microseconds of a call, of several functions whose rounds take turns. */
const timesOf = functions => {
  const counts = functions.map(f => {
    const start = performance.now()
    for (let i = 0; i < 50; i += 1) f()
    return Math.ceil((50 * 5) / (performance.now() - start))
  })
  const least = functions.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < 60; round += 1)
    functions.forEach((f, i) => {
      const start = performance.now()
      for (let k = 0; k < counts[i]; k += 1) f()
      least[i] = Math.min(least[i], ((performance.now() - start) * 1000) / counts[i])
    })
  return least.map(time => time.toFixed(1))
}

const bytes = text => `${Buffer.byteLength(text)} (gzip ${gzipSync(text).length})`

for (const [name, model, size, batch] of programs) {
  // Biases begin as zeros, which are one number: those of a trained model are not.
  const params = tree.map(x => random.normal(x.shape)(random.key(x.sizes[0])))(model.init(random.key(0)))
  const predict = vmap(String(batch))(model.apply(params))
  const x = random.normal(`${batch} ${size}`)(random.key(1))
  const [one, all] = engines.map(engine => jit(predict, { engine }))
  const { wasm, js, types } = await one.export(zeros(`${batch} ${size}`))
  const { load } = await import(`data:text/javascript,${encodeURIComponent(js)}`)
  let loaded = Number.POSITIVE_INFINITY
  for (let i = 0; i < 10; i += 1) {
    // A runtime remembers the code that it made of the same bytes, so an empty section with another name follows.
    const other = new Uint8Array(wasm.length + 4)
    other.set(wasm)
    other.set([0, 2, 1, 'a'.charCodeAt(0) + i], wasm.length)
    const start = performance.now()
    await load(other)
    loaded = Math.min(loaded, performance.now() - start)
  }
  const run = await load(wasm)
  const input = toArray(x)
  for (const f of [one, all]) assert.deepEqual(new Uint8Array(run(input).buffer), new Uint8Array(toArray(f(x)).buffer))
  // Until its workers have started, an engine runs on one thread.
  await new Promise(resolve => setTimeout(resolve, 300))
  const [alone, single, threaded] = timesOf([() => run(input), () => one(x), () => all(x)])
  const weights = tree.leaves(params).reduce((sum, { sizes }) => sum + 4 * sizes.reduce((n, side) => n * side, 1), 0)
  console.log(`${name}, batch ${batch}`)
  console.log(
    `  module ${wasm.length} bytes (gzip ${gzipSync(wasm).length}), of which weights ${weights}, all else ${wasm.length - weights}`,
  )
  console.log(`  loader ${bytes(js)} bytes, declarations ${bytes(types)}`)
  console.log(`  load ${loaded.toFixed(1)} ms`)
  console.log(`  a call ${alone} µs; of the library ${single} µs on one thread, ${threaded} µs on as many as it takes`)
}
