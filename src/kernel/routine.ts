/**
 * Routines: a small imperative language for what is neither scalar code nor a reduction nor a product, such as sorting, random bits and
 * reading at indices that are found at run time.
 *
 * A primitive writes its routine once, as plain data, and each engine prints it in its own language. Words are 32-bit integers, which hold
 * places, bools and both kinds of integers, and the two kinds of floats. Reads and stores outside an array are undefined: a routine looks at
 * an index that it was given before it uses it, and reports one that is out of range.
 */
import { bytesOf, type DType, isFloat } from '../tensor/index.js'
import type { ScalarName } from './scalars.js'

/** What a local or a term holds. */
export type Word = 'i32' | 'f32' | 'f64'

/** An array of the routine: one that it reads, one that it fills, or one of its own. */
export interface ArrayRef {
  readonly role: 'reads' | 'writes' | 'scratch'
  readonly index: number
  readonly dtype: DType
}

export interface LocalRef {
  readonly kind: 'local'
  readonly word: Word
}

/** Functions of words. Comparisons give 1 or 0; the order, quotients and remainders of integers are unsigned but where the name says otherwise. */
export type Operator =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'rem'
  | 'and'
  | 'or'
  | 'xor'
  | 'shiftLeft'
  | 'shiftRight'
  | 'rotateLeft'
  | 'equal'
  | 'notEqual'
  | 'less'
  | 'lessEqual'
  | 'lessSigned'

export type Term =
  | { readonly kind: 'number'; readonly word: Word; readonly value: number }
  | LocalRef
  | { readonly kind: 'load'; readonly word: Word; readonly array: ArrayRef; readonly place: Term }
  /** The 32-bit word at a place of an array, whatever its entries are: the bits of a float32, or one half of a float64, the lower half first. */
  | { readonly kind: 'bits'; readonly word: Word; readonly array: ArrayRef; readonly place: Term }
  /** A float in the other width: a float32 as it is, a float64 rounded. */
  | { readonly kind: 'convert'; readonly word: Word; readonly value: Term }
  | { readonly kind: 'operate'; readonly word: Word; readonly by: Operator; readonly left: Term; readonly right: Term }
  /** A scalar function of floats, with the meaning that it has everywhere. */
  | { readonly kind: 'scalar'; readonly word: Word; readonly name: ScalarName; readonly dtype: DType; readonly operands: readonly Term[] }

/**
 * What a round of an `across` or a `total` computes of floats: an entry of an array, `place` and the number of the round counted on, a term
 * that is the same in all rounds, or a function of such values. Engines may compute several rounds at once, in the lanes of a vector.
 */
export type LaneTerm =
  | Term
  | { readonly kind: 'along'; readonly array: ArrayRef; readonly place: Term }
  | { readonly kind: 'each'; readonly by: LaneOperator; readonly left: LaneTerm; readonly right: LaneTerm }

export type LaneOperator = 'add' | 'sub' | 'mul' | 'div'

export type Statement =
  | { readonly kind: 'set'; readonly local: LocalRef; readonly value: Term }
  | { readonly kind: 'store'; readonly array: ArrayRef; readonly place: Term; readonly value: Term }
  /** The local counts from one bound up to the other, which is not reached. */
  | { readonly kind: 'for'; readonly local: LocalRef; readonly from: Term; readonly until: Term; readonly body: readonly Statement[] }
  | { readonly kind: 'while'; readonly condition: Term; readonly body: readonly Statement[] }
  | { readonly kind: 'if'; readonly condition: Term; readonly then: readonly Statement[]; readonly otherwise: readonly Statement[] }
  /** Copies `count` neighbouring entries from one array to another of the same dtype. */
  | {
      readonly kind: 'copy'
      readonly to: ArrayRef
      readonly place: Term
      readonly from: ArrayRef
      readonly start: Term
      readonly count: Term
    }
  /**
   * `count` rounds, each of which computes its values and then stores them, each at its place and the number of the round counted on. No round
   * reads what another one stores. All arrays are of one float dtype.
   */
  | {
      readonly kind: 'across'
      readonly count: Term
      readonly stores: readonly { readonly array: ArrayRef; readonly place: Term; readonly value: LaneTerm }[]
    }
  /**
   * The sum of a value over `count` rounds, in an order that is part of its meaning. Of the rounds in whole groups of eight, eight partial sums
   * from 0 take every eighth; they are added as ((p0 + p4) + (p2 + p6)) + ((p1 + p5) + (p3 + p7)). Then the other rounds are added in turn.
   */
  | { readonly kind: 'total'; readonly local: LocalRef; readonly dtype: DType; readonly count: Term; readonly value: LaneTerm }
  /** Reports an index that is not below the size; the first report of a program becomes the error of its run. */
  | { readonly kind: 'report'; readonly index: Term; readonly size: number; readonly unsigned: boolean }

