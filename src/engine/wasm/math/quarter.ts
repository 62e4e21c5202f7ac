/**
 * The reduction of angles: x = q π/2 + r with q an integer and |r| ≤ π/4.
 *
 * Up to `limit` π/2 is subtracted q times in parts of 33 bits, whose products with q are exact (Cody and Waite 1980, chapter 8). Above it,
 * in a branch that is rarely taken, x is multiplied by those digits of 2/π that neither only add whole turns nor are too small to matter
 * (Payne and Hanek 1983).
 */
import type { Local } from '../encoder.js'
import { double } from './format.js'
import type { Formula, Vector } from './formula.js'

/** π/2 in parts of 33 bits, the last of 53. */
export const halfPiParts: readonly [number, number, number, number] = [
  1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32,
]
/** π/2 as the nearest number and the rest. */
export const halfPi: readonly [number, number] = [1.5707963267948966, 6.123233995736766e-17]

/** The digits of 2/π after the point, 160 bytes of them. */
export const twoOverPi =
  'a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484' +
  'e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b' +
  '3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc209af4361d'

const tables: readonly Uint8Array[] = Array.from({ length: 10 }, (_, table) =>
  Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(twoOverPi.slice(32 * table + 2 * i, 32 * table + 2 * i + 2), 16)),
)

/** Up to here q has at most 20 bits. */
export const limit = 2 ** 20

/** Of float64 lanes: `word` has q in its low bits, the angle that is left is r + rest. */
export interface Quarters {
  readonly word: Vector
  readonly r: Vector
  readonly rest: Vector
}

/** Of x from 0 to `limit`. */
export const nearQuarters = (f: Formula, x: Vector): Quarters => {
  const rounder = f.number(f.format.rounder)
  const word = f.keep(f.add(f.mul(x, f.number(2 / Math.PI)), rounder))
  const q = f.keep(f.sub(word, rounder))
  const [first, second, third, fourth] = halfPiParts
  const minus = (part: number): Vector => f.keep(f.mul(q, f.number(-part)))
  const [a, aRest] = f.twoSum(f.keep(f.add(x, minus(first))), minus(second))
  const [b, bRest] = f.twoSum(a, minus(third))
  const rests = f.keep(f.add(f.add(aRest, bRest), minus(fourth)))
  const [r, rest] = f.fastTwoSum(b, rests)
  return { word, r, rest }
}

/** Of x from 0 to `limit`, to float32's precision. */
export const nearQuartersRough = (f: Formula, x: Vector): Pick<Quarters, 'word' | 'r'> => {
  const rounder = f.number(f.format.rounder)
  const word = f.keep(f.add(f.mul(x, f.number(2 / Math.PI)), rounder))
  const q = f.keep(f.sub(word, rounder))
  const [first, second, third] = halfPiParts
  return { word, r: f.sub(f.sub(x, f.mul(q, f.number(first))), f.mul(q, f.number(second + third))) }
}

const chunks = 8

/** Pushes the bytes of 2/π at the indices; an index in no table gives 0. */
const digits =
  (f: Formula, index: Vector): Vector =>
  () => {
    tables.forEach((table, i) => {
      f.code.v128(table)
      index()
      f.code.v128(new Uint8Array(16).fill(16 * i)).do('i8x16.sub', 'i8x16.swizzle')
      if (i > 0) f.code.do('v128.or')
    })
  }

/** Of any finite x above `limit`; other lanes come out as anything. */
export const farQuarters = (f: Formula, x: Vector): Quarters => {
  const { code } = f
  const rounder = f.number(double.rounder)
  // Digits that stand for multiples of 4 are skipped by whole bytes: 8 skipped ≤ exponent - 1077.
  const field = f.op('i32x4.sub', f.right(x, 52), f.word(1077n))
  const skipped = f.keep(() => {
    f.op('i32x4.max_s', field, f.word(0n))()
    code.i32(3).do('i32x4.shr_s')
  })
  // Three bytes to a chunk, the highest last in memory; the other five bytes of a lane lie outside the tables.
  const index = f.variable(f.op('i32x4.add', f.op('i32x4.mul', skipped, f.word(0x010101n)), f.word(0xc0c0c0c0c0000102n)))
  const scaled = f.keep(f.mul(x, f.left(f.subWords(f.word(1023n), f.left(skipped, 3)), 52)))
  const [splitHigh, splitLow] = f.split(scaled)
  const step = f.number(2 ** -24)
  const high = f.variable(f.mul(splitHigh, step))
  const low = f.variable(f.mul(splitLow, step))
  const turns = f.variable(f.number(0))
  const sum = f.variable(f.number(0))
  const rest = f.variable(f.number(0))
  const round: Local = code.local('i32')
  code.i32(chunks).set(round)
  code.loop(() => {
    const bytes = digits(f, index.value)
    const chunk = f.keep(f.sub(f.or(bytes, f.word(0x4330000000000000n)), f.number(2 ** 52)))
    for (const part of [high, low]) {
      // Both factors are short: the product, and the product modulo 4, are exact.
      const product = f.keep(f.mul(part.value, chunk))
      const reduced = f.keep(f.sub(product, f.mul(f.nearest(f.mul(product, f.number(0.25))), f.number(4))))
      const [total, error] = f.twoSum(sum.value, reduced)
      const whole = f.keep(f.nearest(total))
      turns.set(f.add(turns.value, whole))
      const [s, t] = f.twoSum(f.keep(f.sub(total, whole)), f.keep(f.add(rest.value, error)))
      sum.set(s)
      rest.set(t)
      part.set(f.mul(part.value, step))
    }
    index.set(f.op('i32x4.add', index.value, f.word(0x030303n)))
    code.get(round).i32(-1).do('i32.add').tee(round).brIf(0)
  })
  code.release(round)
  const [p, pRest] = f.twoProduct(sum.value, f.keep(f.number(halfPi[0])))
  const cross = f.add(f.mul(sum.value, f.number(halfPi[1])), f.mul(rest.value, f.number(halfPi[0])))
  const [r, rRest] = f.fastTwoSum(p, f.keep(f.add(pRest, cross)))
  return { word: f.keep(f.add(turns.value, rounder)), r, rest: rRest }
}
