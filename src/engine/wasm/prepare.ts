/** Makes a program ready to run: fuses it into stages, gives every value a place in memory, writes the code and compiles it. */
import { inlineCalls, type Program } from '../../program/index.js'
import { buildGraph } from '../fusion/build.js'
import { merge } from '../fusion/merge.js'
import type { Graph, Stage } from '../fusion/stage.js'
import { report, sizeInBytes } from './indexed.js'
import { mostBytes, refuseBytes } from './limits.js'
import { type ModuleOptions, writeModule } from './module.js'
import { type Plan, planMemory } from './plan.js'
import type { Platform } from './platform.js'
import { compileModule } from './runtime.js'

/** How modules are written, and what compiles them. */
export type PrepareOptions = ModuleOptions & Pick<Platform, 'runtime'>

/** A program made ready: a module, and where in its stretch of memory its values lie. */
export interface Prepared {
  readonly graph: Graph
  readonly plan: Plan
  readonly bytes: Uint8Array
  readonly module: object
  readonly divisible: boolean
}

/**
 * A round writes its first `count` results over its first `count` arguments. A later result that is simply one of these arguments is therefore
 * copied first.
 */
const withCopies = (graph: Graph, count: number): Graph => {
  const buffers = [...graph.buffers]
  const copies: Stage[] = []
  const outputs = graph.outputs.map((from, i) => {
    const argument = graph.inputs.indexOf(from)
    const info = buffers[from]
    if (i < count || argument < 0 || argument >= count || info === undefined) return from
    copies.push({ kind: 'copy', from, buffer: buffers.length })
    return buffers.push(info) - 1
  })
  return { ...graph, buffers, stages: [...copies, ...graph.stages], outputs }
}

/**
 * The first `count` results are the first arguments of the next round: one that could not be written to its argument's place is copied there at
 * the end of the round. Undefined where that cannot be done.
 */
export const prepare = (program: Program, count: number, options: PrepareOptions): Prepared | undefined => {
  const graph = withCopies(merge(buildGraph(inlineCalls(program))), count)
  const feedback = new Map<number, number>()
  for (let i = 0; i < count; i += 1) {
    const [result, argument] = [graph.outputs[i], graph.inputs[i]]
    if (result === undefined || argument === undefined) return undefined
    // A result that is another argument, or two results that are one, would be overwritten before they are copied.
    if (result !== argument && (graph.inputs.includes(result) || feedback.has(result))) return undefined
    if (result !== argument) feedback.set(result, argument)
  }
  const plan = planMemory(graph, report.bytes, feedback)
  // Before the code is written, whose addresses have 32 bits.
  if (!(plan.size <= mostBytes)) refuseBytes(plan.size)
  const copies = [...feedback].flatMap(([result, argument]) => {
    const [from, to, info] = [plan.offsets[result], plan.offsets[argument], graph.buffers[result]]
    return from === undefined || to === undefined || from === to || info === undefined
      ? []
      : [{ from, to, bytes: sizeInBytes(info.sizes, info.dtype) }]
  })
  const { bytes, divisible } = writeModule(graph, plan, copies, options)
  return { graph, plan, bytes, module: compileModule(options.runtime, bytes), divisible }
}
