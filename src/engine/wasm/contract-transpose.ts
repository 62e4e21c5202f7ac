/** Packs columns whose contracted entries are neighbours in memory: four columns are read as vectors and turned by shuffles. */
import type { Code, Local } from './encoder.js'

interface Panel {
  /** The address of the first entry of the first column; the local is not changed. */
  readonly from: Local
  /** The address at which the panel begins; the local is not changed. */
  readonly to: Local
  /** Columns, a multiple of four. */
  readonly width: number
  /** Bytes from column to column. */
  readonly within: number
}

/** The lanes of two vectors taken in turn, from their low or their high halves. */
const pairs = (low: boolean): readonly number[] =>
  low ? [0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23] : [8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31]
const halves = (low: boolean): readonly number[] =>
  low ? [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23] : [8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31]

/** Four vectors of four lanes turned: `store` gets the first lanes of all as one vector on the stack, then the second ones, and so on. */
export const turned = (code: Code, vectors: readonly Local[], store: (lane: number, push: () => void) => void): void => {
  const mixed = Array.from({ length: 4 }, () => code.local('v128'))
  const [r0, r1, r2, r3] = vectors
  const [m0, m1, m2, m3] = mixed
  if (!(r0 && r1 && r2 && r3 && m0 && m1 && m2 && m3)) return
  const join = (x: Local, y: Local, lanes: readonly number[]): void => void code.get(x).get(y).shuffle(lanes)
  join(r0, r1, pairs(true))
  code.set(m0)
  join(r0, r1, pairs(false))
  code.set(m1)
  join(r2, r3, pairs(true))
  code.set(m2)
  join(r2, r3, pairs(false))
  code.set(m3)
  store(0, () => join(m0, m2, halves(true)))
  store(1, () => join(m0, m2, halves(false)))
  store(2, () => join(m1, m3, halves(true)))
  store(3, () => join(m1, m3, halves(false)))
  code.release(...mixed)
}

/** Reads four contracted entries of four columns at one pointer, turns them in registers and writes them at the other. */
const turnFour = (code: Code, source: Local, target: Local, first: number, { width, within }: Panel): void => {
  const rows = Array.from({ length: 4 }, () => code.local('v128'))
  rows.forEach((row, i) => {
    code
      .get(source)
      .at('v128.load', (first + i) * within)
      .set(row)
  })
  turned(code, rows, (entry, push) => {
    code.get(target)
    push()
    code.at('v128.store', (entry * width + first) * 4)
  })
  code.release(...rows)
}

/** A panel of 32-bit columns whose `count` contracted entries are neighbours in memory. */
export const transposePanel = (code: Code, panel: Panel, count: number): void => {
  const [k, source, target] = [code.local('i32'), code.local('i32'), code.local('i32')]
  const rowBytes = panel.width * 4
  const whole = count - (count % 4)
  code.get(panel.from).set(source).get(panel.to).set(target)
  const [none, stop] = [(): void => void code.i32(0), (): void => void code.i32(whole)]
  if (whole > 0)
    code.for(k, none, stop, 4, () => {
      for (let first = 0; first < panel.width; first += 4) turnFour(code, source, target, first, panel)
      code
        .get(target)
        .i32(4 * rowBytes)
        .do('i32.add')
        .set(target)
      code.get(source).i32(16).do('i32.add').set(source)
    })
  for (let i = 0; i < count % 4; i += 1)
    for (let column = 0; column < panel.width; column += 1)
      code
        .get(target)
        .get(source)
        .at('i32.load', column * panel.within + i * 4)
        .at('i32.store', i * rowBytes + column * 4)
  code.release(k, source, target)
}
