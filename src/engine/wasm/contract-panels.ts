/** How a product is computed: which side is read by vectors, what is packed, and the panels that feed the register block. */
import { at, type DType, rowMajor, sizeOf } from '../../tensor/index.js'
import type { Contract } from '../fusion/stage.js'
import { areFew, axesOf, bestAxis, computed, type Free, panelsOf, panelsOfAll, rowPatterns } from './contract-free.js'
import type { Counted } from './counted.js'
import { vectorKind } from './instructions.js'
import type { WasmCosts } from './target.js'

export interface Kind {
  readonly bytes: number
  readonly lanes: ReturnType<typeof vectorKind>
  /** Vectors of columns in a register block, and columns. */
  readonly vectors: number
  readonly columns: number
  readonly splat: 'v128.load32_splat' | 'v128.load64_splat'
  readonly load: 'v128.load32_lane' | 'v128.load64_lane'
  readonly store: 'v128.store32_lane' | 'v128.store64_lane'
}

const kindOf = (dtype: DType, { vectors }: WasmCosts['products']): Kind => {
  if (dtype === 'float64')
    return {
      bytes: 8,
      lanes: vectorKind(dtype),
      vectors,
      columns: vectors * 2,
      splat: 'v128.load64_splat',
      load: 'v128.load64_lane',
      store: 'v128.store64_lane',
    }
  return {
    bytes: 4,
    lanes: vectorKind(dtype),
    vectors,
    columns: vectors * 4,
    splat: 'v128.load32_splat',
    load: 'v128.load32_lane',
    store: 'v128.store32_lane',
  }
}

/** One side of a product, in bytes from the base of the arena. */
export interface PanelSide {
  readonly start: number
  readonly batch: Counted
  readonly inner: Counted
  /** Panels: the axes that are not cut into panels, then the panels of the one that is. */
  readonly panels: Counted
  /** Bytes between neighbours within a panel, where panels are along one axis. */
  readonly within: number
}

export interface ContractPlan {
  readonly kind: Kind
  /**
   * Whether the sides are exchanged: the right side gives the rows and the left side the columns. The sums in one vector are then not
   * neighbours in the result.
   */
  readonly swapped: boolean
  readonly rows: Free
  readonly columns: Free
  /** Bytes of working space for packed copies of the two sides; 0 where a side is read in place. */
  readonly packRows: number
  readonly packColumns: number
}

/** The strides of one side along its axes of each kind, in entries. */
export interface Strides {
  readonly batch: readonly number[]
  readonly inner: readonly number[]
  readonly free: readonly number[]
}

export const leftStrides = ({ sizes, left }: Contract): Strides => {
  const [batch, rows] = [sizes.batch.length, sizes.rows.length]
  return {
    batch: left.strides.slice(0, batch),
    free: left.strides.slice(batch, batch + rows),
    inner: left.strides.slice(batch + rows),
  }
}

export const rightStrides = ({ sizes, right }: Contract): Strides => {
  const [batch, inner] = [sizes.batch.length, sizes.inner.length]
  return {
    batch: right.strides.slice(0, batch),
    inner: right.strides.slice(batch, batch + inner),
    free: right.strides.slice(batch + inner),
  }
}

/** Whether more places are read than there are entries, as by windows that overlap: a packed copy would then be larger than what it copies. */
const repeats = (sizes: readonly number[], strides: readonly number[]): boolean => {
  const moving = axesOf(sizes).filter(axis => at(strides, axis) !== 0)
  const span = moving.reduce((sum, axis) => sum + (at(sizes, axis) - 1) * at(strides, axis), 1)
  return sizeOf(moving.map(axis => at(sizes, axis))) > span
}

/** How many matrices of a batch are packed: one, where the side has the same matrix throughout the batch. */
const copies = (sizes: readonly number[], strides: readonly number[]): number =>
  sizes.every((size, axis) => size === 1 || at(strides, axis) === 0) ? 1 : sizeOf(sizes)

interface Costed extends ContractPlan {
  readonly cost: number
}

