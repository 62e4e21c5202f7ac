/**
 * Products: a register-blocked matrix multiplication, 6 rows by two vectors of columns, specialised to sizes and strides.
 *
 * Transposes cost nothing: strides are constants of the code, and a side that would be read across its rows is packed into panels first, as
 * wide as the register block. Products are added in the order of the contracted index, in blocks of 384: the order follows from the sizes.
 *
 * Source: the loop structure of Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", 2008.
 */
import { bytesOf } from './bytes.js'
import { writeMicro } from './contract-micro.js'
import { writePackLeft, writePackRight } from './contract-pack.js'
import { type Contract, kindOf, panels, planContract, rowsPerPanel, type Side } from './contract-panels.js'
import { perProduct } from './cost.js'
import type { Code, Local, ModuleBuilder } from './encoder.js'
import type { Division, Offsets } from './map.js'

/** Panels of rows whose part of the left side stays in the second cache. */
const panelsPerBlock = 8
/** Contracted entries taken at a time, so that a panel of columns stays in the first cache. */
const innerPerBlock = 384
/** Columns taken at a time, so that they stay in the second cache. */
const columnsPerBlock = 1024

/** One function `(base, low, high)` and how its work is divided. */
export interface Phase {
  readonly index: number
  readonly division: Division
}

interface Scratch {
  readonly left: number
  readonly right: number
}

