/** The grammar of programs: each way to break it is rejected by name. */
import { describe, expect, test } from 'vitest'
import { addPrimitive } from '../../src/primitives/add.js'
import { check, type Equation, type Program, type Variable } from '../../src/program/index.js'
import { errorOf } from '../support/errors.js'

const add = addPrimitive.of({})
const variable = (id: number, sizes: readonly number[] = [2], dtype: Variable['dtype'] = 'float32'): Variable => ({
  kind: 'variable',
  id,
  sizes,
  dtype,
})
const [a, b, c] = [variable(0), variable(1), variable(2)]
const equation = (inputs: Equation['inputs'], outputs: Equation['outputs']): Equation => ({ operation: add, inputs, outputs })

const good: Program = { inputs: [a, b], equations: [equation([a, b], [c])], outputs: [c], count: 3 }

test('a good program is given back', () => {
  expect(check(good)).toBe(good)
  expect(
    check({ inputs: [], equations: [], outputs: [{ kind: 'constant', value: 1, sizes: [], dtype: 'float32' }], count: 0 }),
  ).toBeDefined()
})

describe('rejects', () => {
  test.each<readonly [string, Partial<Program>, string]>([
    ['a variable read before it is defined', { equations: [equation([a, c], [c])] }, 'add reads variable 2 before it is defined'],
    ['a result that is not defined', { equations: [] }, 'the result reads variable 2 before it is defined'],
    ['an input defined twice', { inputs: [a, b, a] }, 'variable 0 is defined twice'],
    ['an output defined twice', { equations: [equation([a, b], [c]), equation([a, b], [c])] }, 'variable 2 is defined twice'],
    ['an id above the count', { count: 2 }, 'variable 2 is outside 0 to 1'],
    ['a negative id', { inputs: [a, b, variable(-1)] }, 'variable -1 is outside 0 to 2'],
    ['an id that is no number', { inputs: [a, b, variable(Number.NaN)] }, 'variable NaN is outside 0 to 2'],
    [
      'a read in another shape',
      { equations: [equation([variable(0, [3]), b], [c])] },
      "add reads variable 0 as float32 '3', it is float32 '2'",
    ],
    [
      'a read in another dtype',
      { outputs: [variable(2, [2], 'float64')] },
      "the result reads variable 2 as float64 '2', it is float32 '2'",
    ],
    [
      'an output of another shape than the rule gives',
      { equations: [equation([a, b], [variable(2, [1])])] },
      "add yields float32 '2', not float32 '1'",
    ],
    ['more outputs than the operation has', { equations: [equation([a, b], [c, variable(3)])], count: 4 }, 'add has 1 outputs, not 2'],
    ['no outputs where the operation has one', { equations: [equation([a, b], [])] }, 'add has 1 outputs, not 0'],
  ])('%s', (_, part, detail) => {
    const error = errorOf(() => check({ ...good, ...part }))
    expect(error._tag).toBe('InternalError')
    expect(error.message).toBe(`defect in pullback: invalid program: ${detail}`)
  })

  test('inputs that the operation does not take', () => {
    const three = { ...good, inputs: [a, variable(1, [3])], equations: [equation([a, variable(1, [3])], [c])] }
    expect(errorOf(() => check(three)).message).toBe("add: '2' and '3' differ")
    expect(errorOf(() => check({ ...good, equations: [equation([a], [c])] })).message).toBe('defect in pullback: add takes 2 inputs, not 1')
  })
})
