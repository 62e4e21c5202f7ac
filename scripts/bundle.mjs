/**
 * Writes the package's JavaScript once more for Node, in seven files: the six entries, and what they share, so that all of
 * them are of the same module. To find, read and link two hundred files, and two dozen of fp-ts and io-ts, takes longer than the first
 * training step takes to compile; what is used of those two is therefore among them. Bundlers get the files as the compiler wrote them, of which they keep what is used.
 *
 * Node parses all of a module before it runs any of it, which is most of what an import costs. So of the packages among the files only what is
 * used is kept, names inside functions are short, and what is no ASCII is escaped: a text with one other character takes two bytes for each.
 * Names at the top and lines stay as they are, for these are what a stack trace shows. What a first training step calls is compiled while it is
 * parsed (`eager.mjs`): the import takes longer by that, and import and first step together take less.
 *
 * The licences of the packages among them stand beside the seven files, in notices.txt.
 *
 * node scripts/bundle.mjs [folder of the compiled package, dist unless told]
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { withEager } from './eager.mjs'

const folder = resolve(process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url)))
const entries = {
  index: join(folder, 'index.js'),
  core: join(folder, 'core.js'),
  laws: join(folder, 'laws/index.js'),
  linalg: join(folder, 'linalg/index.js'),
  fft: join(folder, 'fft/index.js'),
  testing: join(folder, 'testing/index.js'),
}
/** The folders of what only one entry needs, which the others do not load. */
const apart = ['laws', 'testing', 'linalg', 'primitives/linalg', 'fft']
const isShared = id => id !== entries.index && !apart.some(room => id.startsWith(join(folder, room)))
const { peerDependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const others = Object.keys(peerDependencies)

/** fp-ts has its files twice. Those of `lib` are CommonJS, of which a bundler keeps all; of those of `es6` it keeps what is used. */
const ofModules = { find: /^fp-ts\/lib\/(\w+)(?:\.js)?$/, replacement: 'fp-ts/es6/$1.js' }

/** io-ts says that its files have no side effects, but not which of its calls have none. None that makes a codec or its class has, so those nobody uses go. */
const withoutUnusedCodecs = {
  name: 'without unused codecs',
  transform: (code, id) =>
    id.includes('/node_modules/io-ts/')
      ? code.replaceAll(
          /(?<=^(?:export )?var \w+ = )(?:\/\*\* @class \*\/ )?(?=\(function|new \w+\(|brand\(|refinement\()/gm,
          '/* @__PURE__ */ ',
        )
      : undefined,
}

const results = await build({
  root: folder,
  configFile: false,
  logLevel: 'warn',
  resolve: { alias: [ofModules] },
  plugins: [withoutUnusedCodecs],
  build: {
    outDir: 'node',
    target: 'es2022',
    minify: false,
    lib: { entry: entries, formats: ['es'] },
    rolldownOptions: {
      external: id => others.some(name => id === name || id.startsWith(`${name}/`)),
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name].js',
        codeSplitting: { groups: [{ name: 'shared', test: isShared }] },
        comments: false,
        minify: { compress: false, mangle: { toplevel: false }, codegen: { removeWhitespace: false, asciiOnly: true } },
      },
    },
  },
})

// What a first training step calls is compiled with the file.
const shared = join(folder, 'node/shared.js')
const firstStep = fileURLToPath(new URL('first-step.mjs', import.meta.url))
const called = execFileSync(process.execPath, [firstStep, join(folder, 'node/index.js'), shared], { encoding: 'utf8' })
writeFileSync(shared, withEager(readFileSync(shared, 'utf8'), JSON.parse(called)))

/** The folder of the package that a file of node_modules belongs to. */
const packageOf = id => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id)?.[0]

const modules = [results].flat().flatMap(({ output }) => output.flatMap(part => (part.type === 'chunk' ? part.moduleIds : [])))
const packages = [...new Set(modules.flatMap(id => packageOf(id) ?? []))].sort()
const notices = packages.map(path => {
  const { name, version } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  return `shared.js has parts of ${name} ${version}, whose licence is:\n\n${readFileSync(join(path, 'LICENSE'), 'utf8')}`
})
writeFileSync(join(folder, 'node/notices.txt'), notices.join('\n'))
