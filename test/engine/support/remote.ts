/**
 * An engine of the tests that keeps its tensors on a device of its own: a map from numbers to arrays. It computes by the reference's plain loops,
 * as late as it may, and counts what goes to the device and what comes back. One form of it lets the caller wait for its numbers, the other
 * computes when the event loop has a turn, so that they can only be awaited.
 */
import { type DeviceBuffer, deviceBufferOf, onDevice } from 'pullback'
import { type Apply, applyProgram, type Engine, plainLoop } from '../../../src/program/index.js'
import { type Aval, type Buffer, bufferOf, fail, type Value } from '../../../src/tensor/index.js'

export interface Remote {
  readonly engine: Engine
  /** Arrays copied to the device, and from it. */
  readonly uploads: () => number
  readonly downloads: () => number
  /** Operations that the device has done. */
  readonly computed: () => number
  /** Arrays that the device holds, or will when it has computed them. */
  readonly held: () => number
  readonly prepared: () => number
}

/** A cell of the device's memory: what computes it, and then what is in it. It computes once, and may fail. */
class Cell {
  #compute: (() => Buffer) | undefined
  #buffer: Buffer | undefined
  #error: unknown

  constructor(compute: () => Buffer) {
    this.#compute = compute
  }

  get buffer(): Buffer {
    const compute = this.#compute
    if (compute) {
      // Let go, with all that it needs.
      this.#compute = undefined
      try {
        this.#buffer = compute()
      } catch (error) {
        this.#error = error
      }
    }
    if (this.#buffer === undefined) throw this.#error
    return this.#buffer
  }
}

export const remote = (reads: 'at once' | 'later'): Remote => {
  const memory = new Map<number, Cell>()
  const places = new WeakMap<DeviceBuffer, number>()
  const collected = new FinalizationRegistry<number>(place => memory.delete(place))
  let [made, uploads, downloads, computed, prepared] = [0, 0, 0, 0, 0]

  const cellAt = (place: number | undefined): Cell =>
    memory.get(place ?? -1) ?? fail({ _tag: 'InternalError', detail: 'an array that the device does not hold any more' })

  const download = (place: number): Buffer => {
    const { buffer } = cellAt(place)
    downloads += 1
    return buffer.slice()
  }

  const resident = ({ sizes, dtype }: Aval, cell: Cell): Value => {
    made += 1
    const place = made
    memory.set(place, cell)
    const later = new Promise<void>(resolve => setTimeout(resolve))
    const readAsync = (): Promise<Buffer> => later.then(() => download(place))
    const buffer: DeviceBuffer = reads === 'later' ? { readAsync } : { readAsync, read: () => download(place) }
    places.set(buffer, place)
    collected.register(buffer, place)
    return onDevice({ sizes, dtype })(buffer)
  }

  /** The cell of a tensor: its own one, or a new one with its numbers. A constant is filled in on the device. */
  const cellOf = (op: string, x: Value): Cell => {
    const buffer = deviceBufferOf(x)
    if (buffer !== undefined && places.has(buffer)) return cellAt(places.get(buffer))
    const numbers = bufferOf(op, x)
    if (numbers.some(value => value !== numbers[0])) uploads += 1
    return new Cell(() => numbers.slice())
  }

  const apply: Apply = (operation, inputs, outputs) => {
    const operands = inputs.map(x => ({ sizes: x.sizes, dtype: x.dtype, cell: cellOf(operation.name, x) }))
    let results: readonly Buffer[] | undefined
    const compute = (): readonly Buffer[] => {
      computed += 1
      return operation.evaluate(operands.map(({ sizes, dtype, cell }) => ({ sizes, dtype, data: cell.buffer })))
    }
    return outputs.map((output, i) =>
      resident(
        output,
        new Cell(() => {
          results ??= compute()
          return results[i] ?? fail({ _tag: 'InternalError', detail: 'no such output' })
        }),
      ),
    )
  }

  return {
    engine: {
      name: `remote, read ${reads}`,
      apply,
      prepare: program => {
        prepared += 1
        const run = (inputs: readonly Value[]): readonly Value[] => {
          const there = inputs.map((x, i) => (deviceBufferOf(x) ? x : resident(program.inputs[i] ?? x, cellOf('run', x))))
          return applyProgram(apply, program, there)
        }
        return { run, loop: plainLoop(run) }
      },
    },
    uploads: () => uploads,
    downloads: () => downloads,
    computed: () => computed,
    held: () => memory.size,
    prepared: () => prepared,
  }
}
