/** The axis of a `vmap` in hand: what its functions give, and their derivatives of every kind, against loops over the examples. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { checkpoint, cond, customJvp, customVjp, fori, scan, whileLoop } from '../../src/control/index.js'
import { sameUpToRounding } from '../../src/laws/compare.js'
import { adjoint, jitChangesNothing, matchesDifferences, tensors, vmapIsMapAndStack } from '../../src/laws/index.js'
import {
  add,
  cast,
  div,
  exp,
  less,
  max,
  maximum,
  mean,
  min,
  minimum,
  mul,
  pairwise,
  sin,
  slice,
  stack,
  sub,
  sum,
  swapAxes,
} from '../../src/ops/index.js'
import { check } from '../../src/program/index.js'
import { type Tensor, tensor } from '../../src/tensor/index.js'
import { grad, hessian, jit, jvp, linearize, type MappedAxis, program, vjp, vmap, vmapWithAxis } from '../../src/transform/index.js'
import { draws } from '../support/draws.js'
import { testOnEach } from '../support/engines.js'
import { errorOf } from '../support/errors.js'

type Scalar = Tensor<''>
type Loss = Tensor<'', 'float64'>
type Row = Tensor<'2', 'float64'>
type Rows = Tensor<'3 2', 'float64'>
type Three = readonly [Row, Row, Row]

const rowsOf = (xs: Rows): Three => [slice('0')(xs), slice('1')(xs), slice('2')(xs)]
const times =
  (n: number) =>
  (x: Row): Row =>
    pipe(x, mul(n))
const plus = (a: Row, b: Row): Row => pipe(a, add(b))
const sumOf = ([a, b, c]: Three): Row => plus(plus(a, b), c)
const meanOf = (xs: Three): Row => pipe(sumOf(xs), div(3))
const maxOf = ([a, b, c]: Three): Row => pipe(a, maximum(b), maximum(c))
const minOf = ([a, b, c]: Three): Row => pipe(a, minimum(b), minimum(c))

interface Entry {
  readonly ofExample: (axis: MappedAxis<'3'>) => (x: Row) => Row
  /** The same written out for three examples. */
  readonly ofAll: (xs: Three, i: 0 | 1 | 2) => Row
}

const each = (xs: Three, f: (x: Row) => Row): Three => [f(xs[0]), f(xs[1]), f(xs[2])]
const square = (x: Row): Row => pipe(x, mul(x))

const entries: { readonly [name: string]: Entry } = {
  'the distance from the mean': {
    ofExample: axis => x => pipe(x, sub(axis.mean(x))),
    ofAll: (xs, i) => pipe(xs[i], sub(meanOf(xs))),
  },
  'a product with the sum of squares': {
    ofExample: axis => x => pipe(x, mul(axis.sum(square(x)))),
    ofAll: (xs, i) => pipe(xs[i], mul(sumOf(each(xs, square)))),
  },
  'a softmax over the examples': {
    ofExample: axis => x => {
      const e = exp(pipe(x, sub(axis.max(x))))
      return pipe(e, div(axis.sum(e)))
    },
    ofAll: (xs, i) => {
      const es = each(xs, x => exp(pipe(x, sub(maxOf(xs)))))
      return pipe(es[i], div(sumOf(es)))
    },
  },
  'the least times the greatest': {
    ofExample: axis => x => pipe(axis.min(sin(x)), mul(axis.max(x)), mul(x)),
    ofAll: (xs, i) => pipe(minOf(each(xs, sin)), mul(maxOf(xs)), mul(xs[i])),
  },
  'the number of the example': {
    ofExample: axis => x => pipe(x, mul(cast('float64')(axis.index))),
    ofAll: (xs, i) => pipe(xs[i], mul(i)),
  },
  'a mix of what is gathered': {
    ofExample: axis => x => {
      const all = axis.gather(square(x))
      return pipe(all, mul(tensor([[1], [2], [4]], 'float64')), sum(0), mul(x))
    },
    ofAll: (xs, i) => pipe(plus(plus(square(xs[0]), times(2)(square(xs[1]))), times(4)(square(xs[2]))), mul(xs[i])),
  },
  'a neighbour': {
    ofExample: axis => x => pipe(x, mul(axis.permute([1, 2, 0])(exp(x)))),
    ofAll: (xs, i) => pipe(xs[i], mul(exp(xs[i === 0 ? 1 : i === 1 ? 2 : 0]))),
  },
  'a mean of a sum': {
    ofExample: axis => x => pipe(axis.mean(pipe(axis.sum(sin(x)), mul(x))), add(x)),
    ofAll: (xs, i) => {
      const total = sumOf(each(xs, sin))
      return plus(meanOf(each(xs, x => pipe(total, mul(x)))), xs[i])
    },
  },
  'what all share': {
    ofExample: axis => x => {
      const shared = tensor([0.5, -2], 'float64')
      const all = pipe(axis.sum(shared), mul(axis.mean(shared)), add(axis.max(shared)), mul(axis.min(shared)))
      return pipe(x, mul(all), add(pipe(axis.gather(shared), sum(0))), add(axis.permute([2, 0, 1])(shared)))
    },
    ofAll: (xs, i) => pipe(xs[i], mul(tensor([(1.5 * 0.5 + 0.5) * 0.5, (-6 * -2 - 2) * -2], 'float64')), add(tensor([2, -8], 'float64'))),
  },
}

