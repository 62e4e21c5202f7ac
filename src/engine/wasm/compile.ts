/**
 * Compiles a program. It is fused into stages, every value gets a place in memory, the stages are written as a WebAssembly module, and the
 * runtime compiles that.
 *
 * The result belongs to no memory. An `Instance` joins it with the engine's memory, and a `Workspace` gives an instance a stretch of it.
 */
import { inlineCalls, type Program } from '../../program/index.js'
import { buildGraph } from '../fusion/build.js'
import { merge } from '../fusion/merge.js'
import type { Graph, Stage } from '../fusion/stage.js'
import { report, sizeInBytes } from './indexed.js'
import { mostBytes, refuseBytes } from './limits.js'
import { type Copy, type ModuleOptions, writeModule } from './module.js'
import { type Plan, planMemory } from './plan.js'
import type { Platform } from './platform.js'
import { compileModule } from './runtime.js'
import type { WasmTarget } from './target.js'

/** How modules are written, and what compiles them. */
export type CompileOptions = ModuleOptions & Pick<Platform, 'runtime'>

export interface CompiledProgram {
  /** The stages, and which buffers are the program's inputs and outputs. */
  readonly graph: Graph
  /** Where each buffer lies, counted from the beginning of the program's stretch of memory. */
  readonly plan: Plan
  /** The module in binary form, from which workers compile it for themselves. */
  readonly bytes: Uint8Array
  /** The module as the runtime compiled it for the calling thread. */
  readonly module: object
  /** Whether there is enough work in it to divide it among threads. */
  readonly divisible: boolean
}

/**
 * A round writes its first `count` results over its first `count` arguments. A later result that is simply one of these arguments would be
 * overwritten before it is read, so it is copied at the beginning of the round.
 */
const withCopies = (graph: Graph, count: number): Graph => {
  const buffers = [...graph.buffers]
  const copies: Stage[] = []
  const carried = new Set(graph.inputs.slice(0, count))
  const outputs = graph.outputs.map((from, i) => {
    const info = buffers[from]
    if (i < count || !carried.has(from) || info === undefined) return from
    copies.push({ kind: 'copy', from, buffer: buffers.length })
    return buffers.push(info) - 1
  })
  return { ...graph, buffers, stages: [...copies, ...graph.stages], outputs }
}

/** A program's stages, and where in memory they work. */
interface LaidOut {
  readonly graph: Graph
  readonly plan: Plan
  /** What the module copies after the last stage. */
  readonly copies: readonly Copy[]
}

/**
 * Fuses a program and plans its memory. Its first `count` results are its first arguments in the next round. The plan lets such a result be
 * written over its argument where it can; elsewhere the module copies it there at the end of the round. Undefined where neither is right, because
 * a result is another argument, or two results are one. With a count of 0 there is always a plan.
 */
export const layOut = (program: Program, count: number, target: WasmTarget): LaidOut | undefined => {
  const graph = withCopies(merge(buildGraph(inlineCalls(program), target), target.costs.fusion), count)
  const feedback = new Map<number, number>()
  const given = new Set(graph.inputs)
  for (let i = 0; i < count; i += 1) {
    const [result, argument] = [graph.outputs[i], graph.inputs[i]]
    if (result === undefined || argument === undefined) return undefined
    // A result that is another argument, or two results that are one, would be overwritten before they are copied.
    if (result !== argument && (given.has(result) || feedback.has(result))) return undefined
    if (result !== argument) feedback.set(result, argument)
  }
  const plan = planMemory(graph, target.costs, report.bytes, feedback)
  // This is looked at before the code is written, because addresses in the code have 32 bits.
  if (!(plan.size <= mostBytes)) refuseBytes(plan.size)
  const copies = [...feedback].flatMap(([result, argument]) => {
    const [from, to, info] = [plan.offsets[result], plan.offsets[argument], graph.buffers[result]]
    return from === undefined || to === undefined || from === to || info === undefined
      ? []
      : [{ from, to, bytes: sizeInBytes(info.sizes, info.dtype) }]
  })
  return { graph, plan, copies }
}

/** Compiles a program of which `count` results are carried from round to round; undefined where there is no plan for that. */
export const compileProgram = (program: Program, count: number, options: CompileOptions): CompiledProgram | undefined => {
  const laidOut = layOut(program, count, options.target)
  if (laidOut === undefined) return undefined
  const { graph, plan, copies } = laidOut
  const { bytes, divisible } = writeModule(graph, plan, copies, options)
  return { graph, plan, bytes, module: compileModule(options.runtime, bytes), divisible }
}
