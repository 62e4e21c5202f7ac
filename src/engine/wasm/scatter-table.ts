/** Updates added up in a table of float64, for as many of them as the table has rows, or more. */
import type { Code, Local } from './encoder.js'
import { undivided } from './indexed.js'
import { rounds } from './map.js'
import type { Division } from './phase.js'
import { advance, lanes, pointTo, pushLower, pushRounded, pushUpper, type Scatter, type ScatterPlaces } from './scatter-common.js'
import type { Offsets } from './walks.js'

const entriesOf = ({ batches, before, size, after }: Scatter): number => batches * before * size * after

export const tableSpace = (stage: Scatter): ScatterPlaces => ({ left: 8 * entriesOf(stage), right: 0 })

export const writeTable = (
  code: Code,
  stage: Scatter,
  offsets: Offsets,
  report: (index: Local) => void,
  places: ScatterPlaces,
): Division => {
  const { batches, before, size, after, count } = stage
  const local = (): Local => code.local('i32')
  const [narrow, wide, vector] = [local(), local(), code.local('v128')]
  /**
   * Goes through the operand and the table side by side, four entries at a time. The last four may reach beyond the end, where both have
   * room.
   */
  const eachFour = (body: () => void): void => {
    pointTo(code, narrow, offsets(stage.buffer))
    pointTo(code, wide, places.left)
    const turns = Math.ceil(entriesOf(stage) / lanes)
    rounds(
      code,
      () => code.i32(turns),
      turns,
      () => {
        body()
        advance(code, narrow, 4 * lanes)
        advance(code, wide, 8 * lanes)
      },
    )
  }
  eachFour(() => {
    code.get(narrow).at('v128.load').set(vector).get(wide)
    pushLower(code, vector)
    code.at('v128.store').get(wide)
    pushUpper(code, vector)
    code.at('v128.store', 16)
  })

  const [batch, table, i, index] = [local(), local(), local(), local()]
  const [indices, operand, updates] = [local(), local(), local()]
  const addVector = (): void => {
    code.get(updates).at('v128.load').set(vector)
    for (const [offset, push] of [
      [0, pushLower],
      [16, pushUpper],
    ] as const) {
      code.get(wide).get(wide).at('v128.load', offset)
      push(code, vector)
      code.do('f64x2.add').at('v128.store', offset)
    }
    advance(code, wide, 8 * lanes)
    advance(code, updates, 4 * lanes)
  }
  const vectors = Math.floor(after / lanes)
  const rest = after % lanes
  const addRow = (): void => {
    code
      .get(operand)
      .get(index)
      .i32(8 * after)
      .do('i32.mul', 'i32.add')
      .set(wide)
    rounds(code, () => code.i32(vectors), vectors, addVector)
    for (let k = 0; k < rest; k += 1)
      code
        .get(wide)
        .get(wide)
        .at('f64.load', 8 * k)
        .get(updates)
        .at('f32.load', 4 * k)
        .do('f64.promote_f32', 'f64.add')
        .at('f64.store', 8 * k)
    if (rest > 0) advance(code, updates, 4 * rest)
  }
  const zero = (): void => void code.i32(0)
  pointTo(code, indices, offsets(stage.indices))
  pointTo(code, operand, places.left)
  pointTo(code, updates, offsets(stage.from))
  code.for(
    batch,
    zero,
    () => code.i32(batches),
    1,
    () => {
      code.for(
        table,
        zero,
        () => code.i32(before),
        1,
        () => {
          code.for(
            i,
            zero,
            () => code.i32(4 * count),
            4,
            () => {
              code.get(indices).get(i).do('i32.add').at('i32.load').tee(index).i32(size).do('i32.lt_u')
              code.if(addRow, () => {
                report(index)
                advance(code, updates, 4 * after)
              })
            },
          )
          advance(code, operand, 8 * size * after)
        },
      )
      advance(code, indices, 4 * count)
    },
  )
  eachFour(() => {
    code.get(narrow)
    pushRounded(
      code,
      () => code.get(wide).at('v128.load'),
      () => code.get(wide).at('v128.load', 16),
    )
    code.at('v128.store')
  })
  return undivided
}
