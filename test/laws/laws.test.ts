/** The public laws hold for right functions, and say in a sentence where a wrong one breaks them. A law that cannot fail would be none. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { customVjp } from '../../src/control/index.js'
import { reference } from '../../src/engine/reference/index.js'
import {
  adjoint,
  chainRule,
  jitChangesNothing,
  linearPullback,
  matchesDifferences,
  tensors,
  treesLike,
  vmapIsMapAndStack,
} from '../../src/laws/index.js'
import { add, cast, cos, exp, floor, greater, log, mul, sigmoid, sin, softmax, sqrt, square, sum, where } from '../../src/ops/index.js'
import { plainLoop } from '../../src/program/index.js'
import { type Tensor, tensor, zeros } from '../../src/tensor/index.js'
import { grad } from '../../src/transform/index.js'
import { draws } from '../support/draws.js'

type Pair = Tensor<'2', 'float64'>
type Params = { readonly w: Pair; readonly b: readonly [Tensor<'', 'float64'>] }

const x: Pair = tensor([0.5, -1.25], 'float64')
const params: Params = { w: x, b: [tensor(2, 'float64')] }
const model = ({ w, b: [b] }: Params) => ({ y: pipe(w, sin, mul(b)), total: pipe(w, square, sum()) })

/** sin with the wrong derivative 2 cos. */
const wrong = customVjp(
  (z: Pair) => sin(z),
  z => [sin(z), ct => pipe(ct, mul(cos(z)), mul(2))],
)

/** sin with a pullback that is not linear: ct² cos. */
const crooked = customVjp(
  (z: Pair) => sin(z),
  z => [sin(z), ct => pipe(square(ct), mul(cos(z)))],
)

/** A function that is not pure: each call adds one more. */
const impure = () => {
  let calls = 0
  return (z: Tensor<'2'>): Tensor<'2'> => {
    calls += 1
    return pipe(z, add(calls))
  }
}

