/**
 * Elementwise operations outside a program. There is one module for each operation and its dtypes, and it serves every shape: it works on a
 * block of entries, and a longer tensor goes through it block by block. Nothing is compiled again for a new shape, and the block stays in
 * the processor's cache.
 */
import type { ScalarName } from '../../kernel/index.js'
import { type Aval, bufferOf, bytesOf, concrete, type DType, sizeOf, uniformValue, type Value } from '../../tensor/index.js'
import type { Stage } from '../fusion/stage.js'
import type { Arena } from './arena.js'
import { exported } from './instance.js'
import { writeMap } from './map.js'
import type { ModuleOptions } from './module.js'
import { ModuleBuilder } from './module-builder.js'
import { compileModule, instantiate } from './runtime.js'
import type { WasmCosts } from './target.js'
import { maximumPages } from './threads.js'

type EagerCosts = WasmCosts['eager']

/** Bytes from one operand's place to the next; a vector may be read beyond the end. */
const placeBytes = ({ blockEntries }: EagerCosts): number => blockEntries * 8 + 64
/** Bytes that a block takes: the result and as many operands as any scalar function has. */
export const blockBytesOf = (costs: EagerCosts): number => 4 * placeBytes(costs)

export interface BlockMap {
  readonly costs: EagerCosts
  /** Computes the first `count` entries of the block at a base address. */
  readonly run: (base: number, count: number) => void
}

/** The form of a map: its function, and of each operand the dtype and whether it is one number repeated. */
export interface MapForm {
  readonly name: ScalarName
  readonly dtype: DType
  readonly operands: readonly { readonly dtype: DType; readonly repeated: boolean }[]
}

/** Operands lie behind one another from the base on, the result behind them. */
const placeOf = (k: number, costs: EagerCosts): number => k * placeBytes(costs)

export const compileBlock = (
  { name, dtype, operands }: MapForm,
  arena: Arena,
  { arithmetic, target }: Pick<ModuleOptions, 'arithmetic' | 'target'>,
): BlockMap => {
  const costs = target.costs.eager
  const stage: Extract<Stage, { kind: 'map' }> = {
    kind: 'map',
    sizes: [costs.blockEntries],
    stores: [
      {
        buffer: operands.length,
        start: 0,
        strides: [1],
        expression: {
          kind: 'apply',
          name,
          dtype,
          operands: operands.map((operand, buffer) => ({
            kind: 'load',
            dtype: operand.dtype,
            buffer,
            start: 0,
            strides: [operand.repeated ? 0 : 1],
          })),
        },
      },
    ],
  }
  const builder = new ModuleBuilder([], arithmetic, target)
  builder.add({ parameters: ['i32', 'i32', 'i32'], results: [] }, code => void writeMap(code, stage, buffer => placeOf(buffer, costs)), {
    name: 'run',
    exported: true,
  })
  const { runtime } = arena.platform
  const module = compileModule(runtime, builder.encode(arena.shared ? maximumPages : undefined))
  const run = exported(instantiate(runtime, module, { memory: arena.memory }), 'run')
  // Whole vectors: the last one's lanes beyond the end hold anything, and nobody reads them.
  return { costs, run: (base, count) => run(base, 0, (count + 3) & ~3) }
}

/** Runs a compiled map on tensors of one size, or uniform ones, in the block at a base address. */
export const runBlocks = (block: BlockMap, arena: Arena, base: number, inputs: readonly Value[], { sizes, dtype }: Aval): Value => {
  const { costs } = block
  const { blockEntries } = costs
  const count = sizeOf(sizes)
  const start = (base + placeOf(inputs.length, costs)) / bytesOf(dtype)
  const place = (k: number, x: Value, values: ArrayLike<number>): void =>
    arena.view(x.dtype).set(values, (base + placeOf(k, costs)) / bytesOf(x.dtype))
  inputs.forEach((x, k) => {
    const value = uniformValue(x)
    if (value !== undefined) place(k, x, [value])
    else if (count <= blockEntries) place(k, x, bufferOf('wasm engine', x))
  })
  if (count <= blockEntries) {
    block.run(base, count)
    return concrete(sizes, dtype, arena.view(dtype).slice(start, start + count))
  }
  const result = arena.results.array(dtype, sizes)
  for (let done = 0; done < count; done += blockEntries) {
    const next = Math.min(count, done + blockEntries)
    inputs.forEach((x, k) => {
      if (uniformValue(x) === undefined) place(k, x, bufferOf('wasm engine', x).subarray(done, next))
    })
    block.run(base, next - done)
    result.set(arena.view(dtype).subarray(start, start + next - done), done)
  }
  return concrete(sizes, dtype, result)
}