/** The plan with the sides as they are or exchanged, and what it costs in nanoseconds. */
const planned = (stage: Contract, swapped: boolean, { products: costs, times }: WasmCosts): Costed => {
  const { sizes } = stage
  const kind = kindOf(stage.left.dtype, costs)
  const [rowSizes, columnSizes] = swapped ? [sizes.columns, sizes.rows] : [sizes.rows, sizes.columns]
  const [rowSide, columnSide] = swapped ? [rightStrides(stage), leftStrides(stage)] : [leftStrides(stage), rightStrides(stage)]
  const inner = sizeOf(sizes.inner)
  const batch = sizeOf(sizes.batch)
  const along = panelsOf(rowSizes, bestAxis(rowSizes, axesOf(rowSizes), costs.rows), costs.rows)
  const ofAll = panelsOfAll(rowSizes, costs.rows)
  const rows = ofAll.count < along.count && areFew(rowPatterns(rowSizes, rowSide.free, ofAll, costs), costs) ? ofAll : along
  const large = sizeOf(rowSizes) * sizeOf(columnSizes) * inner > costs.leastPacked

  const direct = axesOf(columnSizes).filter(axis => at(columnSide.free, axis) === 1 || at(columnSizes, axis) === 1)
  const all = [...columnSizes, ...sizes.inner]
  const overlapping = repeats(all, [...columnSide.free, ...columnSide.inner])
  const isDirect = direct.length > 0 && (overlapping || !large || rows.count < costs.leastReuse)
  const columnAxis = bestAxis(columnSizes, isDirect ? direct : axesOf(columnSizes), kind.columns)
  const columns = panelsOf(columnSizes, columnAxis, kind.columns)
  const packColumns = isDirect ? 0 : copies(sizes.batch, columnSide.batch) * columns.count * inner * kind.columns * kind.bytes

  const lastInner = columnSide.inner.length - 1
  // Here rows lie side by side and contracted neighbours far apart, so that every read of a panel would touch another cache line.
  const isAcross = at(rowSide.free, rows.axis) === 1 && at(rowSide.inner, lastInner) !== 1
  // Wide products are packed in any case: then they all read alike, and share the functions of their register blocks.
  const isWorth = isAcross ? columns.count >= costs.leastReuse : batch === 1 && columns.count >= costs.wideReuse
  const packRows = large && isWorth && !rows.asOne ? copies(sizes.batch, rowSide.batch) * rows.count * inner * rows.width * kind.bytes : 0

  const products = batch * rows.count * rows.width * computed(columnSizes, columns, costs) * inner
  const copied = (packRows + packColumns) / kind.bytes
  // Where the sides are exchanged the result is written entry by entry: once for each block of contracted entries, or once in all where
  // there are totals.
  const perAxis = Math.ceil(at(sizes.inner, stage.block.axis) / stage.block.entries)
  const blocks = stage.block.share === undefined ? sizeOf(sizes.inner.slice(0, stage.block.axis)) * perAxis : 1
  const across = swapped && sizeOf(rowSizes) > 1 && sizeOf(columnSizes) > 1 ? batch * sizeOf(rowSizes) * sizeOf(columnSizes) * blocks : 0
  // Rows that are neighbours in the result are written by vectors.
  const perAcross = rows.axis === rowSizes.length - 1 ? times.copy / 4 : times.copy
  return { kind, swapped, rows, columns, packRows, packColumns, cost: products * times.product + copied * times.copy + across * perAcross }
}

const plans = new WeakMap<Contract, { readonly costs: WasmCosts; readonly plan: ContractPlan }>()

/** The cheaper of the two ways to compute a product; the one without exchanged sides among equals. */
export const planContract = (stage: Contract, costs: WasmCosts): ContractPlan => {
  const known = plans.get(stage)
  if (known?.costs === costs) return known.plan
  const [plain, exchanged] = [planned(stage, false, costs), planned(stage, true, costs)]
  const plan = exchanged.cost < plain.cost ? exchanged : plain
  plans.set(stage, { costs, plan })
  return plan
}

/** Places of panels: steps along the axes that are not cut, then from panel to panel. */
export const panelsAlong = (sizes: readonly number[], steps: readonly number[], free: Free): Counted => {
  if (free.asOne) return { sizes, steps, every: free.width }
  const rest = axesOf(sizes).filter(axis => axis !== free.axis)
  return {
    sizes: [...rest.map(axis => at(sizes, axis)), Math.ceil(free.size / free.width)],
    steps: [...rest.map(axis => at(steps, axis)), at(steps, free.axis) * free.width],
  }
}

/** A side where it lies. */
export const sideInPlace = (
  start: number,
  stage: Contract,
  freeSizes: readonly number[],
  strides: Strides,
  free: Free,
  kind: Kind,
): PanelSide => {
  const bytes = (entries: readonly number[]): readonly number[] => entries.map(stride => stride * kind.bytes)
  return {
    start,
    batch: { sizes: stage.sizes.batch, steps: bytes(strides.batch) },
    inner: { sizes: stage.sizes.inner, steps: bytes(strides.inner) },
    panels: panelsAlong(freeSizes, bytes(strides.free), free),
    within: at(strides.free, free.axis) * kind.bytes,
  }
}

/** Counted axes along which nothing changes. */
const none = (sizes: readonly number[]): Counted => ({ sizes, steps: sizes.map(() => 0) })

/** A side with one matrix in place of a batch of equal ones, so that it is packed once. */
export const withoutCopies = (side: PanelSide): PanelSide =>
  copies(side.batch.sizes, side.batch.steps) === 1 ? { ...side, batch: none([1]) } : side

/**
 * The packed copy of a side. Panels lie one after another; a panel has, for each contracted entry in turn, the entries of its rows or
 * columns.
 */
export const sidePacked = (start: number, side: PanelSide, free: Free, kind: Kind): PanelSide => {
  const row = free.width * kind.bytes
  const panel = row * sizeOf(side.inner.sizes)
  const scaled = (sizes: readonly number[], step: number): Counted => ({ sizes, steps: rowMajor(sizes).map(stride => stride * step) })
  return {
    start,
    batch: copies(side.batch.sizes, side.batch.steps) === 1 ? none(side.batch.sizes) : scaled(side.batch.sizes, panel * free.count),
    inner: scaled(side.inner.sizes, row),
    panels: scaled(side.panels.sizes, panel),
    within: kind.bytes,
  }
}
