/**
 * scatterAdd for fewer updates than the table has rows: the updates of each row are linked into a list, and added up list by list.
 *
 * For each row, `heads` holds the number of its first update; for each update, `next` holds the number of the next one of the same row. Numbers
 * count from 1, and 0 means that there is none. Heads are set only for rows that are updated, so the work grows with the updates and not with the rows.
 */
import type { Code, Local } from './encoder.js'
import { undivided } from './indexed.js'
import type { Division } from './phase.js'
import { advance, lanes, pointTo, pushLower, pushRounded, pushUpper, type Scatter, type ScatterPlaces } from './scatter-common.js'
import type { Offsets } from './walks.js'

/** Bytes of `heads` and of `next`. */
export const linksSpace = ({ size, count }: Scatter): ScatterPlaces => ({ left: 4 * size, right: 4 * count })

export const writeLinked = (
  code: Code,
  stage: Scatter,
  offsets: Offsets,
  report: (index: Local) => void,
  places: ScatterPlaces,
): Division => {
  const { batches, before, size, after, count } = stage
  const local = (): Local => code.local('i32')
  const [batch, table, i, index] = [local(), local(), local(), local()]
  const [indices, heads, next, operand, updates] = [local(), local(), local(), local(), local()]
  const [link, row, update, column] = [local(), local(), local(), local()]
  const zero = (): void => void code.i32(0)
  /** The address of an entry of a list of whole numbers. */
  const entry = (list: Local, place: Local): void => void code.get(list).get(place).i32(2).do('i32.shl', 'i32.add')
  /** Sets a pointer to a row of the operand, or of the updates. */
  const toRow = (pointer: Local, rows: Local, place: Local): void => {
    code
      .get(rows)
      .get(place)
      .i32(4 * after)
      .do('i32.mul', 'i32.add')
      .set(pointer)
  }
  /** Sets `index` to that of update i, and does something if the table has such a row. */
  const withRow = (then: () => void, otherwise?: () => void): void => {
    entry(indices, i)
    code.at('i32.load').tee(index).i32(size).do('i32.lt_u')
    code.if(then, otherwise)
  }
  const each = (i: Local, size: number, body: () => void): void => void code.for(i, zero, () => code.i32(size), 1, body)

  const clear = (): void =>
    each(i, count, () =>
      withRow(
        () => {
          entry(heads, index)
          code.i32(0).at('i32.store')
        },
        () => report(index),
      ),
    )
  /** Links the updates from the last to the first, each in front of those of its row, so that a list has them in their order. */
  const linkAll = (): void => {
    code.i32(count).set(i)
    code.loop(() => {
      advance(code, i, -1)
      withRow(() => {
        entry(next, i)
        entry(heads, index)
        code.tee(link).at('i32.load').at('i32.store')
        code.get(link).get(i).i32(1).do('i32.add').at('i32.store')
      })
      code.get(i).brIf(0)
    })
  }
  /** For update i and all that follow it in its row, with `update` at the update. */
  const eachUpdate = (add: () => void): void => {
    code.get(i).set(link)
    code.loop(() => {
      toRow(update, updates, link)
      add()
      entry(next, link)
      code.at('i32.load').tee(link)
      code.if(() => {
        advance(code, link, -1)
        code.br(1)
      })
    })
  }
  const vector = code.local('v128')
  /** Adds up `wide` vectors of a row, from `column` on, which counts bytes. */
  const addVectors = (wide: number): void => {
    const halves = Array.from({ length: wide }, (_, v) => ({ v, lower: code.local('v128'), upper: code.local('v128') }))
    const load = (from: Local, v: number): void => {
      code
        .get(from)
        .get(column)
        .do('i32.add')
        .at('v128.load', 16 * v)
        .set(vector)
    }
    for (const { v, lower, upper } of halves) {
      load(row, v)
      pushLower(code, vector)
      code.set(lower)
      pushUpper(code, vector)
      code.set(upper)
    }
    eachUpdate(() => {
      for (const { v, lower, upper } of halves) {
        load(update, v)
        code.get(lower)
        pushLower(code, vector)
        code.do('f64x2.add').set(lower).get(upper)
        pushUpper(code, vector)
        code.do('f64x2.add').set(upper)
      }
    })
    for (const { v, lower, upper } of halves) {
      code.get(row).get(column).do('i32.add')
      pushRounded(
        code,
        () => code.get(lower),
        () => code.get(upper),
      )
      code.at('v128.store', 16 * v)
    }
    code.release(...halves.flatMap(({ lower, upper }) => [lower, upper]))
  }
  const sum = code.local('f64')
  const addOne = (offset: number): void => {
    code.get(row).at('f32.load', offset).do('f64.promote_f32').set(sum)
    eachUpdate(() => code.get(sum).get(update).at('f32.load', offset).do('f64.promote_f32', 'f64.add').set(sum))
    code.get(row).get(sum).do('f32.demote_f64').at('f32.store', offset)
  }
  const vectors = Math.floor(after / lanes)
  const together = code.target.costs.scatter.vectors
  const addRow = (): void => {
    const whole = Math.floor(vectors / together)
    const bytes = 4 * lanes * together
    code.for(
      column,
      zero,
      () => code.i32(whole * bytes),
      bytes,
      () => addVectors(together),
    )
    if (vectors % together > 0) addVectors(vectors % together)
    for (let k = vectors * lanes; k < after; k += 1) addOne(4 * k)
  }
  const addAll = (): void =>
    each(i, count, () =>
      withRow(() => {
        // The first update of a row adds them all.
        entry(heads, index)
        code.at('i32.load').get(i).i32(1).do('i32.add', 'i32.eq')
        code.if(() => {
          toRow(row, operand, index)
          addRow()
        })
      }),
    )
  pointTo(code, indices, offsets(stage.indices))
  pointTo(code, operand, offsets(stage.buffer))
  pointTo(code, updates, offsets(stage.from))
  pointTo(code, heads, places.left)
  pointTo(code, next, places.right)
  // Where there are no tables no index is looked at, as in the plain loops.
  each(batch, before > 0 ? batches : 0, () => {
    clear()
    linkAll()
    each(table, before, () => {
      addAll()
      advance(code, operand, 4 * size * after)
      advance(code, updates, 4 * count * after)
    })
    advance(code, indices, 4 * count)
  })
  return undivided
}
