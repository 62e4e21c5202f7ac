/**
 * Stages that are done together, some rows at a time. Of a softmax these are the greatest entry of each row, the exponentials and their sum, and the
 * quotients. What one stage leaves for the next is then still in the first cache, memory is gone through once, and threads meet once.
 *
 * Stages may be done so if no row of one needs another row of the other: wherever one writes bytes that the other reads or writes, these belong to the
 * same row of both. The bytes are compared after the memory plan, so that a place which is used again for something else is seen too.
 */
import { at, bytesOf, sizeOf } from '../../tensor/index.js'
import { evenGroups, longAxes } from '../fusion/axes.js'
import { loadsOf } from '../fusion/expression.js'
import type { Leaf, MapStage, ReduceStage } from '../fusion/stage.js'
import type { ModuleBuilder } from './module-builder.js'
import type { Walk } from './nest.js'
import type { Phase, StagePhase } from './phase.js'
import { writtenBy } from './reduce.js'
import { type Offsets, storeWalk, walkOf } from './walks.js'

/** The rows of a strip are a multiple of this, so that a strip begins where a vector may begin. */
const rowsTogether = 4

/** Bytes from and to, of all rows together or of the first one, with the bytes from one row to the next. */
interface Extent {
  readonly from: number
  readonly to: number
}
interface Touch {
  readonly writes: boolean
  readonly all: Extent
  readonly row: (Extent & { readonly step: number }) | undefined
}

const extentOf = (sizes: readonly number[], { dtype, offset, strides }: Walk): Extent => {
  const steps = sizes.map((size, axis) => (size - 1) * at(strides, axis) * bytesOf(dtype))
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  return {
    from: offset + sum(steps.map(step => Math.min(0, step))),
    to: offset + sum(steps.map(step => Math.max(0, step))) + bytesOf(dtype),
  }
}

/** How many of the first axes together have `rows` places; undefined if none have. */
const rowAxes = (sizes: readonly number[], rows: number): number | undefined => {
  const axes = sizes.findIndex((_, axis) => sizeOf(sizes.slice(0, axis + 1)) === rows) + 1
  return axes > 0 ? axes : undefined
}

const touchOf = (writes: boolean, sizes: readonly number[], axes: number, walk: Walk): Touch => {
  const long = longAxes(sizes.slice(0, axes))
  const steps = long.map(axis => at(walk.strides, axis))
  const even =
    evenGroups(
      long.map(axis => at(sizes, axis)),
      [steps],
    ).length === 1
  const inner = { ...walk, strides: walk.strides.slice(axes) }
  return {
    writes,
    all: extentOf(sizes, walk),
    row: even ? { ...extentOf(sizes.slice(axes), inner), step: (steps.at(-1) ?? 0) * bytesOf(walk.dtype) } : undefined,
  }
}

/** A stage that can be done by rows. */
interface ByRows extends Phase {
  readonly sizes: readonly number[]
  readonly axes: number
  readonly touches: readonly Touch[]
}

/** The walks of a stage over its index space. */
const walksOf = (
  stage: MapStage | ReduceStage,
  offsets: Offsets,
): { readonly reads: readonly Walk[]; readonly writes: readonly Walk[] } => {
  const stores = stage.stores ?? []
  const results = stage.kind === 'reduce' ? [stage.expression] : []
  return {
    reads: loadsOf([...results, ...stores.map(store => store.expression)]).map(load => walkOf(load, offsets)),
    writes: stage.kind === 'reduce' ? writtenBy(stage, offsets) : stores.map(store => storeWalk(store, offsets)),
  }
}

const byRows = ({ stage, phases: [phase] }: WrittenStage, rows: number, offsets: Offsets): ByRows | undefined => {
  if ((stage.kind !== 'map' && stage.kind !== 'reduce') || phase === undefined || phase.division.units % rows !== 0) return undefined
  // Such a stage also writes zeros, between the places that its walks tell of.
  if (stage.kind === 'map' && stage.amongZeros) return undefined
  if (stage.kind === 'reduce' && (stage.byColumns || sizeOf(stage.kept) !== rows || phase.division.units !== rows)) return undefined
  const sizes = stage.kind === 'map' ? stage.sizes : [...stage.kept, ...stage.reduced]
  const axes = rowAxes(sizes, rows)
  if (axes === undefined) return undefined
  const { reads, writes } = walksOf(stage, offsets)
  const touches = [...reads.map(walk => touchOf(false, sizes, axes, walk)), ...writes.map(walk => touchOf(true, sizes, axes, walk))]
  return { ...phase, sizes, axes, touches }
}

