/** Packed copies of a product's sides: panels as wide as the register block, in the order in which it reads them. */
import { type Contract, type Kind, panels, rowsPerPanel, type Side } from './contract-panels.js'
import { perCopy } from './cost.js'
import type { Code, Local } from './encoder.js'
import type { Division } from './map.js'

/** Columns of the right side, panel by panel: for each contracted index a row of the panel. Lanes beyond the last column hold anything. */
export const writePackRight = (code: Code, stage: Contract, kind: Kind, source: Side, target: number): Division => {
  const { batch, columns, inner } = stage.sizes
  const width = kind.columns
  const count = panels(columns, width)
  const [base, low, high] = [code.parameter(0), code.parameter(1), code.parameter(2)]
  const [unit, from, to, k] = [code.local('i32'), code.local('i32'), code.local('i32'), code.local('i32')]
  const panelBytes = inner * width * kind.bytes
  code.for(
    unit,
    () => code.get(low),
    () => code.get(high),
    1,
    () => {
      // unit = batch · panels + panel
      code.get(base).i32(target).do('i32.add').get(unit).i32(panelBytes).do('i32.mul', 'i32.add').set(to)
      code.get(base).i32(source.start).do('i32.add')
      code.get(unit).i32(count).do('i32.div_u').i32(source.batch).do('i32.mul', 'i32.add')
      code.get(unit).i32(count).do('i32.rem_u').i32(source.panel).do('i32.mul', 'i32.add').set(from)
      const copy = (columnsHere: number): void => {
        code.for(
          k,
          () => code.i32(0),
          () => code.i32(inner),
          1,
          () => {
            if (source.within === kind.bytes) {
              code.get(to).get(from).at('v128.load').at('v128.store')
              if (columnsHere > width / 2) code.get(to).get(from).at('v128.load', 16).at('v128.store', 16)
            } else
              for (let column = 0; column < columnsHere; column += 1)
                if (kind.bytes === 4)
                  code
                    .get(to)
                    .get(from)
                    .at('i32.load', column * source.within)
                    .at('i32.store', column * 4)
                else
                  code
                    .get(to)
                    .get(from)
                    .at('f64.load', column * source.within)
                    .at('f64.store', column * 8)
            code
              .get(to)
              .i32(width * kind.bytes)
              .do('i32.add')
              .set(to)
            code.get(from).i32(source.inner).do('i32.add').set(from)
          },
        )
      }
      const transposed = kind.bytes === 4 && source.inner === 4 && source.within >= 0
      const whole = (): void => (transposed ? transposePanel(code, source, inner, { from, to, k }) : copy(width))
      if (columns % width === 0) whole()
      else
        code
          .get(unit)
          .i32(count)
          .do('i32.rem_u')
          .i32(count - 1)
          .do('i32.eq')
          .if(() => copy(columns % width), whole)
    },
  )
  return { units: batch * count, multiple: 1, weight: inner * width * perCopy }
}

/** Eight columns that lie along memory, four contracted entries of each at a time, turned by shuffles. */
const transposePanel = (
  code: Code,
  source: Side,
  inner: number,
  { from, to, k }: { readonly from: Local; readonly to: Local; readonly k: Local },
): void => {
  const column = Array.from({ length: 4 }, () => code.local('v128'))
  const mixed = Array.from({ length: 4 }, () => code.local('v128'))
  const pair = (low: boolean): readonly number[] =>
    low ? [0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23] : [8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31]
  const halves = (low: boolean): readonly number[] =>
    low ? [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23] : [8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31]
  const shuffled = (a: Local | undefined, b: Local | undefined, lanes: readonly number[]): void => {
    if (a && b) code.get(a).get(b).shuffle(lanes)
  }
  const whole = inner - (inner % 4)
  if (whole > 0)
    code.for(
      k,
      () => code.i32(0),
      () => code.i32(whole),
      4,
      () => {
        for (let half = 0; half < 2; half += 1) {
          column.forEach((local, i) => {
            code
              .get(from)
              .at('v128.load', (half * 4 + i) * source.within)
              .set(local)
          })
          const set = (i: number): void => {
            const local = mixed[i]
            if (local) code.set(local)
          }
          shuffled(column[0], column[1], pair(true))
          set(0)
          shuffled(column[0], column[1], pair(false))
          set(1)
          shuffled(column[2], column[3], pair(true))
          set(2)
          shuffled(column[2], column[3], pair(false))
          set(3)
          const out = (row: number, a: number, b: number, low: boolean): void => {
            code.get(to)
            shuffled(mixed[a], mixed[b], halves(low))
            code.at('v128.store', row * 32 + half * 16)
          }
          out(0, 0, 2, true)
          out(1, 0, 2, false)
          out(2, 1, 3, true)
          out(3, 1, 3, false)
        }
        code.get(to).i32(128).do('i32.add').set(to)
        code.get(from).i32(16).do('i32.add').set(from)
      },
    )
  for (let i = 0; i < inner % 4; i += 1)
    for (let c = 0; c < 8; c += 1)
      code
        .get(to)
        .get(from)
        .at('i32.load', c * source.within + i * 4)
        .at('i32.store', i * 32 + c * 4)
  code.release(...column, ...mixed)
}

/** Rows of the left side that lie side by side in memory, six for each contracted index. */
export const writePackLeft = (code: Code, stage: Contract, kind: Kind, source: Side, target: number): Division => {
  const { batch, rows, inner } = stage.sizes
  const count = panels(rows, rowsPerPanel)
  const [base, low, high] = [code.parameter(0), code.parameter(1), code.parameter(2)]
  const [unit, from, to, k] = [code.local('i32'), code.local('i32'), code.local('i32'), code.local('i32')]
  const rowBytes = rowsPerPanel * kind.bytes
  code.for(
    unit,
    () => code.get(low),
    () => code.get(high),
    1,
    () => {
      code
        .get(base)
        .i32(target)
        .do('i32.add')
        .get(unit)
        .i32(inner * rowBytes)
        .do('i32.mul', 'i32.add')
        .set(to)
      code.get(base).i32(source.start).do('i32.add')
      code.get(unit).i32(count).do('i32.div_u').i32(source.batch).do('i32.mul', 'i32.add')
      code.get(unit).i32(count).do('i32.rem_u').i32(source.panel).do('i32.mul', 'i32.add').set(from)
      code.for(
        k,
        () => code.i32(0),
        () => code.i32(inner),
        1,
        () => {
          // Six entries in vectors and a rest of 8 bytes; the next store covers what is written beyond.
          for (let offset = 0; offset + 16 <= rowBytes; offset += 16)
            code.get(to).get(from).at('v128.load', offset).at('v128.store', offset)
          if (rowBytes % 16 > 0)
            code
              .get(to)
              .get(from)
              .at('f64.load', rowBytes - 8)
              .at('f64.store', rowBytes - 8)
          code.get(to).i32(rowBytes).do('i32.add').set(to)
          code.get(from).i32(source.inner).do('i32.add').set(from)
        },
      )
    },
  )
  return { units: batch * count, multiple: 1, weight: inner * rowsPerPanel * perCopy }
}
