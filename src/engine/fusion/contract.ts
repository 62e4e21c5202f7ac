/**
 * Products as stages: sorts the axes of both sides into those of the batch, the rows, the columns and what is contracted, and joins neighbouring axes
 * of one kind where both sides go through them in even steps. A product of matrices then has one axis of each kind. The windows of a convolution are
 * read where they lie.
 */
import type { Kernel } from '../../kernel/index.js'
import { at, type DType, sizeOf } from '../../tensor/index.js'
import { evenGroups, longAxes } from './axes.js'
import type { Load } from './expression.js'
import type { Block, Contract } from './stage.js'
import type { Order } from './target.js'

type ContractKernel = Extract<Kernel, { kind: 'contract' }>

/**
 * How the contracted entries are cut into blocks, from their sizes alone, so that the order of a sum does not depend on how its sides lie in
 * memory: whole axes from the last on while they fit, and of the next axis even shares. Of a long product, whole axes while they fit a share.
 */
export const blockOf = (sizes: readonly number[], dtype: DType, order: Order): Block => {
  const { entriesPerBlock, blockMultiple, longProduct, mostTerms } = order
  const isLong = dtype === 'float32' && sizeOf(sizes) > longProduct
  const most = isLong ? mostTerms : entriesPerBlock
  let axis = sizes.length - 1
  let within = 1
  while (axis > 0 && within * at(sizes, axis) <= most) {
    within *= at(sizes, axis)
    axis -= 1
  }
  const size = at(sizes, axis)
  const count = Math.ceil(size / Math.max(1, Math.floor(entriesPerBlock / within)))
  const share = Math.ceil(size / Math.max(1, count))
  const entries = within === 1 && count > 1 ? Math.ceil(share / blockMultiple) * blockMultiple : share
  return isLong ? { axis, entries, share: Math.floor(mostTerms / within) } : { axis, entries }
}

/** Axes of one kind: their sizes, and their strides on each side that has them. */
interface Axes {
  readonly sizes: readonly number[]
  readonly strides: readonly (readonly number[])[]
}

/** Without axes of size 1; one is left where there is no other. */
const long = ({ sizes, strides }: Axes): Axes => {
  const axes = longAxes(sizes)
  if (axes.length === 0) return { sizes: [1], strides: strides.map(() => [0]) }
  return { sizes: axes.map(axis => at(sizes, axis)), strides: strides.map(side => axes.map(axis => at(side, axis))) }
}

/** Neighbours joined where every side goes through them evenly, but for the axis at `cut`. */
const joined = ({ sizes, strides }: Axes, cut?: number): Axes => {
  const groups = evenGroups(sizes, strides, cut)
  return {
    sizes: groups.map(group => sizeOf(group.map(axis => at(sizes, axis)))),
    strides: strides.map(side => groups.map(group => at(side, group.at(-1) ?? 0))),
  }
}

/** A side as it is read: strides along each of its axes. */
export interface Side {
  readonly sizes: readonly number[]
  readonly load: Load
}

/** Axes that are not among those taken. */
export const others = (rank: number, ...taken: readonly (readonly number[])[]): readonly number[] =>
  [...Array(rank).keys()].filter(axis => !taken.some(axes => axes.includes(axis)))

/** The stage of a product, but for the buffer that it fills. */
export const contractStage = (kernel: ContractKernel, x: Side, y: Side, order: Order): Omit<Contract, 'buffer'> => {
  const axesOf = (...sides: readonly (readonly [Side, readonly number[]])[]): Axes => {
    const [first] = sides
    return long({
      sizes: first ? first[1].map(axis => at(first[0].sizes, axis)) : [],
      strides: sides.map(([side, axes]) => axes.map(axis => at(side.load.strides, axis))),
    })
  }
  const batch = joined(axesOf([x, kernel.leftBatch], [y, kernel.rightBatch]))
  const rows = joined(axesOf([x, others(x.sizes.length, kernel.left, kernel.leftBatch)]))
  const columns = joined(axesOf([y, others(y.sizes.length, kernel.right, kernel.rightBatch)]))
  const whole = axesOf([x, kernel.left], [y, kernel.right])
  const block = blockOf(whole.sizes, x.load.dtype, order)
  const inner = joined(whole, block.axis)
  // The axes before the cut may have been joined, and those after it to the one that is cut: its shares are then as much longer.
  const axis = joined({ sizes: whole.sizes.slice(0, block.axis), strides: whole.strides.map(side => side.slice(0, block.axis)) }).sizes
    .length
  const grown = at(inner.sizes, axis) / Math.max(1, at(whole.sizes, block.axis))
  const strides = (side: number): { readonly [K in 'batch' | 'inner']: readonly number[] } => ({
    batch: batch.strides[side] ?? [],
    inner: inner.strides[side] ?? [],
  })
  const [left, right] = [strides(0), strides(1)]
  return {
    kind: 'contract',
    sizes: { batch: batch.sizes, rows: rows.sizes, columns: columns.sizes, inner: inner.sizes },
    block: {
      axis,
      entries: Math.max(1, block.entries * grown),
      ...(block.share === undefined ? {} : { share: block.share * grown }),
    },
    left: { ...x.load, strides: [...left.batch, ...(rows.strides[0] ?? []), ...left.inner] },
    right: { ...y.load, strides: [...right.batch, ...right.inner, ...(columns.strides[0] ?? [])] },
  }
}
