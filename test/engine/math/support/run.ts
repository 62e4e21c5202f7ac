/** Runs an elementary function over arrays: a module of one function that maps vectors of one or two arguments. */
import { Constants } from '../../../../src/engine/wasm/constants.js'
import type { Arithmetic, Code, Local } from '../../../../src/engine/wasm/encoder.js'
import { writeElementary } from '../../../../src/engine/wasm/math/write.js'
import { ModuleBuilder } from '../../../../src/engine/wasm/module-builder.js'
import { findRuntime } from '../../../../src/engine/wasm/runtime.js'
import type { ElementaryFunction } from '../../../../src/math/index.js'

type Lanes = 'f32x4' | 'f64x2'
type Numbers = Float32Array | Float64Array
type Loop = (x: number, y: number, result: number, stop: number) => void

const isLoop = (value: unknown): value is Loop => typeof value === 'function'

const bodyOf = (lanes: Lanes, f: ElementaryFunction) => (code: Code) => {
  const constants = new Constants(code)
  const [x, y, result, stop] = [0, 1, 2, 3].map(i => code.parameter(i)) as [Local, Local, Local, Local]
  const [a, b] = [code.local('v128'), code.local('v128')]
  code.loop(() => {
    code.get(x).at('v128.load').set(a).get(y).at('v128.load').set(b).get(result)
    writeElementary(code, constants, f, lanes, a, b)
    code.at('v128.store')
    for (const pointer of [x, y, result]) code.get(pointer).i32(16).do('i32.add').set(pointer)
    code.get(x).get(stop).do('i32.lt_u').brIf(0)
  })
  constants.place()
}

export interface Mapper {
  /** f over whole arrays; a function of one argument does not look at the second. */
  readonly map: <A extends Numbers>(x: A, y?: A) => A
  readonly bytes: number
  /** Repeats the last map and gives the time of an entry in nanoseconds. */
  readonly time: (rounds: number) => number
}

const runtime = findRuntime(globalThis)

export const mapper = (lanes: Lanes, f: ElementaryFunction, capacity: number, arithmetic: Arithmetic = 'strict'): Mapper => {
  const builder = new ModuleBuilder([], arithmetic)
  builder.add({ parameters: ['i32', 'i32', 'i32', 'i32'], results: [] }, bodyOf(lanes, f), { name: 'map', exported: true })
  const encoded = builder.encode(undefined)
  const size = lanes === 'f32x4' ? 4 : 8
  const room = Math.ceil((capacity * size) / 16) * 16
  const memory = new runtime.Memory({ initial: Math.ceil((3 * room) / 65536) + 1 })
  const { exports } = new runtime.Instance(new runtime.Module(encoded), { env: { memory } })
  const loop = Reflect.get(exports, 'map')
  if (!isLoop(loop)) throw new Error('no function')
  let last = 0
  const view = (start: number, length: number): Numbers =>
    size === 4 ? new Float32Array(memory.buffer, start, length) : new Float64Array(memory.buffer, start, length)
  return {
    bytes: encoded.length,
    map: (x, y = x) => {
      last = x.length
      view(0, last).set(x)
      view(room, last).set(y)
      loop(0, room, 2 * room, Math.ceil((last * size) / 16) * 16)
      return view(2 * room, last).slice() as typeof x
    },
    time: rounds => {
      const start = performance.now()
      for (let i = 0; i < rounds; i += 1) loop(0, room, 2 * room, Math.ceil((last * size) / 16) * 16)
      return ((performance.now() - start) * 1e6) / rounds / last
    },
  }
}
