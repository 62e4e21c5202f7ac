/** Simplification: what it removes, what it must leave, and that no random program changes by a bit. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { values } from '../../src/laws/arbitrary.js'
import { sameBits } from '../../src/laws/compare.js'
import * as primitive from '../../src/primitives/index.js'
import { sumPrimitive } from '../../src/primitives/sum.js'
import { type Atom, check, type Param, type Program, print, simplify } from '../../src/program/index.js'
import { concrete, type Value } from '../../src/tensor/index.js'
import { bind, interpret, trace } from '../../src/trace/index.js'
import { vjp } from '../../src/transform/index.js'
import { draws } from '../support/draws.js'
import { randomFunction } from '../support/random-program.js'

const { add, div, exp, mul, neg, sub } = primitive
const scalar = concrete([], 'float32', Float32Array.of(3))
const number = (value: number): Value => concrete([], 'float32', value)

/** The simplified program of a function of one scalar. */
const simplified = (f: (x: Value) => readonly Value[]): Program => check(simplify(check(trace(([x]) => f(x ?? scalar), [scalar]).program)))
const names = (program: Program): readonly string[] => program.equations.map(({ operation }) => operation.name)

describe('removes', () => {
  test('dead code, and numbers the variables anew', () => {
    const { program } = trace(
      ([x]) => {
        const y = mul(x ?? scalar, x ?? scalar)
        return [y, exp(y)]
      },
      [scalar],
    )
    const pruned = simplify({ ...program, outputs: program.outputs.slice(0, 1) })
    expect(print(check(pruned))).toBe("program (a: float32 '') {\n  b: float32 '' = mul a a\n  return b\n}\n")
    expect(pruned.count).toBe(2)
  })

  test('equal subexpressions, through any depth', () => {
    expect(names(simplified(x => [add(exp(mul(x, x)), exp(mul(x, x)))]))).toEqual(['mul', 'exp', 'add'])
  })

  test('operations on constants, as deep as they go', () => {
    const constants = trace(([x]) => [add(x ?? scalar, x ?? scalar)], [scalar]).program
    const one = { kind: 'constant', value: 1, sizes: [], dtype: 'float32' } as const
    const folded = simplify({
      ...constants,
      equations: constants.equations.map(equation => ({ ...equation, inputs: [one, one] })),
    })
    expect(print(folded)).toBe("program (a: float32 '') {\n  return 2\n}\n")
  })

  test('no input, used or not: they are the signature', () => {
    expect(simplified(() => [number(7)]).inputs.length).toBe(1)
  })
})

describe('leaves', () => {
  test.each<readonly [string, (x: Value) => Value]>([
    ['x + 0, which is 0 at -0', x => add(x, number(0))],
    ['x · 1', x => mul(x, number(1))],
    ['x · 0, which is NaN at infinity', x => mul(x, number(0))],
    ['x - x, which is NaN at infinity', x => sub(x, x)],
    ['x / x, which is NaN at 0', x => div(x, x)],
    ['-(-x)', x => neg(neg(x))],
  ])('%s', (_, f) => {
    const before = trace(([x]) => [f(x ?? scalar)], [scalar]).program
    expect(names(simplify(before))).toEqual(names(before))
  })

  test('0 and -0 apart', () => {
    expect(names(simplified(x => [mul(x, number(0)), mul(x, number(-0))]))).toEqual(['mul', 'mul'])
  })

  test('a number and another of the same sizes and another dtype apart', () => {
    const casts = simplified(x => [primitive.castTo(x, 'int32'), primitive.castTo(x, 'float64')])
    expect(names(casts)).toEqual(['cast', 'cast'])
  })

  test('parameters 0, -0 and "0" apart', () => {
    const scaled = (by: Param) => ({ ...sumPrimitive.of({ axes: [] }), name: 'scaled', params: { by } })
    const { program } = trace(([x = scalar]) => [0, -0, '0', 0].flatMap(by => bind(scaled(by), [x])), [scalar])
    expect(simplify(program).equations.map(({ operation }) => Object.values(operation.params)[0])).toEqual([0, -0, '0'])
    expect(print(program)).toContain('scaled[by=-0] a')
  })

  test('operations with other parameters apart', () => {
    const matrix = concrete([2, 2], 'float32', Float32Array.of(1, 2, 3, 4))
    const { program } = trace(([x = matrix]) => [primitive.sumAxes(x, [0]), primitive.sumAxes(x, [1]), primitive.sumAxes(x, [0])], [matrix])
    expect(names(simplify(program))).toEqual(['sum', 'sum'])
  })
})

describe('on random programs', () => {
  const sizes = [3]
  const wild = fc
    .array(
      fc.oneof(fc.double({ min: -4, max: 4 }), fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)),
      {
        minLength: 3,
        maxLength: 3,
      },
    )
    .map(entries => concrete(sizes, 'float64', Float64Array.from(entries)))

  test('changes no bit, and is valid', () => {
    fc.assert(
      fc.property(randomFunction(sizes), wild, wild, (f, x, y) => {
        const { program, captured } = trace(f, [x, y])
        const inputs = [x, y, ...captured]
        const small = check(simplify(check(program)))
        expect(small.equations.length).toBeLessThanOrEqual(program.equations.length)
        sameBits('trace', 'the function and its program', f([x, y]), interpret(program, inputs))
        sameBits('simplify', 'the program and its simplified form', interpret(program, inputs), interpret(small, inputs))
        expect(print(simplify(small))).toBe(print(small))
      }),
      draws(6, 400),
    )
  })

  test('folds a constant in the place of an input to the bits that the loops give', () => {
    const constant = fc.oneof(fc.double({ min: -4, max: 4, noNaN: true }), fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY))
    fc.assert(
      fc.property(randomFunction(sizes), wild, constant, (f, x, value) => {
        const everywhere = concrete(sizes, 'float64', new Float64Array(3).fill(value))
        const { program, captured } = trace(f, [x, everywhere])
        const [, second] = program.inputs
        const put = (atom: Atom): Atom =>
          atom.kind === 'variable' && atom.id === second?.id ? { kind: 'constant', value, sizes, dtype: 'float64' } : atom
        const filled = {
          ...program,
          equations: program.equations.map(equation => ({ ...equation, inputs: equation.inputs.map(put) })),
          outputs: program.outputs.map(put),
        }
        const inputs = [x, everywhere, ...captured]
        sameBits('simplify', 'the program and its folded form', interpret(program, inputs), interpret(check(simplify(filled)), inputs))
      }),
      draws(9, 300),
    )
  })

  test('changes no bit of their pullbacks', () => {
    fc.assert(
      fc.property(randomFunction(sizes), values(sizes, 'float64', { low: 0.5, high: 2 }), wild, (f, x, ct) => {
        const pulled = (inputs: readonly Value[]): readonly Value[] => {
          const [y, pullback] = vjp((z: readonly Value[]) => f(z))(inputs.slice(0, 1))
          return pullback(y.map(() => inputs[1] ?? ct))
        }
        const { program, captured } = trace(pulled, [x, ct])
        const small = check(simplify(check(program)))
        sameBits('simplify', 'the pullback and its simplified program', pulled([x, ct]), interpret(small, [x, ct, ...captured]))
      }),
      draws(7, 200),
    )
  })
})
