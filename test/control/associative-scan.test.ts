/** `associativeScan` against the sequential scan, for every length, under every transformation. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { associativeScan, scan } from '../../src/control/index.js'
import { adjoint, jitChangesNothing, matchesDifferences, vmapIsMapAndStack } from '../../src/laws/index.js'
import { add, matmul, maximum, mul, sin, slice, sum } from '../../src/ops/index.js'
import * as random from '../../src/random/index.js'
import { fromArray, type Tensor, tensor, toNested, toNumber, zeros } from '../../src/tensor/index.js'
import { grad, jit, jvp, program, vjp, vmap } from '../../src/transform/index.js'
import { draws } from '../support/draws.js'
import { right } from '../support/either.js'
import { testOnEach } from '../support/engines.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

type Int = Tensor<'', 'int32'>
type Scalar = Tensor<'', 'float64'>
type Matrix = Tensor<'2 2', 'float64'>

const lengths = fc.integer({ min: 0, max: 40 })
const integers = lengths.chain(n => fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { minLength: n, maxLength: n }))
const stacked = (numbers: readonly number[]): Tensor<'n', 'int32'> => right(fromArray('n', 'int32')(numbers))

describe('for every length, integers have the bits of one after another', () => {
  const functions = {
    // Sums wrap round, and are associative all the same.
    add: (a: Int, b: Int): Int => pipe(a, add(b)),
    maximum: (a: Int, b: Int): Int => pipe(a, maximum(b)),
  }
  for (const [name, f] of Object.entries(functions))
    for (const reverse of [false, true])
      testOnEach(`${name}${reverse ? ' in reverse' : ''}`, () => {
        fc.assert(
          fc.property(integers, numbers => {
            const one = name === 'add' ? 0 : -(2 ** 31)
            const sequential = scan('n', { reverse })(
              (h: Int, x: Int) => {
                const next = f(h, x)
                return [next, next]
              },
              tensor(one, 'int32'),
            )
            expect(toNested(associativeScan('n', { reverse })(f)(stacked(numbers)))).toEqual(toNested(sequential(stacked(numbers))[1]))
          }),
          draws(71, 25),
        )
      })

  test('lengths around powers of two, each once', () => {
    for (const n of [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 63, 64, 65, 1000]) {
      const numbers = Array.from({ length: n }, (_, i) => ((i * 7) % 11) - 5)
      let total = 0
      const expected = numbers.map(x => (total += x))
      for (const run of [associativeScan('n')(functions.add), jit(associativeScan('n')(functions.add))])
        expect(toNested(run(stacked(numbers)))).toEqual(expected)
    }
  })
})

test('what comes first is on the left, in reverse what comes last', () => {
  // Digits of a number in base 2, with the power of 2 by which what stands to the left of them counts.
  type Digits = { readonly power: Int; readonly value: Int }
  const joined = (a: Digits, b: Digits): Digits => ({
    power: pipe(a.power, mul(b.power)),
    value: pipe(a.value, mul(b.power), add(b.value)),
  })
  const digits = { power: tensor([2, 2, 2, 2, 2], 'int32'), value: tensor([1, 0, 1, 1, 0], 'int32') }
  expect(toNested(associativeScan('5')(joined)(digits).value)).toEqual([1, 2, 5, 11, 22])
  expect(toNested(associativeScan('5', { reverse: true })(joined)(digits).value)).toEqual([13, 6, 3, 1, 0])
})

describe('a product of matrices', () => {
  const matrices = random.normal('7 2 2', {}, 'float64')(random.key(1))
  const product = (a: Matrix, b: Matrix): Matrix => pipe(a, matmul(b))
  const sequential = (all: Tensor<'7 2 2', 'float64'>) => {
    const one = tensor(
      [
        [1, 0],
        [0, 1],
      ],
      'float64',
    )
    return scan('7')((h: Matrix, x: Matrix) => {
      const next = product(h, x)
      return [next, next]
    }, one)(all)[1]
  }
  const close = (actual: Tensor<string, 'float64'>, expected: Tensor<string, 'float64'>): void => {
    const [a, b] = [actual, expected].map(x => toNested(x)).map(x => [x].flat(4))
    expect(a?.length).toBe(b?.length)
    // Seven products of 2 by 2 matrices in another order: some tens of roundings of numbers below 100.
    a?.forEach((value, i) => {
      expect(value).toBeCloseTo(Number(b?.[i]), 11)
    })
  }
  const scanned = associativeScan('7')(product)

  test('and its derivatives are those of the sequential scan', () => {
    close(scanned(matrices), sequential(matrices))
    close(jit(scanned)(matrices), sequential(matrices))
    const lossOf = (f: typeof sequential) => (all: Tensor<'7 2 2', 'float64'>) => pipe(f(all), sin, sum())
    close(grad(lossOf(scanned))(matrices), grad(lossOf(sequential))(matrices))
    close(jit(grad(lossOf(scanned)))(matrices), grad(lossOf(sequential))(matrices))
    close(jvp(scanned)(matrices, matrices)[1], jvp(sequential)(matrices, matrices)[1])
    close(jvp(grad(lossOf(scanned)))(matrices, matrices)[1], jvp(grad(lossOf(sequential)))(matrices, matrices)[1])
    const batch = random.normal('3 7 2 2', {}, 'float64')(random.key(2))
    close(jit(vmap('3')(grad(lossOf(scanned))))(batch), vmap('3')(grad(lossOf(sequential)))(batch))
  })

  test('what the function closes over is differentiated, and batched', () => {
    // a ∘ b = w a b is associative, and the last of seven has w six times.
    const f = (w: Scalar): Scalar =>
      pipe(associativeScan('7')((a: Scalar, b: Scalar) => pipe(a, mul(b), mul(w)))(sevens), slice('6'), sum())
    const sevens = tensor([1.5, -0.5, 2, 1, -3, 0.25, 2], 'float64')
    const factor = 1.5 * -0.5 * 2 * -3 * 0.25 * 2
    // Exact: all of these numbers are small multiples of powers of two.
    for (const w of [1, 0.5, -2]) {
      expect(toNumber(f(tensor(w, 'float64')))).toBe(factor * w ** 6)
      expect(toNumber(grad(f)(tensor(w, 'float64')))).toBe(6 * factor * w ** 5)
    }
    expect(toNested(vmap('3')(grad(f))(tensor([1, 0.5, -2], 'float64')))).toEqual([1, 0.5, -2].map(w => 6 * factor * w ** 5))
  })

  test('laws', () => {
    const ct = random.normal('7 2 2', {}, 'float64')(random.key(4))
    matchesDifferences(scanned)(matrices)
    matchesDifferences((all: typeof matrices) => vjp(scanned)(all)[1](ct))(matrices)
    adjoint(scanned)(matrices, ct, matrices)
    jitChangesNothing(scanned)(matrices)
    vmapIsMapAndStack('3')(scanned)(random.normal('3 7 2 2', {}, 'float64')(random.key(5)))
  })
})

test('a program has as many more equations for each doubling of the length', () => {
  const f = (n: number): number =>
    program.of(associativeScan('n')((a: Tensor<''>, b: Tensor<''>) => pipe(a, add(b))))(zeros('n', { n })).equations.length
  const [a, b, c] = [f(256), f(512), f(1024)]
  expect(b - a).toBeLessThan(20)
  expect(c - b).toBe(b - a)
})

describe('errors', () => {
  test.each<readonly [string, () => unknown, string]>([
    [
      'another shape',
      () => loose(associativeScan('3'))(() => ({ a: zeros('2') }))({ a: zeros('3') }),
      "associativeScan: a row at 'a' is float32 '', after it is combined float32 '2'",
    ],
    [
      'another form',
      () => loose(associativeScan('3'))((a: unknown) => [a])(zeros('3')),
      'associativeScan: a row has another form after it is combined: give one of the form that it had',
    ],
    [
      'another size',
      () => loose(associativeScan('4')((a: Int) => a))(zeros('3')),
      "associativeScan: '4' is 4 in one place and 3 in another",
    ],
    [
      'no axis',
      () => loose(associativeScan)(''),
      "associativeScan: '' is not one axis: give a name or a size, as in associativeScan('batch')",
    ],
    [
      'no function',
      () => loose(associativeScan('3'))(1),
      "associativeScan: 1 is no function: give one of two rows, as in associativeScan('seq')(f)",
    ],
    ['no flag', () => loose(associativeScan)('3', { reverse: 1 }), 'associativeScan: reverse is 1: give true or false'],
    ['no tensor', () => loose(associativeScan('3'))((a: unknown) => a)([]), 'associativeScan: no tensor to map over'],
    ['a scalar', () => loose(associativeScan('3'))((a: unknown) => a)(tensor(1)), 'associativeScan: the argument is a scalar'],
  ])('%s', (_, f, text) => {
    expect(errorOf(f).message).toContain(text)
  })
})
