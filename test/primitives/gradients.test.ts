/** Derivatives where central differences cannot go: kinks, ties, zeros, poles. By definition, or by the limit, as each primitive's page says. */
import { describe, expect, test } from 'vitest'
import * as p from '../../src/primitives/index.js'
import { tensor, toArray, type Value } from '../../src/tensor/index.js'
import { jvp, vjp } from '../../src/transform/index.js'
import { vector } from '../support/vectors.js'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number

/** The pulled cotangents of a function of some vectors, the cotangent all ones. */
const gradients = (f: (...x: readonly Value[]) => Value, ...x: readonly (readonly number[])[]): readonly (readonly number[])[] => {
  const [y, pullback] = vjp((values: readonly Value[]) => f(...values))(x.map(entries => vector(entries)))
  return pullback(p.filled(y, 1)).map(ct => [...toArray(ct)])
}

describe('ties and kinks', () => {
  test('abs and sign at 0', () => {
    expect(gradients(p.abs, [-2, 0, 2])).toEqual([[-1, 0, 1]])
    expect(gradients(p.sign, [-2, 0, 2])).toEqual([[0, 0, 0]])
  })

  test('maximum and minimum share equally', () => {
    expect(gradients(p.maximum, [1, 2, 3], [2, 2, 2])).toEqual([
      [0, 0.5, 1],
      [1, 0.5, 0],
    ])
    expect(gradients(p.minimum, [1, 2, 3], [2, 2, 2])).toEqual([
      [1, 0.5, 0],
      [0, 0.5, 1],
    ])
  })

  test('max shares among all that are greatest', () => {
    expect(gradients(x => p.maxAxes(x, [0]), [3, 1, 3, 3])).toEqual([[1 / 3, 0, 1 / 3, 1 / 3]])
    const [, pushed] = jvp((x: Value) => p.maxAxes(x, [0]))(vector([3, 1, 3]), vector([10, 100, 20]))
    expect([...toArray(pushed)]).toEqual([15])
  })
})

describe('a derivative that is chosen, not multiplied by 0', () => {
  test('max: an infinite cotangent goes to the winners alone', () => {
    // The root has an infinite slope at 0.
    expect(gradients(x => p.sqrt(p.maxAxes(x, [0])), [0, -1])).toEqual([[inf, 0]])
    expect(gradients(x => p.sqrt(p.maxAxes(x, [0])), [0, -1, 0])).toEqual([[inf, 0, inf]])
    const [, pushed] = jvp((x: Value) => p.maxAxes(x, [0]))(vector([3, 1]), vector([2, inf]))
    expect([...toArray(pushed)]).toEqual([2])
  })

  test('max of a NaN has the slope NaN; of infinities it is shared', () => {
    expect(gradients(x => p.maxAxes(x, [0]), [1, nan, 3])).toEqual([[nan, nan, nan]])
    expect(gradients(x => p.maxAxes(x, [0]), [inf, -inf, inf])).toEqual([[0.5, 0, 0.5]])
    const [, pushed] = jvp((x: Value) => p.maxAxes(x, [0]))(vector([3, nan]), vector([2, 1]))
    expect([...toArray(pushed)]).toEqual([nan])
  })

  test('abs, maximum and minimum', () => {
    expect(gradients(x => p.sqrt(p.abs(x)), [0, -4, 4])).toEqual([[0, -0.25, 0.25]])
    expect(gradients(p.abs, [nan, -inf, inf, -0])).toEqual([[nan, -1, 1, 0]])
    expect(gradients((x, y) => p.sqrt(p.maximum(x, y)), [0, -1], [-1, 0])).toEqual([
      [inf, 0],
      [0, inf],
    ])
    expect(gradients((x, y) => p.sqrt(p.minimum(x, y)), [0, 1], [1, 0])).toEqual([
      [inf, 0],
      [0, inf],
    ])
  })
})

