/** ONNX's node tests: one operator, its attributes, inputs and outputs, data in base64, little endian. */
import type { DType, Value } from '../../../src/tensor/index.js'
import { tensorOf } from '../files.js'

export interface Data {
  readonly name: string
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data: string
}

export interface Node {
  readonly op: string
  readonly attributes: { readonly [name: string]: unknown }
  readonly inputs: readonly Data[]
  readonly outputs: readonly Data[]
}

/** A reason for passing a case over, thrown where it is found. */
export class Unsupported extends Error {}

const readers: { readonly [dtype: string]: readonly [bytes: number, read: (view: DataView, offset: number) => number] } = {
  float32: [4, (view, offset) => view.getFloat32(offset, true)],
  float64: [8, (view, offset) => view.getFloat64(offset, true)],
  int32: [4, (view, offset) => view.getInt32(offset, true)],
  uint32: [4, (view, offset) => view.getUint32(offset, true)],
  int64: [8, (view, offset) => Number(view.getBigInt64(offset, true))],
  bool: [1, (view, offset) => view.getUint8(offset)],
}

export const numbersOf = ({ dtype, data }: Data): readonly number[] => {
  const reader = readers[dtype]
  if (reader === undefined) throw new Unsupported(`the dtype ${dtype}`)
  const [size, read] = reader
  const bytes = Buffer.from(data, 'base64')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: bytes.byteLength / size }, (_, i) => read(view, i * size))
}

const dtypes: { readonly [name: string]: DType } = {
  float32: 'float32',
  float64: 'float64',
  int32: 'int32',
  uint32: 'uint32',
  bool: 'bool',
}

/** An operand; int64 is no dtype here. */
export const operand = (data: Data): Value => {
  const dtype = dtypes[data.dtype]
  if (dtype === undefined) throw new Unsupported(`operands of dtype ${data.dtype}`)
  return tensorOf(data.shape, dtype, numbersOf(data))
}

/** Indices and labels, which are int64 there and int32 here. */
export const indices = (data: Data): Value => tensorOf(data.shape, 'int32', numbersOf(data))

const isNumbers = (x: unknown): x is readonly number[] => Array.isArray(x) && x.every(n => typeof n === 'number')

/** What an operator's run reads of its node. */
export interface Reader {
  readonly count: number
  /** The i-th input as an operand. */
  readonly x: (i: number) => Value
  readonly xs: () => readonly Value[]
  readonly has: (i: number) => boolean
  /** The i-th input as plain numbers: axes, shapes, bounds. */
  readonly list: (i: number) => readonly number[]
  readonly data: (i: number) => Data
  /** The numbers of an optional input. */
  readonly named: (name: string) => readonly number[] | undefined
  readonly number: (name: string, fallback: number) => number
  readonly text: (name: string, fallback: string) => string
  readonly numbers: (name: string) => readonly number[] | undefined
}

export const readerOf = ({ inputs, attributes }: Node): Reader => {
  const data = (i: number): Data => {
    const found = inputs[i]
    if (found === undefined) throw new Error(`the node has no input ${i}`)
    return found
  }
  return {
    count: inputs.length,
    data,
    x: i => operand(data(i)),
    xs: () => inputs.map(operand),
    has: i => inputs[i] !== undefined && inputs[i].name !== '',
    list: i => numbersOf(data(i)),
    named: name => {
      const found = inputs.find(input => input.name === name)
      return found && numbersOf(found)
    },
    number: (name, fallback) => {
      const value = attributes[name]
      return typeof value === 'number' ? value : fallback
    },
    text: (name, fallback) => {
      const value = attributes[name]
      return typeof value === 'string' ? value : fallback
    },
    numbers: name => {
      const value = attributes[name]
      return isNumbers(value) ? value : undefined
    },
  }
}