/** Rounds that may run in any order and at once, on as many threads as there are; one phase is complete before the next begins. */
export interface RoutinePhase {
  readonly rounds: number
  /** Roughly how many simple operations a round takes. */
  readonly weight: number
  /** The number of the round. */
  readonly round: LocalRef
  readonly body: readonly Statement[]
}

export interface Body {
  /** Numbers that say what is to be done: they are printed, and engines that have a way of their own for a routine read them. */
  readonly params: { readonly [name: string]: number }
  /** Arrays that the routine works in; nothing is promised about what they hold at first. */
  readonly scratch: readonly { readonly dtype: DType; readonly length: number }[]
  readonly phases: readonly RoutinePhase[]
}

export interface Routine {
  readonly kind: 'routine'
  readonly name: string
  /** If given, the first result begins as a copy of this operand, which is then not among the arrays that the routine reads. */
  readonly onto?: number
  /** Set for a routine that only moves numbers: each number of its results is one of its operands. */
  readonly moves?: true
  /** For a routine that reports indices out of range: the operation that the error names, and what it calls an index. */
  readonly reports?: { readonly op: string; readonly what: string }
  /** A function, because `lower` is called for every operation, and the statements are needed only when a routine is compiled. */
  readonly body: () => Body
}

// ---------------------------------------------------------------- how routines are written

const wordOf = (dtype: DType): Word => (isFloat(dtype) ? (bytesOf(dtype) === 8 ? 'f64' : 'f32') : 'i32')

/** A term, or a whole number in its place. */
type Given = Term | number

const term = (given: Given): Term => (typeof given === 'number' ? { kind: 'number', word: 'i32', value: given } : given)

export const reads = (index: number, dtype: DType): ArrayRef => ({ role: 'reads', index, dtype })
export const writes = (index: number, dtype: DType): ArrayRef => ({ role: 'writes', index, dtype })
export const scratch = (index: number, dtype: DType): ArrayRef => ({ role: 'scratch', index, dtype })

/** A new local for whole numbers, or for values of a dtype. */
export const local = (dtype: DType = 'int32'): LocalRef => ({ kind: 'local', word: wordOf(dtype) })

export const load = (array: ArrayRef, place: Given): Term => ({ kind: 'load', word: wordOf(array.dtype), array, place: term(place) })

/** The 32-bit word at a place of an array, counted in words. */
export const bits = (array: ArrayRef, place: Given): Term => ({ kind: 'bits', word: 'i32', array, place: term(place) })

/** A value as one of a dtype's word: floats are widened or rounded, and nothing else changes. */
export const convert = (dtype: DType, value: Term): Term =>
  value.word === wordOf(dtype) ? value : { kind: 'convert', word: wordOf(dtype), value }

/** A number of a dtype. */
export const number = (dtype: DType, value: number): Term => ({ kind: 'number', word: wordOf(dtype), value })

const comparisons: ReadonlySet<Operator> = new Set(['equal', 'notEqual', 'less', 'lessEqual', 'lessSigned'])

