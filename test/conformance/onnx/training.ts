/** ONNX's operators of training: steps of optimizers, and dropout where it draws nothing. */
import { pipe } from 'fp-ts/lib/function.js'
import * as o from '../../../src/ops/index.js'
import { concrete, type Value } from '../../../src/tensor/index.js'
import type { Run } from './forms.js'
import { notOffered, type Reader } from './node.js'

const plus = (x: Value, y: Value): Value => pipe(x, o.add(y))
const times = (x: Value, y: Value | number): Value => (typeof y === 'number' ? pipe(x, o.mul(y)) : pipe(x, o.mul(y)))

/** Inputs after the rate and the number of updates: first all parameters, then all gradients, then each kind of state. */
const grouped = (node: Reader, kinds: number): readonly (readonly Value[])[] => {
  const each = (node.inputs - 2) / kinds
  return Array.from({ length: each }, (_, i) => Array.from({ length: kinds }, (_, kind) => node.x(2 + kind * each + i)))
}
/** Results in the same order: of every parameter the first, then of every one the second, … */
const ungrouped = (results: readonly (readonly Value[])[]): readonly Value[] =>
  (results[0] ?? []).flatMap((_, kind) => results.flatMap(of => of.slice(kind, kind + 1)))

const regularised = (node: Reader, x: Value, gradient: Value): Value => plus(gradient, times(x, node.number('norm_coefficient', 0)))

export const training: { readonly [op: string]: Run } = {
  Adagrad: node => {
    const [[rate = 0], [updates = 0]] = [node.list(0), node.list(1)]
    const decayed = rate / (1 + updates * node.number('decay_factor', 0))
    const epsilon = node.number('epsilon', 0)
    return ungrouped(
      grouped(node, 3).map(([x = node.x(2), given = x, h = x]) => {
        const gradient = regularised(node, x, given)
        const next = plus(h, o.square(gradient))
        return [plus(x, times(pipe(gradient, o.div(pipe(next, o.sqrt, o.add(epsilon)))), -decayed)), next]
      }),
    )
  },
  Adam: node => {
    const [[rate = 0], [updates = 0]] = [node.list(0), node.list(1)]
    const [alpha, beta, epsilon] = [node.number('alpha', 0.9), node.number('beta', 0.999), node.number('epsilon', 0)]
    const after = node.number('norm_coefficient_post', 0)
    const corrected = updates > 0 ? (rate * Math.sqrt(1 - beta ** updates)) / (1 - alpha ** updates) : rate
    return ungrouped(
      grouped(node, 4).map(([x = node.x(2), given = x, v = x, h = x]) => {
        const gradient = regularised(node, x, given)
        const first = plus(times(v, alpha), times(gradient, 1 - alpha))
        const second = plus(times(h, beta), times(o.square(gradient), 1 - beta))
        const next = plus(x, times(pipe(first, o.div(pipe(second, o.sqrt, o.add(epsilon)))), -corrected))
        return [times(next, 1 - after), first, second]
      }),
    )
  },
  Dropout: node => {
    const x = node.x(0)
    const [ratio, training] =
      node.opset < 12
        ? [node.number('ratio', 0.5), false]
        : [node.has(1) ? (node.list(1)[0] ?? 0.5) : 0.5, node.has(2) && node.list(2)[0] === 1]
    // The seed means nothing where nothing is drawn.
    node.number('seed', 0)
    return training && ratio > 0 ? notOffered("draws of another library's generator") : [x, concrete(x.sizes, 'bool', 1)]
  },
  Momentum: node => {
    const [[rate = 0], [updates = 0]] = [node.list(0), node.list(1)]
    const [alpha, mode] = [node.number('alpha', 0), node.text('mode', 'standard')]
    // The first update takes the gradient whole.
    const given = node.number('beta', 1)
    const beta = updates > 0 ? given : 1
    return ungrouped(
      grouped(node, 3).map(([x = node.x(2), raw = x, v = x]) => {
        const gradient = regularised(node, x, raw)
        const next = plus(times(v, alpha), times(gradient, beta))
        const direction = mode === 'nesterov' ? plus(gradient, times(next, alpha)) : next
        return [plus(x, times(direction, -rate)), next]
      }),
    )
  },
}
