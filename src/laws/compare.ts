/** What the laws have in common: trees as lists of numbers, and two ways of comparing them, bit for bit and up to rounding. */
import { scale } from '../derived/index.js'
import * as primitive from '../primitives/index.js'
import {
  at,
  type Buffer,
  bufferOf,
  described,
  flatten,
  isFloat,
  relabel,
  sameStructure,
  tree,
  typed,
  unflatten,
  type Value,
} from '../tensor/index.js'

/** A law that does not hold. */
export const violated = (law: string, detail: string): never => {
  throw new Error(`${law}: ${detail}`)
}

export const leavesOf = (law: string, x: object): readonly Value[] => flatten(law, x).leaves

export const readLeaf = (law: string, x: Value): Buffer => bufferOf(law, x)

/** Where a number stands in a tree: 'weight[3]'. */
export const placeOf = (x: object, leaf: number, entry: number): string => `${tree.paths(x)[leaf] ?? ''}[${entry}]`

export const sameForm = (law: string, what: string, a: object, b: object): readonly (readonly [Value, Value])[] => {
  const [left, right] = [flatten(law, a), flatten(law, b)]
  if (!sameStructure(left.structure, right.structure))
    return violated(law, `${what} differ in form: ${tree.paths(a).join(', ')} and ${tree.paths(b).join(', ')}`)
  return left.leaves.map((x, i) => {
    const y = right.leaves[i] ?? x
    return x.shape === y.shape && x.dtype === y.dtype && x.sizes.join(' ') === y.sizes.join(' ')
      ? [x, y]
      : violated(law, `${what} differ at '${tree.paths(a)[i]}': ${described(x)} and ${described(y)}`)
  })
}

const show = (x: number): string => (Object.is(x, -0) ? '-0' : String(x))

const compare = (law: string, what: string, a: object, b: object, same: (x: number, y: number, dtype: Value['dtype']) => boolean): void => {
  sameForm(law, what, a, b).forEach(([x, y], leaf) => {
    const [left, right] = [readLeaf(law, x), readLeaf(law, y)]
    left.forEach((value, i) => {
      const other = at(right, i)
      if (!same(value, other, x.dtype)) violated(law, `${what} differ at ${placeOf(a, leaf, i)}: ${show(value)} and ${show(other)}`)
    })
  })
}

/** Every number the same bit for bit: -0 is not 0, NaN is NaN. */
export const sameBits = (law: string, what: string, a: object, b: object): void => compare(law, what, a, b, Object.is)

/**
 * How far two sums of the same terms may be apart if they are added in another order: some hundreds or thousands of units in the last place
 * of the terms.
 */
const rounding = { float64: 1e-12, float32: 1e-4, int32: 0, uint32: 0, bool: 0 } as const

/** Compares numbers that are sums of terms of the given magnitude, which may have cancelled. */
export const sameUpToRounding = (law: string, what: string, a: object, b: object, magnitude: number): void =>
  compare(law, what, a, b, (x, y, dtype) => Object.is(x, y) || closeTo(x, y, Math.max(magnitude, Math.abs(x), Math.abs(y)), dtype))

/** Whether two sums of terms of the given magnitude are the same up to rounding. */
export const closeTo = (x: number, y: number, magnitude: number, dtype: Value['dtype']): boolean =>
  Math.abs(x - y) <= rounding[dtype] * magnitude

/** The greatest size of a float in a tree. */
export const reachOf = (law: string, x: object): number =>
  leavesOf(law, x)
    .filter(leaf => isFloat(leaf.dtype))
    .flatMap(leaf => Array.from(readLeaf(law, leaf), Math.abs))
    .reduce((greatest, size) => Math.max(greatest, size), 0)

export interface InnerProduct {
  readonly value: number
  /** The sum of the terms' sizes, by which rounding is measured. */
  readonly magnitude: number
  readonly dtype: Value['dtype']
}

/** The sum of the products of all floats of two trees of one form. */
export const innerProduct = (law: string, what: string, a: object, b: object): InnerProduct => {
  let value = 0
  let magnitude = 0
  let dtype: Value['dtype'] = 'float64'
  for (const [x, y] of sameForm(law, what, a, b)) {
    if (!isFloat(x.dtype)) continue
    if (x.dtype === 'float32') dtype = x.dtype
    const right = readLeaf(law, y)
    readLeaf(law, x).forEach((entry, i) => {
      value += entry * at(right, i)
      magnitude += Math.abs(entry * at(right, i))
    })
  }
  return { value, magnitude, dtype }
}

/** a x + b y, leaf by leaf. Leaves without a derivative are left as they are in x. */
export const combination = <T extends object>(law: string, a: number, x: T, b: number, y: T): T => {
  const combined = sameForm(law, 'the two trees', x, y).map(([left, right]) =>
    isFloat(left.dtype) ? relabel(left.shape, primitive.add(scale(left, a), scale(right, b))) : left,
  )
  return typed<T>(unflatten(flatten(law, x).structure, combined))
}
