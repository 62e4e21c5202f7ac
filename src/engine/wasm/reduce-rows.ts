/** Reductions in which neighbours in memory belong to one result: every lane of a vector adds up a part of it, and the lanes are joined at the end. */
import { monoids } from '../../kernel/index.js'
import { at, type DType, sizeOf } from '../../tensor/index.js'
import type { Expression, Load } from '../fusion/expression.js'
import type { ReduceStage } from '../fusion/stage.js'
import { type Access, further, storeVector } from './access.js'
import { Constants } from './constants.js'
import { costOf } from './cost.js'
import type { Code, Instruction, Local } from './encoder.js'
import { vectorKind } from './instructions.js'
import { hoist, loader, rounds } from './map.js'
import { advance, startPointers, stepBytes } from './nest.js'
import type { Division } from './phase.js'
import { accessesOf, instruction, nested, overKept, type ReduceForm } from './reduce-common.js'
import { Extreme, wayOf } from './reduce-extreme.js'
import { inShares, shareOf, Totals } from './reduce-totals.js'
import { type Lanes, ScalarWriter } from './scalar.js'

/** Lanes of an accumulator joined into lane 0, in a fixed order. */
const joinLanes = (code: Code, by: ReduceStage['by'], dtype: DType, lanes: Lanes, value: Local): void => {
  const swap = (bytes: readonly number[]): void => {
    code.get(value).get(value).get(value).shuffle(bytes).do(instruction(by, dtype)).set(value)
  }
  if (lanes === 4) swap([4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11])
  // 32-bit values in a kernel of two lanes lie side by side in the low half.
  if (lanes === 2 && dtype !== 'float64') swap([4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11])
  else swap([8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7])
}

/** Accumulators joined into the first, neighbours first. */
const joinPairs = (code: Code, by: Instruction, accumulators: readonly Local[]): void => {
  for (let apart = 1; apart < accumulators.length; apart *= 2)
    for (let i = 0; i + apart < accumulators.length; i += 2 * apart) {
      const [x, y] = [accumulators[i], accumulators[i + apart]]
      if (x && y) code.get(x).get(y).do(by).set(x)
    }
}

/** A value that is written on the way, and where. */
interface Written {
  readonly node: Expression
  readonly access: Access | undefined
}

/** The mask whose first lanes are all ones. */
const firstLanes = (count: number, bytesPerLane: number): Uint8Array =>
  new Uint8Array(16).map((_, i) => (i < count * bytesPerLane ? 0xff : 0))

export const rows = (code: Code, { stage, loads, expression, stored, lanes, dtype, outer, inner }: ReduceForm): Division => {
  const constants = new Constants(code)
  const { order } = code.target
  const pointers = startPointers(code, code.parameter(0), outer.walks, code.parameter(1))
  const result = pointers.at(-1)
  const last = inner.sizes.length - 1
  const size = at(inner.sizes, last)
  const tail = size % lanes
  const accesses = accessesOf(loads, inner.walks, pointers, last)
  const written = stored.map((node, i): Written => {
    const [walk, pointer] = [inner.walks[loads.length + i], pointers[loads.length + i]]
    return { node, access: walk && pointer && { dtype: node.dtype, stride: at(walk.strides, last), pointer } }
  })
  // Several accumulators, so that an addition need not wait for the one before. How many there are follows from the size alone, because it
  // decides the order in which a sum is added up, and that is part of its meaning.
  const whole = Math.floor(size / lanes)
  const accumulators = Array.from({ length: whole < 2 * order.accumulators ? 1 : order.accumulators }, () => code.local('v128'))
  const kind = vectorKind(dtype)
  const way = wayOf(monoids[stage.by].scalar)
  const extreme = way && kind !== 'i32x4' && lanes === (kind === 'f32x4' ? 4 : 2) ? new Extreme(code, constants, kind, way) : undefined
  const combine = (accumulator: Local, value: Local): void => {
    if (extreme) extreme.take(accumulator, value)
    else code.get(accumulator).get(value).do(instruction(stage.by, dtype)).set(accumulator)
  }
  const vector = (hoisted: ReadonlyMap<Load, Local>, count: number, index: number, ahead: number): void => {
    const accumulator = accumulators[index % accumulators.length]
    if (accumulator === undefined) return
    const places = new Map([...accesses].map(([load, access]) => [load, further(access, ahead * lanes)]))
    const load = loader(code, constants, lanes, places, hoisted, count)
    const writer = new ScalarWriter(code, constants, lanes, load, [...stored, expression])
    for (const { node, access } of written) {
      const value = code.local('v128')
      writer.push(node)
      code.set(value)
      if (access) storeVector(code, constants, lanes, further(access, ahead * lanes), value, count)
      code.release(value)
    }
    const value = code.local('v128')
    writer.push(expression)
    if (count < lanes) {
      // Lanes beyond the end count as the identity.
      constants.push(kind, monoids[stage.by].identity(dtype))
      code.v128(firstLanes(count, dtype === 'float64' ? 8 : 4)).do('v128.bitselect')
    }
    code.set(value)
    combine(accumulator, value)
    code.release(value)
  }
  const move = (count: number): void => {
    inner.walks.forEach((walk, k) => {
      const pointer = pointers[k]
      if (pointer) advance(code, pointer, count * stepBytes(walk, last))
    })
  }
  const turns = Math.floor(whole / accumulators.length)
  const left = whole - turns * accumulators.length
  const share = shareOf(stage.by, dtype, [...inner.sizes.slice(0, last), turns + (left + tail > 0 ? 1 : 0)], order)
  const totals = share && new Totals(code, constants, lanes)
  const begin = (): void => {
    for (const accumulator of accumulators) {
      constants.push(kind, monoids[stage.by].identity(dtype))
      code.set(accumulator)
    }
  }
  const [first, ...others] = accumulators
  const handOver = (): void => {
    if (first === undefined) return
    joinPairs(code, instruction(stage.by, dtype), accumulators)
    totals?.take(first)
    begin()
  }
  overKept(code, outer, pointers, outer.sizes.length, () => {
    begin()
    totals?.begin()
    extreme?.begin()
    nested(code, inner, pointers, { from: 0, until: last, share, after: handOver }, () => {
      const hoisted = hoist(code, constants, lanes, accesses)
      const turn = (): void => {
        for (const i of accumulators.keys()) vector(hoisted, lanes, i, i)
        move(lanes * accumulators.length)
      }
      if (share?.axis === last) inShares(code, turns, share.rounds, turn, handOver)
      else rounds(code, () => code.i32(turns), turns, turn)
      for (let i = 0; i < left; i += 1) vector(hoisted, lanes, i, i)
      if (tail > 0) vector(hoisted, tail, left, left)
      if (share?.axis === last) handOver()
      move(-turns * accumulators.length * lanes)
      code.release(...hoisted.values())
    })
    if (first === undefined) return
    if (totals) totals.giveSum(first)
    else {
      joinPairs(code, instruction(stage.by, dtype), accumulators)
      joinLanes(code, stage.by, dtype, lanes, first)
    }
    code.release(...others)
    extreme?.end(first)
    if (result) storeVector(code, constants, lanes, { dtype, stride: 0, pointer: result }, first, 1)
  })
  constants.place()
  return {
    units: at(outer.sizes, 0),
    multiple: 1,
    weight: sizeOf(outer.sizes.slice(1)) * sizeOf(inner.sizes) * costOf([expression, ...stored], code.target),
  }
}
