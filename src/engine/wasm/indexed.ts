/** How kernels report an index that is out of range, and the stages that are a single fill or copy of memory. */
import { bytesOf, type DType, sizeOf } from '../../tensor/index.js'
import type { RowStage } from '../fusion/stage.js'
import type { Code, Local } from './encoder.js'
import type { Division } from './phase.js'

/** Words at the beginning of the arena, through which a kernel reports the first index that is out of range: how to read it, the index, the size. */
export const report = { flag: 0, index: 4, size: 8, bytes: 64 } as const

/** The first word of a report: never 0, it says how to read the index and in which stage of the graph it was met. */
export const reportOf = (stage: number, unsigned: boolean): number => 1 | (Number(unsigned) << 1) | (stage << 2)
export const readReport = (word: number): { readonly stage: number; readonly unsigned: boolean } => ({
  stage: word >>> 2,
  unsigned: (word & 2) !== 0,
})

/** All of a small stage by one thread. */
export const undivided: Division = { units: 1, multiple: 1, weight: 0 }

export const writeZero = (code: Code, bytes: number, offset: number): Division => {
  code.get(code.parameter(0)).i32(offset).do('i32.add').i32(0).i32(bytes).memoryFill()
  return undivided
}

export const writeCopy = (code: Code, bytes: number, from: number, to: number): Division => {
  code.get(code.parameter(0)).i32(to).do('i32.add').get(code.parameter(0)).i32(from).do('i32.add').i32(bytes).memoryCopy()
  return undivided
}

/** A row of at most so many bytes is copied word by word, which takes less time than a copy of memory of any length. */
const fewBytes = 64

/** Copies a row between a stack and a place of its own; the counter says which row. */
export const writeRow = (code: Code, { direction, length, reverse }: RowStage, bytes: number, places: RowPlaces): Division => {
  const base = code.parameter(0)
  const inStack = code.local('i32')
  const push = (): void => void code.get(base).at('i32.load', places.counter)
  if (reverse) code.i32(length - 1)
  push()
  if (reverse) code.do('i32.sub')
  code.i32(bytes).do('i32.mul').get(base).do('i32.add').set(inStack)
  const [from, to] = direction === 'in' ? [inStack, base] : [base, inStack]
  const [fromOffset, toOffset] = direction === 'in' ? [places.stack, places.row] : [places.row, places.stack]
  if (bytes <= fewBytes && bytes % 4 === 0)
    for (let byte = 0; byte < bytes; ) {
      const width = bytes - byte >= 8 ? 64 : 32
      code.get(to).get(from)
      code.at(`i${width}.load`, fromOffset + byte).at(`i${width}.store`, toOffset + byte)
      byte += width / 8
    }
  else code.get(to).i32(toOffset).do('i32.add').get(from).i32(fromOffset).do('i32.add').i32(bytes).memoryCopy()
  return undivided
}

/** Offsets of a stack, of the place of one of its rows, and of the counter. */
interface RowPlaces {
  readonly stack: number
  readonly row: number
  readonly counter: number
}

/** Reports an index that is out of range, if it is the first. */
export const reportIndex = (code: Code, flag: number, index: Local, size: number): void => {
  const base = code.parameter(0)
  code.get(base).at('i32.load', report.flag).do('i32.eqz')
  code.if(() => {
    code.get(base).i32(flag).at('i32.store', report.flag)
    code.get(base).get(index).at('i32.store', report.index)
    code.get(base).i32(size).at('i32.store', report.size)
  })
}

/** Bytes of a buffer's entries. */
export const sizeInBytes = (sizes: readonly number[], dtype: DType): number => sizeOf(sizes) * bytesOf(dtype)
