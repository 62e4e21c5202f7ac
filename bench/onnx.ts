/**
 * ONNX graphs by hand: the few messages of its protobuf that the benchmark's graphs need.
 *
 * Source: onnx.proto3 of ONNX 1.15 (field numbers), operator set 17.
 */

const float = 1
const int64 = 7

type Bytes = readonly number[]

const varint = (value: number): Bytes => {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  return [...bytes, Number(rest)]
}
const int = (field: number, value: number): Bytes => [...varint(field << 3), ...varint(value)]
const bytes = (field: number, content: Iterable<number>): Bytes => {
  const list = [...content]
  return [...varint((field << 3) | 2), ...varint(list.length), ...list]
}
const text = (field: number, value: string): Bytes => bytes(field, new TextEncoder().encode(value))
const fixed = (field: number, value: number): Bytes => [...varint((field << 3) | 5), ...new Uint8Array(new Float32Array([value]).buffer)]

export type Attribute = { readonly int: number } | { readonly float: number } | { readonly ints: readonly number[] }

const attribute = (name: string, value: Attribute): Bytes => [
  ...text(1, name),
  ...('int' in value
    ? [...int(3, value.int), ...int(20, 2)]
    : 'float' in value
      ? [...fixed(2, value.float), ...int(20, 1)]
      : [...value.ints.flatMap(i => int(8, i)), ...int(20, 7)]),
]

const typed = (name: string, sizes: readonly number[]): Bytes => [
  ...text(1, name),
  ...bytes(
    2,
    bytes(1, [
      ...int(1, float),
      ...bytes(
        2,
        sizes.flatMap(size => bytes(1, int(1, size))),
      ),
    ]),
  ),
]

/** A graph as it is written: every method gives the name of a value. */
export class Graph {
  readonly #nodes: Bytes[] = []
  readonly #constants: Bytes[] = []
  readonly #inputs: Bytes[] = []
  readonly #outputs: Bytes[] = []
  #names = 0

  #fresh(): string {
    this.#names += 1
    return `v${this.#names}`
  }

  input(name: string, sizes: readonly number[]): string {
    this.#inputs.push(typed(name, sizes))
    return name
  }

  /** A scalar. */
  scalar(value: number): string {
    const name = this.#fresh()
    this.#constants.push([...int(2, float), ...text(8, name), ...bytes(9, new Uint8Array(new Float32Array([value]).buffer))])
    return name
  }

  /** A list of axes. */
  axes(...values: readonly number[]): string {
    const name = this.#fresh()
    const data = new Uint8Array(new BigInt64Array(values.map(BigInt)).buffer)
    this.#constants.push([...int(1, values.length), ...int(2, int64), ...text(8, name), ...bytes(9, data)])
    return name
  }

  /** A whole number. */
  integer(value: number): string {
    const name = this.#fresh()
    this.#constants.push([...int(2, int64), ...text(8, name), ...bytes(9, new Uint8Array(new BigInt64Array([BigInt(value)]).buffer))])
    return name
  }

  /** A node with one result; `result` names it. */
  node(op: string, inputs: readonly string[], attributes: { readonly [name: string]: Attribute } = {}, result = this.#fresh()): string {
    this.#nodes.push([
      ...inputs.flatMap(name => text(1, name)),
      ...text(2, result),
      ...text(4, op),
      ...Object.entries(attributes).flatMap(([name, value]) => bytes(5, attribute(name, value))),
    ])
    return result
  }

  /** Makes a value a result of the graph, under a name. */
  output(name: string, value: string, sizes: readonly number[]): void {
    this.node('Identity', [value], {}, name)
    this.#outputs.push(typed(name, sizes))
  }

  encode(): Uint8Array<ArrayBuffer> {
    const graph = [
      ...this.#nodes.flatMap(node => bytes(1, node)),
      ...text(2, 'bench'),
      ...this.#constants.flatMap(constant => bytes(5, constant)),
      ...this.#inputs.flatMap(input => bytes(11, input)),
      ...this.#outputs.flatMap(output => bytes(12, output)),
    ]
    return new Uint8Array([...int(1, 8), ...text(2, 'pullback-bench'), ...bytes(7, graph), ...bytes(8, int(2, 17))])
  }
}
