/** What lies in each of a number of segments: rows brought together by their labels, which are whole numbers from 0 up. */
import { broadcastAxes, div, filled, maximum, reshapeTo, scatterAdd, scatterBy } from '../primitives/index.js'
import { concrete, greatestOf, leastOf, sizeOf, type Value } from '../tensor/index.js'

/** Which segment each row lies in, how many segments there are, and whose labels they are in errors. */
export interface Labels {
  readonly op: string
  readonly labels: Value
  readonly count: number
}

const along = (op: string) => ({ axis: 0, batch: 0, op, what: 'label' })

/** The sum of the rows of each segment; 0 of none. */
export const segmentSum = (x: Value, { op, labels, count }: Labels): Value =>
  scatterAdd(concrete([count, ...x.sizes.slice(1)], x.dtype, 0), labels, x, along(op))

const combined =
  (by: 'mul' | 'min' | 'max', ofNone: (x: Value) => number) =>
  (x: Value, { op, labels, count }: Labels): Value =>
    scatterBy(concrete([count, ...x.sizes.slice(1)], x.dtype, ofNone(x)), labels, x, { ...along(op), by })

/** The product of the rows of each segment; 1 of none. */
export const segmentProd = combined('mul', () => 1)
export const segmentMax = combined('max', x => leastOf(x.dtype))
export const segmentMin = combined('min', x => greatestOf(x.dtype))

/** The mean of the rows of each segment; 0 of none. */
export const segmentMean = (x: Value, segments: Labels): Value => {
  const sum = segmentSum(x, segments)
  const counted = segmentSum(concrete(segments.labels.sizes, x.dtype, 1), segments)
  const counts = maximum(counted, filled(counted, 1))
  return div(
    sum,
    broadcastAxes(
      counts,
      sum.sizes,
      sum.sizes.flatMap((_, axis) => (axis === 0 ? [] : [axis])),
    ),
  )
}

/** How many labels say each segment; int32. */
export const bincount = ({ op, labels, count }: Labels): Value => {
  const entries = [sizeOf(labels.sizes)]
  return scatterAdd(concrete([count], 'int32', 0), reshapeTo(labels, entries), concrete(entries, 'int32', 1), along(op))
}
