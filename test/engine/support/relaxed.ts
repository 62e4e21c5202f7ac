/**
 * Relaxed SIMD in tests. Node 20 has it behind a flag, which is set here: for the process of one test file, and it is what the compiler
 * accepts that changes, not what it makes of other modules.
 */
import type { Arithmetic } from '../../../src/engine/wasm/encoder.js'
import { type Platform, platform } from '../../../src/engine/wasm/platform.js'
import { arithmeticIn } from '../../../src/engine/wasm/runtime.js'

if (typeof process === 'object') process.getBuiltinModule?.('node:v8')?.setFlagsFromString('--experimental-wasm-relaxed-simd')

/** What the runtime of these tests has. */
export const arithmetics: readonly Arithmetic[] = arithmeticIn(platform().runtime, true) === 'relaxed' ? ['strict', 'relaxed'] : ['strict']

const opcodes = { f32x4: [0xfd, 0x85, 0x02], f64x2: [0xfd, 0x87, 0x02] } as const

/** The instructions of relaxed SIMD whose bytes a module has. */
const relaxedIn = (module: Uint8Array): readonly string[] =>
  Object.entries(opcodes).flatMap(([lanes, opcode]) =>
    module.some((_, i) => opcode.every((byte, k) => module[i + k] === byte)) ? [lanes] : [],
  )

export interface Recorded extends Platform {
  /** The relaxed instructions of all modules compiled since the last look. */
  readonly seen: () => readonly string[]
}

/** The platform of the tests, which remembers the modules that it compiled; in one without relaxed SIMD no module may have it. */
export const recorded = ({ relaxed }: { readonly relaxed: boolean }): Recorded => {
  const own = platform()
  const { Module: Compiled } = own.runtime
  let seen: string[] = []
  class Module extends Compiled {
    constructor(bytes: Uint8Array) {
      super(bytes)
      seen.push(...relaxedIn(bytes))
    }
  }
  const validate = (bytes: Uint8Array): boolean => (relaxed || relaxedIn(bytes).length === 0) && own.runtime.validate(bytes)
  return {
    ...own,
    runtime: { ...own.runtime, Memory: own.runtime.Memory, Instance: own.runtime.Instance, Module, validate },
    seen: () => {
      const all = [...new Set(seen)].sort()
      seen = []
      return all
    },
  }
}
