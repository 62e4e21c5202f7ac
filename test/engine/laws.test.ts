/** The laws of transformations with this engine in the place of the reference: compiled and not, they agree. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { withEngine } from '../../src/engine/current.js'
import { reference } from '../../src/engine/reference/index.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { sameBits, sameUpToRounding } from '../../src/laws/compare.js'
import { jitChangesNothing, tensors } from '../../src/laws/index.js'
import {
  add,
  exp,
  greater,
  log,
  matmul,
  mul,
  neg,
  reshape,
  reverse,
  softmax,
  square,
  sum,
  tanh,
  transpose,
  where,
} from '../../src/ops/index.js'
import { isFloat, type Tensor, tensor, toNested, toNumber, type Value } from '../../src/tensor/index.js'
import { grad, hessian, jit, jvp, vmap } from '../../src/transform/index.js'
import { cases, partial, singleCases } from '../support/cases.js'
import { derivedFrom, type Flat } from '../support/derived.js'
import { draws } from '../support/draws.js'
import { drawn, drawnAll } from '../support/samples.js'

const engine = wasmEngine()
const few = draws(51, 3)

/** The size of what is added up: samples are drawn around it. */
const terms = 1

/** The compiled form has the bits of the function, and the oracle's numbers but for rounding. */
const agrees = (f: Flat, inputs: readonly Value[]): void => {
  const compiled = jit(f, { engine })(...inputs)
  sameBits(
    'engine',
    'the function and its compiled form',
    withEngine(engine)(() => f(...inputs)),
    compiled,
  )
  sameUpToRounding(
    'engine',
    'the function by plain loops and its compiled form',
    withEngine(reference)(() => f(...inputs)),
    compiled,
    terms,
  )
}

describe.each([...cases, ...singleCases].filter(({ inputs }) => inputs.length > 0).map(sample => [sample.title, sample] as const))(
  '%s',
  (_, sample) => {
    test('its vmap', () => {
      const rows = fc.tuple(...sample.inputs.map(input => drawn(input, [5])))
      const every = sample.inputs.map(() => true)
      fc.assert(
        fc.property(rows, inputs => agrees((...values) => vmap('5')(partial(sample, values, every))(...values), inputs)),
        few,
      )
    })

    if (sample.inputs.some(({ dtype }) => isFloat(dtype)))
      test('its vjp and its jvp', () => {
        fc.assert(
          fc.property(derivedFrom(sample, drawnAll(sample.inputs)), ({ pulled, pushed }) => {
            agrees(...pulled)
            agrees(...pushed)
          }),
          few,
        )
      })
  },
)

describe('jit', () => {
  test('changes no bit of structure, comparisons, sums of two and kinks', () => {
    const wild = fc.oneof(tensors('4'), fc.constant(tensor([0, -0, Number.NaN, Number.POSITIVE_INFINITY])))
    fc.assert(
      fc.property(wild, x => {
        jitChangesNothing(
          (z: Tensor<'4'>) => [pipe(z, neg, add(0), mul(1), mul(0)), pipe(z, greater(0)), pipe(z, reshape('2 2'))] as const,
          {
            engine,
          },
        )(x)
        jitChangesNothing((z: Tensor<'4'>) => pipe(z, reshape('2 2'), transpose, reverse(0), sum(1)), { engine })(x)
        jitChangesNothing(
          grad((z: Tensor<'4'>) => pipe(z, greater(0), where(pipe(z, mul(z)), 0), sum())),
          { engine },
        )(x)
      }),
      draws(52, 20),
    )
  })

  test('gives the gradients and Hessians of the oracle but for rounding', () => {
    const energy = (z: Tensor<'3', 'float64'>): Tensor<'', 'float64'> =>
      pipe(z, softmax(0), mul(pipe(z, tanh)), square, sum(), add(pipe(z, exp, sum(), log)))
    fc.assert(
      fc.property(tensors('3', { dtype: 'float64' }), z => {
        sameUpToRounding(
          'grad',
          'compiled and by plain loops',
          withEngine(reference)(() => grad(energy)(z)),
          jit(grad(energy), { engine })(z),
          terms,
        )
        sameUpToRounding(
          'hessian',
          'compiled and by plain loops',
          withEngine(reference)(() => hessian(energy)(z)),
          jit(hessian(energy), { engine })(z),
          terms,
        )
      }),
      draws(53, 20),
    )
  })

  test('nests with every transformation: d/dx x³ is 3x², then 6x', () => {
    const cube = jit((z: Tensor<''>) => pipe(square(z), mul(z)), { engine })
    const slope = jit(grad(cube), { engine })
    expect(toNumber(slope(tensor(2)))).toBe(12)
    expect(toNumber(jit(grad(slope), { engine })(tensor(2)))).toBe(12)
    expect(toNested(jit(vmap('2')(slope), { engine })(tensor([1, 2])))).toEqual([3, 12])
    expect(toNested(vmap('2')(slope)(tensor([1, 2])))).toEqual([3, 12])
    expect(jvp(cube)(tensor(2), tensor(1)).map(toNumber)).toEqual([8, 12])
  })

  test('gives back its argument, the same twice, a constant, another shape of it, and nothing', () => {
    const x = tensor([1, 2])
    expect(toNested(jit((z: Tensor<'2'>) => z, { engine })(x))).toEqual([1, 2])
    const [a, b, c] = jit((z: Tensor<'2'>) => [z, z, pipe(z, reshape('1 2'))] as const, { engine })(x)
    expect([toNested(a), toNested(b), toNested(c)]).toEqual([[1, 2], [1, 2], [[1, 2]]])
    expect(toNested(jit((_: Tensor<'2'>) => tensor([3]), { engine })(x))).toEqual([3])
    expect(jit(() => ({}), { engine })()).toEqual({})
  })

  test('captures tensors that it closes over, and leaves those it gave earlier as they were', () => {
    const w = tensor([
      [1, 2],
      [3, 4],
    ])
    const f = jit((z: Tensor<'1 2'>) => pipe(z, matmul(w)), { engine })
    const first = f(tensor([[1, 0]]))
    const second = f(tensor([[0, 1]]))
    expect([toNested(first), toNested(second)]).toEqual([[[1, 2]], [[3, 4]]])
  })

  test('two compiled functions of one engine called in turn do not see each other', () => {
    const double = jit((z: Tensor<'3'>) => pipe(z, add(z)), { engine })
    const negate = jit((z: Tensor<'3'>) => neg(z), { engine })
    const [x, y] = [tensor([1, 2, 3]), tensor([4, 5, 6])]
    for (let i = 0; i < 3; i += 1) {
      expect(toNested(double(x))).toEqual([2, 4, 6])
      expect(toNested(negate(y))).toEqual([-4, -5, -6])
      expect(toNested(double(x))).toEqual([2, 4, 6])
    }
  })
})
