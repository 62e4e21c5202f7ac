import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { error, logits, main, mistakes, model, scaled } from '../../examples/shape-error.js'

const text = readFileSync(new URL('../../examples/shape-error.ts', import.meta.url), 'utf8')

test('the compiler says what the directives promise, and the library says it at run time', () => {
  const { promised, compiled, thrown } = main({ text })
  expect(promised).toEqual([
    "matmul: 'batch 784' by '128 10': inner axes differ, '784' is not '128'",
    "sub: 'batch' and 'batch 1': neither broadcasts to the other: pairwise(sub) gives 'batch batch', squeeze or reshape aligns them",
    "sequential: '128' does not go into a layer that takes '64'",
    'mul: float32 and float64: dtypes differ, cast one of them',
  ])
  expect(compiled).toEqual(promised)
  expect(thrown).toEqual(promised)
  expect(Object.keys(mistakes).length).toBe(promised.length)
})

test('a program whose shapes fit compiles, another error is reported whole', () => {
  const start = "import { matmul, type Tensor, zeros } from 'pullback'\n"
  const compiled = (line: string): readonly string[] => main({ text: `${start}export const y: ${line}\n` }).compiled
  expect(compiled("Tensor<'2 4'> = matmul(zeros('3 4'))(zeros('2 3'))")).toEqual([])
  expect(compiled("Tensor<'2 5'> = matmul(zeros('3 4'))(zeros('2 3'))")).toEqual([
    'program.ts(2,14): error TS2322: Type \'Tensor<"2 4", "float32">\' is not assignable to type \'Tensor<"2 5", "float32">\'.\n  Type \'"2 4"\' is not assignable to type \'"2 5"\'.',
  ])
})

test('what fits has the shapes that the compiler gave it', () => {
  expect([logits.shape, error.shape, model.output, scaled.shape]).toEqual(['batch 10', '', '10', 'batch 784'])
})
