/**
 * Reductions, with the expression of what is reduced computed on the way.
 *
 * By rows: the innermost reduced axis is walked in vectors, lanes are joined at the end, ((0 1) (2 3)). By columns: the innermost kept axis is
 * walked in vectors and every lane is one result. Which of the two, and so the order of a sum, follows from
 * the sizes and axes alone: rows where the last axis is reduced.
 */
import { at, type DType, sizeOf } from '../../tensor/index.js'
import { dtypesIn, type Load, loadsOf } from '../fusion/expression.js'
import type { Stage } from '../fusion/stage.js'
import { type Access, storeVector } from './access.js'
import { Constants } from './constants.js'
import { costOf } from './cost.js'
import type { Code, Instruction, Local } from './encoder.js'
import { type Division, hoist, internLoads, loader, type Offsets, rounds, walkOf } from './map.js'
import { advance, collapse, startPointers, stepBytes, type Walk } from './nest.js'
import { type Lanes, lanesOf, ScalarWriter } from './scalar.js'

type Reduce = Extract<Stage, { kind: 'reduce' }>

const identityOf = (by: Reduce['by'], dtype: DType): number => {
  if (by === 'sum') return 0
  if (by === 'prod') return 1
  return dtype === 'int32' ? -(2 ** 31) : dtype === 'uint32' ? 0 : Number.NEGATIVE_INFINITY
}

const instruction = (by: Reduce['by'], dtype: DType): Instruction => {
  const name = by === 'sum' ? 'add' : by === 'prod' ? 'mul' : 'max'
  if (dtype === 'float32') return `f32x4.${name}`
  if (dtype === 'float64') return `f64x2.${name}`
  return name === 'max' ? (dtype === 'uint32' ? 'i32x4.max_u' : 'i32x4.max_s') : `i32x4.${name}`
}

/** Lanes of an accumulator joined into lane 0, in a fixed order. */
const joinLanes = (code: Code, by: Reduce['by'], dtype: DType, lanes: Lanes, value: Local): void => {
  const swap = (bytes: readonly number[]): void => {
    code.get(value).get(value).get(value).shuffle(bytes).do(instruction(by, dtype)).set(value)
  }
  if (lanes === 4) swap([4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11])
  // 32-bit values in a kernel of two lanes lie side by side in the low half.
  if (lanes === 2 && dtype !== 'float64') swap([4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11])
  else swap([8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7])
}

/** The mask whose first lanes are all ones. */
const firstLanes = (count: number, bytesPerLane: number): Uint8Array =>
  new Uint8Array(16).map((_, i) => (i < count * bytesPerLane ? 0xff : 0))

export const writeReduce = (code: Code, stage: Reduce, offsets: Offsets): Division => {
  const [expression] = internLoads([stage.expression])
  if (expression === undefined) return { units: 0, multiple: 1, weight: 0 }
  const loads = loadsOf([expression])
  const kept = stage.kept.length
  const sizes = [...stage.kept, ...stage.reduced]
  const { dtype } = expression
  const walks: readonly Walk[] = [
    ...loads.map(load => walkOf(load, offsets)),
    {
      dtype,
      offset: offsets(stage.buffer),
      strides: sizes.map((_, axis) => (axis < kept ? sizeOf(stage.kept.slice(axis + 1)) : 0)),
    },
  ]
  // Kept and reduced axes are joined among themselves only.
  const outer = collapse(
    stage.kept,
    walks.map(walk => ({ ...walk, strides: walk.strides.slice(0, kept) })),
  )
  const inner = separate(
    stage.reduced,
    walks.map(walk => ({ ...walk, strides: walk.strides.slice(kept) })),
  )
  const lanes = lanesOf(dtypesIn([expression]))
  return (stage.byColumns ? columns : rows)(code, { stage, loads, expression, lanes, dtype, outer, inner })
}

/** Axes of size 1 dropped, the others as they are: joining them where strides allow would make the order of a sum depend on strides. */
const separate = (sizes: readonly number[], walks: readonly Walk[]): ReturnType<typeof collapse> => {
  const axes = sizes.flatMap((size, axis) => (size === 1 ? [] : [axis]))
  if (axes.length === 0) return { sizes: [1], walks: walks.map(walk => ({ ...walk, strides: [0] })) }
  return {
    sizes: axes.map(axis => at(sizes, axis)),
    walks: walks.map(walk => ({ ...walk, strides: axes.map(axis => at(walk.strides, axis)) })),
  }
}

interface Shape {
  readonly stage: Reduce
  readonly loads: readonly Load[]
  readonly expression: Reduce['expression']
  readonly lanes: Lanes
  readonly dtype: DType
  readonly outer: ReturnType<typeof collapse>
  readonly inner: ReturnType<typeof collapse>
}

const accessesOf = (loads: readonly Load[], walks: readonly Walk[], pointers: readonly Local[], axis: number): ReadonlyMap<Load, Access> =>
  new Map(
    loads.flatMap((load, k) => {
      const [walk, pointer] = [walks[k], pointers[k]]
      return walk && pointer ? [[load, { dtype: walk.dtype, stride: at(walk.strides, axis), pointer }] as const] : []
    }),
  )

/** Loops over axes `from` to `until` with the pointers of the loads moved along and brought back. */
const nested = (
  code: Code,
  nest: ReturnType<typeof collapse>,
  pointers: readonly Local[],
  from: number,
  until: number,
  body: () => void,
): void => {
  if (from === until) {
    body()
    return
  }
  const size = at(nest.sizes, from)
  const move = (count: number): void => {
    nest.walks.forEach((walk, k) => {
      const pointer = pointers[k]
      if (pointer) advance(code, pointer, count * stepBytes(walk, from))
    })
  }
  rounds(
    code,
    () => code.i32(size),
    size,
    () => {
      nested(code, nest, pointers, from + 1, until, body)
      move(1)
    },
  )
  move(-size)
}

