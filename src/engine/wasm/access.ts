/** How a kernel reads and writes memory: one vector at a time along the innermost axis, at unit stride, repeated, or entry by entry. */
import type { DType } from '../../tensor/index.js'
import { bytesOf } from './bytes.js'
import type { Constants } from './constants.js'
import type { Code, Local } from './encoder.js'
import type { Lanes } from './scalar.js'

export interface Access {
  readonly dtype: DType
  /** Entries between neighbours along the innermost axis. */
  readonly stride: number
  /** The address of the first lane, but for an offset. */
  readonly pointer: Local
  /** In bytes; none unless told. */
  readonly offset?: number
}

/** The same so many entries further. */
export const further = (access: Access, entries: number): Access => ({
  ...access,
  offset: (access.offset ?? 0) + entries * access.stride * bytesOf[access.dtype],
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

/** Entries at a stride, lane by lane; only as many as there are. */
const loadStrided = (code: Code, constants: Constants, { dtype, stride, pointer, offset: first = 0 }: Access, count: number): void => {
  const step = stride * bytesOf[dtype]
  const value = code.local('v128')
  const rest = pushAddress(code, pointer, first)
  if (dtype === 'float64') code.at('v128.load64_zero', rest)
  else if (dtype === 'bool') code.at('i32.load8_u', rest).do('i32x4.splat')
  else code.at('v128.load32_zero', rest)
  code.set(value)
  for (let i = 1; i < count; i += 1) {
    if (dtype === 'bool') {
      code.get(value)
      const offset = pushAddress(code, pointer, first + i * step)
      code.at('i32.load8_u', offset).lane('i32x4.replace_lane', i)
    } else {
      const offset = pushAddress(code, pointer, first + i * step)
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
  if (access.stride === 0) loadSplat(code, constants, access)
  else if (access.stride === 1) loadUnit(code, constants, lanes, access)
  else loadStrided(code, constants, access, count)
}

/** Stores `count` lanes of a vector that is in a local. */
export const storeVector = (code: Code, constants: Constants, lanes: Lanes, access: Access, value: Local, count: number): void => {
  const { dtype, pointer, stride, offset: first = 0 } = access
  if (stride === 1 && count === lanes) {
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
    const offset = pushAddress(code, pointer, first + i * stride * bytesOf[dtype])
    if (dtype === 'bool') code.get(value).lane('i32x4.extract_lane', i).i32(1).do('i32.and').at('i32.store8', offset)
    else code.get(value).atLane(dtype === 'float64' ? 'v128.store64_lane' : 'v128.store32_lane', i, offset)
  }
}
