import * as E from 'fp-ts/lib/Either.js'
import { add, fromArray, mul, pipe, slice, square, sub, sum, toNested, toNumber } from 'pullback'
import { describe, expect, test } from 'vitest'
import { correctDigits, main, mgh09, misra1a, type Problem, residualsOf, thurber } from '../../examples/nist.js'
import { gaussNewton, levenbergMarquardt, type Residuals, solve } from '../../examples/support/levenberg-marquardt.js'

const problems = [misra1a, mgh09, thurber]

const right = <A>(result: E.Either<Error, A>): A => {
  if (E.isLeft(result)) throw result.left
  return result.right
}
const vector = (values: readonly number[]) => right(fromArray('parameters', 'float64')(values))

const sumOfSquares = (problem: Problem, parameters: readonly number[]): number =>
  toNumber(pipe(right(residualsOf(problem))(vector(parameters)), square, sum()))

describe.each(problems)('$name', problem => {
  test('the certified parameters leave the certified sum of squares, which vouches for the data', () => {
    const { parameters, sumOfSquares: certified } = problem.certified
    // Eleven digits are certified, so that the last may be half a unit off.
    expect(correctDigits(certified, sumOfSquares(problem, parameters))).toBeGreaterThan(10)
  })

  test('Levenberg-Marquardt recovers eight digits of every parameter from both starts', () => {
    const results = right(main({ problems: [problem], methods: ['Levenberg-Marquardt'] }))
    expect(results.map(({ start }) => start)).toEqual([1, 2])
    for (const { fit, digits, certified } of results) {
      expect(fit.converged).toBe(true)
      expect(digits.length).toBe(certified.length)
      expect(Math.min(...digits)).toBeGreaterThan(8)
      expect(correctDigits(problem.certified.sumOfSquares, fit.sumOfSquares)).toBeGreaterThan(10)
    }
  })
})

test('Gauss-Newton recovers them from a start that is near enough', () => {
  const near = [misra1a, { ...thurber, starts: thurber.starts.slice(1) }]
  const results = right(main({ problems: near, methods: ['Gauss-Newton'] }))
  expect(results.length).toBe(3)
  for (const { fit, digits } of results) {
    expect(fit.converged).toBe(true)
    expect(Math.min(...digits)).toBeGreaterThan(8)
  }
})

test('Gauss-Newton does not reach the minimum of MGH09, which is what the damping is for', () => {
  const results = right(main({ problems: [mgh09], methods: ['Gauss-Newton'] }))
  for (const { fit, digits } of results) expect(fit.converged && Math.min(...digits) > 1).toBe(false)
})

describe('the methods by hand', () => {
  test('elimination: 4 x + 2 y = 8 and 2 x + 3 y = 8', () => {
    const rows = [
      [4, 2],
      [2, 3],
    ]
    const a = right(fromArray('parameters parameters', 'float64')(rows))
    expect(toNested(solve(a, vector([8, 8])))).toEqual([1, 2])
  })

  const points = (values: readonly number[]) => right(fromArray('points', 'float64')(values))
  // y = 1 + 2 x at 0, 1 and 2.
  const line: Residuals = b => pipe(points([0, 1, 2]), mul(slice('1')(b)), add(slice('0')(b)), sub(points([1, 3, 5])))

  test('Gauss-Newton solves a linear model in one step, and the next confirms it', () => {
    const { parameters, iterations, converged } = gaussNewton(line, vector([10, 10]))
    expect(converged).toBe(true)
    expect(iterations).toBe(2)
    for (const [i, value] of toNested(parameters).entries()) expect(correctDigits(i + 1, value)).toBe(11)
  })

  test('Levenberg-Marquardt finds the same', () => {
    const { parameters, sumOfSquares } = levenbergMarquardt(line, vector([10, 10]))
    for (const [i, value] of toNested(parameters).entries()) expect(correctDigits(i + 1, value)).toBe(11)
    // Rounding errors of numbers near 1, squared.
    expect(sumOfSquares).toBeLessThan(1e-28)
  })

  test('correct digits: 2.0002 has four of 2, and all that is equal has eleven', () => {
    expect(correctDigits(2, 2.0002)).toBeCloseTo(4, 6)
    expect(correctDigits(2, 2)).toBe(11)
    expect(correctDigits(2, -7)).toBe(0)
    expect(correctDigits(2, Number.NaN)).toBe(0)
  })
})
