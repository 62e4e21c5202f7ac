/**
 * Runs one operation at once, as in a script or a notebook. The operation is compiled when it is first met, and kept in a bounded cache.
 *
 * The module of a map serves every shape (`block.ts`); other operations are compiled for the shapes of their operands. Where numbers are only
 * moved, plain loops give the same bits as a module does. They do the work where they are quicker: for a few numbers, and for a batch that is
 * taken from a large data set.
 */
import type { Kernel } from '../../kernel/index.js'
import { type Apply, applyProgram, type Operation, operandOf, operationKey, type Program, plainApply } from '../../program/index.js'
import { type Aval, concrete, fail, sizeOf, uniformValue, type Value } from '../../tensor/index.js'
import type { Arena } from './arena.js'
import { type BlockMap, blockBytesOf, compileBlock, runBlocks } from './block.js'
import { Cache } from './cache.js'
import { type CompileOptions, compileProgram } from './compile.js'
import { Instance } from './instance.js'
import type { WasmCosts } from './target.js'
import { copyIn, copyOut } from './transfer.js'

/**
 * How many compiled operations are kept in each of the two caches, of maps and of other operations. A script has fewer. At some 25 KB a module,
 * they take no more than 30 MB. A loop over more shapes than these compiles each of them anew. The collector frees what was dropped, also while
 * the loop runs.
 */
const capacity = 512

/** Text that is equal for operations with the same program. */
const keyOf = (operation: Operation, inputs: readonly Aval[]): string => {
  let key = operationKey(operation)
  for (const { dtype, sizes } of inputs) key += `;${dtype} ${sizes.join(' ')}`
  return key
}

const programOf = (operation: Operation, inputs: readonly Aval[], outputs: readonly Aval[]): Program => {
  const variables = [...inputs, ...outputs].map(({ sizes, dtype }, id) => ({ kind: 'variable', id, sizes, dtype }) as const)
  const [given, results] = [variables.slice(0, inputs.length), variables.slice(inputs.length)]
  return { inputs: given, equations: [{ operation, inputs: given, outputs: results }], outputs: results, count: variables.length }
}

/** Kinds of operations that move numbers to other places and compute nothing. */
const moves: ReadonlySet<Kernel['kind']> = new Set(['view', 'place'])

/** Whether plain loops are quicker and give the same bits: where numbers are moved and not computed, and are few, or a small part of many. */
const isMovedQuickly = (
  kernel: Kernel,
  inputs: readonly Aval[],
  outputs: readonly Aval[],
  { fewEntries, smallPart }: WasmCosts['eager'],
): boolean => {
  if (!(moves.has(kernel.kind) || (kernel.kind === 'routine' && kernel.moves))) return kernel.kind === 'iota'
  const count = outputs.reduce((sum, { sizes }) => sum + sizeOf(sizes), 0)
  return count <= fewEntries || count * smallPart <= sizeOf(inputs[0]?.sizes ?? [])
}

export const applier = (arena: Arena, options: CompileOptions): Apply => {
  const maps = new Cache<BlockMap>(capacity)
  const programs = new Cache<Instance>(capacity)
  const costs = options.target.costs.eager
  const blockBytes = blockBytesOf(costs)
  /** The address of a stretch of memory that all small programs use in turn. */
  let desk: number | undefined
  const deskBase = (): number => {
    desk ??= arena.take(blockBytes)
    return desk
  }

  const map = (name: Extract<Kernel, { kind: 'map' }>['name'], inputs: readonly Value[], output: Aval): Value => {
    let key = `${name} ${output.dtype}`
    for (const x of inputs) key += uniformValue(x) === undefined ? ` ${x.dtype}` : ` one ${x.dtype}`
    const form = (): BlockMap => {
      const operands = inputs.map(x => ({ dtype: x.dtype, repeated: uniformValue(x) !== undefined }))
      return compileBlock({ name, dtype: output.dtype, operands }, arena, options)
    }
    return runBlocks(maps.get(key, form), arena, deskBase(), inputs, output)
  }

  const compiled = (operation: Operation, inputs: readonly Aval[], outputs: readonly Aval[]): Instance => {
    const program =
      compileProgram(programOf(operation, inputs, outputs), 0, options) ??
      fail({ _tag: 'InternalError', detail: `${operation.name} cannot be compiled` })
    return new Instance(program, arena)
  }

  const run: Apply = (operation, inputs, outputs) => {
    const instance = programs.get(keyOf(operation, inputs), () => compiled(operation, inputs, outputs))
    const { graph, plan } = instance.compiled
    const isLarge = plan.size > blockBytes
    const base = isLarge ? arena.take(plan.size) : deskBase()
    try {
      instance.clear(base)
      inputs.forEach((x, i) => {
        const address = instance.addressOf(base, graph.inputs[i])
        if (address !== undefined) copyIn(arena, address, x)
      })
      instance.run(base)
      return outputs.map((output, i) => {
        const address = instance.addressOf(base, graph.outputs[i])
        return address === undefined ? fail({ _tag: 'InternalError', detail: 'a result without a place' }) : copyOut(arena, address, output)
      })
    } finally {
      if (isLarge) arena.give(base, plan.size)
    }
  }

  const apply: Apply = (operation, inputs, outputs) => {
    const kernel = operation.lower(inputs)
    const [first] = inputs
    const [output] = outputs
    if (kernel.kind === 'call' || kernel.kind === 'block') return applyProgram(apply, kernel.program, inputs)
    if (kernel.kind === 'map' && output) return [map(kernel.name, inputs, output)]
    // The result has the same numbers under other sizes. Nobody ever writes to a tensor's array, so the two tensors share it.
    if ((kernel.kind === 'identity' || kernel.kind === 'reshape') && first && output)
      return [concrete(output.sizes, output.dtype, operandOf(operation, first))]
    if (kernel.kind === 'loop' || kernel.kind === 'while' || kernel.kind === 'branch') return run(operation, inputs, outputs)
    return isMovedQuickly(kernel, inputs, outputs, costs) ? plainApply(operation, inputs, outputs) : run(operation, inputs, outputs)
  }
  return apply
}