/** All examples one after the other. */
const looped =
  ({ ofAll }: Entry) =>
  (xs: Rows): Rows => {
    const rows = rowsOf(xs)
    return stack(0)([ofAll(rows, 0), ofAll(rows, 1), ofAll(rows, 2)])
  }
const mapped = ({ ofExample }: Entry): ((xs: Rows) => Rows) => vmapWithAxis('3')(axis => (x: Row) => ofExample(axis)(x))

const xs: Rows = tensor(
  [
    [0.3, -1.25],
    [0.8, 0.5],
    [-0.7, 2],
  ],
  'float64',
)
const ts: Rows = tensor(
  [
    [1, -0.5],
    [0.25, 2],
    [-1.5, 0.75],
  ],
  'float64',
)
/** A loss that is different in every entry. */
const weigh = (ys: Rows): Loss => pipe(ys, mul(ts), sin, sum())
/** The sums of a few products are added in another order. */
const close = (a: object, b: object): void => sameUpToRounding('axis', 'the mapped function and the loop', a, b, 10)

describe.each(Object.entries(entries))('%s', (_, entry) => {
  const [f, g] = [mapped(entry), looped(entry)]

  testOnEach('its value, compiled too', () => {
    close(f(xs), g(xs))
    jitChangesNothing(f)(xs)
    check(program.of(f)(xs))
  })

  testOnEach('its gradient outside', () => {
    close(grad((x: Rows) => weigh(f(x)))(xs), grad((x: Rows) => weigh(g(x)))(xs))
    close(jit(grad((x: Rows) => weigh(f(x))))(xs), grad((x: Rows) => weigh(g(x)))(xs))
    matchesDifferences(f)(xs)
  })

  testOnEach('its gradient inside: of the sum of all losses, by what the example has', () => {
    const inside = vmapWithAxis('3')(
      axis => (x: Row, t: Row) => grad((own: Row) => pipe(entry.ofExample(axis)(own), mul(t), sin, sum()))(x),
    )
    close(inside(xs, ts), grad((x: Rows) => weigh(g(x)))(xs))
    close(jit(inside)(xs, ts), grad((x: Rows) => weigh(g(x)))(xs))
  })

  testOnEach('tangents outside and inside', () => {
    close(jvp(f)(xs, ts), jvp(g)(xs, ts))
    close(vmapWithAxis('3')(axis => (x: Row, t: Row) => jvp(entry.ofExample(axis))(x, t))(xs, ts), jvp(g)(xs, ts))
    close(linearize(f)(xs)[1](ts), linearize(g)(xs)[1](ts))
    adjoint(f)(xs, ts, pipe(xs, mul(0.5)))
  })

  testOnEach('second derivatives outside', () => {
    close(hessian((x: Rows) => weigh(f(x)))(xs), hessian((x: Rows) => weigh(g(x)))(xs))
  })

  testOnEach('in a loop, in a choice and with a rule of its own', () => {
    const [once, twice] = [g(xs), g(g(xs))]
    const { ofExample } = entry
    close(vmapWithAxis('3')(axis => (x: Row) => fori(2)((_, own: Row) => ofExample(axis)(own))(x))(xs), twice)
    close(vmapWithAxis('3')(axis => (x: Row) => jit((own: Row) => ofExample(axis)(own))(x))(xs), once)
    const kept = vmapWithAxis('3')(axis => (x: Row) => checkpoint((own: Row) => ofExample(axis)(own))(x))
    close(kept(xs), once)
    close(grad((x: Rows) => weigh(kept(x)))(xs), grad((x: Rows) => weigh(g(x)))(xs))
    const chosen = vmapWithAxis('3')(
      axis => (x: Row) =>
        pipe(
          x,
          cond(tensor(true), ofExample(axis), (own: Row) => own),
        ),
    )
    close(chosen(xs), once)
    close(grad((x: Rows) => weigh(chosen(x)))(xs), grad((x: Rows) => weigh(g(x)))(xs))
    const ruled = vmapWithAxis('3')(
      axis => (x: Row) =>
        customVjp(
          (own: Row) => ofExample(axis)(own),
          own => vjp(ofExample(axis))(own),
        )(x),
    )
    close(ruled(xs), once)
    close(grad((x: Rows) => weigh(ruled(x)))(xs), grad((x: Rows) => weigh(g(x)))(xs))
    const pushed = vmapWithAxis('3')(
      axis => (x: Row) =>
        customJvp(
          (own: Row) => ofExample(axis)(own),
          (own, tangent) => jvp(ofExample(axis))(own, tangent),
        )(x),
    )
    close(jvp(pushed)(xs, ts), jvp(g)(xs, ts))
    close(grad((x: Rows) => weigh(pushed(x)))(xs), grad((x: Rows) => weigh(g(x)))(xs))
    const rounds = vmapWithAxis('3')(axis => (x: Row) => {
      const [last] = scan('2')((carry: Row, own: Tensor<'', 'float64'>) => [pipe(ofExample(axis)(carry), mul(own)), []], x)(
        tensor([2, 0.5], 'float64'),
      )
      return last
    })
    const written = (x: Rows): Rows => pipe(g(pipe(g(x), mul(2))), mul(0.5))
    close(rounds(xs), written(xs))
    close(grad((x: Rows) => weigh(rounds(x)))(xs), grad((x: Rows) => weigh(written(x)))(xs))
  })

  testOnEach('in a loop that ends for all examples together, or for each by itself', () => {
    type Counted = { readonly n: Tensor<'', 'int32'>; readonly x: Row }
    const loop = (axis: MappedAxis<'3'>, stop: (n: Tensor<'', 'int32'>) => Tensor<'', 'int32'>) => (x: Row) =>
      whileLoop(
        ({ n }: Counted) => pipe(stop(n), less(2)),
        (carry: Counted): Counted => ({ n: pipe(carry.n, add(1)), x: entry.ofExample(axis)(carry.x) }),
        { most: 3 },
      )({ n: tensor(0, 'int32'), x }).x
    const together = vmapWithAxis('3')(axis => loop(axis, n => axis.max(n)))
    const alone = vmapWithAxis('3')(axis => loop(axis, n => pipe(n, add(axis.index), sub(axis.index))))
    for (const f of [together, alone]) {
      close(f(xs), g(g(xs)))
      close(grad((x: Rows) => weigh(f(x)))(xs), grad((x: Rows) => weigh(g(g(x))))(xs))
    }
  })

  testOnEach('over a further axis, outside and inside', () => {
    fc.assert(
      fc.property(tensors('4 3 2', { dtype: 'float64', low: -2, high: 2 }), batch => {
        vmapIsMapAndStack('4')(f)(batch)
        const swapped = pipe(batch, swapAxes(0, 1))
        const inner = vmapWithAxis('3')(
          axis => (examples: Tensor<'4 2', 'float64'>) => vmap('4')((x: Row) => entry.ofExample(axis)(x))(examples),
        )
        close(pipe(inner(swapped), swapAxes(0, 1)), vmap('4')(g)(batch))
      }),
      draws(41, 3),
    )
  })
})

