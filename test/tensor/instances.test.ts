/** Equality of trees is an equivalence that agrees with structural comparison, and the functor keeps its laws. */
import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import * as A from 'fp-ts/lib/Array.js'
import { getFunctorComposition } from 'fp-ts/lib/Functor.js'
import { equals, full, jit, type Tree, tensor, tree, zeros } from 'pullback'
import { describe, expect, test } from 'vitest'
import { values } from '../../src/laws/arbitrary.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'

const leaf = fc.oneof(
  values([2], 'float32', { low: 0, high: 1 }),
  fc.constantFrom(zeros('2'), full(1)('2'), full(-0)('2'), full(Number.NaN)('2'), tensor([0, 0]), tensor([1, 1]), tensor([0, -0])),
  fc.constantFrom(zeros(''), tensor([1], 'int32'), zeros('n', { n: 2 }), zeros('2', {}, 'float64')),
)
const { forms } = fc.letrec<{ forms: Tree }>(tie => ({
  forms: fc.oneof(
    { maxDepth: 2 },
    leaf,
    fc.array(tie('forms'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b'), tie('forms'), { maxKeys: 2, noNullPrototype: true }),
  ),
}))
const run = draws(17, 300)

describe('equals', () => {
  test('is what a structural comparison finds', () => {
    fc.assert(
      fc.property(forms, forms, (x, y) => {
        expect(equals<object>(x, y)).toBe(isDeepStrictEqual(x, y))
        expect(tree.Eq.equals(x, y)).toBe(equals<object>(x, y))
      }),
      run,
    )
  })
  test('is reflexive, symmetric and transitive', () => {
    fc.assert(
      fc.property(forms, forms, forms, (x, y, z) => {
        expect(equals(x, x)).toBe(true)
        expect(equals<object>(x, y)).toBe(equals<object>(y, x))
        if (equals<object>(x, y) && equals<object>(y, z)) expect(equals<object>(x, z)).toBe(true)
      }),
      run,
    )
  })
  test('reads no array where all numbers are one', () => {
    // 4 TB each, were there arrays.
    expect(equals(zeros('1000000 1000000'), zeros('1000000 1000000'))).toBe(true)
    expect(equals(zeros('1000000 1000000'), full(-0)('1000000 1000000'))).toBe(false)
  })
  test('goes by the sorted keys of a record', () => {
    expect(equals({ a: tensor(1), b: tensor(2) }, { b: tensor(2), a: tensor(1) })).toBe(true)
  })
  test('of a traced value: itself only, since it has no numbers', () => {
    const one = tensor([1])
    jit((x: typeof one) => {
      expect(equals(x, x)).toBe(true)
      expect(errorOf(() => equals(x, one))).toMatchObject({ _tag: 'TraceError' })
      return x
    })(one)
  })
})

test('Show prints a tree in one line', () => {
  const params = {
    w: tensor([
      [1, 2],
      [3, 4],
    ]),
    b: [tensor(0.5), { n: tensor([1], 'int32') }],
    none: {},
  }
  expect(tree.Show.show(params)).toBe(
    "{ b: [Tensor<''> 0.5, { n: Tensor<'1', 'int32'> [1] }], none: {}, w: Tensor<'2 2'> [[1, 2], [3, 4]] }",
  )
})

describe('the functor', () => {
  const flat = forms.map(x => tree.flatten('test', x))
  const f = (x: { readonly shape: string }): string => x.shape
  const g = (shape: string): number => shape.length

  test('keeps identity and composition', () => {
    fc.assert(
      fc.property(flat, fa => {
        expect(tree.Functor.map(fa, a => a)).toEqual(fa)
        expect(tree.Functor.map(tree.Functor.map(fa, f), g)).toEqual(tree.Functor.map(fa, a => g(f(a))))
      }),
      run,
    )
  })
  test('composes with others of fp-ts', () => {
    const both = getFunctorComposition(A.Functor, tree.Functor)
    const [first] = both.map([tree.flatten('test', { w: tensor([1, 2]) })], x => x.shape)
    expect(first?.leaves).toEqual(['2'])
  })
})
