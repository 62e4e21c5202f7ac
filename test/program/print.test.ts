/** Programs as text and as pictures: every form that an atom, an operation or a label can take. */
import { describe, expect, test } from 'vitest'
import * as primitive from '../../src/primitives/index.js'
import { dot, mermaid, type Operation, type Program, print } from '../../src/program/index.js'
import { variableName } from '../../src/program/print.js'
import { concrete, type Value } from '../../src/tensor/index.js'
import { interpret, perExample, trace } from '../../src/trace/index.js'
import { errorOf } from '../support/errors.js'

const matrix = concrete([2, 3], 'float32', Float32Array.of(1, 2, 3, 4, 5, 6))
const vector = concrete([3], 'float32', Float32Array.of(1, 2, 3))
const { add, contract, mul, neg, sliceOf, sumAxes } = primitive

const program: Program = trace(
  ([x = matrix, y = vector]) => {
    const product = contract(x, y, { left: [1], right: [0], leftBatch: [], rightBatch: [] })
    const part = sliceOf(x, { start: [0, 1], stop: [2, 3], step: [1, 1] })
    return [mul(product, primitive.filled(product, -0)), sumAxes(part, [0, 1])]
  },
  [matrix, vector],
).program

describe('print', () => {
  test('golden text', async () => {
    await expect(print(program)).toMatchFileSnapshot('../golden/program.txt')
  })

  test('numbers: signed zeros, NaN and infinities, scalars without sizes', () => {
    const numbers = [0, -0, 0.1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    const constants = trace(
      () => [...numbers.map(n => concrete([], 'float64', n)), concrete([2, 2], 'float64', 1), concrete([0], 'float64', 1)],
      [],
    )
    expect(print(constants.program)).toBe("program () {\n  return 0, -0, 0.1, NaN, Infinity, -Infinity, 1:'2 2', 1:'0'\n}\n")
  })

  test('names after z', () => {
    expect([0, 25, 26, 27, 51, 52, 701, 702].map(variableName)).toEqual(['a', 'z', 'aa', 'ab', 'az', 'ba', 'zz', 'aaa'])
    const names = Array.from({ length: 20_000 }, (_, id) => variableName(id))
    expect(new Set(names).size).toBe(names.length)
  })

  test('does not depend on what was traced before', () => {
    const again = () => print(trace(([x = vector]) => [neg(add(x, x))], [vector]).program)
    expect(again()).toBe(again())
  })
})

describe('pictures', () => {
  test('golden Mermaid and Graphviz', async () => {
    await expect(mermaid(program, ['x', 'y'])).toMatchFileSnapshot('../golden/program.mmd')
    await expect(dot(program, ['x', 'y'])).toMatchFileSnapshot('../golden/program.dot')
  })

  test('inputs without names have those of the text', () => {
    expect(dot(program)).toContain('i0 [shape=oval, label="a"]')
    expect(mermaid(program)).toContain('i1(["b"])')
  })

  test('names are quoted', () => {
    expect(dot(program, ['a "b" \\'])).toContain('label="a \\"b\\" \\\\"')
    expect(mermaid(program, ['a "b"'])).toContain('(["a #quot;b#quot;"])')
  })

  test('every edge joins nodes that are there', () => {
    const text = dot(program)
    const nodes = new Set([...text.matchAll(/^ {2}(\w+) \[/gm)].map(([, id]) => id))
    const edges = [...text.matchAll(/^ {2}(\w+) -> (\w+) /gm)]
    expect(edges.length).toBe(8)
    for (const [, from, to] of edges) expect([nodes.has(from), nodes.has(to)]).toEqual([true, true])
  })
})

describe('interpret', () => {
  test('runs a program on concrete values', () => {
    const [product, total] = interpret(program, [matrix, vector])
    expect([product, total].map(String)).toEqual(["Tensor<'2'> [-0, -0]", "Tensor<''> 16"])
  })

  test('a variable that nothing defines is a defect', () => {
    const broken: Program = { inputs: [], equations: [], outputs: [{ kind: 'variable', id: 0, sizes: [], dtype: 'float32' }], count: 1 }
    expect(errorOf(() => interpret(broken, []))).toMatchObject({ _tag: 'InternalError', detail: 'variable 0 is read before it is defined' })
  })

  test('an operation that gives too few outputs is a defect', () => {
    const short: Operation = {
      name: 'short',
      params: {},
      programs: [],
      withPrograms: () => short,
      narrow: undefined,
      identity: undefined,
      effect: undefined,
      shape: () => [vector, vector],
      vjp: inputs => ({ outputs: inputs, pullback: cts => cts }),
      jvp: 'transpose',
      batch: inputs => inputs.map(perExample),
      evaluate: ([x]) => (x ? [x.data] : []),
      lower: () => ({ kind: 'identity' }),
      uniform: () => undefined,
    }
    const variable = (id: number) => ({ kind: 'variable', id, sizes: [3], dtype: 'float32' }) as const
    const broken: Program = {
      inputs: [variable(0)],
      equations: [{ operation: short, inputs: [variable(0)], outputs: [variable(1), variable(2)] }],
      outputs: [variable(2)],
      count: 3,
    }
    const values: readonly Value[] = [vector]
    expect(errorOf(() => interpret(broken, values))).toMatchObject({ _tag: 'InternalError', detail: 'short: no output 1' })
  })
})