/** A function of two words of one kind. */
export const operate = (by: Operator, left: Given, right: Given): Term => {
  const [a, b] = [term(left), term(right)]
  return { kind: 'operate', word: comparisons.has(by) ? 'i32' : a.word, by, left: a, right: b }
}

const operator =
  (by: Operator) =>
  (left: Given, right: Given): Term =>
    operate(by, left, right)

export const add = operator('add')
export const sub = operator('sub')
export const mul = operator('mul')
export const div = operator('div')
export const rem = operator('rem')
export const and = operator('and')
export const or = operator('or')
export const xor = operator('xor')
export const shiftRight = operator('shiftRight')
export const rotateLeft = operator('rotateLeft')
export const equal = operator('equal')
export const notEqual = operator('notEqual')
export const less = operator('less')

/** The lesser of two whole numbers without a sign. */
export const least = (x: Given, y: Given): Term => sub(x, mul(less(y, x), sub(x, y)))

/** Whether a value of a dtype is less than another. */
export const lessOf = (dtype: DType): ((left: Given, right: Given) => Term) => operator(dtype === 'int32' ? 'lessSigned' : 'less')

/** Scalar code of values of a float dtype. */
export const scalar = (name: ScalarName, dtype: DType, ...operands: readonly Term[]): Term => ({
  kind: 'scalar',
  word: wordOf(dtype),
  name,
  dtype,
  operands,
})

export const set = (to: LocalRef, value: Given): Statement => ({ kind: 'set', local: to, value: term(value) })
export const store = (array: ArrayRef, place: Given, value: Given): Statement => ({
  kind: 'store',
  array,
  place: term(place),
  value: term(value),
})
export const loop = (counter: LocalRef, from: Given, until: Given, body: readonly Statement[]): Statement => ({
  kind: 'for',
  local: counter,
  from: term(from),
  until: term(until),
  body,
})
export const during = (condition: Term, body: readonly Statement[]): Statement => ({ kind: 'while', condition, body })
export const when = (condition: Term, then: readonly Statement[], otherwise: readonly Statement[] = []): Statement => ({
  kind: 'if',
  condition,
  then,
  otherwise,
})
export const copy = (to: ArrayRef, place: Given, from: ArrayRef, start: Given, count: Given): Statement => ({
  kind: 'copy',
  to,
  place: term(place),
  from,
  start: term(start),
  count: term(count),
})
/** An entry for each round of an `across` or a `total`, from a place on. */
export const along = (array: ArrayRef, place: Given): LaneTerm => ({ kind: 'along', array, place: term(place) })
const each =
  (by: LaneOperator) =>
  (left: LaneTerm, right: LaneTerm): LaneTerm => ({ kind: 'each', by, left, right })
export const eachAdd = each('add')
export const eachSub = each('sub')
export const eachMul = each('mul')
export const eachDiv = each('div')
/** Stores a value, from a place on, in each of `count` rounds; with further pairs of a place and a value, those too. */
export const across = (count: Given, ...stores: readonly (readonly [array: ArrayRef, place: Given, value: LaneTerm])[]): Statement => ({
  kind: 'across',
  count: term(count),
  stores: stores.map(([array, place, value]) => ({ array, place: term(place), value })),
})
export const total = (local: LocalRef, dtype: DType, count: Given, value: LaneTerm): Statement => ({
  kind: 'total',
  local,
  dtype,
  count: term(count),
  value,
})
/** A number of a float dtype. */
export const float = (dtype: DType, value: number): Term => ({ kind: 'number', word: wordOf(dtype), value })
export const report = (index: Term, size: number, unsigned: boolean): Statement => ({ kind: 'report', index, size, unsigned })
/** A phase of `rounds` rounds; `body` is given the number of a round. */
export const phase = (rounds: number, weight: number, body: (round: LocalRef) => readonly Statement[]): RoutinePhase => {
  const round = local()
  return { rounds, weight, round, body: body(round) }
}
