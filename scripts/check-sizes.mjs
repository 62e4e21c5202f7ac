/**
 * How much of the built package a bundler keeps, minified, in four small programs for a page: what the page loads when it begins. A limit is some
 * 5 % above what was measured when it was set: whoever passes it says what the bytes are for, and sets it anew.
 *
 * node scripts/check-sizes.mjs [folder of the compiled package, dist unless told]
 */
import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const index = resolve(process.argv[2] ?? `${root}/dist`, 'index.js')

const programs = [
  // Of the engine, which the entry registers, the bundler keeps what it cannot see to be unused; `pullback/core` registers none.
  { title: 'tensor alone', limitBytes: 103_000, text: "import { tensor } from 'pullback'\nconsole.log(tensor([1, 2]))" },
  { title: 'tensor and add', limitBytes: 242_000, text: "import { add, tensor } from 'pullback'\nconsole.log(add(1)(tensor([1, 2])))" },
  // What exports a jitted function is a file of its own, which is loaded when it is asked for.
  {
    title: 'jit',
    limitBytes: 255_000,
    text: "import { add, jit, tensor } from 'pullback'\nconsole.log(jit(add(1))(tensor([1, 2])))",
  },
  {
    title: 'training',
    limitBytes: 308_000,
    text: `import { layer, loss, optimizer, pipe, random, tensor, train } from 'pullback'
      const model = pipe(layer.input('2'), layer.dense(2))
      const adam = optimizer.adam(0.1)
      const step = train.step(model, loss.softmaxCrossEntropy, adam)
      const batch = { input: tensor([[1, 2]]), target: tensor([0], 'int32') }
      console.log(train.fold(step)(train.init(model, adam)(random.key(0)))([batch]))`,
  },
]

const sizeOf = async text => {
  const program = {
    name: 'program',
    enforce: 'pre',
    resolveId: id => (id === 'program' ? '\0program' : id === 'pullback' ? index : undefined),
    load: id => (id === '\0program' ? text : undefined),
  }
  const { output } = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [program],
    build: { write: false, target: 'es2022', minify: true, modulePreload: false, rolldownOptions: { input: 'program' } },
  })
  const loaded = new Set()
  const load = name => {
    const part = output.find(({ fileName }) => fileName === name)
    if (part === undefined || loaded.has(part)) return
    loaded.add(part)
    part.imports.forEach(load)
  }
  for (const { isEntry, fileName } of output) if (isEntry) load(fileName)
  return [...loaded].reduce((bytes, { code }) => bytes + Buffer.byteLength(code), 0)
}

for (const { title, limitBytes, text } of programs) {
  const bytes = await sizeOf(text)
  console.log(`bundled and minified, ${title}: ${bytes} bytes, of at most ${limitBytes}`)
  assert.ok(
    bytes <= limitBytes,
    `${title} takes ${bytes} bytes, more than ${limitBytes}: find what it began to need, or set the limit anew and say why`,
  )
}
