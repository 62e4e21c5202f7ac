/**
 * Writes products: a matrix multiplication over any number of axes, whose code is specialised to the sizes and strides of its stage.
 *
 * The innermost function multiplies a few rows by a few columns and keeps their sums in registers (`contract-micro.ts`); the loops here go
 * over such blocks. The steps between entries are constants of the code, so a transposed operand, or one that is windows of another, needs
 * no code of its own. A side that vectors cannot read where it lies is first copied into panels (`contract-pack.ts`).
 *
 * Products are added in the order of the contracted axes, in blocks that follow from the sizes alone, so neither layout nor threads change
 * a bit. Sums over many contracted entries are carried in float64 (`contract-totals.ts`).
 *
 * Source: the loop structure of Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", 2008.
 */
import { at, bytesOf, rowMajor, sizeOf } from '../../tensor/index.js'
import type { Contract } from '../fusion/stage.js'
import { type Epilogue, epilogueOf } from './contract-epilogue.js'
import { rowPatterns } from './contract-free.js'
import { byLength, byPattern, least } from './contract-loops.js'
import { blockLengths, type Micros } from './contract-micro.js'
import { writePack } from './contract-pack.js'
import {
  leftStrides,
  type PanelSide,
  panelsAlong,
  planContract,
  rightStrides,
  sideInPlace,
  sidePacked,
  withoutCopies,
} from './contract-panels.js'
import { isByColumns, totalsOfBlock, totalsPerRow } from './contract-totals.js'
import { addPlace, type Counted } from './counted.js'
import type { Code, Local } from './encoder.js'
import { checkRounds } from './limits.js'
import type { ModuleBuilder } from './module-builder.js'
import type { Division, Phase } from './phase.js'
import type { Offsets } from './walks.js'

export interface Scratch {
  readonly left: number
  readonly right: number
  readonly totals: number
}

const none: Division = { units: 0, multiple: 1, weight: 0 }

/**
 * Writes the functions that compute a product, and the map that goes with it, in the order in which they run. Threads share the work of
 * each.
 */
