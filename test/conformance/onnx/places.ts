/** ONNX's operators on places: entries gathered and scattered, shapes, copies, triangles. */
import { pipe } from 'fp-ts/lib/function.js'
import * as o from '../../../src/ops/index.js'
import { castTo, scatterAdd, scatterBy } from '../../../src/primitives/index.js'
import { concrete, type DType, typed, type Value } from '../../../src/tensor/index.js'
import type { Run } from './forms.js'
import { text } from './forms.js'
import { notOffered, type Reader } from './node.js'

const count = (sizes: readonly number[]): number => sizes.reduce((product, size) => product * size, 1)
const vector = (numbers: readonly number[], dtype: DType = 'int32'): Value =>
  concrete([numbers.length], dtype, dtype === 'int32' ? Int32Array.from(numbers) : Float32Array.from(numbers))
const axisOf = (node: Reader, fallback: number): number => {
  const axis = node.number('axis', fallback)
  return axis < 0 ? axis + node.shape(0).length : axis
}

/** Indices that count from the end where they are negative: here indices count from the start. */
export const fromStart = (indices: Value, size: number): Value => pipe(indices, o.less(0), o.where(pipe(indices, o.add(size)), indices))

const ways = { none: 'set', add: 'add', mul: 'mul', min: 'min', max: 'max' } as const
const wayOf = (node: Reader): (typeof ways)[keyof typeof ways] => {
  const reduction = node.text('reduction', 'none')
  return Object.entries(ways).find(([name]) => name === reduction)?.[1] ?? notOffered(`the reduction ${reduction}`)
}

/** A rectangular part of a tensor, from the start of each axis. */
const corner = (x: Value, sizes: readonly number[]): Value => o.slice(sizes.map(size => `:${size}`).join(', '))(x)

/** The places that rows of indices name, as numbers in the order of memory, with the axes after those that are named. */
const placesOf = (sizes: readonly number[], indices: Value): Value => {
  const depth = indices.sizes.at(-1) ?? 0
  const steps = sizes.map((_, axis) => count(sizes.slice(axis + 1)))
  const columns = Array.from({ length: depth }, (_, i) =>
    pipe(
      fromStart(
        o.slice(
          `${indices.sizes
            .slice(1)
            .map(() => ':, ')
            .join('')}${i}`,
        )(indices),
        sizes[i] ?? 0,
      ),
      o.mul(steps[i] ?? 0),
    ),
  )
  const [first = concrete(indices.sizes.slice(0, -1), 'int32', 0), ...rest] = columns
  const starts = rest.reduce((sum, column) => pipe(sum, o.add(column)), first)
  const after = sizes.slice(depth)
  const inside = o.reshape(text(after))(vector(Array.from({ length: count(after) }, (_, i) => i)))
  const wide = o.broadcastTo(text([...starts.sizes, ...after]))
  return pipe(o.reshape(text([...starts.sizes, ...after.map(() => 1)]))(starts), wide, o.add(wide(inside)))
}

const scatteredAt = (x: Value, places: Value, updates: Value, by: (typeof ways)[keyof typeof ways]): Value => {
  const [flat, at, values] = [x, places, updates].map(y => o.reshape(text([count(y.sizes)]))(y))
  if (flat === undefined || at === undefined || values === undefined) return x
  const along = { axis: 0, batch: 0 }
  return o.reshape(text(x.sizes))(by === 'add' ? scatterAdd(flat, at, values, along) : scatterBy(flat, at, values, { ...along, by }))
}

/** A tensor of sizes, which are int64 there and int32 here. */
const shapeOf: Run = node => {
  const sizes = node.shape(0)
  node.x(0)
  const [start, end] = [node.number('start', 0), node.number('end', sizes.length)]
  return vector(sizes.slice(start, end))
}

const dtypes: { readonly [to: number]: DType } = { 1: 'float32', 11: 'float64', 6: 'int32', 7: 'int32', 9: 'bool', 12: 'uint32' }

