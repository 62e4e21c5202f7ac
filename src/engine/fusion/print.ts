/**
 * Stages as text, in a form that does not change from run to run:
 *
 *   graph (b0: float32 '32 4', b1: float32 '4 8', b2: float32 '8') {
 *     contract '32 4' by '4 8' {
 *       b3: float32 '32 8' = b0 · b1
 *     }
 *     map '32 8' {
 *       b4: float32 '32 8' = tanh(b3 + b2[j])
 *     }
 *     return b4
 *   }
 *
 * The axes of an index space are i, j, k … A load that goes through its buffer in order is the buffer's name; any other has its place in
 * entries: `b2[8i + 2j + 1]`. What a stage reads more than once it names: t0, t1 …
 */
import { scalars } from '../../kernel/index.js'
import { sizeOf } from '../../tensor/index.js'
import { type Application, type Expression, interned, isContiguous, type Load } from './expression.js'
import type { Graph, Stage, Store } from './stage.js'

type Sizes = readonly number[]

const shape = (sizes: Sizes): string => `'${sizes.join(' ')}'`
const number = (value: number): string => (Object.is(value, -0) ? '-0' : String(value))
const axisName = (axis: number): string => 'ijklmnopqrstuvwxyz'.charAt(axis) || `i${axis}`

/** An affine function of the index: '8i - j + 7'. */
const place = (start: number, strides: Sizes, sizes: Sizes): string => {
  const terms = strides.flatMap((stride, axis) =>
    stride === 0 || sizes[axis] === 1
      ? []
      : [{ sign: stride < 0 ? '-' : '+', text: `${Math.abs(stride) === 1 ? '' : Math.abs(stride)}${axisName(axis)}` }],
  )
  const all = start === 0 && terms.length > 0 ? terms : [...terms, { sign: '+', text: String(start) }]
  return all.map(({ sign, text }, i) => (i > 0 ? ` ${sign} ${text}` : sign === '-' ? `-${text}` : text)).join('')
}

/** How often each node is read, by other nodes and as a root. */
const readings = (roots: readonly Expression[]): ReadonlyMap<Expression, number> => {
  const counts = new Map<Expression, number>()
  const visit = (node: Expression): void => {
    const count = counts.get(node) ?? 0
    counts.set(node, count + 1)
    if (count === 0 && node.kind === 'apply') node.operands.forEach(visit)
  }
  roots.forEach(visit)
  return counts
}

interface Written {
  /** Parts that are read twice, each under a name. */
  readonly parts: readonly string[]
  readonly values: readonly string[]
}

class Printer {
  readonly #graph: Graph

  constructor(graph: Graph) {
    this.#graph = graph
  }

