/** Losses at the edges: logits far apart and infinite, targets of 0 and 1, NaN, deltas that a dtype does not hold. On each engine. */
import { logSoftmax, loss, metric, tensor, toNumber } from 'pullback'
import { describe, expect, test } from 'vitest'
import { withEngine } from '../../src/engine/current.js'
import { typed, type Value } from '../../src/tensor/index.js'
import { jvp, vjp } from '../../src/transform/index.js'
import { engines } from '../support/engines.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'
import { expectClose, type Float, numbers } from '../support/slopes.js'
import { vector } from '../support/vectors.js'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number
const dtypes: readonly Float[] = ['float32', 'float64']

type Untyped = (prediction: Value, target: Value) => Value
const untyped =
  (of: unknown): Untyped =>
  (prediction, target) =>
    typed<Value>(loose(of)(prediction, target))

const lossOf = (of: Untyped, x: Value, t: Value): number => numbers(of(x, t))[0] ?? nan
const gradientOf = (of: Untyped, x: Value, t: Value): readonly number[] => numbers(vjp((y: Value) => of(y, t))(x)[1](oneLike(of(x, t))))
const oneLike = (x: Value): Value => typed<Value>(tensor(1, x.dtype))
const slopeAlong = (of: Untyped, x: Value, t: Value, direction: Value): number =>
  numbers(jvp((y: Value) => of(y, t))(x, direction)[1])[0] ?? nan

const binary = untyped(loss.binaryCrossEntropy)
const logits = untyped(loss.binaryCrossEntropyLogits)
const oneHot = untyped(loss.softmaxCrossEntropyOneHot)
const byClass = untyped(loss.softmaxCrossEntropy)

const sigma = (x: number): number => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)))