describe('nested', () => {
  type Grid = Tensor<'3 2', 'float64'>
  const values = tensor(
    [
      [1, 2],
      [3, 5],
      [-1, 4],
    ],
    'float64',
  )

  /** A function of both axes and an entry, over a grid; and the same from means of rows, of columns and of all. */
  const grids: { readonly [name: string]: readonly [(outer: MappedAxis, inner: MappedAxis) => (x: Loss) => Loss, (xs: Grid) => Grid] } = {
    "the outer's in the inner": [outer => x => pipe(x, mul(outer.mean(sin(x)))), xs => pipe(xs, mul(mean(0)(sin(xs))))],
    "the inner's": [(_, inner) => x => pipe(x, mul(inner.sum(sin(x)))), xs => pipe(xs, mul(sum(1, { keepDims: true })(sin(xs))))],
    both: [
      (outer, inner) => x => pipe(outer.mean(pipe(x, mul(inner.sum(x)))), mul(inner.max(x)), sub(outer.min(inner.mean(x)))),
      xs => {
        const [columns, all] = [mean(0)(pipe(xs, mul(sum(1, { keepDims: true })(xs)))), mean(1)(xs)]
        return pipe(pairwise(mul)(max(1, { keepDims: true })(xs), columns), sub(min()(all)))
      },
    ],
    'one after the other': [(outer, inner) => x => pipe(x, sub(outer.mean(inner.mean(x)))), xs => pipe(xs, sub(mean()(xs)))],
    'numbers of both': [
      (outer, inner) => x => pipe(x, mul(cast('float64')(pipe(outer.index, mul(10), add(inner.index))))),
      xs =>
        pipe(
          xs,
          mul(
            tensor(
              [
                [0, 1],
                [10, 11],
                [20, 21],
              ],
              'float64',
            ),
          ),
        ),
    ],
  }

  for (const [name, [ofEntry, ofGrid]] of Object.entries(grids))
    testOnEach(name, () => {
      const f = vmapWithAxis('3')(outer => (row: Row) => vmapWithAxis('2')(inner => (x: Loss) => ofEntry(outer, inner)(x))(row))
      close(f(values), ofGrid(values))
      close(jit(f)(values), ofGrid(values))
      close(grad((v: Grid) => weigh(f(v)))(values), grad((v: Grid) => weigh(ofGrid(v)))(values))
      close(jvp(f)(values, ts), jvp(ofGrid)(values, ts))
      const gradients = vmapWithAxis('3')(
        outer => (row: Row, t: Row) =>
          vmapWithAxis('2')(inner => (x: Loss, own: Loss) => grad((y: Loss) => pipe(ofEntry(outer, inner)(y), mul(own), sin))(x))(row, t),
      )
      close(gradients(values, ts), grad((v: Grid) => weigh(ofGrid(v)))(values))
    })

  test('a gradient between the two: of the sum over the outer examples alone of what each makes of its own row', () => {
    const f = vmapWithAxis('3')(
      outer => (row: Row) =>
        grad((own: Row) => pipe(vmapWithAxis('2')(inner => (x: Loss) => pipe(outer.sum(x), mul(inner.mean(x))))(own), sum()))(row),
    )
    // The loss of a row is the sum of the column sums times the row's mean: Σ_i m_i S, where S is the sum of all entries and m_i the mean of row i.
    // A row's loss is S times the row's mean, S the sum of all entries: the sum of the three is S times the sum of the means, 7. S is 14.
    const slope = 7 + 14 / 2
    close(
      f(values),
      tensor(
        [
          [slope, slope],
          [slope, slope],
          [slope, slope],
        ],
        'float64',
      ),
    )
  })

  test('the inner axis is gone after its function', () => {
    let kept: MappedAxis | undefined
    const f = vmap('2')((row: Tensor<'2'>) => {
      const inner = vmapWithAxis('2')(axis => (x: Scalar) => {
        kept = axis
        return x
      })(row)
      return kept?.sum(inner) ?? inner
    })
    expect(
      errorOf(() =>
        f(
          tensor([
            [1, 2],
            [3, 4],
          ]),
        ),
      ).message,
    ).toContain("axis.sum: the axis '2' was kept after the function it belongs to")
  })
})