  #typeOf(buffer: number): string {
    const info = this.#graph.buffers[buffer]
    return info ? `${info.dtype} ${shape(info.sizes)}` : ''
  }

  declare(buffer: number): string {
    return `b${buffer}: ${this.#typeOf(buffer)}`
  }

  /** Whether an index space of these sizes has as many places as a buffer has entries. */
  #covers(buffer: number, sizes: Sizes): boolean {
    return sizeOf(this.#graph.buffers[buffer]?.sizes ?? []) === sizeOf(sizes)
  }

  #isInOrder(load: Load, sizes: Sizes): boolean {
    return isContiguous(load, sizes) && this.#covers(load.buffer, sizes)
  }

  #load(load: Load, sizes: Sizes): string {
    return this.#isInOrder(load, sizes) ? `b${load.buffer}` : `b${load.buffer}[${place(load.start, load.strides, sizes)}]`
  }

  #store({ buffer, start, strides, expression: { dtype } }: Store, sizes: Sizes): string {
    return `${this.#load({ kind: 'load', dtype, buffer, start, strides }, sizes)}: ${this.#typeOf(buffer)}`
  }

  /** Expressions over an index space. */
  #expressions(expressions: readonly Expression[], sizes: Sizes): Written {
    const roots = interned(expressions)
    const counts = readings(roots)
    const names = new Map<Expression, string>()
    const parts: string[] = []
    const apply = ({ name, operands, dtype }: Application): string => {
      const sign = scalars[name].infix
      const [x, y] = operands
      return sign && x && y ? `${inner(x)} ${sign} ${inner(y)}` : `${name === 'cast' ? dtype : name}(${operands.map(outer).join(', ')})`
    }
    const outer = (node: Expression): string => {
      const known = names.get(node)
      if (known) return known
      if (node.kind === 'constant') return number(node.value)
      if (node.kind === 'load') return this.#load(node, sizes)
      const text = apply(node)
      if ((counts.get(node) ?? 0) < 2) return text
      const name = `t${names.size}`
      names.set(node, name)
      parts.push(`${name} = ${text}`)
      return name
    }
    const inner = (node: Expression): string => {
      const text = outer(node)
      return node.kind === 'apply' && scalars[node.name].infix !== undefined && !names.has(node) ? `(${text})` : text
    }
    const values = roots.map(outer)
    return { parts, values }
  }

  /** One side of a product: axes of the batch, rows, columns. It is marked where it lies transposed in memory. */
  #side(load: Load, groups: readonly Sizes[]): string {
    const sizes = groups.flat()
    const [batch = 1, rows = 1, columns = 1] = sizes
    const [over = 0, down = 0, along = 0] = load.strides
    const isMatrix = sizes.length === 3 && !this.#isInOrder(load, sizes)
    const isTurned = isMatrix && this.#isInOrder({ ...load, strides: [over, along, down] }, [batch, columns, rows])
    return isTurned ? `b${load.buffer}ᵀ` : this.#load(load, sizes)
  }

  stage(stage: Stage): readonly string[] {
    const block = (head: string, ...lines: readonly string[]): readonly string[] => [`${head} {`, ...lines.map(line => `  ${line}`), '}']
    switch (stage.kind) {
      case 'map': {
        const { stores, sizes } = stage
        const { parts, values } = this.#expressions(
          stores.map(({ expression }) => expression),
          sizes,
        )
        return block(
          `map ${shape(sizes)}${stage.amongZeros ? ' among zeros' : ''}`,
          ...parts,
          ...stores.map((store, i) => `${this.#store(store, sizes)} = ${values[i]}`),
        )
      }
      case 'zero':
        return [`zero ${this.declare(stage.buffer)}`]
      case 'copy':
        return [`copy ${this.declare(stage.buffer)} = b${stage.from}`]
      case 'reduce': {
        const { kept, reduced, byColumns, buffer, stores = [] } = stage
        const sizes = [...kept, ...reduced]
        const { parts, values } = this.#expressions([...stores.map(({ expression }) => expression), stage.expression], sizes)
        const head = `${stage.by} ${shape(kept)} over ${shape(reduced)} by ${byColumns ? 'columns' : 'rows'}`
        const written = stores.map((store, i) => `${this.#store(store, sizes)} = ${values[i]}`)
        return block(head, ...parts, ...written, `${this.declare(buffer)} = ${values.at(-1)}`)
      }
      case 'contract': {
        const { batch, rows, columns, inner } = stage.sizes
        const times = sizeOf(batch) === 1 ? '' : `${batch.join(' ')} times `
        const head = `contract ${times}${shape([...rows, ...inner])} by ${shape([...inner, ...columns])}`
        const [left, right] = [this.#side(stage.left, [batch, rows, inner]), this.#side(stage.right, [batch, inner, columns])]
        const then = stage.epilogue ? this.stage(stage.epilogue) : []
        return block(
          head,
          `${this.declare(stage.buffer)} = ${left} · ${right}`,
          ...then.map((line, i) => (i === 0 ? `then ${line}` : line)),
        )
      }
      case 'row': {
        const { direction, counter, stack, row, length, reverse } = stage
        const place = reverse ? `${length - 1} - b${counter}` : `b${counter}`
        return [
          direction === 'in' ? `row ${this.declare(row)} = b${stack} at ${place}` : `row ${this.declare(stack)} at ${place} = b${row}`,
        ]
      }
      case 'block':
        return block('block', ...stage.stages.flatMap(inner => this.stage(inner)))
      case 'loop':
        return block(`loop ${stage.length} times, counted by b${stage.counter}`, ...stage.stages.flatMap(inner => this.stage(inner)))
      case 'while': {
        const { predicate, flag, most, stages } = stage
        const lines = (inner: readonly Stage[]): readonly string[] => inner.flatMap(own => this.stage(own))
        const head = Number.isFinite(most) ? `while, at most ${most} times` : 'while'
        return block(head, ...lines(predicate), `b${flag} or end`, ...lines(stages))
      }
      case 'branch':
        return stage.cases.flatMap((stages, i) =>
          block(`${i === 0 ? 'case' : 'else case'} ${i} of b${stage.index}`, ...stages.flatMap(inner => this.stage(inner))),
        )
      case 'routine': {
        const { name, reads, writes, isOnto } = stage
        const words = Object.entries(stage.body.params).map(([param, value]) => `${param} ${value}`)
        const results = writes.map(buffer => this.declare(buffer)).join(', ')
        const head = [`routine ${name}`, ...(words.length > 0 ? [words.join(', ')] : [])].join(' ')
        return block(head, `${results} ${isOnto ? '+=' : '='} ${name}(${reads.map(buffer => `b${buffer}`).join(', ')})`)
      }
    }
  }
}

export const printGraph = (graph: Graph): string => {
  const printer = new Printer(graph)
  return [
    `graph (${graph.inputs.map(buffer => printer.declare(buffer)).join(', ')}) {`,
    ...graph.stages.flatMap(stage => printer.stage(stage)).map(line => `  ${line}`),
    `  return ${graph.outputs.map(buffer => `b${buffer}`).join(', ')}`,
    '}',
    '',
  ].join('\n')
}
