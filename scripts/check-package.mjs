/** The built package in plain Node, by its own name and so through its `exports`: it loads, and a gradient comes out right. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as pullback from 'pullback'
import * as core from 'pullback/core'
import * as fft from 'pullback/fft'
import * as laws from 'pullback/laws'
import * as linalg from 'pullback/linalg'
import * as testing from 'pullback/testing'
import { build } from 'vite'
import * as coreInFiles from '../dist/core.js'
import * as fftInFiles from '../dist/fft/index.js'
import * as files from '../dist/index.js'
import * as lawsInFiles from '../dist/laws/index.js'
import * as linalgInFiles from '../dist/linalg/index.js'
import * as testingInFiles from '../dist/testing/index.js'
import { withEager } from './eager.mjs'

const { grad, mul, pipe, sum, tensor, toNested } = pullback

const gradient = grad(x => pipe(x, mul(x), sum()))(tensor([3, 4]))
assert.deepEqual(toNested(gradient), [6, 8])
assert.ok(Object.keys(laws).length > 0)

// Node loads the bundle, others the files as compiled; they are of the same names.
assert.match(import.meta.resolve('pullback'), /\/dist\/node\/index\.js$/)
assert.deepEqual(Object.keys(pullback), Object.keys(files))
assert.deepEqual(Object.keys(core), Object.keys(coreInFiles))
assert.deepEqual(Object.keys(laws), Object.keys(lawsInFiles))
assert.deepEqual(Object.keys(fft), Object.keys(fftInFiles))
assert.deepEqual(Object.keys(linalg), Object.keys(linalgInFiles))
assert.deepEqual(Object.keys(testing), Object.keys(testingInFiles))

// All entries are of one module: a tensor of the first is one to the others.
testing.assertAllClose(gradient, tensor([6, 8]))
laws.matchesDifferences(x => pipe(x, mul(x), sum()))(tensor([3, 4], 'float64'))
assert.equal(core.add, pullback.add)
assert.deepEqual(toNested(linalg.cholesky(tensor([[4]]))), [[2]])
assert.deepEqual(toNested(fft.rfft(0)(tensor([1, 1])).re), [2, 0])

// The decompositions are in the file of their own entry, and in none that the root entry loads; but for that of Cholesky, by which normal vectors are drawn.
const ofNode = name => readFileSync(new URL(`../dist/node/${name}.js`, import.meta.url), 'utf8')
assert.match(ofNode('linalg'), /singularValues/)
for (const name of ['index', 'core', 'shared']) assert.doesNotMatch(ofNode(name), /singularValues|fftFreq/)

// What a first step calls is marked in the bundle, so that it is parsed once; but no arrow function that takes `this` or `arguments` from outside.
assert.match(ofNode('shared'), /^var writeModule = \(function/m)
const marked = text => withEager(text, [[text.indexOf(' = ') + 3, text.length]])
assert.equal(marked('const f = x => x'), 'const f = (function(x) {return( x)})')
assert.equal(marked('const f = ([x], y = 1) => { return x + y }'), 'const f = (function([x], y = 1)  { return x + y })')
assert.equal(marked('const f = (x) => ({ x })'), 'const f = (function(x) {return( ({ x }))})')
for (const bound of ['const f = () => () => this', 'const f = x => arguments[x]', 'const f = (x = this) => x', 'const f = async x => x'])
  assert.equal(marked(bound), bound)

/** The weights after some steps, with an entry's own functions: the bundle and the files, which nothing has marked, give the same bits. */
const trained = ({ layer, loss, optimizer, pipe, random, toArray, train, zeros }) => {
  const model = pipe(layer.input('3'), layer.dense(5), layer.tanh, layer.dense(2))
  const adam = optimizer.adam(0.1)
  const batch = { input: random.normal('4 3')(random.key(1)), target: zeros('4', {}, 'int32') }
  const [{ params }] = train.fold(train.step(model, loss.softmaxCrossEntropy, adam))(train.init(model, adam)(random.key(0)))([batch, batch])
  return params.flatMap(part => Object.values(part).map(toArray))
}
assert.deepEqual(trained(pullback), trained(files))