/**
 * Whether two walks may be done row by row: neither of them writes, or they touch no bytes in common, or any such bytes belong to the same
 * row of both.
 */
const apart = (a: Touch, b: Touch): boolean => {
  if (!(a.writes || b.writes) || a.all.to <= b.all.from || b.all.to <= a.all.from) return true
  if (a.row === undefined || b.row === undefined || a.row.step !== b.row.step) return false
  return Math.max(a.row.to, b.row.to) - Math.min(a.row.from, b.row.from) <= a.row.step
}

/** At most so many stages are done together, since each is compared with all before it. One pass more over memory for so many is little. */
const mostTogether = 64

const compatible = (group: readonly ByRows[], next: ByRows): boolean =>
  group.every(({ touches }) => touches.every(a => next.touches.every(b => apart(a, b))))

/** A stage and its functions. */
export interface WrittenStage {
  readonly stage: Leaf
  readonly phases: readonly Phase[]
}

/** A function that calls those of a group for some rows at a time. */
const together = (builder: ModuleBuilder, group: readonly ByRows[], rows: number): Phase => {
  const widest = Math.max(...group.map(({ sizes, axes }) => sizeOf(sizes.slice(axes))))
  const count = Math.ceil(Math.max(1, builder.target.costs.strips.entries / widest) / rowsTogether) * rowsTogether
  const index = builder.add(
    { parameters: ['i32', 'i32', 'i32'], results: [] },
    code => {
      const [base, low, high] = [code.parameter(0), code.parameter(1), code.parameter(2)]
      const [row, end] = [code.local('i32'), code.local('i32')]
      code.for(
        row,
        () => code.get(low),
        () => code.get(high),
        count,
        () => {
          code.get(row).i32(count).do('i32.add').set(end)
          code.get(end).get(high).get(end).get(high).do('i32.lt_u', 'select').set(end)
          for (const { index, division } of group) {
            const perRow = division.units / rows
            code.get(base).get(row).i32(perRow).do('i32.mul').get(end).i32(perRow).do('i32.mul').call(index)
          }
        },
      )
    },
    { name: `${rows} rows` },
  )
  const weight = group.reduce((sum, { division }) => sum + division.units * division.weight, 0) / rows
  return { index, division: { units: rows, multiple: count, weight } }
}

/** The phases of all stages in order, neighbours done in strips where they may be and do not fit the first cache anyway. */
export const inStrips = (builder: ModuleBuilder, written: readonly WrittenStage[], offsets: Offsets): readonly StagePhase[] => {
  const phases: StagePhase[] = []
  for (let i = 0; i < written.length; ) {
    const rows = rowsFrom(written, i)
    const group: ByRows[] = []
    for (let next = written[i]; rows !== undefined && next !== undefined; next = written[i + group.length]) {
      const member = byRows(next, rows, offsets)
      if (member === undefined || group.length >= mostTogether || !compatible(group, member)) break
      group.push(member)
    }
    const entries = Math.max(0, ...group.map(({ sizes }) => sizeOf(sizes)))
    if (rows !== undefined && group.length > 1 && entries > 2 * builder.target.costs.strips.entries)
      phases.push({ ...together(builder, group, rows), stages: written.slice(i, i + group.length).map(({ stage }) => stage) })
    else
      phases.push(
        ...written
          .slice(i, i + Math.max(1, group.length))
          .flatMap(({ stage, phases }) => phases.map(phase => ({ ...phase, stages: [stage] }))),
      )
    i += Math.max(1, group.length)
  }
  return phases
}

/** The rows of the reduction that a group from this stage on would be about: its own, or those of the next stage after a map. */
const rowsFrom = (written: readonly WrittenStage[], i: number): number | undefined => {
  const [first, second] = [written[i]?.stage, written[i + 1]?.stage]
  const reduction = first?.kind === 'map' ? second : first
  const rows = reduction?.kind === 'reduce' && !reduction.byColumns ? sizeOf(reduction.kept) : 1
  return rows > 1 ? rows : undefined
}