describe('prod with zeros', () => {
  test('one zero: only its own place has a slope', () => {
    expect(gradients(x => p.prodAxis(x, 0), [2, 0, 5])).toEqual([[0, 10, 0]])
  })

  test('two zeros: no place has', () => {
    expect(gradients(x => p.prodAxis(x, 0), [2, 0, 0, 5])).toEqual([[0, 0, 0, 0]])
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('%i entries: each has the product of the others', n => {
    const entries = Array.from({ length: n }, (_, i) => i + 1)
    const product = entries.reduce((total, x) => total * x, 1)
    expect(gradients(x => p.prodAxis(x, 0), entries)).toEqual([entries.map(x => product / x)])
  })
})

describe('pow', () => {
  test('at a base of 0', () => {
    // y x^(y-1): 0⁰ is constant by convention, 0¹ has slope 1, 0² none, √0 an infinite one.
    const [byBase, byExponent] = gradients(p.pow, [0, 0, 0, 0], [0, 1, 2, 0.5])
    expect(byBase).toEqual([0, 1, 0, inf])
    expect(byExponent).toEqual([0, 0, 0, 0])
  })

  test('to the power 0 is flat, whatever the base', () => {
    expect(gradients(p.pow, [nan, inf, -3, 0], [0, 0, 0, 0])[0]?.map(Math.abs)).toEqual([0, 0, 0, 0])
  })

  test('its slope at an exponent of 0 still changes with the exponent', () => {
    // ∂/∂y (y x^(y-1)) at y = 0 is 1/x.
    const byBase = (y: Value): Value => {
      const x = vector([2, 4])
      const [z, pullback] = vjp((base: Value) => p.pow(base, y))(x)
      return pullback(p.filled(z, 1))
    }
    expect(gradients(byBase, [0, 0])).toEqual([[0.5, 0.25]])
  })

  test('of a negative base to a whole exponent', () => {
    expect(gradients(p.pow, [-2, -3], [3, 2])[0]).toEqual([12, -6])
  })
})

describe('select', () => {
  const condition = tensor([true, false])

  test('keeps NaN from the side that is not chosen', () => {
    expect(gradients(x => p.select(p.less(p.filled(x, 0), x), x, p.filled(x, 0)), [nan, 2])).toEqual([[0, 1]])
    expect(gradients((x, y) => p.select(condition, x, y), [1, nan], [nan, 2])).toEqual([
      [1, 0],
      [0, 1],
    ])
  })

  test('but a chosen log of a replaced 0 is safe, the log of 0 itself is not', () => {
    const positive = (x: Value): Value => p.less(p.filled(x, 0), x)
    const unsafe = (x: Value): Value => p.select(positive(x), p.log(x), p.filled(x, 0))
    const safe = (x: Value): Value => p.select(positive(x), p.log(p.select(positive(x), x, p.filled(x, 1))), p.filled(x, 0))
    expect(gradients(unsafe, [0, 2])).toEqual([[nan, 0.5]])
    expect(gradients(safe, [0, 2])).toEqual([[0, 0.5]])
  })
})

describe('two operands', () => {
  test('hypot and atan2 at the origin, and far from it', () => {
    expect(gradients(p.hypot, [0, 3, 3e300], [0, 4, 4e300])).toEqual([
      [0, 0.6, 0.6],
      [0, 0.8, 0.8],
    ])
    expect(gradients(p.atan2, [0, 1], [0, 0])).toEqual([
      [nan, 0],
      [nan, -1],
    ])
  })
  test('copySign turns with the sign, nextAfter does not', () => {
    expect(gradients(p.copySign, [1, -1, 2], [-1, -1, 0])).toEqual([
      [-1, 1, 1],
      [0, 0, 0],
    ])
    expect(gradients(p.nextAfter, [1], [2])).toEqual([[1], [0]])
  })
})

describe('poles', () => {
  test.each<readonly [string, (x: Value) => Value, number, number]>([
    ['sqrt at 0', p.sqrt, 0, inf],
    ['log at 0', p.log, 0, inf],
    ['log at -0', p.log, -0, -inf],
    ['log1p at -1', p.log1p, -1, inf],
    ['log2 at 0', p.log2, 0, inf],
    ['rsqrt at 0', p.rsqrt, 0, -inf],
    ['tanh far out', p.tanh, 1000, 0],
    ['sigmoid far out', p.sigmoid, -1000, 0],
    ['erf far out', p.erf, 100, 0],
    ['exp of -∞', p.exp, -inf, 0],
    ['expm1 of -∞', p.expm1, -inf, 0],
    ['asin at 1', p.asin, 1, inf],
    ['asin at -1', p.asin, -1, inf],
    ['acos at 1', p.acos, 1, -inf],
    ['atan far out', p.atan, 1e300, 0],
    ['asinh far out', p.asinh, 1e300, 1e-300],
    ['acosh at 1', p.acosh, 1, inf],
    ['atanh at 1', p.atanh, 1, inf],
    ['cosh at 0', p.cosh, 0, 0],
    ['exp2 of -∞', p.exp2, -inf, 0],
    ['log10 at 0', p.log10, 0, inf],
    ['cbrt at 0', p.cbrt, 0, inf],
    ['erfInv at 1', p.erfInv, 1, inf],
    ['lgamma at 0', p.lgamma, 0, -inf],
    ['digamma at 0', p.digamma, 0, inf],
    ['round anywhere', p.round, 0.5, 0],
    ['trunc anywhere', p.trunc, 1, 0],
  ])('%s', (_, f, x, slope) => {
    expect(gradients(f, [x])).toEqual([[slope]])
  })

  test('div by 0', () => {
    expect(gradients(p.div, [1], [0])).toEqual([[inf], [-inf]])
  })
})

test('scatterAdd gives each update the cotangent of its place, gather adds up the places that were read twice', () => {
  const indices = vector([1, 1, 0], 'int32')
  const rows = { axis: 0, batch: 0 }
  const weighted = (y: Value): Value => p.mul(y, vector([1, 10, 100].slice(0, y.sizes[0])))
  expect(gradients(x => weighted(p.gather(x, indices, rows)), [7, 8, 9])).toEqual([[100, 11, 0]])
  expect(gradients((x, u) => weighted(p.scatterAdd(x, indices, u, rows)), [7, 8, 9], [1, 2, 3])).toEqual([
    [1, 10, 100],
    [10, 10, 1],
  ])
})

test('cast passes a cotangent between floats only', () => {
  expect(gradients(x => p.castTo(x, 'float32'), [0.1])).toEqual([[1]])
  expect(gradients(x => p.castTo(p.castTo(x, 'int32'), 'float64'), [1.5])).toEqual([[0]])
})