/** A program as a bundler makes it of the files as compiled, and the files of which it kept something. */
const bundled = async text => {
  const entry = '\0program'
  const [{ output }] = [
    await build({
      root: fileURLToPath(new URL('..', import.meta.url)),
      configFile: false,
      logLevel: 'warn',
      build: { write: false, minify: true, target: 'es2022', rolldownOptions: { input: entry, output: { codeSplitting: false } } },
      plugins: [{ name: 'program', resolveId: id => (id === entry ? id : undefined), load: id => (id === entry ? text : undefined) }],
    }),
  ].flat()
  const [{ code, modules }] = output
  return { code, files: Object.entries(modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? id : [])) }
}
const runs = code => execFileSync(process.execPath, ['--input-type=module', '-'], { input: code, encoding: 'utf8' })
const isOfWasm = path => /\/dist\/engine\/(wasm|fusion)\//.test(path)

// A bundle of the root entry brings the engine, which is registered by a side effect; one of pullback/core has no compiler and is small.
const shown = 'console.log(JSON.stringify(toNested(add(1)(tensor([1, 2])))))'
const whole = await bundled(`import { add, tensor, toNested } from 'pullback'; ${shown}`)
assert.equal(runs(whole.code), '[2,3]\n')
assert.ok(whole.files.some(isOfWasm))
const bare = await bundled("import { add } from 'pullback/core'; globalThis.add = add")
assert.deepEqual(bare.files.filter(isOfWasm), [])
assert.ok(bare.code.length < 60_000, `${bare.code.length} bytes of pullback/core for add`)
const chosen = await bundled(
  `import { add, reference, setDefaultEngine, tensor, toNested } from 'pullback/core'; setDefaultEngine(reference); ${shown}`,
)
assert.equal(runs(chosen.code), '[2,3]\n')
assert.deepEqual(chosen.files.filter(isOfWasm), [])

// Where a process may have too few addresses for WebAssembly's memory, that is said, and the reference engine works.
const limited = `
  import { add, jit, reference, tensor, toNested, wasmEngine, withEngine } from 'pullback'
  const said = [() => add(1)(tensor(1)), () => jit(add(1))(tensor(1)), () => wasmEngine({ threads: 1 })].map(f => {
    try {
      return typeof f()
    } catch ({ _tag, message }) {
      return [_tag, message]
    }
  })
  console.log(JSON.stringify([said, withEngine(reference)(() => toNested(jit(add(1))(tensor([1, 2]))))]))`
if (process.platform === 'linux') {
  const command = ['-c', 'ulimit -v 8388608; exec "$0" --input-type=module -e "$1"', process.execPath, limited]
  const [said, sums] = JSON.parse(execFileSync('sh', command, { cwd: new URL('..', import.meta.url), encoding: 'utf8' }))
  for (const [tag, message] of said) {
    assert.equal(tag, 'PlatformError')
    assert.match(message, /^wasm engine: this runtime gives WebAssembly no memory .*ulimit -v.*withEngine\(reference\)\(\(\) => …\)$/)
  }
  assert.deepEqual([said.length, sums], [3, [2, 3]])
}

// What of other packages is among these files has its licence beside them, and all of it is packed. The bundler writes above each part whose it is.
const read = path => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const parts = read('dist/node/shared.js').matchAll(/^\/\/ node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm)
const others = [...new Set([...parts].map(([, name]) => name))]
assert.deepEqual(others.sort(), ['fp-ts', 'io-ts'])
for (const name of others)
  assert.ok(read('dist/node/notices.txt').includes(read(`node_modules/${name}/LICENSE`)), `the licence of ${name} is missing`)
const [{ files: packed }] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], { cwd: new URL('..', import.meta.url), encoding: 'utf8' }),
)
for (const path of ['LICENSE', 'dist/node/notices.txt'])
  assert.ok(
    packed.some(file => file.path === path),
    `${path} is not packed`,
  )
assert.match(read('LICENSE'), /^MIT License\n\nCopyright \(c\) \d{4} the Pullback authors\n/)

// Nothing but the declared dependencies is needed at run time.
const { dependencies } = JSON.parse(read('package.json'))
console.log(`the built package works in plain Node ${process.version}; run-time dependencies: ${Object.keys(dependencies).join(', ')}`)
