/** Writes maps: scalar code at every place of an index space, in a single pass. */
import { at, sizeOf } from '../../tensor/index.js'
import { dtypesIn, interned, type Load, loadsOf } from '../fusion/expression.js'
import type { MapStage } from '../fusion/stage.js'
import { type Access, isSplat, pushVector, storeVector } from './access.js'
import { Constants } from './constants.js'
import { costOf } from './cost.js'
import type { Code, Local } from './encoder.js'
import { advance, type Collapsed, collapse, loops, startPointers, stepBytes } from './nest.js'
import type { Division } from './phase.js'
import { type Lanes, lanesOf, ScalarWriter } from './scalar.js'
import { type Offsets, storeWalk, walkOf } from './walks.js'

/** Pushes loads: those repeated along the innermost axis come from locals that were set before the loop. */
export const loader =
  (code: Code, constants: Constants, lanes: Lanes, accesses: ReadonlyMap<Load, Access>, hoisted: ReadonlyMap<Load, Local>, count: number) =>
  (load: Load): void => {
    const local = hoisted.get(load)
    const access = accesses.get(load)
    if (local) code.get(local)
    else if (access) pushVector(code, constants, lanes, access, count)
  }

/** Vectors of loads that stay the same along the innermost axis. */
export const hoist = (code: Code, constants: Constants, lanes: Lanes, accesses: ReadonlyMap<Load, Access>): ReadonlyMap<Load, Local> =>
  new Map(
    [...accesses].flatMap(([load, access]) => {
      if (!isSplat(access)) return []
      const local = code.local('v128')
      pushVector(code, constants, lanes, access, lanes)
      code.set(local)
      return [[load, local] as const]
    }),
  )

/** Writes zeros to the places from low to high; each place is `bytes` bytes of a buffer. */
const writeZeros = (
  code: Code,
  { base, low, high }: { readonly base: Local; readonly low: Local; readonly high: Local },
  offset: number,
  bytes: number,
): void => {
  code.get(base).i32(offset).do('i32.add').get(low).i32(bytes).do('i32.mul', 'i32.add')
  code.i32(0)
  code.get(high).get(low).do('i32.sub').i32(bytes).do('i32.mul')
  code.memoryFill()
}

/** Writes the body of `(base, low, high)` for a map and says how its work is divided. */
export const writeMap = (code: Code, stage: MapStage, offsets: Offsets): Division => {
  const [base, low, high] = [code.parameter(0), code.parameter(1), code.parameter(2)]
  const constants = new Constants(code)
  const expressions = interned(stage.stores.map(store => store.expression))
  const loads = loadsOf(expressions)
  const stores = stage.stores.map((store, i) => ({ ...store, expression: expressions[i] ?? store.expression }))
  const lanes = lanesOf(dtypesIn(expressions))
  const walks = [...loads.map(load => walkOf(load, offsets)), ...stores.map(store => storeWalk(store, offsets))]
  const nest = collapse(stage.sizes, walks)
  // An innermost axis of two entries, as a window's, would leave half of each vector empty: lanes go on along the axis before it.
  const innermost = nest.sizes.length - 1
  const inPairs = lanes === 4 && innermost > 1 && at(nest.sizes, innermost) === 2 && nest.walks.every(({ dtype }) => dtype !== 'bool')
  const last = inPairs ? innermost - 1 : innermost
  const size = sizeOf(nest.sizes.slice(last))
  const zeroed = stage.amongZeros ? nest.walks.at(-1) : undefined
  if (zeroed) writeZeros(code, { base, low, high }, offsets(stores[0]?.buffer ?? 0), stepBytes(zeroed, 0))
  const pointers = startPointers(code, base, nest.walks, low)
  const accessOf = (k: number): Access => {
    const walk = nest.walks[k]
    const pointer = pointers[k]
    if (!(walk && pointer)) return { dtype: 'float32', stride: 0, pointer: base }
    const access = { dtype: walk.dtype, stride: at(walk.strides, innermost), pointer }
    return inPairs ? { ...access, outer: at(walk.strides, last) } : access
  }
  const accesses = new Map(loads.map((load, k) => [load, accessOf(k)]))

  const vector = (hoisted: ReadonlyMap<Load, Local>, count: number): void => {
    const writer = new ScalarWriter(code, constants, lanes, loader(code, constants, lanes, accesses, hoisted, count), expressions)
    // All values before the first store: a store may write over what another reads at this place.
    const values = stores.map(({ expression }) => {
      writer.push(expression)
      const value = code.local('v128')
      code.set(value)
      return value
    })
    values.forEach((value, i) => {
      storeVector(code, constants, lanes, accessOf(loads.length + i), value, count)
    })
    code.release(...values)
  }
  const step = (count: number): void => {
    nest.walks.forEach((walk, k) => {
      const pointer = pointers[k]
      if (pointer) advance(code, pointer, (inPairs ? count / 2 : count) * stepBytes(walk, last))
    })
  }
  const tail = size % lanes
  if (last === 0) flat(code, { nest, lanes, low, high, size, tail }, hoist(code, constants, lanes, accesses), vector, step)
  else
    loops(code, nest, pointers, { low, high }, last, () => {
      const hoisted = hoist(code, constants, lanes, accesses)
      rounds(
        code,
        () => code.i32(Math.floor(size / lanes)),
        Math.floor(size / lanes),
        () => {
          vector(hoisted, lanes)
          step(lanes)
        },
      )
      if (tail > 0) vector(hoisted, tail)
      step(-(size - tail))
      code.release(...hoisted.values())
    })
  constants.place()
  return last === 0
    ? { units: size, multiple: lanes, weight: costOf(expressions, code.target) }
    : {
        units: at(nest.sizes, 0),
        multiple: 1,
        weight: nest.sizes.slice(1).reduce((product, n) => product * n, costOf(expressions, code.target)),
      }
}

/** A loop of `count` rounds. If it is `known` that there is one round the code has no loop, and if there is none it is empty. */
export const rounds = (code: Code, count: () => void, known: number | undefined, body: () => void): void => {
  if (known === 0) return
  if (known === 1) {
    body()
    return
  }
  const left = code.local('i32')
  count()
  code.set(left).block(() => {
    if (known === undefined) code.get(left).do('i32.eqz').brIf(0)
    code.loop(() => {
      body()
      code.get(left).i32(-1).do('i32.add').tee(left).brIf(0)
    })
  })
  code.release(left)
}

interface Flat {
  readonly nest: Collapsed
  readonly lanes: Lanes
  readonly low: Local
  readonly high: Local
  readonly size: number
  readonly tail: number
}

/** One axis from low to high, both multiples of the lanes, but for the end of the axis. */
const flat = (
  code: Code,
  { lanes, low, high, size, tail }: Flat,
  hoisted: ReadonlyMap<Load, Local>,
  vector: (hoisted: ReadonlyMap<Load, Local>, count: number) => void,
  step: (count: number) => void,
): void => {
  const shift = lanes === 4 ? 2 : 1
  rounds(
    code,
    () => code.get(high).get(low).do('i32.sub').i32(shift).do('i32.shr_u'),
    size < lanes ? 0 : undefined,
    () => {
      vector(hoisted, lanes)
      step(lanes)
    },
  )
  if (tail > 0)
    code
      .get(high)
      .i32(size)
      .do('i32.eq')
      .if(() => vector(hoisted, tail))
}
