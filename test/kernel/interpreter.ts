/**
 * An interpreter that runs routines in JavaScript. It writes down a second time what the language means, so that an engine's printer and a
 * primitive's plain loops are not judged by each other alone.
 */
import type { ArrayRef, Body, LaneOperator, LaneTerm, LocalRef, Operator, Statement, Term, Word } from '../../src/kernel/index.js'
import { allocate, type Buffer, type DType } from '../../src/tensor/index.js'

export interface Arrays {
  readonly reads: readonly Buffer[]
  readonly writes: readonly Buffer[]
}

export interface Report {
  readonly index: number
  readonly size: number
}

const rounded: { readonly [W in Word]: (x: number) => number } = { i32: x => x | 0, f32: Math.fround, f64: x => x }

const integers: { readonly [O in Operator]: (x: number, y: number) => number } = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: Math.imul,
  div: (x, y) => Math.floor((x >>> 0) / (y >>> 0)),
  rem: (x, y) => (x >>> 0) % (y >>> 0),
  and: (x, y) => x & y,
  or: (x, y) => x | y,
  xor: (x, y) => x ^ y,
  shiftLeft: (x, y) => x << y,
  shiftRight: (x, y) => x >>> y,
  rotateLeft: (x, y) => (x << y) | (x >>> (32 - y)),
  equal: (x, y) => Number(x === y),
  notEqual: (x, y) => Number(x !== y),
  less: (x, y) => Number(x >>> 0 < y >>> 0),
  lessEqual: (x, y) => Number(x >>> 0 <= y >>> 0),
  lessSigned: (x, y) => Number(x < y),
}

const floats: { readonly [O in Operator]?: (x: number, y: number) => number } = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  equal: (x, y) => Number(x === y),
  notEqual: (x, y) => Number(x !== y),
  less: (x, y) => Number(x < y),
  lessEqual: (x, y) => Number(x <= y),
}

/** The scalar functions that routines use, all of them rounded once. */
const functions: { readonly [name: string]: (x: number) => number } = { sqrt: Math.sqrt, abs: Math.abs, neg: x => -x }

const stored: { readonly [D in DType]: (x: number) => number } = {
  float32: Math.fround,
  float64: x => x,
  int32: x => x | 0,
  uint32: x => x >>> 0,
  bool: x => x,
}
const plus = (place: Term, i: number): Term => ({
  kind: 'operate',
  word: 'i32',
  by: 'add',
  left: place,
  right: { kind: 'number', word: 'i32', value: i },
})

const missing = (what: string): never => {
  throw new Error(`the interpreter has no ${what}`)
}

/** Runs a routine. Gives the first index that is out of range, if there is one. */
export const interpret = (body: Body, arrays: Arrays): Report | undefined => {
  const own = body.scratch.map(({ dtype, length }) => allocate(dtype, length))
  const locals = new Map<LocalRef, number>()
  let reported: Report | undefined
  const arrayOf = ({ role, index }: ArrayRef): Buffer => (role === 'scratch' ? own : arrays[role])[index] ?? missing(`${role} ${index}`)
  const computed = (term: Term): number => {
    switch (term.kind) {
      case 'number':
        return rounded[term.word](term.value)
      case 'local':
        return locals.get(term) ?? 0
      case 'load': {
        const place = computed(term.place) >>> 0
        return rounded[term.word](arrayOf(term.array)[place] ?? missing(`entry ${place} of ${term.array.role} ${term.array.index}`))
      }
      case 'bits': {
        const { buffer, byteOffset, byteLength } = arrayOf(term.array)
        const place = computed(term.place) >>> 0
        const words = new Int32Array(buffer, byteOffset, Math.floor(byteLength / 4))
        return words[place] ?? missing(`word ${place} of ${term.array.role} ${term.array.index}`)
      }
      case 'convert':
        return rounded[term.word](computed(term.value))
      case 'operate': {
        const { left, right, by } = term
        const f = left.word === 'i32' ? integers[by] : (floats[by] ?? missing(`${by} of ${left.word}`))
        return rounded[term.word](f(computed(left), computed(right)))
      }
      case 'scalar': {
        const [operand = missing('operand')] = term.operands
        return rounded[term.word]((functions[term.name] ?? missing(term.name))(computed(operand)))
      }
    }
  }
  const lane = (value: LaneTerm, i: number, dtype: DType): number => {
    if (value.kind === 'along') return computed({ kind: 'load', word: 'f64', array: value.array, place: plus(value.place, i) })
    if (value.kind !== 'each') return computed(value)
    const f = floats[value.by satisfies LaneOperator] ?? missing(value.by)
    return stored[dtype](f(lane(value.left, i, dtype), lane(value.right, i, dtype)))
  }
  const store = (array: ArrayRef, place: number, value: number): void => {
    const buffer = arrayOf(array)
    if (place >= buffer.length) missing(`entry ${place} of ${array.role} ${array.index}`)
    buffer[place] = value
  }
  const run = (statements: readonly Statement[]): void => {
    for (const statement of statements)
      switch (statement.kind) {
        case 'set':
          locals.set(statement.local, computed(statement.value))
          break
        case 'store':
          store(statement.array, computed(statement.place) >>> 0, computed(statement.value))
          break
        case 'for':
          for (let i = computed(statement.from); i >>> 0 < computed(statement.until) >>> 0; i += 1) {
            locals.set(statement.local, i)
            run(statement.body)
          }
          break
        case 'while':
          while (computed(statement.condition) !== 0) run(statement.body)
          break
        case 'if':
          run(computed(statement.condition) !== 0 ? statement.then : statement.otherwise)
          break
        case 'copy': {
          const [to, from, count] = [computed(statement.place), computed(statement.start), computed(statement.count)]
          const source = arrayOf(statement.from)
          for (let i = 0; i < count; i += 1) store(statement.to, to + i, source[from + i] ?? missing(`entry ${from + i}`))
          break
        }
        case 'across': {
          const { stores } = statement
          const count = computed(statement.count)
          for (let i = 0; i < count; i += 1) {
            const values = stores.map(({ array, value }) => lane(value, i, array.dtype))
            stores.forEach(({ array, place }, k) => {
              store(array, computed(place) + i, values[k] ?? missing('value'))
            })
          }
          break
        }
        case 'total': {
          const { dtype, value } = statement
          const count = computed(statement.count)
          const round = stored[dtype]
          const partial = Array<number>(8).fill(0)
          const grouped = count - (count % 8)
          for (let i = 0; i < grouped; i += 1) partial[i % 8] = round((partial[i % 8] ?? 0) + lane(value, i, dtype))
          const at = (i: number): number => round((partial[i] ?? 0) + (partial[i + 4] ?? 0))
          let sum = round(round(at(0) + at(2)) + round(at(1) + at(3)))
          for (let i = grouped; i < count; i += 1) sum = round(sum + lane(value, i, dtype))
          locals.set(statement.local, sum)
          break
        }
        case 'report': {
          const index = computed(statement.index)
          reported ??= { index: statement.unsigned ? index >>> 0 : index, size: statement.size }
        }
      }
  }
  // From the last round to the first: rounds may run in any order.
  for (const { rounds, round, body: statements } of body.phases)
    for (let i = rounds - 1; i >= 0; i -= 1) {
      locals.set(round, i)
      run(statements)
    }
  return reported
}
