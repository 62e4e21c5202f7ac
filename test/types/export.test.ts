/** The declarations of an exported program, read by the oldest and the newest compiler: what fits, and what is said of what does not. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { add, cast, jit, pipe, sum, type Tensor, zeros } from 'pullback'
import { describe, expect, test } from 'vitest'
import { compilers as current } from './compilers.js'

const require = createRequire(import.meta.url)
const compilers = { ...current, 'TypeScript 5.4': join(dirname(require.resolve('typescript-5.4/package.json')), 'typescript/lib/tsc.js') }

const step = jit((state: { readonly 'w b': Tensor<'n 3'>; readonly t: Tensor<'', 'int32'> }, x: Tensor<'3'>) => [
  { 'w b': pipe(state['w b'], add(x)), t: add(1)(state.t) },
  { total: sum()(x), wide: cast('float64')(x), none: [] as const, empty: {} },
])
const example = { 'w b': zeros('n 3', { n: 2 }), t: zeros('', undefined, 'int32') }

const fits = `
import { load, type Run } from './program.js'

export const use = async (bytes: Uint8Array): Promise<number> => {
  const run: Run = await load(bytes)
  const first = run({ 'w b': new Float32Array(6), t: Int32Array.of(0) }, new Float32Array(3))
  const [state, { total, wide, none }] = first
  const [next] = run(state, Float32Array.of(1, 2, 3))
  const plain: Float32Array = next['w b']
  const double: Float64Array = wide
  return (total[0] ?? 0) + plain.length + double.length + none.length
}
export const sources = [load('./program.wasm'), load(new ArrayBuffer(8)), load({ href: 'file:///program.wasm' })]
`
const fitsNot = `
import { load } from './program.js'

const run = await load('./program.wasm')
const [state, { total }] = run({ 'w b': new Float32Array(6), t: Int32Array.of(0) }, new Float32Array(3))
run(state)
run(state, total)
run({ ...state, t: state['w b'] }, new Float32Array(3))
run({ t: state.t }, new Float32Array(3))
run(state, [1, 2, 3])
load(3)
`

describe.each(Object.entries(compilers))('%s', { timeout: 120_000 }, (_, compiler) => {
  test('reads them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exported-types-'))
    try {
      const { js, types } = await step.export(example, zeros('3'))
      const compilerOptions = {
        target: 'es2022',
        lib: ['es2023'],
        module: 'nodenext',
        strict: true,
        types: [],
        noEmit: true,
        exactOptionalPropertyTypes: true,
      }
      const files = { 'program.js': js, 'program.d.ts': types, 'fits.ts': fits, 'not.ts': fitsNot, 'package.json': '{ "type": "module" }' }
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['fits.ts', 'not.ts'] }))
      const { stdout } = spawnSync(process.execPath, [compiler, '-p', '.', '--pretty', 'false'], { cwd: folder, encoding: 'utf8' })
      const said = stdout.split('\n').filter(line => line.includes('error TS'))
      expect(said.map(line => /^(.*)\((\d+),/.exec(line)?.slice(1).join(':'))).toEqual([6, 7, 8, 9, 10, 11].map(line => `not.ts:${line}`))
      // The result is a scalar, and the argument has three entries.
      expect(stdout).toMatch(/Float32<"", 1>.*is not assignable to.*Float32<"3", 3>/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
