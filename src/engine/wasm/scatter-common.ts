/** What both ways of adding updates up in float64 have in common. */
import { fail } from '../../tensor/index.js'
import type { RoutineStage } from '../fusion/stage.js'
import type { Code, Local } from './encoder.js'
import { lowHalves, upperHalf } from './math/halves.js'

/**
 * What is updated, and by how much: each of the `batches` has `before` tables of `size` rows with `after` entries. Each table gets `count`
 * updates of a row; the tables of a batch share the indices.
 */
export interface Scatter {
  readonly batches: number
  readonly before: number
  readonly size: number
  readonly after: number
  readonly count: number
  readonly indices: number
  /** The updates. */
  readonly from: number
  readonly buffer: number
}

export const scatterOf = ({ body, reads: [indices, from], writes: [buffer] }: RoutineStage): Scatter => {
  const { batches, before, size, after, count } = body.params
  const isComplete = batches !== undefined && before !== undefined && size !== undefined && after !== undefined && count !== undefined
  return isComplete && indices !== undefined && from !== undefined && buffer !== undefined
    ? { batches, before, size, after, count, indices, from, buffer }
    : fail({ _tag: 'InternalError', detail: 'scatterAdd without its sizes' })
}

/** Where the parts of the working space begin, or how many bytes they have. */
export interface ScatterPlaces {
  readonly left: number
  readonly right: number
}

/** Entries that a vector of float32 has. */
export const lanes = 4

/** Pushes the lower half of a vector of float32 as float64, or the upper half. */
export const pushLower = (code: Code, vector: Local): void => void code.get(vector).do('f64x2.promote_low_f32x4')
export const pushUpper = (code: Code, vector: Local): void =>
  void code.get(vector).get(vector).shuffle(upperHalf).do('f64x2.promote_low_f32x4')

/** Pushes two halves as one vector of float32. */
export const pushRounded = (code: Code, lower: () => void, upper: () => void): void => {
  lower()
  code.do('f32x4.demote_f64x2_zero')
  upper()
  code.do('f32x4.demote_f64x2_zero').shuffle(lowHalves)
}

/** Sets a pointer `offset` bytes beyond the function's first parameter, the base of the buffers. */
export const pointTo = (code: Code, pointer: Local, offset: number): void =>
  void code.get(code.parameter(0)).i32(offset).do('i32.add').set(pointer)

/** Adds bytes to a pointer; sums of offsets go round at 2³², as addresses do. */
export const advance = (code: Code, pointer: Local, bytes: number): void =>
  void code
    .get(pointer)
    .i32(bytes | 0)
    .do('i32.add')
    .set(pointer)
