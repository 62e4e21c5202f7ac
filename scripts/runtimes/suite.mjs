/** The tests as a folder of plain modules, which any runtime loads. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Files and folders of tests that need Node, and for what. Every other file runs in each runtime. */
export const onlyInNode = {
  'test/conformance/': 'reads files of cases',
  'test/docs/': 'reads the documents and the sources, and starts compilers',
  'test/engine/core.test.ts': 'asks vitest for fresh copies of modules',
  'test/engine/memory.test.ts': 'asks Node how much memory the process holds',
  'test/engine/processes.test.ts': 'starts processes',
  'test/errors/every.test.ts': 'looks for its own file in stacks, where modules are bundled',
  'test/errors/stacks.test.ts': 'looks for its own file in stacks, where modules are bundled',
  'test/examples/': 'runs examples, which are programs of the command line',
  'test/laws/enrolment.test.ts': 'reads the folder of the sources',
  'test/laws/fields.test.ts': 'starts a compiler',
  'test/optimizer/torch.test.ts': 'reads files of cases',
  'test/runtimes/': 'starts this very script',
  'test/tensor/comparison.test.ts': "compares by Node's assert",
  'test/tensor/instances.test.ts': "compares by Node's util",
  'test/tensor/pools.test.ts': 'starts vitest',
  'test/tensor/print.test.ts': "prints by Node's util",
  'test/tensor/realms.test.ts': 'makes values in other realms, by node:vm',
  'test/tensor/resident.test.ts': "compares by Node's assert",
  'test/tensor/show.test.ts': 'makes a value in another realm, by node:vm',
  'test/types/': 'starts compilers',
}

/** Fused multiply-add is used where a runtime has it: there the hashes are the runtime's own. */
export const hasOwnBits = path => path === 'test/engine/relaxed.test.ts'

const filesIn = (folder, pattern) =>
  readdirSync(join(root, folder), { recursive: true })
    .map(name => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter(path => pattern.test(path))
    .sort()

export const paths = filesIn('test', /\.test\.ts$/).filter(path => !Object.keys(onlyInNode).some(left => path.startsWith(left)))

const listing = files => {
  const tests = files.map(path => `${JSON.stringify(path)}: () => import(${JSON.stringify(join(root, path))})`)
  const golden = filesIn('test/golden', /\.(txt|mmd|dot)$/).map(path => [path.split('/').at(-1), readFileSync(join(root, path), 'utf8')])
  return `export const tests = {${tests.join(',\n')}}\nexport const golden = ${JSON.stringify(Object.fromEntries(golden))}`
}

/** The list of the tests, our own 'vitest', and the digests that are remembered. */
const standIns = files => ({
  name: 'stand-ins',
  enforce: 'pre',
  resolveId: (id, importer) => {
    if (id === 'virtual:tests') return '\0tests'
    if (id === 'vitest') return join(root, 'test/runtimes/vitest.js')
    if (id.endsWith('/support/digest.js')) return join(root, 'test/runtimes/digest.js')
    if (id.endsWith('digest.js?plain')) return join(root, 'test/engine/support/digest.ts')
    if (id.startsWith('node:'))
      throw new Error(
        `${importer} imports ${id}, which only Node has: list the test in onlyInNode of scripts/runtimes/suite.mjs, with the reason`,
      )
    return undefined
  },
  load: id => (id === '\0tests' ? listing(files) : undefined),
})

/** Writes the folder. */
export const buildSuite = async (folder, files) => {
  await build({
    root,
    configFile: join(root, 'vitest.config.ts'),
    logLevel: 'silent',
    base: './',
    plugins: [standIns(files)],
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      minify: false,
      modulePreload: false,
      rolldownOptions: {
        input: join(root, 'test/runtimes/main.js'),
        // The package says that its files have no effects; tests are nothing else.
        treeshake: false,
        onwarn: ({ message }) => {
          throw new Error(message)
        },
        output: { entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
}