describe.each(engines)('on the %s engine', (_, engine) => {
  const on = <A>(f: () => A): A => withEngine(engine)(f)

  describe.each(dtypes)('binaryCrossEntropyLogits, %s', dtype => {
    test('loses no digits where the logit says what the target says: log(1 + e^-|x|)', () => {
      for (const x of [-80, -30, -15, -10, -1, 0, 1, 10, 15, 30, 80]) {
        const t = Number(x > 0)
        expectClose(
          on(() => lossOf(logits, vector([x], dtype), vector([t], dtype))),
          Math.log1p(Math.exp(-Math.abs(x))),
          dtype,
          8,
        )
        // σ(x) - t is ±σ(-|x|)
        const slope = t === 1 ? -sigma(-x) : sigma(x)
        expectClose(on(() => gradientOf(logits, vector([x], dtype), vector([t], dtype)))[0] ?? nan, slope, dtype, 8)
        expectClose(
          on(() => slopeAlong(logits, vector([x], dtype), vector([t], dtype), vector([1], dtype))),
          slope,
          dtype,
          8,
        )
      }
    })
    test('published values: logits 10 and 15 of target 1', () => {
      expectClose(
        on(() => lossOf(logits, vector([10], dtype), vector([1], dtype))),
        4.539889921686465e-5,
        dtype,
        8,
      )
      expectClose(
        on(() => lossOf(logits, vector([15], dtype), vector([1], dtype))),
        3.059022737137205e-7,
        dtype,
        8,
      )
    })
    test('soft targets', () => {
      for (const [x, t] of [
        [10, 0.75],
        [-10, 0.75],
        [3, 0.125],
        [0, 0.5],
        [1e4, 0.5],
      ] as const) {
        const expected = (x > 0 ? 1 - t : t) * Math.abs(x) + Math.log1p(Math.exp(-Math.abs(x)))
        expectClose(
          on(() => lossOf(logits, vector([x], dtype), vector([t], dtype))),
          expected,
          dtype,
          4,
        )
        expectClose(on(() => gradientOf(logits, vector([x], dtype), vector([t], dtype)))[0] ?? nan, sigma(x) - t, dtype, 8)
      }
    })
    test('infinite logits cost nothing where they are right and all where they are wrong, with finite derivatives', () => {
      const rows: readonly (readonly [x: number, t: number, value: number, slope: number])[] = [
        [inf, 1, 0, 0],
        [inf, 0, inf, 1],
        [-inf, 0, 0, 0],
        [-inf, 1, inf, -1],
        [inf, 0.5, inf, 0.5],
        [nan, 0, nan, nan],
        [nan, 1, nan, nan],
      ]
      for (const [x, t, value, slope] of rows) {
        expect(on(() => lossOf(logits, vector([x], dtype), vector([t], dtype))) + 0).toBe(value)
        if (!Number.isNaN(x)) expect((on(() => gradientOf(logits, vector([x], dtype), vector([t], dtype)))[0] ?? nan) + 0).toBe(slope)
      }
      expect(on(() => lossOf(logits, vector([1], dtype), vector([nan], dtype)))).toBe(nan)
    })
    test('its derivative by the target is -x', () => {
      for (const [x, t] of [
        [2, 1],
        [2, 0],
        [-3, 0],
        [-3, 0.5],
      ] as const)
        expect(on(() => gradientOf((target, given) => logits(given, target), vector([t], dtype), vector([x], dtype)))[0]).toBe(-x)
    })
  })

  test.each(dtypes)('binaryCrossEntropy hands NaN on: %s', dtype => {
    for (const t of [0, 1]) expect(on(() => lossOf(binary, vector([nan], dtype), vector([t], dtype)))).toBe(nan)
    for (const p of [0, 1]) expect(on(() => lossOf(binary, vector([p], dtype), vector([nan], dtype)))).toBe(nan)
  })

  describe.each(dtypes)('softmax cross-entropies, %s', dtype => {
    const hot = (n: number, label: number): Value =>
      vector(
        Array.from({ length: n }, (_, i) => Number(i === label)),
        dtype,
      )
    const both = (x: readonly number[], label: number) => [
      [byClass, vector(x, dtype), tensor(label, 'int32')] as const,
      [oneHot, vector(x, dtype), hot(x.length, label)] as const,
    ]

    test('lose no digits where a class is all but certain: log(1 + Σ e^-d)', () => {
      for (const far of [1, 5, 10, 15, 30, 80])
        for (const [of, x, t] of both([far, 0, 0], 0)) {
          const rest = 2 * Math.exp(-far)
          expectClose(
            on(() => lossOf(of, x, t)),
            Math.log1p(rest),
            dtype,
            8,
          )
          const p = Math.exp(-far) / (1 + rest)
          // By the class itself the sum of those by the others.
          on(() => gradientOf(of, x, t)).forEach((found, i) => {
            expectClose(found, i === 0 ? -2 * p : p, dtype, 12)
          })
        }
    })
    test('of every class of logits that are equal, near and far', () => {
      const rows = [
        [0, 0, 0],
        [1, 2, 3],
        [-1000, 0, 1],
        [1e4, 1e4, -1e4],
      ]
      for (const row of rows)
        for (const label of [0, 1, 2])
          for (const [of, x, t] of both(row, label)) {
            const greatest = Math.max(...row)
            const sum = row.reduce((total, logit) => total + Math.exp(logit - greatest), 0)
            const expected = greatest + Math.log(sum) - (row[label] ?? nan)
            // What logits of 1e4 are rounded by, and what they leave of log 2.
            expect(Math.abs(on(() => lossOf(of, x, t)) - expected)).toBeLessThan(dtype === 'float32' ? 2e-3 : 1e-11)
            on(() => gradientOf(of, x, t)).forEach((found, i) => {
              expect(found).toBeCloseTo(Math.exp((row[i] ?? nan) - greatest) / sum - Number(i === label), 6)
            })
          }
    })
    test('classes that are ruled out cost nothing: [-∞, 0, 1] with class 1', () => {
      for (const [of, x, t] of both([-inf, 0, 1], 1)) {
        expectClose(
          on(() => lossOf(of, x, t)),
          Math.log1p(Math.E),
          dtype,
          4,
        )
        const p = Math.E / (1 + Math.E)
        on(() => gradientOf(of, x, t)).forEach((found, i) => {
          expectClose(found, [0, -p, p][i] ?? nan, dtype, 8)
        })
      }
    })
    test('a class that is ruled out is infinitely wrong; the gradient still says where to go', () => {
      for (const [of, x, t] of both([-inf, 0, 0], 0)) {
        expect(on(() => lossOf(of, x, t))).toBe(inf)
        expect(on(() => gradientOf(of, x, t)).map(value => value + 0)).toEqual([-1, 0.5, 0.5])
      }
    })
    test('NaN stays NaN, also of one class', () => {
      for (const row of [[nan, 0], [0, nan], [nan]])
        for (const label of row.keys()) for (const [of, x, t] of both(row, label)) expect(on(() => lossOf(of, x, t))).toBe(nan)
    })
    test('a row of targets 0 costs nothing; soft targets are cross-entropies', () => {
      expect(on(() => lossOf(oneHot, vector([-inf, 0, 3], dtype), vector([0, 0, 0], dtype))) + 0).toBe(0)
      const expected = Math.log(1 + Math.exp(2) + Math.exp(-1)) - 0.25 * 2 - 0.25 * -1
      expectClose(
        on(() => lossOf(oneHot, vector([0, 2, -1], dtype), vector([0.5, 0.25, 0.25], dtype))),
        expected,
        dtype,
        8,
      )
    })
  })

  test.each(dtypes)('logSoftmax loses no digits of the greatest entry: %s', dtype => {
    const of = typed<(x: Value) => Value>(loose(logSoftmax)(0))
    for (const far of [1, 10, 15, 30]) {
      const [first = nan] = on(() => numbers(of(vector([far, 0], dtype))))
      expectClose(first, -Math.log1p(Math.exp(-far)), dtype, 8)
    }
    expectClose(on(() => numbers(of(vector([0, 0, -20], dtype))))[0] ?? nan, -Math.log(2 + Math.exp(-20)), dtype, 4)
    expect(on(() => numbers(of(vector([-inf, 0], dtype))))).toEqual([-inf, 0])
  })

  describe('huber', () => {
    test('of an infinite delta is half the square, value and gradient', () => {
      for (const dtype of dtypes) {
        const of = untyped(loss.huber(inf))
        const [x, t] = [vector([1, 3], dtype), vector([0, 0], dtype)]
        expect(on(() => lossOf(of, x, t))).toBe(2.5)
        expect(on(() => gradientOf(of, x, t))).toEqual([0.5, 1.5])
      }
      // Beyond all float32s.
      expect(on(() => gradientOf(untyped(loss.huber(1e39)), vector([1, 3], 'float32'), vector([0, 0], 'float32')))).toEqual([0.5, 1.5])
    })
    test('of a delta that float32 rounds to 0 is refused; one that it holds clips the gradient', () => {
      const [x, t] = [vector([1, -3], 'float32'), vector([0, 0], 'float32')]
      expect(errorOf(() => untyped(loss.huber(1e-50))(x, t)).message).toBe(
        'huber: delta is 1e-50, which float32 rounds to 0: give a greater one',
      )
      const tiny = 2 ** -130
      expect(on(() => gradientOf(untyped(loss.huber(tiny)), x, t))).toEqual([tiny / 2, -tiny / 2])
      expect(on(() => gradientOf(untyped(loss.huber(1e38)), x, t))).toEqual([0.5, -1.5])
    })
    test('keeps NaN, and is finite in its gradient at infinite errors', () => {
      expect(on(() => lossOf(untyped(loss.huber(1)), vector([nan]), vector([0])))).toBe(nan)
      expect(on(() => gradientOf(untyped(loss.huber(2)), vector([inf, -inf]), vector([0, 0])))).toEqual([1, -1])
    })
  })

  test('accuracy counts a row with a NaN as wrong, whichever its label', () => {
    const rows = tensor([
      [nan, 0],
      [0, nan],
      [0, 1],
      [nan, nan],
    ])
    expect(on(() => toNumber(metric.accuracy(rows, tensor([0, 1, 1, 0], 'int32'))))).toBe(0.25)
    expect(on(() => toNumber(metric.accuracy(tensor([inf, 0]), tensor(0, 'int32'))))).toBe(1)
  })
})
