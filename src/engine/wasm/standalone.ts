/**
 * A program as a module that needs neither the engine nor this library. It has a memory of its own, in which the numbers that the program holds
 * lie from the beginning, and does all stages on the calling thread, by the code that the engine itself runs.
 */
import type { Bytes, ModuleLayout, ModulePlace, Program } from '../../program/index.js'
import { bufferOf, fail, sizeOf, type Value } from '../../tensor/index.js'
import { leavesOf } from '../fusion/stage-buffers.js'
import { layOut } from './compile.js'
import { type ModuleOptions, writeModule } from './module.js'

const pageBytes = 65536

/** The bytes of a tensor's numbers. Their order is WebAssembly's, as it is where the engine copies arrays into its memory. */
const bytesIn = (x: Value): Uint8Array => {
  const { buffer, byteOffset, byteLength } = bufferOf('export', x)
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** Writes the module. `held` are the values of the last inputs, and `describe` gives the text of the section `pullback`. */
export const writeStandalone = (
  program: Program,
  held: readonly Value[],
  describe: (layout: ModuleLayout) => string,
  options: ModuleOptions,
): Bytes => {
  const { graph, plan } = layOut(program, 0, options.target) ?? fail({ _tag: 'InternalError', detail: 'a program without a plan' })
  const placeOf = (buffer: number | undefined, { sizes, dtype }: Pick<ModulePlace, 'sizes' | 'dtype'>): ModulePlace => ({
    sizes,
    dtype,
    offset: plan.offsets[buffer ?? -1] ?? fail({ _tag: 'InternalError', detail: 'an argument or a result without a place' }),
  })
  const inputs = program.inputs.map((input, i) => placeOf(graph.inputs[i], input))
  const given = inputs.length - held.length
  const layout: ModuleLayout = {
    inputs: inputs.slice(0, given),
    outputs: program.outputs.map((output, i) => placeOf(graph.outputs[i], output)),
    reports: Object.fromEntries(
      leavesOf(graph.stages).flatMap((stage, i) =>
        stage.kind === 'routine' && stage.reports ? [[i, [stage.reports.op, stage.reports.what]]] : [],
      ),
    ),
  }
  const data = inputs.slice(given).flatMap(({ sizes, offset }, i) => {
    const x = held[i]
    return x === undefined || sizeOf(sizes) === 0 ? [] : [{ offset, bytes: bytesIn(x) }]
  })
  const own = { pages: Math.ceil(plan.size / pageBytes), data, note: { name: 'pullback', text: describe(layout) } }
  return writeModule(graph, plan, [], { ...options, shared: false }, own).bytes
}
