/**
 * Writes the package's JavaScript once more for Node, in five files: the four entries, and what they share, so that all of
 * them are of the same module. To find, read and link two hundred files, and two dozen of fp-ts and io-ts, takes longer than the first
 * training step takes to compile; what is used of those two is therefore among them. Bundlers get the files as the compiler wrote them, of which they keep what is used.
 * The licences of the packages among them stand beside the five files, in notices.txt.
 *
 * node scripts/bundle.mjs [folder of the compiled package, dist unless told]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const folder = resolve(process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url)))
const entries = {
  index: join(folder, 'index.js'),
  core: join(folder, 'core.js'),
  laws: join(folder, 'laws/index.js'),
  testing: join(folder, 'testing/index.js'),
}
const isShared = id => id !== entries.index && !['laws', 'testing'].some(room => id.startsWith(join(folder, room)))
const { peerDependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const others = Object.keys(peerDependencies)

const results = await build({
  root: folder,
  configFile: false,
  logLevel: 'warn',
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
      },
    },
  },
})

/** The folder of the package that a file of node_modules belongs to. */
const packageOf = id => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id)?.[0]

const modules = [results].flat().flatMap(({ output }) => output.flatMap(part => (part.type === 'chunk' ? part.moduleIds : [])))
const packages = [...new Set(modules.flatMap(id => packageOf(id) ?? []))].sort()
const notices = packages.map(path => {
  const { name, version } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  return `shared.js has parts of ${name} ${version}, whose licence is:\n\n${readFileSync(join(path, 'LICENSE'), 'utf8')}`
})
writeFileSync(join(folder, 'node/notices.txt'), notices.join('\n'))
