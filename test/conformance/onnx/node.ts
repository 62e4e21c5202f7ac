/** ONNX's node tests: one operator, its attributes, inputs and outputs, data in base64, little endian. */
import type { DType, Value } from '../../../src/tensor/index.js'
import { NotOffered, tensorOf } from '../files.js'

export interface Data {
  readonly name: string
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data: string
}

export interface Node {
  readonly op: string
  /** 'ai.onnx', or the name of an extension. */
  readonly domain: string
  /** The version of the operator set in which this operator got the meaning that it has here. */
  readonly opset: number
  readonly attributes: { readonly [name: string]: unknown }
  /** By position; '' is an optional one that is left out. */
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  readonly inputs: readonly Data[]
  readonly outputs: readonly Data[]
}

export const notOffered = (reason: string): never => {
  throw new NotOffered(reason)
}

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
  if (reader === undefined) return notOffered(`the dtype ${dtype}`)
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

/** An operand; int64 is no dtype here, and numbers of it that fit are int32. */
const operand = (data: Data): Value =>
  data.dtype === 'int64'
    ? indicesOf(data)
    : tensorOf(data.shape, dtypes[data.dtype] ?? notOffered(`operands of dtype ${data.dtype}`), numbersOf(data))

/** Indices and labels, which are mostly int64 there and always int32 here. */
const indicesOf = (data: Data): Value => {
  const numbers = numbersOf(data)
  if (data.dtype !== 'int64' && data.dtype !== 'int32') return notOffered(`indices of dtype ${data.dtype}`)
  return numbers.every(n => n === (n | 0))
    ? tensorOf(data.shape, 'int32', numbers)
    : notOffered('numbers of int64 that do not fit into int32')
}

const isNumbers = (x: unknown): x is readonly number[] => Array.isArray(x) && x.every(n => typeof n === 'number')
const isTexts = (x: unknown): x is readonly string[] => Array.isArray(x) && x.every(n => typeof n === 'string')
const isNumber = (x: unknown): x is number => typeof x === 'number'
const isText = (x: unknown): x is string => typeof x === 'string'

/** What an operator's run reads of its node. */
export interface Reader {
  readonly op: string
  readonly opset: number
  /** The i-th input as an operand. */
  readonly x: (i: number) => Value
  readonly xs: () => readonly Value[]
  readonly has: (i: number) => boolean
  readonly shape: (i: number) => readonly number[]
  /** The i-th input as plain numbers: axes, shapes, bounds. */
  readonly list: (i: number) => readonly number[]
  /** The i-th input as indices or labels. */
  readonly indices: (i: number) => Value
  readonly number: (name: string, fallback: number) => number
  readonly text: (name: string, fallback: string) => string
  readonly numbers: (name: string) => readonly number[] | undefined
  readonly texts: (name: string) => readonly string[] | undefined
  /** How many inputs the case has, those left out before the last of them with them. */
  readonly inputs: number
  /** How many outputs the case asks for, those left out before the last of them with them. */
  readonly outputs: number
  /** What no run has read: an attribute or an input that would be dropped in silence. */
  readonly unread: () => readonly string[]
}

export const readerOf = ({ op, opset, inputNames, outputNames, inputs, attributes }: Node): Reader => {
  const read = new Set<string>()
  const at = (i: number): Data | undefined => {
    const name = inputNames[i] ?? ''
    return name === '' ? undefined : inputs.find(input => input.name === name)
  }
  const data = (i: number): Data => {
    const found = at(i)
    if (found === undefined) throw new Error(`${op}: the node has no input ${i}`)
    read.add(`the input ${i}, ${found.name}`)
    return found
  }
  const attribute = <A>(name: string, is: (x: unknown) => x is A): A | undefined => {
    read.add(`the attribute ${name}`)
    const value = attributes[name]
    if (value === undefined || is(value)) return value
    throw new Error(`${op}: the attribute ${name} is ${JSON.stringify(value)}, which is not of the kind that is read`)
  }
  return {
    op,
    opset,
    x: i => operand(data(i)),
    xs: () => inputNames.map((_, i) => operand(data(i))),
    has: i => at(i) !== undefined,
    shape: i => data(i).shape,
    list: i => numbersOf(data(i)),
    indices: i => indicesOf(data(i)),
    number: (name, fallback) => attribute(name, isNumber) ?? fallback,
    text: (name, fallback) => attribute(name, isText) ?? fallback,
    numbers: name => attribute(name, isNumbers),
    texts: name => attribute(name, isTexts),
    inputs: inputNames.length,
    outputs: outputNames.length,
    unread: () => [
      ...Object.keys(attributes)
        .map(name => `the attribute ${name}`)
        .filter(what => !read.has(what)),
      ...inputNames.flatMap((name, i) => (name === '' || read.has(`the input ${i}, ${name}`) ? [] : [`the input ${i}, ${name}`])),
    ],
  }
}