describe('matchesDifferences', () => {
  test('holds for trees, for integers among the results, for nothing', () => {
    fc.assert(fc.property(treesLike(params), matchesDifferences(model)), draws(1, 20))
    matchesDifferences((z: Pair) => [square(z), cast('int32')(z)] as const)(x)
    matchesDifferences((z: Tensor<'0', 'float64'>) => exp(z))(zeros('0', {}, 'float64'))
  })

  test('tells the place and both numbers of a wrong derivative', () => {
    expect(() => matchesDifferences(wrong)(x)).toThrow(
      /^matchesDifferences: at \[0\] the pullback gives 1\.9\d+ and central differences give 0\.98\d+$/,
    )
    expect(() => matchesDifferences((p: Params) => wrong(p.w))(params)).toThrow(/^matchesDifferences: at w\[0\] /)
  })

  test('sees a function that is not differentiable where it is tried', () => {
    const step = (z: Pair): Pair => pipe(z, greater(0.5), where(pipe(z, add(1)), z))
    expect(() => matchesDifferences(step)(x)).toThrow(/central differences give \d/)
  })

  describe('measures by the magnitudes that are there', () => {
    const times = (factor: number) => (z: Pair) => pipe(z, mul(factor))
    /** A function with the derivative of another. */
    const withSlope = (f: (z: Pair) => Pair, slope: (z: Pair) => Pair) => customVjp(f, z => [f(z), (ct: Pair) => pipe(ct, mul(slope(z)))])
    const small = (z: Pair): Pair => pipe(square(z), mul(1e-7))
    const [near, wide] = [tensor([1, 2], 'float64'), tensor([1e6, 2], 'float64')]

    test('a small function with a rule that gives 0, or a tenth too much, is seen', () => {
      expect(() => matchesDifferences(withSlope(small, times(0)))(near)).toThrow(/gives 0 and central differences give \d\.\d+e-7$/)
      expect(() => matchesDifferences(withSlope(small, times(2.2e-7)))(near)).toThrow(/^matchesDifferences: at \[0\]/)
      expect(() => matchesDifferences(withSlope(small, times(2.000_01e-7)))(near)).toThrow(/^matchesDifferences: at \[0\]/)
      matchesDifferences(withSlope(small, times(2e-7)))(near)
    })
    test('entries far apart hold, and each of them is tried', () => {
      matchesDifferences((z: Pair) => square(z))(wide)
      matchesDifferences((z: Pair) => pipe(square(z), sum()))(wide)
      expect(() => matchesDifferences(withSlope(square, z => pipe(z, mul(tensor([2, 2.001], 'float64')))))(wide)).toThrow(/at \[1\]/)
      expect(() => matchesDifferences(withSlope(square, z => pipe(z, mul(tensor([2.001, 2], 'float64')))))(wide)).toThrow(/at \[0\]/)
    })
    test('a great constant beside a function hides neither the function nor a wrong rule', () => {
      const lifted = (z: Pair): Pair => pipe(sin(z), add(1e6))
      matchesDifferences(lifted)(x)
      expect(() => matchesDifferences(withSlope(lifted, z => pipe(cos(z), mul(1.001))))(x)).toThrow(/^matchesDifferences: at \[0\]/)
    })
    test('functions that change within far less than their argument, and within far more', () => {
      matchesDifferences((z: Pair) => sin(z))(tensor([1e6, -3e5], 'float64'))
      matchesDifferences((z: Pair) => log(z))(tensor([1e-8, 1e-300], 'float64'))
      matchesDifferences((z: Pair) => pipe(z, mul(1e12), sin))(tensor([1e-12, 0], 'float64'))
      matchesDifferences((z: Pair) => pipe(z, mul(z), mul(z)))(tensor([0, 1e-30], 'float64'))
      expect(() => matchesDifferences(withSlope(sin, z => pipe(cos(z), mul(1.0001))))(tensor([1e6, 0], 'float64'))).toThrow(/at \[0\]/)
    })
    test('a slope that the results have rounded away holds', () => {
      // σ is 1 there, and its derivative 4e-18.
      matchesDifferences((z: Pair) => sigmoid(z))(tensor([40, 0.5], 'float64'))
      matchesDifferences((z: Pair) => pipe(z, mul(1e-20), sin, add(1)))(x)
    })
    test('a constant function holds, and one with a rule that is not 0 does not', () => {
      matchesDifferences((z: Pair) => floor(z))(x)
      expect(() => matchesDifferences(withSlope(floor, times(1e-9)))(x)).toThrow(/central differences give 0$/)
    })
    test('NaN is no derivative', () => {
      expect(() => matchesDifferences((z: Pair) => sqrt(z))(tensor([-1, 1], 'float64'))).toThrow(/gives NaN/)
    })
  })

  test('asks for float64', () => {
    expect(() => matchesDifferences((z: Tensor<'2'>) => sin(z))(tensor([1, 2]))).toThrow(
      "matchesDifferences: '[0]' is float32: differences need the precision of float64",
    )
  })
})

describe('adjoint', () => {
  test('holds in both precisions', () => {
    const ct = { y: tensor([1, -2], 'float64'), total: tensor(3, 'float64') } as const
    fc.assert(
      fc.property(treesLike(params), treesLike(params), treesLike(ct), (at, tangent, cotangent) => adjoint(model)(at, tangent, cotangent)),
      draws(2, 20),
    )
    const single = (z: Tensor<'2'>): Tensor<'2'> => softmax(0)(z)
    fc.assert(fc.property(tensors('2'), tensors('2'), tensors('2'), adjoint(single)), draws(3, 20))
  })

  test('holds where all terms cancel, and sees a small function that is wrong', () => {
    const alike = tensor([1, 1], 'float64')
    adjoint((z: Pair) => softmax(0)(z))(x, alike, alike)
    adjoint((z: Pair) => pipe(z, mul(1e-13)))(x, tensor([1, -1], 'float64'), alike)
    const small = (z: Pair): Pair => pipe(crooked(z), mul(1e-13))
    expect(() => adjoint(small)(x, tensor([1, 1], 'float64'), tensor([3, 1], 'float64'))).toThrow(/^adjoint: /)
  })

  test('fails for a pullback that is not linear', () => {
    expect(() => adjoint(crooked)(x, tensor([1, 1], 'float64'), tensor([3, 1], 'float64'))).toThrow(
      /^adjoint: ⟨ct, J t⟩ is .* and ⟨Jᵀ ct, t⟩ is .*$/,
    )
  })
})

