/** Stages that read or write at places found at run time, and the simple ones: entry by entry. */
import { type DType, sizeOf } from '../../tensor/index.js'
import type { Stage } from '../fusion/stage.js'
import { bytesOf } from './bytes.js'
import type { Code, Local } from './encoder.js'
import type { Division, Offsets } from './map.js'

/** Words at the beginning of the arena, through which a kernel reports the first index that is out of range: how to read it, the index, the size. */
export const report = { flag: 0, index: 4, size: 8, bytes: 64 } as const

/** The first word of a report: never 0, it says how to read the index and in which stage of the graph it was met. */
export const reportOf = (stage: number, unsigned: boolean): number => 1 | (Number(unsigned) << 1) | (stage << 2)
export const readReport = (word: number): { readonly stage: number; readonly unsigned: boolean } => ({
  stage: word >>> 2,
  unsigned: (word & 2) !== 0,
})

export type DTypeOf = (buffer: number) => DType

/** Pushes base + offset + index · bytes. */
const address = (code: Code, offset: number, index: Local, bytes: number): void => {
  code.get(code.parameter(0)).i32(offset).do('i32.add').get(index).i32(bytes).do('i32.mul', 'i32.add')
}

const load = (code: Code, dtype: DType): void =>
  void code.at(dtype === 'float32' ? 'f32.load' : dtype === 'float64' ? 'f64.load' : dtype === 'bool' ? 'i32.load8_u' : 'i32.load')
const store = (code: Code, dtype: DType): void =>
  void code.at(dtype === 'float32' ? 'f32.store' : dtype === 'float64' ? 'f64.store' : dtype === 'bool' ? 'i32.store8' : 'i32.store')

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

