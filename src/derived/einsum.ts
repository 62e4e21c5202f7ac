/**
 * Einstein's sum: entries multiplied where labels of axes are equal, and summed over labels that the result does not have.
 *
 * An axis that one tensor alone has is summed before anything is multiplied. Then two tensors at a time are: by `contract` where axes of both are
 * summed, and else entry by entry, which fuses with what comes before and after.
 */
import { broadcastAxes, contract, mul, permuteAxes, reshapeTo, sliceOf, sumAxes } from '../primitives/index.js'
import { at, fail, type Value } from '../tensor/index.js'
import { type ContractionOrder, contractionOrder } from './contraction-order.js'

/** A tensor with a label for each axis. */
export interface LabelledAxes {
  readonly value: Value
  readonly labels: readonly string[]
}

/** The axes in the order of the labels, which are all of x's. */
const ordered = ({ value, labels }: LabelledAxes, order: readonly string[]): Value =>
  permuteAxes(
    value,
    order.map(label => labels.indexOf(label)),
  )

/**
 * Every label once: the axes of a label that stands several times are brought to the end and joined, and of n × n entries in a row those on the
 * diagonal are n + 1 apart.
 */
const diagonal = (x: LabelledAxes): LabelledAxes => {
  const twice = x.labels.find((label, axis) => x.labels.indexOf(label) < axis)
  if (twice === undefined) return x
  const places = x.labels.map((_, axis) => axis)
  const [own, others] = [places.filter(axis => x.labels[axis] === twice), places.filter(axis => x.labels[axis] !== twice)]
  const size = at(x.value.sizes, at(own, 0))
  const lead = others.map(axis => at(x.value.sizes, axis))
  const rows = reshapeTo(permuteAxes(x.value, [...others, ...own]), [...lead, size ** own.length])
  const step = own.reduce((sum, _, i) => sum + size ** i, 0)
  const value = sliceOf(rows, {
    start: rows.sizes.map(() => 0),
    stop: rows.sizes,
    step: rows.sizes.map((_, axis) => (axis < lead.length ? 1 : Math.max(1, step))),
  })
  return diagonal({ value, labels: [...others.map(axis => x.labels[axis] ?? ''), twice] })
}

/** Summed over what nobody else has. */
const summed = ({ value, labels }: LabelledAxes, others: readonly string[]): LabelledAxes => ({
  value: sumAxes(
    value,
    labels.flatMap((label, axis) => (others.includes(label) ? [] : [axis])),
  ),
  labels: labels.filter(label => others.includes(label)),
})

/** x along the axes of the order, of which it may lack some. */
const spread = (x: LabelledAxes, order: readonly string[], size: ReadonlyMap<string, number>): Value => {
  const own = ordered(
    x,
    order.filter(label => x.labels.includes(label)),
  )
  return broadcastAxes(
    own,
    order.map(label => size.get(label) ?? 1),
    order.flatMap((label, axis) => (x.labels.includes(label) ? [] : [axis])),
  )
}

/** The axes of a product: those kept side by side, those summed, those of one side alone. */
const axesOf = (x: LabelledAxes, y: LabelledAxes, needed: readonly string[]) => {
  const shared = x.labels.filter(label => y.labels.includes(label))
  const sums = shared.filter(label => !needed.includes(label))
  const batch = needed.filter(label => shared.includes(label))
  const labels = [...batch, ...x.labels.filter(label => !shared.includes(label)), ...y.labels.filter(label => !shared.includes(label))]
  return { sums, batch, labels }
}

/** The product of two, summed over what is not needed any more. */
const product = (x: LabelledAxes, y: LabelledAxes, needed: readonly string[], size: ReadonlyMap<string, number>): LabelledAxes => {
  const { sums, batch, labels } = axesOf(x, y, needed)
  if (sums.length === 0) {
    const order = needed.filter(label => labels.includes(label))
    return { value: mul(spread(x, order, size), spread(y, order, size)), labels: order }
  }
  const places = (z: LabelledAxes, list: readonly string[]): readonly number[] => list.map(label => z.labels.indexOf(label))
  return {
    value: contract(x.value, y.value, {
      left: places(x, sums),
      right: places(y, sums),
      leftBatch: places(x, batch),
      rightBatch: places(y, batch),
    }),
    labels,
  }
}

/** The sides of a product in the order that brings its axes to where the result wants them, if one does. */
const sided = (x: LabelledAxes, y: LabelledAxes, needed: readonly string[]): readonly [LabelledAxes, LabelledAxes] => {
  const fits = (left: LabelledAxes, right: LabelledAxes): boolean =>
    axesOf(left, right, needed).labels.every((label, i) => needed[i] === label)
  return !fits(x, y) && fits(y, x) ? [y, x] : [x, y]
}

/** The product of tensors whose axes are labelled, with the axes of the result in their order. */
export const einsum = (operands: readonly LabelledAxes[], result: readonly string[]): Value => {
  const size = new Map(operands.flatMap(({ value, labels }) => labels.map((label, axis) => [label, at(value.sizes, axis)] as const)))
  const once = operands.map(diagonal)
  const own = once.map((x, i) => summed(x, [...result, ...once.flatMap(({ labels }, j) => (i === j ? [] : labels))]))
  const placesIn = (order: ContractionOrder): readonly number[] => (typeof order === 'number' ? [order] : order.flatMap(placesIn))
  const made = (order: ContractionOrder): LabelledAxes => {
    if (typeof order === 'number') return own[order] ?? fail({ _tag: 'InternalError', detail: `einsum: there is no tensor ${order}` })
    const inside = placesIn(order)
    const others = own.flatMap(({ labels }, i) => (inside.includes(i) ? [] : labels))
    const needed = [...new Set([...result, ...others])]
    const [left, right] = sided(made(order[0]), made(order[1]), needed)
    return product(left, right, needed, size)
  }
  const order = contractionOrder(
    own.map(({ labels }) => labels),
    result,
    size,
  )
  return ordered(made(order), result)
}
