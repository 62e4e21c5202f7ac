/** The innermost loop of a product: six rows by two vectors of columns, kept in registers. */
import type { Kind, Side } from './contract-panels.js'
import type { Code, Local } from './encoder.js'

/** The product of a register block: `(left, right, result, count, first)`; adds to what is there unless it is the first block. */
export const writeMicro = (code: Code, kind: Kind, left: Side, right: Side, rows: number, columns: number, resultRow: number): void => {
  const [a, b, c, count, first] = [code.parameter(0), code.parameter(1), code.parameter(2), code.parameter(3), code.parameter(4)]
  const half = kind.columns / 2
  const vectors = Math.ceil(columns / half)
  const sums = Array.from({ length: rows * vectors }, () => code.local('v128'))
  const columnsNow = Array.from({ length: vectors }, () => code.local('v128'))
  const splat = code.local('v128')
  code.loop(() => {
    columnsNow.forEach((local, v) => {
      code
        .get(b)
        .at('v128.load', v * 16)
        .set(local)
    })
    for (let row = 0; row < rows; row += 1) {
      code.get(a).at(kind.splat, row * left.within)
      if (vectors > 1) code.set(splat)
      columnsNow.forEach((local, v) => {
        const sum = sums[row * vectors + v]
        if (sum === undefined) return
        if (vectors > 1) code.get(splat)
        code.get(local).do(kind.mul).get(sum).do(kind.add).set(sum)
      })
    }
    code.get(a).i32(left.inner).do('i32.add').set(a)
    code.get(b).i32(right.inner).do('i32.add').set(b)
    code.get(count).i32(-1).do('i32.add').tee(count).brIf(0)
  })
  const each = (visit: (sum: Local, offset: number, lanes: number) => void): void => {
    for (let row = 0; row < rows; row += 1)
      for (let v = 0; v < vectors; v += 1) {
        const sum = sums[row * vectors + v]
        if (sum) visit(sum, row * resultRow + v * 16, Math.min(half, columns - v * half))
      }
  }
  code
    .get(first)
    .do('i32.eqz')
    .if(() =>
      each((sum, offset) => {
        code.get(c).at('v128.load', offset).get(sum).do(kind.add).set(sum)
      }),
    )
  each((sum, offset, lanes) => {
    if (lanes === half) code.get(c).get(sum).at('v128.store', offset)
    else
      for (let i = 0; i < lanes; i += 1)
        code
          .get(c)
          .get(sum)
          .atLane(kind.store, i, offset + i * kind.bytes)
  })
}
