/**
 * Expressions over an index space: what a fused kernel computes at each place. A load reads its buffer at a start plus a stride for each axis times the
 * index along it. Broadcasts, slices, permutations and reversals only change these numbers, so they cost nothing.
 */
import { type ScalarName, scalars, type ViewAxis } from '../../kernel/index.js'
import type { Equation } from '../../program/index.js'
import { at, type DType } from '../../tensor/index.js'
import { longAxes } from './axes.js'
import type { FusionCosts } from './target.js'

export interface Load {
  readonly kind: 'load'
  readonly dtype: DType
  readonly buffer: number
  /** In entries. */
  readonly start: number
  /** In entries, for each axis of the index space. */
  readonly strides: readonly number[]
}
export interface ScalarConstant {
  readonly kind: 'constant'
  readonly dtype: DType
  readonly value: number
}
export interface Application {
  readonly kind: 'apply'
  readonly dtype: DType
  readonly name: ScalarName
  readonly operands: readonly Expression[]
  /** The equation that computes it, for whoever looks for the time of each. */
  readonly source?: Equation | undefined
}
export type Expression = Load | ScalarConstant | Application

/** Strides along axes of size 1 say nothing; they are compared as 0. */
export const isContiguous = ({ start, strides }: Load, sizes: readonly number[]): boolean => {
  if (start !== 0) return false
  let expected = 1
  for (let axis = sizes.length - 1; axis >= 0; axis -= 1) {
    const size = at(sizes, axis)
    if (size !== 1 && at(strides, axis) !== expected) return false
    expected *= size
  }
  return true
}

/** Rebuilds expressions with other loads; parts shared before, also between them, are shared after. Undefined if any load has no replacement. */
export const mapAllLoads = (
  expressions: readonly Expression[],
  f: (load: Load) => Expression | undefined,
): readonly Expression[] | undefined => {
  const done = new Map<Expression, Expression | undefined>()
  const visit = (node: Expression): Expression | undefined => {
    if (done.has(node)) return done.get(node)
    const result = rebuild(node)
    done.set(node, result)
    return result
  }
  const rebuild = (node: Expression): Expression | undefined => {
    if (node.kind === 'constant') return node
    if (node.kind === 'load') return f(node)
    const operands = node.operands.map(visit)
    return operands.every(operand => operand !== undefined) ? { ...node, operands } : undefined
  }
  const results = expressions.map(visit)
  return results.every(result => result !== undefined) ? results : undefined
}

/** One expression with other loads. */
export const mapLoads = (expression: Expression, f: (load: Load) => Expression | undefined): Expression | undefined =>
  mapAllLoads([expression], f)?.[0]

/** The same expressions with equal parts as one object, so that each is loaded and computed once. */
export const interned = (expressions: readonly Expression[]): readonly Expression[] => {
  const known = new Map<string, Expression>()
  const names = new Map<Expression, number>()
  const done = new Map<Expression, Expression>()
  const keyOf = (node: Expression): string => {
    if (node.kind === 'constant') return `${node.dtype} ${Object.is(node.value, -0) ? '-0' : node.value}`
    if (node.kind === 'load') return `${node.buffer}@${node.start}:${node.strides.join()}`
    return `${node.name} ${node.dtype} ${node.operands.map(operand => names.get(operand)).join()}`
  }
  const visit = (node: Expression): Expression => {
    const before = done.get(node)
    if (before) return before
    const own = node.kind === 'apply' ? { ...node, operands: node.operands.map(visit) } : node
    const key = keyOf(own)
    const result = known.get(key) ?? own
    known.set(key, result)
    if (!names.has(result)) names.set(result, names.size)
    done.set(node, result)
    return result
  }
  return expressions.map(visit)
}

export const loadsOf = (expressions: readonly Expression[]): readonly Load[] => {
  const seen = new Set<Expression>()
  const loads: Load[] = []
  const visit = (node: Expression): void => {
    if (seen.has(node)) return
    seen.add(node)
    if (node.kind === 'load') loads.push(node)
    else if (node.kind === 'apply') node.operands.forEach(visit)
  }
  expressions.forEach(visit)
  return loads
}