export const writeContract = (
  builder: ModuleBuilder,
  stage: Contract,
  offsets: Offsets,
  scratch: Scratch,
  micros: Micros,
  map?: Phase,
): readonly Phase[] => {
  const { costs } = builder.target
  const plan = planContract(stage, costs)
  const { kind, swapped, rows, columns, packRows, packColumns } = plan
  const { sizes, block } = stage
  const phases: Phase[] = []
  const text = `${[...sizes.rows, ...sizes.inner].join('x')} by ${[...sizes.inner, ...sizes.columns].join('x')}`
  const add = (what: string, write: (code: Code) => Division): void => {
    let division = none
    const index = builder.add(
      { parameters: ['i32', 'i32', 'i32'], results: [] },
      code => {
        division = write(code)
      },
      { name: `${what} ${text}` },
    )
    phases.push({ index, division })
  }

  const [rowSizes, columnSizes] = swapped ? [sizes.columns, sizes.rows] : [sizes.rows, sizes.columns]
  const startOf = (load: Contract['left']): number => offsets(load.buffer) + load.start * bytesOf(load.dtype)
  const [rowLoad, columnLoad] = swapped ? [stage.right, stage.left] : [stage.left, stage.right]
  const [rowStrides, columnStrides] = swapped ? [rightStrides(stage), leftStrides(stage)] : [leftStrides(stage), rightStrides(stage)]
  const sideOf = (source: PanelSide, packed: number, target: number, free: typeof rows): PanelSide => {
    if (packed === 0) return source
    add('pack', code => writePack(code, { kind, source: withoutCopies(source), target, size: free.size, width: free.width }))
    return sidePacked(target, source, free, kind)
  }
  const left = sideOf(sideInPlace(startOf(rowLoad), stage, rowSizes, rowStrides, rows, kind), packRows, scratch.left, rows)
  const right = sideOf(
    sideInPlace(startOf(columnLoad), stage, columnSizes, columnStrides, columns, kind),
    packColumns,
    scratch.right,
    columns,
  )

  // The result's axes are those of the batch, then those of the stage's left side, then those of its right side.
  const resultSteps = rowMajor([...sizes.batch, ...sizes.rows, ...sizes.columns]).map(step => step * kind.bytes)
  const [leftEnd, rightEnd] = [sizes.batch.length + sizes.rows.length, resultSteps.length]
  const ofLeft = resultSteps.slice(sizes.batch.length, leftEnd)
  const ofRight = resultSteps.slice(leftEnd, rightEnd)
  const [rowSteps, columnSteps] = swapped ? [ofRight, ofLeft] : [ofLeft, ofRight]
  const result = {
    start: offsets(stage.buffer),
    batch: { sizes: sizes.batch, steps: resultSteps.slice(0, sizes.batch.length) },
    // Where rows are cut as one, all of their axes lie evenly in the result, so that one step goes through them.
    rows: rows.asOne ? { sizes: [rows.size], steps: [at(rowSteps, rows.axis)], every: rows.width } : panelsAlong(rowSizes, rowSteps, rows),
    columns: panelsAlong(columnSizes, columnSteps, columns),
  }

  // The entries of packed rows lie side by side, so there is one pattern.
  const patterns =
    packRows > 0
      ? [{ rows: Array.from({ length: rows.width }, (_, row) => row * left.within), remainders: [], modulus: 1 }]
      : rowPatterns(
          rowSizes,
          rowStrides.free.map(stride => stride * kind.bytes),
          rows,
          costs.products,
        )
  const microOf = (height: number, wide: number, leftRows: readonly number[]): number =>
    micros.of(builder, {
      kind,
      rows: height,
      columns: wide,
      leftSteps: left.inner.steps.slice(block.axis),
      rightSteps: right.inner.steps.slice(block.axis),
      lengths: sizes.inner.slice(block.axis + 1),
      leftRows: leftRows.slice(0, height),
      resultColumn: columns.size === 1 ? kind.bytes : at(columnSteps, columns.axis),
      adjacentRows: at(rowSteps, rows.axis) === kind.bytes,
      ...(block.share === undefined ? {} : { share: block.share }),
    })
  // A module's functions are written one after another, so the register blocks come before the function that calls them.
  for (const height of blockLengths(rows.size, rows.width))
    for (const wide of blockLengths(columns.size, kind.columns)) for (const pattern of patterns) microOf(height, wide, pattern.rows)

  const batch = sizeOf(sizes.batch)
  const byColumns = isByColumns(stage, plan, costs)
  const epilogue = byColumns ? undefined : epilogueOf(stage, plan, map, costs)
  const cutSize = at(sizes.inner, block.axis)
  const shares = Math.ceil(cutSize / block.entries)
  const blocks = sizeOf(sizes.inner.slice(0, block.axis)) * shares
  checkRounds(blocks, `a product goes through ${sizeOf(sizes.inner)} entries`)
  /** Where a block of contracted entries begins on a side. */
  const blockPlaces = (side: PanelSide): Counted => ({
    sizes: [...sizes.inner.slice(0, block.axis), shares],
    steps: [...side.inner.steps.slice(0, block.axis), at(side.inner.steps, block.axis) * block.entries],
  })

  add('contract', code => {
    const [base, low, high] = [code.parameter(0), code.parameter(1), code.parameter(2)]
    const local = (): Local => code.local('i32')
    const [matrix, k, count, ic, iEnd, jc, jEnd, i, j] = [local(), local(), local(), local(), local(), local(), local(), local(), local()]
    const bases = { left: local(), right: local(), result: local() }
    const atBlock = { left: local(), right: local() }
    const atColumn = { right: local(), result: local() }
    /** Sets a local to where the totals of a register block lie. Each panel, or matrix, has totals of its own, so threads share none. */
    const totalsPlace = (target: Local): void => {
      const perRow = totalsPerRow(stage, plan, costs)
      code.get(i)
      if (batch > 1) code.get(matrix).i32(rows.count).do('i32.mul', 'i32.add')
      code.i32(perRow).do('i32.mul').get(j).do('i32.add')
      if (!byColumns) code.get(jc).do('i32.sub')
      code.i32(totalsOfBlock(plan)).do('i32.mul').get(base).do('i32.add').i32(scratch.totals).do('i32.add').set(target)
    }
    const row = (wide: number): void => {
      code.get(atBlock.left)
      addPlace(code, i, left.panels)
      code.get(atColumn.right).get(atColumn.result)
      addPlace(code, i, result.rows)
      code.get(count).get(k).do('i32.eqz')
      const [a, b, c, n, first] = [local(), local(), local(), local(), local()]
      code.set(first).set(n).set(c).set(b).set(a)
      const totals = block.share === undefined ? undefined : local()
      if (totals) totalsPlace(totals)
      byLength(code, rows.size, rows.width, i, height => {
        byPattern(code, { patterns, width: rows.width }, i, height, pattern => {
          code.get(a).get(b).get(c).get(n).get(first).i32(at(rowSteps, rows.axis))
          if (totals)
            code
              .get(totals)
              .get(k)
              .i32(blocks - 1)
              .do('i32.eq')
          code.call(microOf(height, wide, pattern.rows))
        })
      })
      code.release(a, b, c, n, first)
      if (totals) code.release(totals)
    }
    const from = (index: Local) => () => void code.get(index)
    const zero = (): void => void code.i32(0)
    const iLow = byColumns || batch > 1 ? zero : from(low)
    const iHigh = byColumns || batch > 1 ? (): void => void code.i32(rows.count) : from(high)
    const jLow = byColumns ? from(low) : zero
    const jHigh = byColumns ? from(high) : (): void => void code.i32(columns.count)
    const withEpilogue = (write: (epilogue: Epilogue) => void): void => {
      if (epilogue) write(epilogue)
    }
    /** Does the map to the rows from panel ic to panel iEnd, after their last block of contracted entries. */
    const finishRows = ({ index, perPart }: Epilogue): void =>
      void code
        .get(k)
        .i32(blocks - 1)
        .do('i32.eq')
        .if(() => {
          const end = local()
          least(
            code,
            end,
            () => code.get(iEnd).i32(rows.width).do('i32.mul'),
            () => code.i32(rows.size),
          )
          code
            .get(base)
            .get(ic)
            .i32(rows.width * perPart)
            .do('i32.mul')
            .get(end)
            .i32(perPart)
            .do('i32.mul')
            .call(index)
          code.release(end)
        })
    const finishMatrix = ({ index, perPart }: Epilogue): void =>
      void code.get(base).get(matrix).i32(perPart).do('i32.mul').get(matrix).i32(1).do('i32.add').i32(perPart).do('i32.mul').call(index)
    const inBlock = (): void =>
      void code.for(ic, iLow, iHigh, costs.products.rowPanels, () => {
        least(code, iEnd, () => code.get(ic).i32(costs.products.rowPanels).do('i32.add'), iHigh)
        code.for(j, from(jc), from(jEnd), 1, () => {
          code.get(atBlock.right)
          addPlace(code, j, right.panels)
          code.set(atColumn.right).get(bases.result)
          addPlace(code, j, result.columns)
          code.set(atColumn.result)
          byLength(code, columns.size, kind.columns, j, wide => code.for(i, from(ic), from(iEnd), 1, () => row(wide)))
        })
        if (batch === 1) withEpilogue(finishRows)
      })
    const oneMatrix = (): void => {
      const start = (target: Local, offset: number, places: Counted): void => {
        code.get(base).i32(offset).do('i32.add')
        if (batch > 1) addPlace(code, matrix, places)
        code.set(target)
      }
      start(bases.left, left.start, left.batch)
      start(bases.right, right.start, right.batch)
      start(bases.result, result.start, result.batch)
      code.for(jc, jLow, jHigh, costs.products.columnPanels, () => {
        least(code, jEnd, () => code.get(jc).i32(costs.products.columnPanels).do('i32.add'), jHigh)
        code.for(
          k,
          zero,
          () => code.i32(blocks),
          1,
          () => {
            code.get(bases.left)
            addPlace(code, k, blockPlaces(left))
            code.set(atBlock.left).get(bases.right)
            addPlace(code, k, blockPlaces(right))
            code.set(atBlock.right)
            byLength(code, cutSize, block.entries, k, length => code.i32(length).set(count))
            inBlock()
          },
        )
      })
      if (batch > 1) withEpilogue(finishMatrix)
    }
    if (batch > 1) code.for(matrix, from(low), from(high), 1, oneMatrix)
    else oneMatrix()
    const units = batch > 1 ? batch : byColumns ? columns.count : rows.count
    const products = batch * rows.count * rows.width * columns.count * kind.columns * sizeOf(sizes.inner)
    const mapped = epilogue ? epilogue.division.units * epilogue.division.weight : 0
    return { units, multiple: 1, weight: (products * costs.times.product + mapped) / Math.max(1, units) }
  })
  // A map that cannot be done to finished rows follows as a phase of its own.
  return epilogue || map === undefined ? phases : [...phases, map]
}
