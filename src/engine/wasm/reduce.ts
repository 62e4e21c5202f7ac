/**
 * Reductions, with the expression of what is reduced computed on the way.
 *
 * By rows: the innermost reduced axis is walked in vectors, four sums side by side where it is long; they are joined at the end, and then their
 * lanes, ((0 1) (2 3)). By columns: the innermost kept axis is walked in vectors and every lane is one result. Which of the two, and so the order of a sum, follows from
 * the sizes and axes alone: rows where the last axis is reduced.
 */
import { at, type DType, sizeOf } from '../../tensor/index.js'
import { dtypesIn, interned, type Load, loadsOf } from '../fusion/expression.js'
import type { Reduce } from '../fusion/stage.js'
import { type Access, further, storeVector } from './access.js'
import { Constants } from './constants.js'
import { costOf } from './cost.js'
import type { Code, Instruction, Local } from './encoder.js'
import { type Division, hoist, loader, type Offsets, rounds, walkOf } from './map.js'
import { advance, collapse, startPointers, stepBytes, type Walk } from './nest.js'
import { type Lanes, lanesOf, ScalarWriter } from './scalar.js'

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

/** Accumulators joined into the first, neighbours first. */
const joinPairs = (code: Code, by: Instruction, accumulators: readonly Local[]): void => {
  for (let apart = 1; apart < accumulators.length; apart *= 2)
    for (let i = 0; i + apart < accumulators.length; i += 2 * apart) {
      const [x, y] = [accumulators[i], accumulators[i + apart]]
      if (x && y) code.get(x).get(y).do(by).set(x)
    }
}

const vectorKind = (dtype: DType): 'f64x2' | 'f32x4' | 'i32x4' => (dtype === 'float64' ? 'f64x2' : dtype === 'float32' ? 'f32x4' : 'i32x4')

/** Accumulators side by side. */
const abreast = 4

/** The mask whose first lanes are all ones. */
const firstLanes = (count: number, bytesPerLane: number): Uint8Array =>
  new Uint8Array(16).map((_, i) => (i < count * bytesPerLane ? 0xff : 0))

export const writeReduce = (code: Code, stage: Reduce, offsets: Offsets): Division => {
  const [expression] = interned([stage.expression])
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
  // Sums that do not wait for one another; how many follows from the size alone, for the order of a sum is part of its meaning.
  const whole = Math.floor(size / lanes)
  const accumulators = Array.from({ length: whole < 2 * abreast ? 1 : abreast }, () => code.local('v128'))
  const kind = vectorKind(dtype)
  const vector = (hoisted: ReadonlyMap<Load, Local>, count: number, index: number, ahead: number): void => {
    const accumulator = accumulators[index % accumulators.length]
    if (accumulator === undefined) return
    const places = new Map([...accesses].map(([load, access]) => [load, further(access, ahead * lanes)]))
    const writer = new ScalarWriter(code, constants, lanes, loader(code, constants, lanes, places, hoisted, count), [expression])
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
    constants.push(kind, identityOf(stage.by, dtype))
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
    for (const accumulator of accumulators) {
      constants.push(kind, identityOf(stage.by, dtype))
      code.set(accumulator)
    }
    nested(code, inner, pointers, 0, last, () => {
      const hoisted = hoist(code, constants, lanes, accesses)
      const turns = Math.floor(whole / accumulators.length)
      rounds(
        code,
        () => code.i32(turns),
        turns,
        () => {
          for (const i of accumulators.keys()) vector(hoisted, lanes, i, i)
          move(lanes * accumulators.length)
        },
      )
      const left = whole - turns * accumulators.length
      for (let i = 0; i < left; i += 1) vector(hoisted, lanes, i, i)
      if (tail > 0) vector(hoisted, tail, left, left)
      move(-turns * accumulators.length * lanes)
      code.release(...hoisted.values())
    })
    const [first, ...others] = accumulators
    if (first === undefined) return
    joinPairs(code, instruction(stage.by, dtype), accumulators)
    code.release(...others)
    joinLanes(code, stage.by, dtype, lanes, first)
    if (result) storeVector(code, constants, lanes, { dtype, stride: 0, pointer: result }, first, 1)
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
  /** Results side by side: so many whole vectors, or one of fewer lanes. */
  const vectors = (wide: number, count: number): void => {
    const accumulators = Array.from({ length: wide }, () => code.local('v128'))
    for (const accumulator of accumulators) {
      constants.push(vectorKind(dtype), identityOf(stage.by, dtype))
      code.set(accumulator)
    }
    nested(code, inner, pointers, 0, inner.sizes.length, () => {
      accumulators.forEach((accumulator, i) => {
        const places = new Map([...accesses].map(([load, access]) => [load, further(access, i * lanes)]))
        const writer = new ScalarWriter(code, constants, lanes, loader(code, constants, lanes, places, new Map(), count), [expression])
        code.get(accumulator)
        writer.push(expression)
        code.do(instruction(stage.by, dtype)).set(accumulator)
      })
    })
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
  const weight = sizeOf(inner.sizes) * costOf([expression])
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
