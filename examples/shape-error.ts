/**
 * A program that does not compile, four times. Beside a pipeline whose shapes fit stand four typical mistakes, each under a directive that
 * lets it pass and says what the compiler would. Run, the program takes the directives out, has the compiler read the rest and prints
 * what it says; then it makes the mistakes after all and prints what the library says at run time, which is the same.
 *
 *   npx tsx examples/shape-error.ts
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { add, layer, matmul, mean, mul, pipe, square, sub, type Tensor, zeros } from 'pullback'

const images = zeros('batch 784', { batch: 32 })
const prediction = zeros('batch', { batch: 32 })
const hidden = pipe(layer.input('784'), layer.dense(128), layer.relu)

/** What fits. The shapes on the left are not needed: they are what the compiler finds, and any others it rejects. */
export const logits: Tensor<'batch 10'> = pipe(images, matmul(zeros('784 10')), add(zeros('10')))
export const error: Tensor<''> = pipe(prediction, sub(zeros('batch', { batch: 32 })), square, mean())
export const model: layer.Layer<[layer.Dense<'784', '128'>, layer.Dense<'128', '10'>], '784', '10'> = pipe(hidden, layer.dense(10))
export const scaled: Tensor<'batch 784'> = pipe(images, mul(zeros('784')))

/** What does not. Each is a function, since a mistake that is called throws. */
export const mistakes = {
  'A weight for another width': () =>
    // @ts-expect-error matmul: 'batch 784' by '128 10': inner axes differ, '784' is not '128'
    pipe(images, matmul(zeros('128 10')), add(zeros('10'))),

  'Targets in a column, which numpy would pair with every prediction': () =>
    // @ts-expect-error sub: 'batch' and 'batch 1': neither broadcasts to the other: pairwise(sub) gives 'batch batch', squeeze or reshape aligns them
    pipe(prediction, sub(zeros('batch 1', { batch: 32 })), square, mean()),

  'A head for a model of another width': () =>
    // @ts-expect-error sequential: '128' does not go into a layer that takes '64'
    pipe(hidden, layer.sequential(pipe(layer.input('64'), layer.dense(10)))),

  'Double precision times single': () =>
    // @ts-expect-error mul: float32 and float64: dtypes differ, cast one of them
    pipe(images, mul(zeros('784', {}, 'float64'))),
} as const

/** What the directives in a program's text promise. */
const promises = (text: string): readonly string[] =>
  Array.from(text.matchAll(/\/\/ @ts-expect-error (.*)/g), ([, sentence = '']) => sentence)

/** The last words of each of the compiler's errors: the type that was wanted, which is the sentence itself. */
const sentences = (output: string): readonly string[] =>
  output
    .split(/^(?=\S)/m)
    .filter(text => text.startsWith('program.ts('))
    .map(text => /'"([^"]+: [^"]+)"'\.\s*$/.exec(text)?.[1] ?? text.trim())

/** What the compiler says of a program's text, under this project's settings. */
const compile = (text: string): readonly string[] => {
  const project = fileURLToPath(new URL('..', import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'shape-error-'))
  try {
    const settings = {
      extends: join(project, 'tsconfig.json'),
      include: ['*.ts'],
      compilerOptions: { typeRoots: [join(project, 'node_modules/@types')] },
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings))
    writeFileSync(join(folder, 'program.ts'), text)
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
    const compiler = join(project, 'node_modules/typescript/bin/tsc')
    return sentences(spawnSync(process.execPath, [compiler, '--pretty', 'false'], { cwd: folder, encoding: 'utf8' }).stdout)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const thrown = (mistake: () => unknown): string => {
  try {
    mistake()
    return 'nothing'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

export interface Config {
  /** The text of a program. */
  readonly text: string
}

export interface Found {
  readonly promised: readonly string[]
  readonly compiled: readonly string[]
  readonly thrown: readonly string[]
}

export const main = ({ text }: Config): Found => ({
  promised: promises(text),
  compiled: compile(text.replaceAll('@ts-expect-error', '')),
  thrown: Object.values(mistakes).map(thrown),
})

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { compiled, thrown } = main({ text: readFileSync(fileURLToPath(import.meta.url), 'utf8') })
  Object.keys(mistakes).forEach((name, i) => {
    console.log(`${name}\n  the compiler  ${compiled[i]}\n  at run time   ${thrown[i]}\n`)
  })
}