/** The first greatest entry, or the first NaN. */
export const writeArgmax = (code: Code, stage: Extract<Stage, { kind: 'argmax' }>, offsets: Offsets, dtypeOf: DTypeOf): Division => {
  const dtype = dtypeOf(stage.from)
  const bytes = bytesOf[dtype]
  const type = dtype === 'float32' ? 'f32' : dtype === 'float64' ? 'f64' : 'i32'
  const greater = type === 'i32' ? (dtype === 'uint32' ? 'i32.gt_u' : 'i32.gt_s') : (`${type}.gt` as const)
  const [unit, place, i, found] = [code.local('i32'), code.local('i32'), code.local('i32'), code.local('i32')]
  const [best, value] = [code.local(type), code.local(type)]
  code.for(
    unit,
    () => code.get(code.parameter(1)),
    () => code.get(code.parameter(2)),
    1,
    () => {
      // unit = outer · inner axes; its entries lie `inner` apart.
      code
        .get(unit)
        .i32(stage.inner)
        .do('i32.div_u')
        .i32(stage.size * stage.inner)
        .do('i32.mul')
      code.get(unit).i32(stage.inner).do('i32.rem_u', 'i32.add').set(place)
      address(code, offsets(stage.from), place, bytes)
      load(code, dtype)
      code.set(best).i32(0).set(found)
      code.for(
        i,
        () => code.i32(1),
        () => code.i32(stage.size),
        1,
        () => {
          code.get(place).i32(stage.inner).do('i32.add').set(place)
          address(code, offsets(stage.from), place, bytes)
          load(code, dtype)
          code.set(value).get(value).get(best).do(greater)
          // A NaN takes the place once; after it nothing is greater.
          if (type !== 'i32') code.get(value).get(value).do(`${type}.ne`).get(best).get(best).do(`${type}.eq`, 'i32.and', 'i32.or')
          code.if(() => code.get(value).set(best).get(i).set(found))
        },
      )
      address(code, offsets(stage.buffer), unit, 4)
      code.get(found).at('i32.store')
    },
  )
  return { units: stage.outer * stage.inner, multiple: 1, weight: stage.size }
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

/** gather reads, scatterAdd adds, a run of `after` entries for each index; an index out of range is reported, with the stage's number, and skipped. */
export const writeIndexed = (
  code: Code,
  stage: Extract<Stage, { kind: 'gather' | 'scatterAdd' }>,
  number: number,
  offsets: Offsets,
  dtypeOf: DTypeOf,
): Division => {
  const { batches, before, size, after, count } = stage
  const dtype = dtypeOf(stage.buffer)
  const bytes = bytesOf[dtype]
  const flag = reportOf(number, dtypeOf(stage.indices) === 'uint32')
  const locals = Array.from({ length: 7 }, () => code.local('i32'))
  const [outer, i, place, index, operand, entry, c] = locals
  if (!(outer && i && place && index && operand && entry && c)) return undivided
  code.i32(0).set(place)
  code.for(
    outer,
    () => code.i32(0),
    () => code.i32(batches * before),
    1,
    () =>
      code.for(
        i,
        () => code.i32(0),
        () => code.i32(count),
        1,
        () => {
          // The batch's own indices: (outer / before) · count + i.
          code.get(outer).i32(before).do('i32.div_u').i32(count).do('i32.mul').get(i).do('i32.add').set(entry)
          address(code, offsets(stage.indices), entry, 4)
          code.at('i32.load').set(index)
          code.get(index).i32(size).do('i32.ge_u')
          code.if(
            () => {
              reportIndex(code, flag, index, size)
              code.get(place).i32(after).do('i32.add').set(place)
            },
            () => {
              code.get(outer).i32(size).do('i32.mul').get(index).do('i32.add').i32(after).do('i32.mul').set(operand)
              code.for(
                c,
                () => code.i32(0),
                () => code.i32(after),
                1,
                () => {
                  const [from, to] = stage.kind === 'gather' ? [operand, place] : [place, operand]
                  address(code, offsets(stage.buffer), to, bytes)
                  if (stage.kind === 'scatterAdd') {
                    address(code, offsets(stage.buffer), to, bytes)
                    load(code, dtype)
                  }
                  address(code, offsets(stage.from), from, bytes)
                  load(code, dtype)
                  if (stage.kind === 'scatterAdd') code.do(dtype === 'float32' ? 'f32.add' : dtype === 'float64' ? 'f64.add' : 'i32.add')
                  store(code, dtype)
                  code.get(operand).i32(1).do('i32.add').set(operand)
                  code.get(place).i32(1).do('i32.add').set(place)
                },
              )
            },
          )
        },
      ),
  )
  return undivided
}

const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const

/** Threefry-2x32 with 20 rounds, block by block. */
export const writeThreefry = (code: Code, stage: Extract<Stage, { kind: 'threefry' }>, offsets: Offsets): Division => {
  const locals = Array.from({ length: 6 }, () => code.local('i32'))
  const [unit, x, y, key0, key1, key2] = locals
  if (!(unit && x && y && key0 && key1 && key2)) return undivided
  const schedule = [key0, key1, key2]
  const scheduled = (i: number): Local => schedule[i % 3] ?? key0
  code.for(
    unit,
    () => code.get(code.parameter(1)),
    () => code.get(code.parameter(2)),
    1,
    () => {
      const word = (buffer: number, which: number): void => {
        address(code, offsets(buffer), unit, 8)
        code.at('i32.load', which * 4)
      }
      word(stage.key, 0)
      code.set(key0)
      word(stage.key, 1)
      code.set(key1).get(key0).get(key1).do('i32.xor').i32(0x1bd11bda).do('i32.xor').set(key2)
      word(stage.counter, 0)
      code.get(key0).do('i32.add').set(x)
      word(stage.counter, 1)
      code.get(key1).do('i32.add').set(y)
      for (let group = 1; group <= 5; group += 1) {
        for (const count of rotations[group % 2 === 1 ? 0 : 1]) {
          code.get(x).get(y).do('i32.add').set(x)
          code.get(y).i32(count).do('i32.rotl').get(x).do('i32.xor').set(y)
        }
        code.get(x).get(scheduled(group)).do('i32.add').set(x)
        code
          .get(y)
          .get(scheduled(group + 1))
          .do('i32.add')
          .i32(group)
          .do('i32.add')
          .set(y)
      }
      address(code, offsets(stage.buffer), unit, 8)
      code.get(x).at('i32.store')
      address(code, offsets(stage.buffer), unit, 8)
      code.get(y).at('i32.store', 4)
    },
  )
  return { units: stage.blocks, multiple: 1, weight: 40 }
}

/** Bytes of a buffer's entries. */
export const sizeInBytes = (sizes: readonly number[], dtype: DType): number => sizeOf(sizes) * bytesOf[dtype]