/** The dtypes of all that is loaded, computed or written out. */
export const dtypesIn = (expressions: readonly Expression[]): ReadonlySet<DType> => {
  const found = new Set<DType>()
  const seen = new Set<Expression>()
  const visit = (node: Expression): void => {
    if (seen.has(node)) return
    seen.add(node)
    found.add(node.dtype)
    if (node.kind === 'apply') node.operands.forEach(visit)
  }
  expressions.forEach(visit)
  return found
}

/** How many operations stand one inside another; `known` keeps what was found for the parts of expressions that grow. */
export const depthOf = (expression: Expression, known: Map<Expression, number>): number => {
  if (expression.kind !== 'apply') return 0
  const before = known.get(expression)
  if (before !== undefined) return before
  let deepest = 0
  for (const operand of expression.operands) deepest = Math.max(deepest, depthOf(operand, known))
  known.set(expression, deepest + 1)
  return deepest + 1
}

/** Nothing is computed: a load or a constant. */
export const isPlain = (expression: Expression): boolean => expression.kind !== 'apply'

/** Whether several places read the same entry: the buffer is then smaller than the index space. */
const isRepeated = ({ strides }: Load, sizes: readonly number[]): boolean =>
  strides.some((stride, axis) => stride === 0 && at(sizes, axis) > 1)

/** Whether vectors find their entries next to one another, or at every second place. */
const isClose = ({ strides }: Load, sizes: readonly number[]): boolean => {
  const last = longAxes(sizes).at(-1)
  return last === undefined || Math.abs(at(strides, last)) <= 2
}

/**
 * Whether it costs no more to compute an expression again at each use than to store it: it is a few quick operations on one buffer, and perhaps on
 * smaller ones that are repeated along it.
 */
export const isCheap = (expression: Expression, sizes: readonly number[], { mostRepeated }: FusionCosts): boolean => {
  const seen = new Set<Expression>()
  const buffers = new Set<number>()
  let operations = 0
  const visit = (node: Expression): boolean => {
    if (node.kind === 'constant' || seen.has(node)) return true
    seen.add(node)
    if (node.kind === 'load') {
      if (!isRepeated(node, sizes)) buffers.add(node.buffer)
      return buffers.size <= 1 && isClose(node, sizes)
    }
    operations += 1
    return operations <= mostRepeated && scalars[node.name].cost === 'quick' && node.operands.every(visit)
  }
  return visit(expression)
}

/** The loads of a view: an axis of the result steps along an axis of the operand or along none. */
export const viewed =
  (axes: readonly (ViewAxis | undefined)[], start: readonly number[]) =>
  (load: Load): Load => ({
    ...load,
    start: load.start + load.strides.reduce((sum, stride, axis) => sum + stride * at(start, axis), 0),
    strides: axes.map(axis => (axis ? at(load.strides, axis.axis) * axis.step : 0)),
  })

/** Maximal runs of axes, from the last to the first, whose entries are evenly spaced. */
const runs = (sizes: readonly number[], strides: readonly number[]): readonly { size: number; readonly stride: number }[] => {
  const found: { size: number; readonly stride: number }[] = []
  for (let axis = sizes.length - 1; axis >= 0; axis -= 1) {
    const [size, stride] = [at(sizes, axis), at(strides, axis)]
    if (size === 1) continue
    const last = found.at(-1)
    if (last && last.stride * last.size === stride) last.size *= size
    else found.push({ size, stride })
  }
  return found
}

/** The load under other sizes with as many entries, if strides can say it: every new axis must lie within one evenly spaced run. */
export const reshaped =
  (from: readonly number[], to: readonly number[]) =>
  (load: Load): Load | undefined => {
    const pending = runs(from, load.strides)[Symbol.iterator]()
    let left = 1
    let stride = 0
    const strides: number[] = []
    for (const size of to.toReversed()) {
      if (size > 1 && left === 1) {
        const run = pending.next().value
        left = run?.size ?? 1
        stride = run?.stride ?? 0
      }
      if (left % size !== 0) return undefined
      strides.push(size === 1 ? 0 : stride)
      stride *= size
      left /= size
    }
    return { ...load, strides: strides.reverse() }
  }
