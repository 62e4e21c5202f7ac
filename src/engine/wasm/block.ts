/**
 * Elementwise operations outside a program. There is one module for each operation and its dtypes, and it serves every shape: it works on a
 * block of entries, and a longer tensor goes through it block by block. Nothing is compiled again for a new shape, and the block stays in
 * the processor's cache.
 */
import type { ScalarName } from '../../kernel/index.js'
import { type Aval, bufferOf, bytesOf, concrete, type DType, sizeOf, uniformValue, type Value } from '../../tensor/index.js'
import type { Stage } from '../fusion/stage.js'
import type { Arena } from './arena.js'
import type { Arithmetic } from './encoder.js'
import { exported } from './instance.js'
import { writeMap } from './map.js'
import { ModuleBuilder } from './module-builder.js'
import { compileModule, instantiate } from './runtime.js'
import { maximumPages } from './threads.js'

/** Entries in a block: three operands and a result of the widest dtype are half a megabyte, which fits the caches of one core. */
const blockEntries = 16_384
/** Bytes from one operand's place to the next; a vector may be read beyond the end. */
const placeBytes = blockEntries * 8 + 64
/** Bytes that a block takes: the result and as many operands as any scalar function has. */
export const blockBytes = 4 * placeBytes

export interface BlockMap {
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
const placeOf = (k: number): number => k * placeBytes

export const compileBlock = ({ name, dtype, operands }: MapForm, arena: Arena, arithmetic: Arithmetic): BlockMap => {
  const stage: Extract<Stage, { kind: 'map' }> = {
    kind: 'map',
    sizes: [blockEntries],
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
  const builder = new ModuleBuilder([], arithmetic)
  builder.add({ parameters: ['i32', 'i32', 'i32'], results: [] }, code => void writeMap(code, stage, placeOf), {
    name: 'run',
    exported: true,
  })
  const { runtime } = arena.platform
  const module = compileModule(runtime, builder.encode(arena.shared ? maximumPages : undefined))
  const run = exported(instantiate(runtime, module, { memory: arena.memory }), 'run')
  // Whole vectors: the last one's lanes beyond the end hold anything, and nobody reads them.
  return { run: (base, count) => run(base, 0, (count + 3) & ~3) }
}

/** Runs a compiled map on tensors of one size, or uniform ones, in the block at a base address. */
export const runBlocks = (block: BlockMap, arena: Arena, base: number, inputs: readonly Value[], { sizes, dtype }: Aval): Value => {
  const count = sizeOf(sizes)
  const start = (base + placeOf(inputs.length)) / bytesOf(dtype)
  const place = (k: number, x: Value, values: ArrayLike<number>): void =>
    arena.view(x.dtype).set(values, (base + placeOf(k)) / bytesOf(x.dtype))
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
