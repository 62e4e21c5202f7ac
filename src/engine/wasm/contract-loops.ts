/** What the loops over a product's panels decide: how far they go, how wide a panel is, and how its rows lie. */
import type { RowPattern } from './contract-free.js'
import type { Code, Local } from './encoder.js'

/** Sets a local to the lesser of two. */
export const least = (code: Code, target: Local, x: () => void, y: () => void): void => {
  const [p, q] = [code.local('i32'), code.local('i32')]
  x()
  code.set(p)
  y()
  code.set(q).get(p).get(q).get(p).get(q).do('i32.lt_u', 'select').set(target)
  code.release(p, q)
}

/**
 * Writes what is done to a panel once for each length that panels have: the last of an axis is shorter where the width does not divide it.
 */
export const byLength = (code: Code, size: number, width: number, index: Local, then: (length: number) => void): void => {
  const along = Math.ceil(size / width)
  if (size % width === 0) then(width)
  else if (size < width) then(size)
  else
    code
      .get(index)
      .i32(along)
      .do('i32.rem_u')
      .i32(along - 1)
      .do('i32.eq')
      .if(
        () => then(size % width),
        () => then(width),
      )
}

/** The ways in which the rows of a panel may lie, and how many rows lie between the beginnings of two panels. */
interface Ways {
  readonly patterns: readonly RowPattern[]
  readonly width: number
}

/** Writes what is done to a panel once for each pattern of its rows. The remainder of its first row tells which pattern it has. */
export const byPattern = (code: Code, ways: Ways, index: Local, height: number, then: (pattern: RowPattern) => void, from = 0): void => {
  const { patterns, width } = ways
  const pattern = patterns[from]
  if (pattern === undefined) return
  // The last pattern needs no test. Nor does a panel of a single row: how the others lie does not matter to it.
  if (from === patterns.length - 1 || height === 1) {
    then(pattern)
    return
  }
  const remainder = code.local('i32')
  code.get(index).i32(width).do('i32.mul').i32(pattern.modulus).do('i32.rem_u').set(remainder)
  pattern.remainders.forEach((value, k) => {
    code.get(remainder).i32(value).do('i32.eq')
    if (k > 0) code.do('i32.or')
  })
  code.if(
    () => then(pattern),
    () => byPattern(code, ways, index, height, then, from + 1),
  )
  code.release(remainder)
}
