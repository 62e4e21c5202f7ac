/** What every primitive in the registry must obey, by enrolment alone: its derivatives. */
import * as fc from 'fast-check'
import { describe, expect } from 'vitest'
import { reachOf, sameBits, sameUpToRounding } from '../../src/laws/compare.js'
import { adjoint, linearPullback, matchesDifferences, treesLike } from '../../src/laws/index.js'
import { registry } from '../../src/primitives/registry.js'
import { isFloat } from '../../src/tensor/index.js'
import { jvp, linearize, linearTranspose, vjp } from '../../src/transform/index.js'
import { cases, differentiableCases, ofFloats } from '../support/cases.js'
import { draws } from '../support/draws.js'
import { testOnEach } from '../support/engines.js'
import { drawnAll } from '../support/samples.js'

const few = draws(20, 4)

describe.each(differentiableCases.map(sample => [sample.title, sample] as const))('%s', (_, sample) => {
  const points = drawnAll(sample.inputs).map(all => ofFloats(sample, all))

  testOnEach('its pullback matches central differences', () => {
    fc.assert(
      fc.property(points, ({ f, x }) => matchesDifferences(f)(x)),
      few,
    )
  })

  testOnEach('its second derivative matches central differences of the first', () => {
    const withCotangent = points.chain(({ f, x }) => treesLike(f(x)).map(ct => ({ f, x, ct })))
    fc.assert(
      fc.property(withCotangent, ({ f, x, ct }) => matchesDifferences((at: typeof x) => vjp(f)(at)[1](ct))(x)),
      few,
    )
  })

  testOnEach('forward and reverse mode are adjoint', () => {
    const withBoth = points.chain(({ f, x }) => fc.tuple(treesLike(x), treesLike(f(x))).map(([tangent, ct]) => ({ f, x, tangent, ct })))
    fc.assert(
      fc.property(withBoth, ({ f, x, tangent, ct }) => adjoint(f)(x, tangent, ct)),
      few,
    )
  })

  testOnEach('forward and reverse mode of its pullback are adjoint', () => {
    const withAll = points.chain(({ f, x }) =>
      fc.tuple(treesLike(x), treesLike(x), treesLike(f(x))).map(([tangent, second, ct]) => ({ f, x, tangent, second, ct })),
    )
    fc.assert(
      fc.property(withAll, ({ f, x, tangent, second, ct }) => adjoint((at: typeof x) => vjp(f)(at)[1](ct))(x, tangent, second)),
      few,
    )
  })

  testOnEach('its linear part pushes what forward mode pushes, and the transpose of that is adjoint to it', () => {
    const withBoth = points.chain(({ f, x }) => fc.tuple(treesLike(x), treesLike(f(x))).map(([tangent, ct]) => ({ f, x, tangent, ct })))
    fc.assert(
      fc.property(withBoth, ({ f, x, tangent, ct }) => {
        const [y, push] = linearize(f)(x)
        sameBits('linearize', 'jvp and linearize', jvp(f)(x, tangent), [y, push(tangent)])
        // The transpose of the transpose is traced at another point, which must not matter.
        const back = linearTranspose(push)(tangent)
        adjoint(push)(x, tangent, ct)
        sameUpToRounding(
          'linearTranspose',
          'the pullback of the linear part and its transpose',
          vjp(push)(x)[1](ct),
          back(ct),
          reachOf('reach', back(ct)),
        )
      }),
      few,
    )
  })

  testOnEach('its pullback is linear', () => {
    const scalar = fc.integer({ min: -8, max: 8 }).map(n => n / 4)
    const withTwo = points.chain(({ f, x }) => fc.tuple(treesLike(f(x)), treesLike(f(x)), scalar, scalar).map(rest => ({ f, x, rest })))
    fc.assert(
      fc.property(withTwo, ({ f, x, rest }) => linearPullback(f)(x, ...rest)),
      few,
    )
  })
})

testOnEach('a primitive without a float64 case has no derivative', () => {
  const tried = new Set(differentiableCases.map(({ operation }) => operation.name))
  for (const { name, cases: own } of registry.filter(({ name }) => !tried.has(name)))
    for (const sample of own)
      fc.assert(
        fc.property(drawnAll(sample.inputs), all => {
          const { pullback, outputs } = sample.operation.vjp(
            all,
            all.map(() => true),
          )
          expect(pullback(outputs), name).toEqual(all.map(() => undefined))
        }),
        few,
      )
})

testOnEach('integers and bools get no cotangent from any primitive', () => {
  for (const sample of cases.filter(({ inputs }) => inputs.some(x => isFloat(x.dtype))))
    fc.assert(
      fc.property(drawnAll(sample.inputs), all => {
        const { pullback, outputs } = sample.operation.vjp(
          all,
          all.map(x => isFloat(x.dtype)),
        )
        const cts = pullback(outputs)
        all.forEach((x, i) => {
          if (!isFloat(x.dtype)) expect(cts[i], sample.title).toBeUndefined()
        })
      }),
      few,
    )
})
