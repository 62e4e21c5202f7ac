/**
 * What the types cost the compiler: instantiations of each fixture in types-tests/budget and of all type tests, against thresholds.json.
 * Counts are repeatable with one checker, and taken without the types of Node and of the DOM, as the package is built. The library's own count
 * is a row, and is taken off the others. The first program is what a user's two lines cost where the compiler also checks the declarations that it
 * reads (`skipLibCheck: false`), those of fp-ts and io-ts among them; it reads `dist`, so build first. Of patterns.ts each line is also counted by
 * itself, and the dearest call is a row.
 *
 * node scripts/type-budget.mjs            prints the table, fails above a threshold and on any error, TS2589 above all
 * node scripts/type-budget.mjs --update   writes thresholds of 1.2 times what was measured, but for that of a call
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const budget = join(root, 'types-tests/budget')
const thresholdsFile = join(budget, 'thresholds.json')
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')

/** Instantiations, memory and errors of a program of some files. */
const measure = (include, options = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'type-budget-'))
  try {
    const project = join(folder, 'tsconfig.json')
    writeFileSync(
      project,
      JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions: { types: [], lib: ['es2023'], ...options }, include }),
    )
    const { stdout } = spawnSync(
      process.execPath,
      [tsc, '-p', project, '--noEmit', '--extendedDiagnostics', '--checkers', '1', '--pretty', 'false'],
      {
        cwd: root,
        encoding: 'utf8',
        maxBuffer: 2 ** 26,
      },
    )
    const number = name => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(stdout)?.[1])
    return { instantiations: number('Instantiations'), errors: stdout.split('\n').filter(line => /error TS\d+/.test(line)) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * What each line of patterns.ts costs where the library has been checked. The other compiler counts this, since it can be asked after each file of one
 * program; the counts of both differ by a few in a hundred.
 */
const callCosts = () => {
  const ts = createRequire(import.meta.url)('@tsd/typescript')
  const text = readFileSync(join(budget, 'patterns.ts'), 'utf8')
  const head = text.slice(0, text.indexOf('export const'))
  const calls = text.split('\n').filter(line => line.startsWith('export const'))
  const sources = new Map(calls.map((call, i) => [join(budget, `call${i}.ts`), `${head}${call}`]))
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, types: [], lib: ['es2023'], noUnusedLocals: false },
    root,
  )
  const host = ts.createCompilerHost(options)
  const program = ts.createProgram([...sources.keys()], options, {
    ...host,
    fileExists: file => sources.has(file) || host.fileExists(file),
    readFile: file => sources.get(file) ?? host.readFile(file),
    getSourceFile: (file, version) =>
      sources.has(file) ? ts.createSourceFile(file, sources.get(file), version) : host.getSourceFile(file, version),
  })
  const errorsOf = file => program.getSemanticDiagnostics(file).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  for (const file of program.getSourceFiles()) if (/\/src\/(shape|tensor|ops)\//.test(file.fileName)) errorsOf(file)
  return [...sources.keys()].map((file, i) => {
    const before = program.getInstantiationCount()
    const errors = errorsOf(program.getSourceFile(file))
    return { call: calls[i], errors, instantiations: program.getInstantiationCount() - before }
  })
}

const fixtures = readdirSync(budget)
  .filter(file => file.endsWith('.ts'))
  .sort()
const programs = [
  ['library', [join(root, 'src/index.ts')]],
  ...fixtures.map(file => [file, [join(budget, file)]]),
  ['types-tests', [join(root, 'types-tests/**/*.test-d.ts')]],
  ['first program', [join(budget, 'first/program.ts')], { paths: { pullback: [join(root, 'dist/index.d.ts')] } }],
]
/** Programs that read the library's sources, whose cost is taken off theirs. */
const readsSources = name => name !== 'library' && name !== 'first program'

/** What a call of einsum, rearrange, reduce or repeat may cost. This is promised, and not measured. */
const mostOfOnePattern = 1500

const update = process.argv.includes('--update')
const thresholds = update ? {} : JSON.parse(readFileSync(thresholdsFile, 'utf8'))
const measured = programs.map(([name, include, options]) => ({ name, ...measure(include, options) }))
const [library] = measured
const rows = measured.map(row => ({
  ...row,
  count: readsSources(row.name) ? row.instantiations - library.instantiations : row.instantiations,
}))
const dearest = callCosts().reduce((most, row) => (row.errors.length > 0 || row.instantiations > most.instantiations ? row : most))
rows.push({ name: 'one pattern', count: dearest.instantiations, errors: dearest.errors })

if (update) {
  const next = Object.fromEntries(
    rows.map(({ name, count }) => [name, name === 'one pattern' ? mostOfOnePattern : Math.ceil((count * 1.2) / 1000) * 1000]),
  )
  writeFileSync(thresholdsFile, `${JSON.stringify(next, undefined, 2)}\n`)
  Object.assign(thresholds, next)
}

let failed = false
console.log('program'.padEnd(16), 'instantiations'.padStart(14), 'threshold'.padStart(10))
for (const { name, count, errors } of rows) {
  const threshold = thresholds[name]
  // A comparison that also fails where a number is missing.
  const within = count > 0 && count <= threshold
  const verdict = [
    within ? '' : threshold === undefined ? 'no threshold: run with --update' : 'over the budget',
    errors.length > 0 ? 'errors' : '',
  ]
  console.log(name.padEnd(16), String(count).padStart(14), String(threshold).padStart(10), verdict.filter(Boolean).join(', '))
  // An instantiation that is excessively deep (TS2589) turns a type into any: it comes first.
  for (const error of errors.toSorted((a, b) => Number(b.includes('TS2589')) - Number(a.includes('TS2589'))).slice(0, 5))
    console.log(`  ${error}`)
  failed ||= !within || errors.length > 0
}
process.exitCode = failed ? 1 : 0