describe('linearPullback', () => {
  const [a, b] = [tensor([1, 2], 'float64'), tensor([3, -4], 'float64')] as const

  test('holds', () => linearPullback((z: Pair) => pipe(z, sin, mul(z)))(x, a, b, 2, -0.5))

  test('holds where all terms cancel, and sees a small function that is wrong', () => {
    const alike = tensor([1, 1], 'float64')
    linearPullback((z: Pair) => softmax(0)(z))(x, alike, alike, 2, -0.5)
    // Terms of 1e13 cancel.
    linearPullback((z: Pair) => pipe(z, mul(1e13)))(x, a, a, 3, -3)
    const small = (z: Pair): Pair => pipe(crooked(z), mul(1e-13))
    expect(() => linearPullback(small)(x, a, b, 2, -0.5)).toThrow(/^linearPullback: /)
  })

  test('fails for a pullback that squares', () => {
    expect(() => linearPullback(crooked)(x, a, b, 2, -0.5)).toThrow(
      /^linearPullback: the pullback of a ct1 \+ b ct2 and the sum of pullbacks differ at \[0\]: /,
    )
  })
})

describe('chainRule', () => {
  test('holds', () => {
    fc.assert(
      fc.property(
        tensors('2', { dtype: 'float64' }),
        chainRule(
          (z: Pair) => sin(z),
          y => [exp(y), y] as const,
        ),
      ),
      draws(4, 20),
    )
  })

  test('fails where the whole has another rule than its parts', () => {
    let whole = false
    // The outer function's rule depends on when it is asked for: a pure one cannot.
    const f = (z: Pair): Pair => {
      whole = !whole
      return whole ? wrong(z) : sin(z)
    }
    expect(() => chainRule(f, (y: Pair) => exp(y))(x)).toThrow(
      /^chainRule: the pullback of g ∘ f and the pullbacks of g and f differ at \[0\]: /,
    )
  })
})

describe('vmapIsMapAndStack', () => {
  const rows = tensor([
    [1, 2],
    [3, 4],
  ])

  test('holds for several arguments, trees of results and empty batches', () => {
    vmapIsMapAndStack('2')((u: Tensor<'2'>, v: Tensor<'2'>) => ({ p: pipe(u, mul(v)), q: [sum()(u)] as const }))(rows, rows)
    vmapIsMapAndStack('0')((u: Tensor<'2'>) => [softmax(0)(u), sum()(u)] as const)(zeros('0 2'))
  })

  test('fails for a function that is not pure', () => {
    expect(() => vmapIsMapAndStack('2')(impure())(rows)).toThrow('vmapIsMapAndStack: vmap and map-and-stack differ at [0]: 2 and 3')
  })
})

describe('jitChangesNothing', () => {
  test('holds', () => jitChangesNothing(grad((z: Tensor<'2'>) => pipe(z, softmax(0), square, sum())))(tensor([1, 2])))

  test('fails for a function that is not pure', () => {
    expect(() => jitChangesNothing(impure())(tensor([1, 2]))).toThrow(
      'jitChangesNothing: the function and its first jitted call differ at [0]: 2 and 3',
    )
  })

  test('tells -0 from 0, and an engine that is wrong', () => {
    const run = () => [tensor([0, 2])]
    const flushing = { ...reference, name: 'flushing', prepare: () => ({ run, loop: plainLoop(run) }) }
    expect(() => jitChangesNothing((z: Tensor<'2'>) => pipe(z, mul(1)), { engine: flushing })(tensor([-0, 2]))).toThrow(
      'jitChangesNothing: the function and its first jitted call differ at [0]: -0 and 0',
    )
  })
})
