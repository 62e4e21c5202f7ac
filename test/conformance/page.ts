/**
 * The page of conformance: what outside cases say, and where a reader finds the names of JAX. The tables are made of the lists in `jax`; the
 * sections of cases are what a run of them has given, and stay as they were where their files are absent.
 */
import * as fft from '../../src/fft/index.js'
import * as root from '../../src/index.js'
import * as linalg from '../../src/linalg/index.js'
import { dtypes } from '../../src/tensor/index.js'
import { lax } from './jax/lax.js'
import { models } from './jax/models.js'
import { type Module, namedIn, type Row, rowsOf } from './jax/names.js'
import { numpy } from './jax/numpy.js'
import { others } from './jax/others.js'

export const modules: readonly Module[] = [numpy, ...others, ...lax, ...models]

/** Where names are looked up: the entries, a tensor's own fields as `x`, and the numbers that the host's language has. */
const places: object = { ...root, linalg, fft, x: root.tensor(0), Math, Infinity: Number.POSITIVE_INFINITY, NaN: Number.NaN }

/** Whether there is something of a name such as `linalg.svd`, or a dtype of a name such as `'float32'`. */
export const isThere = (name: string): boolean => {
  if (name.startsWith("'")) return dtypes.some(dtype => name === `'${dtype}'`)
  let place: unknown = places
  for (const word of name.split('.')) {
    if ((typeof place !== 'object' && typeof place !== 'function') || place === null || !Reflect.has(place, word)) return false
    place = Reflect.get(place, word)
  }
  return true
}

/** What a module's rows name that is not there. */
export const missingIn = (module: Module): readonly string[] =>
  rowsOf(module).flatMap(row =>
    namedIn(row)
      .filter(name => !isThere(name))
      .map(name => `${module.name}.${row.name}: ${name}`),
  )

/** The suites of cases by their titles, and what each of them compares. */
const sections: readonly (readonly [title: string, text: string])[] = [
  [
    'ONNX nodes',
    "The node tests of ONNX, each run on the WebAssembly engine and on the reference engine. Shapes and dtypes must be the case's, and numbers those\nof the case within the roundings of float32.",
  ],
  [
    'PyTorch gradients',
    'Values and gradients that PyTorch computed in float64, which must agree within 1e-12 of the greater of 1 and the number. The gradient compiled\nby `jit` must have the bits of the gradient that is not compiled.',
  ],
]

/** What a page says of a suite's cases, which ends where the next heading begins. */
const keptOf = (page: string, begin: string): string => {
  const from = page.indexOf(begin)
  if (from < 0) return 'The cases have not been run yet.'
  const rest = page.slice(from + begin.length)
  const next = rest.search(/^#/m)
  return (next < 0 ? rest : rest.slice(0, next)).trim()
}

const cell = ({ kind, text }: Row): string => ({ here: `\`${text}\` | `, made: ` | ${text}`, absent: ` | absent. ${text}` })[kind]

const tableOf = (module: Module): string => {
  const rows = rowsOf(module)
  const count = (kind: Row['kind']): number => rows.filter(row => row.kind === kind).length
  return [
    `### ${module.name}`,
    '',
    `The table has ${rows.length} names. Here: ${count('here')}; a line or two of others: ${count('made')}; absent: ${count('absent')}.`,
    '',
    `| ${module.name} | name here | otherwise |`,
    '| --- | --- | --- |',
    ...rows.map(row => `| \`${row.name}\` | ${cell(row)} |`),
    '',
  ].join('\n')
}

/**
 * The whole page: the tables of today; of each suite's cases what a run has given, by the suite's title, and without one what the page before says.
 */
export const pageOf = (before: string, results: ReadonlyMap<string, string> = new Map()): string => `# Conformance

What this library computes is compared with what others compute, and what it offers with the names of JAX. This page is written by
\`npm run conformance\`; a test checks that its tables are those that the script writes, and that every name in them is there.

## Cases that others made

The cases were made by other libraries and are kept beside the repository. A case is skipped only where the library does not offer what it
asks for, and the reason is given. A case that fails stops the script, and fails the tests.

${sections
  .map(([title, text]) => {
    const begin = `### ${title}\n\n${text}\n\n`
    return `${begin}${results.get(title) ?? keptOf(before, begin)}\n`
  })
  .join('\n')}
## The names of JAX

The lists are of JAX 0.10, with some names of versions before. A name is in the second column if a function does here what the function of JAX does,
though its arguments may be passed in another way; it is a name of \`pullback\`, and with \`linalg.\` or \`fft.\` before it a name of
\`pullback/linalg\` or \`pullback/fft\`. A name in quotes is a dtype. The third column says what a function is made of where it is a line or two of others,
which this library does not name again, or why it is absent. There \`x\` is any tensor.

${modules.map(tableOf).join('\n')}`