/** The functions that compute a product, in order; the work of each is divided among threads. */
export const writeContract = (builder: ModuleBuilder, stage: Contract, offsets: Offsets, scratch: Scratch): readonly Phase[] => {
  const { batch, rows, columns, inner } = stage.sizes
  const kind = kindOf(stage.left.dtype)
  const { bytes, columns: width } = kind
  const plan = planContract(stage)
  const phases: Phase[] = []
  const add = (write: (code: Code) => Division): void => {
    let division: Division = { units: 0, multiple: 1, weight: 0 }
    const index = builder.add({ parameters: ['i32', 'i32', 'i32'], results: [] }, code => {
      division = write(code)
    })
    phases.push({ index, division })
  }
  const [leftBatch = 0, leftRow = 0, leftInner = 0] = stage.left.strides.map(stride => stride * bytes)
  const [rightBatch = 0, rightInner = 0, rightColumn = 0] = stage.right.strides.map(stride => stride * bytes)
  const startOf = (load: Contract['left']): number => offsets(load.buffer) + load.start * bytesOf[load.dtype]
  let left: Side = { start: startOf(stage.left), inner: leftInner, within: leftRow, panel: leftRow * rowsPerPanel, batch: leftBatch }
  let right: Side = { start: startOf(stage.right), inner: rightInner, within: rightColumn, panel: rightColumn * width, batch: rightBatch }
  const rowPanels = panels(rows, rowsPerPanel)
  const columnPanels = panels(columns, width)
  if (plan.packLeft > 0) {
    const source = left
    add(code => writePackLeft(code, stage, kind, source, scratch.left))
    const panel = inner * rowsPerPanel * bytes
    left = { start: scratch.left, inner: rowsPerPanel * bytes, within: bytes, panel, batch: panel * rowPanels }
  }
  if (plan.packRight > 0) {
    const source = right
    add(code => writePackRight(code, stage, kind, source, scratch.right))
    const panel = inner * width * bytes
    right = { start: scratch.right, inner: width * bytes, within: bytes, panel, batch: panel * columnPanels }
  }
  const resultRow = columns * bytes
  const micro = new Map<string, number>()
  const microOf = (height: number, wide: number): number => {
    const key = `${height} ${wide}`
    const known = micro.get(key)
    if (known !== undefined) return known
    const index = builder.add({ parameters: ['i32', 'i32', 'i32', 'i32', 'i32'], results: [] }, code =>
      writeMicro(code, kind, left, right, height, wide, resultRow),
    )
    micro.set(key, index)
    return index
  }
  const heights = [rowsPerPanel, rows % rowsPerPanel].filter((n, i) => n > 0 && (i > 0 || rows >= rowsPerPanel))
  const widths = [width, columns % width].filter((n, i) => n > 0 && (i > 0 || columns >= width))
  for (const height of heights) for (const wide of widths) microOf(height, wide)
  const result = offsets(stage.buffer)
  // A product with one matrix is divided by panels of rows, or of columns where there are more of them; else by matrices.
  const byColumns = batch === 1 && columnPanels > rowPanels
  add(code => {
    const [base, low, high] = [code.parameter(0), code.parameter(1), code.parameter(2)]
    const local = (): Local => code.local('i32')
    const [matrix, k, kCount, ic, iEnd, jc, jEnd, i, j, a, b, c, first] = Array.from({ length: 13 }, local)
    if (!(matrix && k && kCount && ic && iEnd && jc && jEnd && i && j && a && b && c && first)) return { units: 0, multiple: 1, weight: 0 }
    const minimum = (x: () => void, y: () => void): void => {
      const [p, q] = [local(), local()]
      x()
      code.set(p)
      y()
      code.set(q).get(p).get(q).get(p).get(q).do('i32.lt_u', 'select')
      code.release(p, q)
    }
    const address = (target: Local, side: number, batchStep: number, panel: Local, panelStep: number, inside: () => void): void => {
      code.get(base).i32(side).do('i32.add')
      if (batch > 1) code.get(matrix).i32(batchStep).do('i32.mul', 'i32.add')
      code.get(panel).i32(panelStep).do('i32.mul', 'i32.add')
      inside()
      code.set(target)
    }
    const dispatch = (): void => {
      const call = (height: number, wide: number): void => {
        code.get(a).get(b).get(c).get(kCount).get(first).call(microOf(height, wide))
      }
      const byHeight = (wide: number): void => {
        if (rows % rowsPerPanel === 0) call(rowsPerPanel, wide)
        else if (rows < rowsPerPanel) call(rows, wide)
        else
          code
            .get(i)
            .i32(rowPanels - 1)
            .do('i32.eq')
            .if(
              () => call(rows % rowsPerPanel, wide),
              () => call(rowsPerPanel, wide),
            )
      }
      if (columns % width === 0) byHeight(width)
      else if (columns < width) byHeight(columns)
      else
        code
          .get(j)
          .i32(columnPanels - 1)
          .do('i32.eq')
          .if(
            () => byHeight(columns % width),
            () => byHeight(width),
          )
    }
    const iLow = (): void => void (byColumns || batch > 1 ? code.i32(0) : code.get(low))
    const iHigh = (): void => void (byColumns || batch > 1 ? code.i32(rowPanels) : code.get(high))
    const jLow = (): void => void (byColumns ? code.get(low) : code.i32(0))
    const jHigh = (): void => void (byColumns ? code.get(high) : code.i32(columnPanels))
    const blockColumns = columnsPerBlock / width
    const oneMatrix = (): void => {
      code.for(jc, jLow, jHigh, blockColumns, () => {
        minimum(() => code.get(jc).i32(blockColumns).do('i32.add'), jHigh)
        code.set(jEnd)
        code.for(
          k,
          () => code.i32(0),
          () => code.i32(inner),
          innerPerBlock,
          () => {
            minimum(
              () => code.i32(innerPerBlock),
              () => code.i32(inner).get(k).do('i32.sub'),
            )
            code.set(kCount).get(k).do('i32.eqz').set(first)
            code.for(ic, iLow, iHigh, panelsPerBlock, () => {
              minimum(() => code.get(ic).i32(panelsPerBlock).do('i32.add'), iHigh)
              code.set(iEnd)
              code.for(
                j,
                () => code.get(jc),
                () => code.get(jEnd),
                1,
                () => {
                  code.for(
                    i,
                    () => code.get(ic),
                    () => code.get(iEnd),
                    1,
                    () => {
                      const along = (step: number) => () => code.get(k).i32(step).do('i32.mul', 'i32.add')
                      address(a, left.start, left.batch, i, left.panel, along(left.inner))
                      address(b, right.start, right.batch, j, right.panel, along(right.inner))
                      address(c, result, rows * resultRow, i, rowsPerPanel * resultRow, () =>
                        code
                          .get(j)
                          .i32(width * bytes)
                          .do('i32.mul', 'i32.add'),
                      )
                      dispatch()
                    },
                  )
                },
              )
            })
          },
        )
      })
    }
    if (batch > 1)
      code.for(
        matrix,
        () => code.get(low),
        () => code.get(high),
        1,
        oneMatrix,
      )
    else oneMatrix()
    if (batch > 1) return { units: batch, multiple: 1, weight: rows * columns * inner * perProduct }
    return byColumns
      ? { units: columnPanels, multiple: 1, weight: rows * width * inner * perProduct }
      : { units: rowPanels, multiple: 1, weight: rowsPerPanel * columns * inner * perProduct }
  })
  return phases
}
