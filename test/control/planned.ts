/** How much memory the engine plans for a program. */
import { compileProgram } from '../../src/engine/wasm/compile.js'
import { platform } from '../../src/engine/wasm/platform.js'
import { wasmTarget } from '../../src/engine/wasm/target.js'
import { type Program, simplify } from '../../src/program/index.js'

/** The bytes of the whole stretch of memory. */
export const plannedBytes = (program: Program): number => {
  const options = { ...platform(), patienceSeconds: 60, shared: false, arithmetic: 'strict', target: wasmTarget } as const
  return compileProgram(simplify(program), 0, options)?.plan.size ?? Number.NaN
}