/** The kept axes as one loop from low to high over the first and whole loops over the rest. */
const overKept = (code: Code, nest: ReturnType<typeof collapse>, pointers: readonly Local[], until: number, body: () => void): void => {
  const i = code.local('i32')
  const [low, high] = [code.parameter(1), code.parameter(2)]
  code.for(
    i,
    () => code.get(low),
    () => code.get(high),
    1,
    () => {
      nested(code, nest, pointers, 1, until, body)
      nest.walks.forEach((walk, k) => {
        const pointer = pointers[k]
        if (pointer) advance(code, pointer, stepBytes(walk, 0))
      })
    },
  )
  code.release(i)
}

const rows = (code: Code, { stage, loads, expression, lanes, dtype, outer, inner }: Shape): Division => {
  const constants = new Constants(code)
  const pointers = startPointers(code, code.parameter(0), outer.walks, code.parameter(1))
  const result = pointers.at(-1)
  const last = inner.sizes.length - 1
  const size = at(inner.sizes, last)
  const tail = size % lanes
  const accesses = accessesOf(loads, inner.walks, pointers, last)
  const accumulator = code.local('v128')
  const vector = (hoisted: ReadonlyMap<Load, Local>, count: number): void => {
    const writer = new ScalarWriter(code, constants, lanes, loader(code, constants, lanes, accesses, hoisted, count), [expression])
    if (count === lanes) {
      code.get(accumulator)
      writer.push(expression)
      code.do(instruction(stage.by, dtype)).set(accumulator)
      return
    }
    // Lanes beyond the end count as the identity.
    const value = code.local('v128')
    writer.push(expression)
    code.set(value).get(accumulator).get(value)
    constants.push(dtype === 'float64' ? 'f64x2' : dtype === 'float32' ? 'f32x4' : 'i32x4', identityOf(stage.by, dtype))
    code
      .v128(firstLanes(count, dtype === 'float64' ? 8 : 4))
      .do('v128.bitselect', instruction(stage.by, dtype))
      .set(accumulator)
    code.release(value)
  }
  const move = (count: number): void => {
    inner.walks.forEach((walk, k) => {
      const pointer = pointers[k]
      if (pointer) advance(code, pointer, count * stepBytes(walk, last))
    })
  }
  overKept(code, outer, pointers, outer.sizes.length, () => {
    constants.push(dtype === 'float64' ? 'f64x2' : dtype === 'float32' ? 'f32x4' : 'i32x4', identityOf(stage.by, dtype))
    code.set(accumulator)
    nested(code, inner, pointers, 0, last, () => {
      const hoisted = hoist(code, constants, lanes, accesses)
      const whole = Math.floor(size / lanes)
      rounds(
        code,
        () => code.i32(whole),
        whole,
        () => {
          vector(hoisted, lanes)
          move(lanes)
        },
      )
      if (tail > 0) vector(hoisted, tail)
      move(-(size - tail))
      code.release(...hoisted.values())
    })
    joinLanes(code, stage.by, dtype, lanes, accumulator)
    if (result) storeVector(code, constants, lanes, { dtype, stride: 0, pointer: result }, accumulator, 1)
  })
  constants.place()
  return { units: at(outer.sizes, 0), multiple: 1, weight: sizeOf(outer.sizes.slice(1)) * sizeOf(inner.sizes) * costOf([expression]) }
}

const columns = (code: Code, { stage, loads, expression, lanes, dtype, outer, inner }: Shape): Division => {
  const constants = new Constants(code)
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
  const accumulator = code.local('v128')
  const vector = (count: number): void => {
    constants.push(dtype === 'float64' ? 'f64x2' : dtype === 'float32' ? 'f32x4' : 'i32x4', identityOf(stage.by, dtype))
    code.set(accumulator)
    nested(code, inner, pointers, 0, inner.sizes.length, () => {
      const writer = new ScalarWriter(code, constants, lanes, loader(code, constants, lanes, accesses, new Map(), count), [expression])
      code.get(accumulator)
      writer.push(expression)
      code.do(instruction(stage.by, dtype)).set(accumulator)
    })
    if (result) storeVector(code, constants, lanes, { dtype, stride: 1, pointer: result }, accumulator, count)
  }
  const move = (count: number): void => {
    outer.walks.forEach((walk, k) => {
      const pointer = pointers[k]
      if (pointer) advance(code, pointer, count * stepBytes(walk, last))
    })
  }
  const whole = Math.floor(size / lanes)
  if (single) {
    const units = Math.ceil(size / lanes)
    const i = code.local('i32')
    code.for(
      i,
      () => code.get(low),
      () => code.get(code.parameter(2)),
      1,
      () => {
        if (tail === 0) vector(lanes)
        else
          code
            .get(i)
            .i32(whole)
            .do('i32.eq')
            .if(
              () => vector(tail),
              () => vector(lanes),
            )
        move(lanes)
      },
    )
    constants.place()
    return { units, multiple: 1, weight: lanes * sizeOf(inner.sizes) * costOf([expression]) }
  }
  overKept(code, outer, pointers, last, () => {
    rounds(
      code,
      () => code.i32(whole),
      whole,
      () => {
        vector(lanes)
        move(lanes)
      },
    )
    if (tail > 0) vector(tail)
    move(-(size - tail))
  })
  constants.place()
  return { units: at(outer.sizes, 0), multiple: 1, weight: sizeOf(outer.sizes.slice(1)) * sizeOf(inner.sizes) * costOf([expression]) }
}
