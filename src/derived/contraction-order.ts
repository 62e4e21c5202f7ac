/** In which order to multiply several tensors of which only pairs can be multiplied: by the number of multiplications. */
import { sizeOf } from '../tensor/index.js'

/** A tensor's place among those given, or a product of two others. */
export type ContractionOrder = number | readonly [ContractionOrder, ContractionOrder]

type Labels = readonly string[]

/** A product that has been made: the labels of its axes, and how many multiplications it took. */
interface Made {
  readonly labels: Labels
  readonly cost: number
  readonly order: ContractionOrder
}

const union = (x: Labels, y: Labels): Labels => [...x, ...y.filter(label => !x.includes(label))]

/** What is left of the labels of a product: those that others or the result have. */
const kept = (labels: Labels, others: readonly Labels[]): Labels => labels.filter(label => others.some(list => list.includes(label)))

/** Up to this many tensors all orders are compared: 3⁸ products of two are soon counted. */
const few = 8

/**
 * The order of least cost for a few tensors, and for many the one that takes the cheapest product of two at each step. Of equal orders it is the one
 * that takes the tensors as they stand. Source: D. G. A. Smith and J. Gray, opt_einsum, 2018, the orders 'dp' and 'greedy'.
 */
export const contractionOrder = (operands: readonly Labels[], result: Labels, size: ReadonlyMap<string, number>): ContractionOrder => {
  const multiply = (x: Made, y: Made, others: readonly Labels[]): Made => {
    const all = union(x.labels, y.labels)
    const here = sizeOf(all.map(label => size.get(label) ?? 1))
    return { labels: kept(all, others), cost: x.cost + y.cost + here, order: [x.order, y.order] }
  }
  const single = operands.map((labels, i): Made => ({ labels, cost: 0, order: i }))
  return operands.length <= few ? best(single, result, multiply) : greedy(single, result, multiply)
}

type Multiply = (x: Made, y: Made, others: readonly Labels[]) => Made

/** The cheapest product of every set of tensors, from those of its halves; a set is a number with one bit for each tensor. */
const best = (single: readonly Made[], result: Labels, multiply: Multiply): ContractionOrder => {
  const all = 2 ** single.length - 1
  const made = new Map(single.map((x, i) => [2 ** i, x]))
  for (let set = 1; set <= all; set += 1) {
    const others = [result, ...single.flatMap((x, i) => (set & (2 ** i) ? [] : [x.labels]))]
    // The half with the first tensor of the set stands on the left.
    for (let left = (set - 1) & set; left > 0; left = (left - 1) & set) {
      const [x, y, least] = [made.get(left), made.get(set ^ left), made.get(set)]
      if (x === undefined || y === undefined || (left & set & -set) === 0) continue
      const product = multiply(x, y, others)
      if (least === undefined || product.cost < least.cost) made.set(set, product)
    }
  }
  return made.get(all)?.order ?? 0
}

const greedy = (rest: readonly Made[], result: Labels, multiply: Multiply): ContractionOrder => {
  const [only] = rest
  if (rest.length === 1 && only) return only.order
  const pairs = rest.flatMap((x, i) =>
    rest.slice(i + 1).map(y => {
      const others = rest.filter(other => other !== x && other !== y)
      const product = multiply({ ...x, cost: 0 }, { ...y, cost: 0 }, [result, ...others.map(({ labels }) => labels)])
      return { product, others }
    }),
  )
  const least = pairs.reduce((a, b) => (b.product.cost < a.product.cost ? b : a))
  return greedy([...least.others, least.product], result, multiply)
}
