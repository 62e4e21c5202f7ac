/** The axis of a `vmap` in hand: what it gives a few examples, by hand, and what it refuses. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { cond } from '../../src/control/index.js'
import * as debug from '../../src/debug/index.js'
import { sameBits } from '../../src/laws/compare.js'
import { tensors } from '../../src/laws/index.js'
import { add, cast, div, exp, greater, mean, mul, slice, sqrt, sub, sum } from '../../src/ops/index.js'
import { axisSumPrimitive } from '../../src/primitives/collective/total.js'
import * as random from '../../src/random/index.js'
import { type Tensor, tensor, toNested, toNumber, zeros } from '../../src/tensor/index.js'
import { apply } from '../../src/trace/index.js'
import {
  grad,
  hessian,
  jacobianForward,
  jacobianReverse,
  type MappedAxis,
  oneExample,
  program,
  vjp,
  vmapWithAxis,
} from '../../src/transform/index.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'
import { visits } from '../support/visits.js'

type Scalar = Tensor<''>

describe('by hand', () => {
  const batch = tensor([1, 2, 6])
  const run = <T extends object>(f: (axis: MappedAxis<'3'>) => (x: Scalar) => T) => vmapWithAxis('3')(f)(batch)

  test('what the axis gives each example', () => {
    expect(toNested(run(axis => x => axis.sum(x)))).toEqual([9, 9, 9])
    expect(toNested(run(axis => x => axis.mean(x)))).toEqual([3, 3, 3])
    expect(toNested(run(axis => x => axis.max(x)))).toEqual([6, 6, 6])
    expect(toNested(run(axis => x => axis.min(x)))).toEqual([1, 1, 1])
    expect(toNested(run(axis => x => axis.gather(x)))).toEqual([
      [1, 2, 6],
      [1, 2, 6],
      [1, 2, 6],
    ])
    expect(toNested(run(axis => axis.permute([2, 0, 1])))).toEqual([6, 1, 2])
    expect(toNested(run(axis => () => axis.index))).toEqual([0, 1, 2])
    expect(toNested(run(axis => x => pipe(x, mul(axis.size))))).toEqual([3, 6, 18])
  })

  test('of what all examples share: as many times itself, or itself', () => {
    const seven = tensor(7, 'int32')
    expect(toNested(run(axis => () => axis.sum(seven)))).toEqual([21, 21, 21])
    const [m, greatest, moved] = run(axis => () => [axis.mean(tensor(0.1)), axis.max(seven), axis.permute([1, 0, 2])(seven)] as const)
    expect([toNested(m), toNested(greatest), toNested(moved)]).toEqual([toNested(tensor([0.1, 0.1, 0.1])), [7, 7, 7], [7, 7, 7]])
    expect(run(axis => () => axis.gather(seven)).sizes).toEqual([3, 3])
  })

  test('trees, and names of axes', () => {
    const f = vmapWithAxis('batch')(axis => (p: { readonly a: Tensor<'n'>; readonly b: readonly [Tensor<'', 'int32'>] }) => {
      const all = axis.gather(p)
      return [all.a.shape, all.b[0].shape, axis.sum(p).a.shape].join() === 'batch n,batch,n' ? axis.sum(p) : p
    })
    const y = f({ a: zeros('batch n', { batch: 2, n: 3 }), b: [pipe(zeros('batch', { batch: 2 }), add(4), cast('int32'))] })
    expect([y.a.shape, toNested(y.b[0])]).toEqual(['batch n', [8, 8]])
  })

  test('equal examples share the gradient of the greatest', () => {
    const f = vmapWithAxis('4')(axis => (x: Scalar) => axis.max(x))
    expect(toNested(grad((x: Tensor<'4'>) => pipe(f(x), sum()))(tensor([5, 2, 5, 1])))).toEqual([2, 0, 2, 0])
    const least = vmapWithAxis('4')(axis => (x: Scalar) => axis.min(x))
    expect(toNested(grad((x: Tensor<'4'>) => pipe(least(x), sum()))(tensor([5, 2, 5, Number.NaN])))).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ])
  })

  test('parameters that all share count as a copy in each example, inside; outside they are one', () => {
    const loss = (axis: MappedAxis) => (w: Scalar, x: Scalar) => pipe(axis.mean(pipe(w, mul(x))), mul(x))
    // The losses are mean(w x) x_i; their sum is mean(w x) · 9. By the copy of example i: 9 x_i / 3. By one w for all: 3 · 9.
    const w = tensor(1)
    expect(toNested(run(axis => x => grad(loss(axis))(w, x)))).toEqual([3, 6, 18])
    const total = (v: Scalar) =>
      pipe(
        run(axis => x => loss(axis)(v, x)),
        sum(),
      )
    expect(toNumber(grad(total)(w))).toBe(27)
  })

  test('whole derivatives inside: a tangent and a cotangent are one for all examples', () => {
    const squares = (axis: MappedAxis) => (x: Scalar) => axis.sum(pipe(x, mul(x)))
    // Along equal tangents of all examples the sum of squares changes by Σ 2 x; an equal cotangent of all three is pulled back to 3 · 2 x.
    expect(toNested(run(axis => x => jacobianForward(squares(axis))(x)))).toEqual([18, 18, 18])
    expect(toNested(run(axis => x => jacobianReverse(squares(axis))(x)))).toEqual([6, 12, 36])
    // The gradient of the three equal losses is 6 x; the Hessian is its change along equal tangents.
    expect(toNested(run(axis => x => hessian(squares(axis))(x)))).toEqual([6, 6, 6])
    const total = (xs: Tensor<'3'>) => pipe(vmapWithAxis('3')(axis => (x: Scalar) => squares(axis)(x))(xs), sum())
    expect(toNested(hessian(total)(batch))).toEqual([
      [6, 0, 0],
      [0, 6, 0],
      [0, 0, 6],
    ])
  })

  test('what is kept of a derivative beyond its function', () => {
    let kept: ((ct: Scalar) => Scalar) | undefined
    run(axis => x => {
      const [y, pullback] = vjp((own: Scalar) => axis.mean(own))(x)
      kept = pullback
      return y
    })
    expect(errorOf(() => kept?.(tensor(1))).message).toMatch(
      /^axis\.mean: a traced '' int32 was kept after the function it belongs to had returned/,
    )
  })

  test('printed inside it has the axis by its name and its size', () => {
    let text = ''
    run(axis => x => {
      text = program.print((y: Scalar) => axis.mean(y))(x)
      return x
    })
    expect(text).toContain("c: float32 '' = axis.mean[axis=3 size=3] a b")
  })

  test('a mean over the axis is bit for bit the mean of the stack', () => {
    fc.assert(
      fc.property(tensors('7 3'), stacked => {
        const f = vmapWithAxis('7')(axis => (x: Tensor<'3'>) => axis.mean(x))
        sameBits('axis', 'both means', slice('0')(f(stacked)), mean(0)(stacked))
      }),
      draws(42, 20),
    )
  })

  test('what follows from a mean is computed once, for all examples', () => {
    const { equations } = program.of(vmapWithAxis('3')(axis => (x: Scalar) => pipe(x, sub(exp(axis.mean(x))))))(batch)
    expect(equations.filter(({ operation }) => operation.name === 'exp').map(({ outputs }) => outputs[0]?.sizes)).toEqual([[]])
    expect(equations.map(({ operation }) => operation.name)).toEqual(['sum', 'div', 'exp', 'broadcast', 'sub'])
  })

  test('normalised by the mean and the variance of the batch: the operations and the bits that one would write for the whole batch', () => {
    type Example = Tensor<'5'>
    type Batch = Tensor<'8 5'>
    const byAxis = vmapWithAxis('8')(axis => (x: Example) => {
      const centred = pipe(x, sub(axis.mean(x)))
      return pipe(centred, div(sqrt(axis.mean(pipe(centred, mul(centred))))))
    })
    const byHand = (x: Batch): Batch => {
      const centred = pipe(x, sub(mean(0)(x)))
      return pipe(centred, div(sqrt(mean(0)(pipe(centred, mul(centred))))))
    }
    const slope = (f: (x: Batch) => Batch) => grad((x: Batch) => pipe(f(x), mul(x), mul(x), sum()))
    fc.assert(
      fc.property(tensors('8 5'), x => {
        sameBits('axis', 'both ways', byAxis(x), byHand(x))
        sameBits('axis', 'both gradients', slope(byAxis)(x), slope(byHand)(x))
        expect(debug.count(slope(byAxis))(x)).toEqual(debug.count(slope(byHand))(x))
      }),
      draws(43, 5),
    )
  })

  test('no example', () => {
    const f = vmapWithAxis('batch')(axis => (x: Tensor<'2'>) => pipe(x, sub(axis.sum(x)), add(pipe(axis.gather(x), sum(0)))))
    const y = f(zeros('batch 2', { batch: 0 }))
    expect([y.shape, y.sizes]).toEqual(['batch 2', [0, 2]])
  })

  test('where a choice differs by example, a mean in a case is over all examples', () => {
    const f = run(
      axis => x =>
        pipe(
          x,
          cond(
            pipe(x, greater(1.5)),
            (y: Scalar) => axis.mean(y),
            (y: Scalar) => pipe(y, mul(10)),
          ),
        ),
    )
    expect(toNested(f)).toEqual([10, 3, 3])
  })

  test('keys by the number of the example', () => {
    const key = random.key(7)
    const drawn = run(axis => () => random.normal('2')(random.foldIn(axis.index)(key)))
    const first = toNested(random.normal('2')(random.foldIn(2)(key)))
    expect(toNested(drawn)[2]).toEqual(first)
  })

  test('a batch of one example', () => {
    const f = (axis: MappedAxis) => (x: Tensor<'2'>) => [
      axis.mean(x),
      axis.sum(x),
      axis.max(x),
      axis.min(x),
      axis.permute([0])(x),
      axis.gather(x),
    ]
    const x = tensor([3, 4])
    const alone = f(oneExample)(x)
    expect(alone.map(y => [y.shape, toNested(y)])).toEqual([...Array.from({ length: 5 }, () => ['2', [3, 4]]), ['1 2', [[3, 4]]]])
    const mappedOnce = vmapWithAxis('1')((axis: MappedAxis) => f(axis))(tensor([[3, 4]]))
    expect(mappedOnce.map(y => toNested(y))).toEqual(alone.map(y => [toNested(y)]))
    expect([oneExample.name, oneExample.size, toNumber(oneExample.index)]).toEqual(['1', 1, 0])
  })
})

describe('errors', () => {
  const batch = tensor([1, 2, 3])
  const within = (use: (axis: MappedAxis, x: Scalar) => unknown) =>
    errorOf(() => loose(vmapWithAxis('batch'))((axis: MappedAxis) => (x: Scalar) => use(axis, x))(batch)).message

  test('an axis that is used after its function has returned', () => {
    let kept: MappedAxis = oneExample
    vmapWithAxis('3')(axis => (x: Scalar) => {
      kept = axis
      return x
    })(batch)
    expect(errorOf(() => kept.mean(tensor(1)))).toMatchObject({
      _tag: 'TraceError',
      message:
        "axis.mean: the axis '3' was kept after the function it belongs to had returned: use it inside the function that vmapWithAxis was given",
    })
    expect(errorOf(() => pipe(kept.index, mul(2))).message).toContain('was kept after the function it belongs to had returned')
  })

  test('a collective without its vmap', () => {
    const error = errorOf(() => apply(axisSumPrimitive.of({ axis: 'batch', size: 3 }), tensor(1), tensor(0, 'int32')))
    expect(error).toMatchObject({
      _tag: 'TraceError',
      message: "the axis 'batch' is unknown where one example is computed alone: call what vmapWithAxis gives, which has all of them",
    })
  })

  test('dtypes, places, and what is no tensor', () => {
    expect(within(axis => axis.mean(loose(axis.index)))).toBe("axis.mean: needs a float dtype, not int32: cast('float32') first")
    expect(within((axis, x) => axis.sum(loose(pipe(x, greater(0)))))).toBe(
      "axis.sum: needs numbers, not bool: cast('float32') or cast('int32') first",
    )
    expect(within((axis, x) => axis.permute([0, 0, 1])(x))).toBe(
      'axis.permute: [0,0,1] is no permutation of 3 examples: give each of their numbers once, from 0',
    )
    for (const places of [
      [0, 1, 3],
      [0, 1],
      [0, 1, -1],
      [0, 1, 1.5],
      [0, 1, 2, 2],
      [0, 1, '2'],
    ])
      expect(within((axis, x) => loose(axis.permute)(places)(x))).toContain('is no permutation of 3 examples')
    const work = (n: number) => {
      const places = Array.from({ length: n }, (_, i) => n - 1 - i)
      const f = vmapWithAxis<string>(String(n))(axis => (x: Tensor<''>) => axis.permute(places)(x))
      return visits(() => loose(f)(zeros<string>(String(n), {}))).count
    }
    expect(work(4000) / work(1000)).toBeLessThan(7)
    expect(within((axis, x) => loose(axis.permute)(2)(x))).toContain('axis.permute: 2 is no permutation of 3 examples')
    expect(within(axis => axis.gather(loose(3)))).toBe(
      'axis.gather: the argument is a number, not a tensor or a record or tuple of tensors',
    )
  })

  test('what vmap refuses', () => {
    const of = (f: unknown, ...args: readonly unknown[]) => errorOf(() => loose(vmapWithAxis('batch'))(f)(...args)).message
    expect(of(() => (x: Scalar) => x, batch, tensor([1, 2]))).toBe(
      "vmapWithAxis: 'batch' is 3 in one place and 2 in another: one name has one size",
    )
    expect(of(() => (x: Scalar) => x, tensor(1))).toBe(
      "vmapWithAxis('batch'): '0' is a scalar, with no axis to map over: let the function close over it",
    )
    expect(of(() => (x: Scalar) => x)).toBe("vmapWithAxis('batch'): no tensor to map over")
    expect(of(3, batch)).toContain('vmapWithAxis: ')
    expect(of((x: Scalar) => x, batch)).toContain(
      "give one of the axis that gives one of tensors, as in vmapWithAxis('batch')(axis => x => …)",
    )
  })
})