export const places: { readonly [op: string]: Run } = {
  Compress: node => {
    const kept = node.list(1).flatMap((flag, i) => (flag === 0 ? [] : [i]))
    const x = node.x(0)
    const flat = node.number('axis', Number.NaN)
    return Number.isNaN(flat) ? o.take(vector(kept), 0)(o.flatten(x)) : o.take(vector(kept), axisOf(node, 0))(x)
  },
  ConstantOfShape: ({ list, numbers }) => (numbers('value') ? notOffered('a constant as an attribute') : concrete(list(0), 'float32', 0)),
  DepthToSpace: ({ x, number, text: option }) => {
    const [n = 0, c = 0, h = 0, w = 0] = x(0).sizes
    const b = number('blocksize', 1)
    const parts = option('mode', 'DCR') === 'DCR' ? [n, b, b, c / (b * b), h, w] : [n, c / (b * b), b, b, h, w]
    const order = option('mode', 'DCR') === 'DCR' ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3]
    return pipe(x(0), o.reshape(text(parts)), o.permute(order), o.reshape(text([n, c / (b * b), h * b, w * b])))
  },
  EyeLike: node => {
    const [rows = 0, columns = 0] = node.shape(0)
    const [to, own] = [node.number('dtype', 0), node.x(0).dtype]
    const diagonal = node.number('k', 0)
    const ones = o.tril(diagonal)(concrete([rows, columns], 'int32', 1))
    const below = o.tril(diagonal - 1)(concrete([rows, columns], 'int32', 1))
    return castTo(pipe(ones, o.sub(below)), to === 0 ? own : (dtypes[to] ?? notOffered(`the ONNX type ${to}`)))
  },
  Gather: node => {
    const axis = axisOf(node, 0)
    return o.take(fromStart(node.indices(1), node.shape(0)[axis] ?? 0), axis)(node.x(0))
  },
  GatherElements: node => {
    const axis = axisOf(node, 0)
    const indices = fromStart(node.indices(1), node.shape(0)[axis] ?? 0)
    // Indices may cover fewer rows than there are.
    const x = corner(
      node.x(0),
      node.shape(0).map((size, i) => (i === axis ? size : (indices.sizes[i] ?? size))),
    )
    return o.takeAlongAxis(indices, axis)(x)
  },
  GatherND: node => {
    const x = node.x(0)
    if (node.number('batch_dims', 0) !== 0) return notOffered('GatherND with axes in common')
    return o.take(placesOf(x.sizes, node.indices(1)), 0)(o.flatten(x))
  },
  Identity: ({ x }) => x(0),
  Range: ({ list, x }) => {
    const [[start = 0], [limit = 0], [step = 1]] = [list(0), list(1), list(2)]
    const length = Math.max(0, Math.ceil((limit - start) / step))
    return castTo(
      vector(
        Array.from({ length }, (_, i) => start + i * step),
        x(0).dtype === 'int32' ? 'int32' : 'float32',
      ),
      x(0).dtype,
    )
  },
  ReverseSequence: node => {
    const x = node.x(0)
    const [batch, time] = [node.number('batch_axis', 1), node.number('time_axis', 0)]
    const lengths = node.list(1)
    const rows = pipe(x, o.moveAxis(time, 0), o.moveAxis(batch > time ? batch : batch + (batch < time ? 1 : 0), 1))
    const size = rows.sizes[0] ?? 0
    const at = Array.from({ length: size }, (_, t) => lengths.map(length => (t < length ? length - 1 - t : t)))
    const indices = o.reshape(text([size, lengths.length, ...rows.sizes.slice(2).map(() => 1)]))(vector(at.flat()))
    const taken = o.takeAlongAxis(o.broadcastTo(text(rows.sizes))(indices), 0)(rows)
    return pipe(taken, o.moveAxis(1, batch > time ? batch : batch + (batch < time ? 1 : 0)), o.moveAxis(0, time))
  },
  ScatterElements: node => {
    const axis = axisOf(node, 0)
    const [x, updates] = [node.x(0), node.x(2)]
    const indices = fromStart(node.indices(1), x.sizes[axis] ?? 0)
    const steps = x.sizes.map((_, i) => count(x.sizes.slice(i + 1)))
    const own = indices.sizes.map((size, i) => {
      const along =
        i === axis
          ? indices
          : o.broadcastTo(text(indices.sizes))(
              o.reshape(text(indices.sizes.map((_, j) => (j === i ? size : 1))))(vector(Array.from({ length: size }, (_, k) => k))),
            )
      return pipe(along, o.mul(steps[i] ?? 0))
    })
    const [first = indices, ...rest] = own
    return scatteredAt(
      x,
      rest.reduce((sum, part) => pipe(sum, o.add(part)), first),
      updates,
      wayOf(node),
    )
  },
  ScatterND: node => {
    const x = node.x(0)
    return scatteredAt(x, placesOf(x.sizes, node.indices(1)), node.x(2), wayOf(node))
  },
  Shape: shapeOf,
  Size: node => {
    node.x(0)
    return concrete([], 'int32', count(node.shape(0)))
  },
  SpaceToDepth: ({ x, number }) => {
    const [n = 0, c = 0, h = 0, w = 0] = x(0).sizes
    const b = number('blocksize', 1)
    return pipe(
      x(0),
      o.reshape(text([n, c, h / b, b, w / b, b])),
      o.permute([0, 3, 5, 1, 2, 4]),
      o.reshape(text([n, c * b * b, h / b, w / b])),
    )
  },
  Tile: ({ x, list }) => typed<(counts: readonly number[]) => (x: Value) => Value>(o.tile)(list(1))(x(0)),
  Trilu: ({ x, number, has, list }) => {
    const diagonal = has(1) ? (list(1)[0] ?? 0) : 0
    return (number('upper', 1) === 1 ? o.triu : o.tril)(diagonal)(x(0))
  },
}
