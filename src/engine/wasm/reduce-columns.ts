/** Reductions in which neighbours in memory belong to different results: every lane of a vector adds up a result of its own. */
import { monoids } from '../../kernel/index.js'
import { at, sizeOf } from '../../tensor/index.js'
import { further, storeVector } from './access.js'
import { Constants } from './constants.js'
import { costOf } from './cost.js'
import type { Code } from './encoder.js'
import { vectorKind } from './instructions.js'
import { loader, rounds } from './map.js'
import { advance, startPointers, stepBytes } from './nest.js'
import type { Division } from './phase.js'
import { accessesOf, instruction, nested, overKept, type ReduceForm } from './reduce-common.js'
import { shareOf, Totals } from './reduce-totals.js'
import { ScalarWriter } from './scalar.js'

export const columns = (code: Code, { stage, loads, expression, lanes, dtype, outer, inner }: ReduceForm): Division => {
  const constants = new Constants(code)
  const { order, costs } = code.target
  const { abreast } = costs.reductions
  const last = outer.sizes.length - 1
  const size = at(outer.sizes, last)
  const tail = size % lanes
  // With one kept axis its vectors are the units of work, else the first axis is.
  const single = last === 0
  const low = code.parameter(1)
  const first = code.local('i32')
  code.get(low)
  if (single) code.i32(lanes).do('i32.mul')
  code.set(first)
  const pointers = startPointers(code, code.parameter(0), outer.walks, first)
  const result = pointers.at(-1)
  const accesses = accessesOf(loads, outer.walks, pointers, last)
  const share = shareOf(stage.by, dtype, inner.sizes, order)
  /** Computes results that lie side by side: those of `wide` whole vectors, or of one vector with fewer lanes. */
  const vectors = (wide: number, count: number): void => {
    const accumulators = Array.from({ length: wide }, () => code.local('v128'))
    const totals = share ? accumulators.map(accumulator => ({ accumulator, total: new Totals(code, constants, lanes) })) : []
    const begin = (): void => {
      for (const accumulator of accumulators) {
        constants.push(vectorKind(dtype), monoids[stage.by].identity(dtype))
        code.set(accumulator)
      }
    }
    const handOver = (): void => {
      for (const { accumulator, total } of totals) total.take(accumulator)
      begin()
    }
    begin()
    for (const { total } of totals) total.begin()
    const one = (): void => {
      accumulators.forEach((accumulator, i) => {
        const places = new Map([...accesses].map(([load, access]) => [load, further(access, i * lanes)]))
        const writer = new ScalarWriter(code, constants, lanes, loader(code, constants, lanes, places, new Map(), count), [expression])
        code.get(accumulator)
        writer.push(expression)
        code.do(instruction(stage.by, dtype)).set(accumulator)
      })
    }
    nested(code, inner, pointers, { from: 0, until: inner.sizes.length, share, after: handOver }, one)
    for (const { accumulator, total } of totals) {
      total.give(accumulator)
      total.release()
    }
    accumulators.forEach((accumulator, i) => {
      if (result) storeVector(code, constants, lanes, further({ dtype, stride: 1, pointer: result }, i * lanes), accumulator, count)
    })
    code.release(...accumulators)
  }
  const move = (count: number): void => {
    outer.walks.forEach((walk, k) => {
      const pointer = pointers[k]
      if (pointer) advance(code, pointer, count * stepBytes(walk, last))
    })
  }
  const whole = Math.floor(size / lanes)
  const weight = sizeOf(inner.sizes) * costOf([expression], code.target)
  if (single) {
    const high = code.parameter(2)
    const [i, wholeHere] = [code.local('i32'), code.local('i32')]
    code.get(high).i32(whole).get(high).i32(whole).do('i32.lt_u', 'select').set(wholeHere)
    code.get(low).set(i)
    const repeat = (wide: number): void =>
      void code.block(() =>
        code.loop(() => {
          code.get(i).i32(wide).do('i32.add').get(wholeHere).do('i32.gt_u').brIf(1)
          vectors(wide, lanes)
          move(lanes * wide)
          code.get(i).i32(wide).do('i32.add').set(i).br(0)
        }),
      )
    repeat(abreast)
    repeat(1)
    if (tail > 0)
      code
        .get(high)
        .i32(whole)
        .do('i32.gt_u')
        .if(() => vectors(1, tail))
    constants.place()
    return { units: Math.ceil(size / lanes), multiple: 1, weight: lanes * weight }
  }
  overKept(code, outer, pointers, last, () => {
    const several = (wide: number, turns: number): void =>
      rounds(
        code,
        () => code.i32(turns),
        turns,
        () => {
          vectors(wide, lanes)
          move(lanes * wide)
        },
      )
    several(abreast, Math.floor(whole / abreast))
    several(1, whole % abreast)
    if (tail > 0) vectors(1, tail)
    move(-(size - tail))
  })
  constants.place()
  return { units: at(outer.sizes, 0), multiple: 1, weight: sizeOf(outer.sizes.slice(1)) * weight }
}
