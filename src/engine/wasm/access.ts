/**
 * How a kernel reads and writes one vector along the innermost axis: as a whole where neighbours lie next to one another, as one entry repeated
 * where the operand does not change along that axis, and entry by entry elsewhere.
 */
import { bytesOf, type DType } from '../../tensor/index.js'
import type { Constants } from './constants.js'
import type { Code, Local } from './encoder.js'
import type { Lanes } from './scalar.js'

export interface Access {
  readonly dtype: DType
  /** Entries between neighbours along the innermost axis. */
  readonly stride: number
  /**
   * Set where the innermost axis has only two entries, so that lanes go on along the axis before it: the entries between neighbours there.
   */
  readonly outer?: number
  /** The address of the first lane, to which `offset` is added. */
  readonly pointer: Local
  /** In bytes; 0 if it is missing. */
  readonly offset?: number
}

/** Entries from the first lane to another one. */
const placeOf = ({ stride, outer }: Access, lane: number): number =>
  outer === undefined ? lane * stride : (lane >> 1) * outer + (lane & 1) * stride

/** Whether all lanes hold one entry. */
export const isSplat = ({ stride, outer = 0 }: Access): boolean => stride === 0 && outer === 0

const isUnit = ({ stride, outer = 2 }: Access): boolean => stride === 1 && outer === 2

/** The same access, `entries` further along the innermost axis. */
export const further = (access: Access, entries: number): Access => ({
  ...access,
  offset: (access.offset ?? 0) + entries * access.stride * bytesOf(access.dtype),
})

/** A bool's byte, or vector of bytes widened to 32 bits, as a mask. */
const toMask = (code: Code, constants: Constants): void => {
  constants.push('i32x4', 0)
  code.do('i32x4.ne')
}

/** Pushes an address some bytes from a pointer and gives what is left to add as an immediate offset. */
const pushAddress = (code: Code, pointer: Local, bytes: number): number => {
  code.get(pointer)
  if (bytes >= 0) return bytes
  code.i32(bytes).do('i32.add')
  return 0
}

/** One entry repeated in all lanes. */
const loadSplat = (code: Code, constants: Constants, { dtype, pointer, offset = 0 }: Access): void => {
  const rest = pushAddress(code, pointer, offset)
  if (dtype === 'float64') code.at('v128.load64_splat', rest)
  else if (dtype === 'bool') {
    code.at('i32.load8_u', rest).do('i32x4.splat')
    toMask(code, constants)
  } else code.at('v128.load32_splat', rest)
}

/** Neighbours in memory. Reads whole vectors: buffers are padded for it. */
const loadUnit = (code: Code, constants: Constants, lanes: Lanes, { dtype, pointer, offset = 0 }: Access): void => {
  const rest = pushAddress(code, pointer, offset)
  if (dtype === 'float64') code.at('v128.load', rest)
  else if (dtype === 'bool') {
    code.at('v128.load32_zero', rest).do('i16x8.extend_low_i8x16_u', 'i32x4.extend_low_i16x8_u')
    toMask(code, constants)
  } else code.at(lanes === 4 ? 'v128.load' : 'v128.load64_zero', rest)
}

/** Every other entry of two vectors. */
const everyOther = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27]

/** Every other 32-bit entry: two vectors of neighbours, of which half is kept. */
const loadEveryOther = (code: Code, { pointer, offset = 0 }: Access): void => {
  for (const ahead of [0, 16]) code.at('v128.load', pushAddress(code, pointer, offset + ahead))
  code.shuffle(everyOther)
}

/** Two pairs of 32-bit entries, the first of each side by side. */
const loadPairs = (code: Code, { stride, pointer, offset = 0 }: Access): void => {
  code.at('v128.load64_zero', pushAddress(code, pointer, offset))
  if (stride === 0) {
    const value = code.local('v128')
    code.set(value).get(value).get(value)
    code.release(value)
  } else code.at('v128.load64_zero', pushAddress(code, pointer, offset + 4 * stride))
  code.shuffle([0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23])
}

/** Entries lane by lane; only as many as there are. */
const loadLanes = (code: Code, constants: Constants, access: Access, count: number): void => {
  const { dtype, pointer, offset: first = 0 } = access
  const placeAt = (lane: number): number => first + placeOf(access, lane) * bytesOf(dtype)
  const value = code.local('v128')
  const rest = pushAddress(code, pointer, first)
  if (dtype === 'float64') code.at('v128.load64_zero', rest)
  else if (dtype === 'bool') code.at('i32.load8_u', rest).do('i32x4.splat')
  else code.at('v128.load32_zero', rest)
  code.set(value)
  for (let i = 1; i < count; i += 1) {
    if (dtype === 'bool') {
      code.get(value)
      const offset = pushAddress(code, pointer, placeAt(i))
      code.at('i32.load8_u', offset).lane('i32x4.replace_lane', i)
    } else {
      const offset = pushAddress(code, pointer, placeAt(i))
      code.get(value).atLane(dtype === 'float64' ? 'v128.load64_lane' : 'v128.load32_lane', i, offset)
    }
    code.set(value)
  }
  code.get(value)
  code.release(value)
  if (dtype === 'bool') toMask(code, constants)
}

/** Pushes a vector of which `count` lanes are wanted. */
export const pushVector = (code: Code, constants: Constants, lanes: Lanes, access: Access, count: number): void => {
  const { dtype, stride, outer } = access
  const isWide = lanes === 4 && dtype !== 'bool' && count > 1
  if (isSplat(access)) loadSplat(code, constants, access)
  else if (isUnit(access)) loadUnit(code, constants, lanes, access)
  else if (isWide && stride === 2 && outer === undefined) loadEveryOther(code, access)
  else if (isWide && outer === 1) loadPairs(code, access)
  else loadLanes(code, constants, access, count)
}

/** Stores `count` lanes of a vector that is in a local. */
export const storeVector = (code: Code, constants: Constants, lanes: Lanes, access: Access, value: Local, count: number): void => {
  const { dtype, pointer, offset: first = 0 } = access
  if (isUnit(access) && count === lanes) {
    const rest = pushAddress(code, pointer, first)
    if (dtype === 'bool') {
      code.get(value)
      constants.push('i32x4', 1)
      code.do('v128.and').tee(value).get(value).do('i16x8.narrow_i32x4_s').tee(value).get(value).do('i8x16.narrow_i16x8_u')
      code.atLane(lanes === 4 ? 'v128.store32_lane' : 'v128.store16_lane', 0, rest)
    } else if (dtype === 'float64' || lanes === 4) code.get(value).at('v128.store', rest)
    else code.get(value).atLane('v128.store64_lane', 0, rest)
    return
  }
  for (let i = 0; i < count; i += 1) {
    const offset = pushAddress(code, pointer, first + placeOf(access, i) * bytesOf(dtype))
    if (dtype === 'bool') code.get(value).lane('i32x4.extract_lane', i).i32(1).do('i32.and').at('i32.store8', offset)
    else code.get(value).atLane(dtype === 'float64' ? 'v128.store64_lane' : 'v128.store32_lane', i, offset)
  }
}
