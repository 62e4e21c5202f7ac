/** Routines printed as WebAssembly: a function for each phase, whose rounds threads share. */
import type { ArrayRef, LocalRef, Operator, Statement, Term, Word } from '../../kernel/index.js'
import { bytesOf, type DType, fail } from '../../tensor/index.js'
import type { Expression } from '../fusion/expression.js'
import type { RoutineStage } from '../fusion/stage.js'
import { Constants } from './constants.js'
import type { Code, Instruction, Local } from './encoder.js'
import { reportIndex, reportOf } from './indexed.js'
import { machineOf } from './instructions.js'
import { checkRounds } from './limits.js'
import type { Division } from './phase.js'
import { type LaneParts, writeAcross, writeTotal } from './routine-lanes.js'
import { lanesOf, ScalarWriter } from './scalar.js'
import type { Offsets } from './walks.js'

const integers: { readonly [N in Operator]: Instruction } = {
  add: 'i32.add',
  sub: 'i32.sub',
  mul: 'i32.mul',
  div: 'i32.div_u',
  rem: 'i32.rem_u',
  and: 'i32.and',
  or: 'i32.or',
  xor: 'i32.xor',
  shiftLeft: 'i32.shl',
  shiftRight: 'i32.shr_u',
  rotateLeft: 'i32.rotl',
  equal: 'i32.eq',
  notEqual: 'i32.ne',
  less: 'i32.lt_u',
  lessEqual: 'i32.le_u',
  lessSigned: 'i32.lt_s',
}

const floats: { readonly [N in Operator]?: 'add' | 'sub' | 'mul' | 'div' | 'eq' | 'ne' | 'lt' | 'le' } = {
  add: 'add',
  sub: 'sub',
  mul: 'mul',
  div: 'div',
  equal: 'eq',
  notEqual: 'ne',
  less: 'lt',
  lessEqual: 'le',
}

const instructionOf = (by: Operator, word: Word): Instruction => {
  if (word === 'i32') return integers[by]
  const name = floats[by]
  return name ? `${word}.${name}` : fail({ _tag: 'InternalError', detail: `routine: ${by} of ${word}` })
}

export interface RoutinePlaces {
  readonly offsets: Offsets
  readonly dtypeOf: (buffer: number) => DType
  /** The offset of each array of the routine's own. */
  readonly scratch: readonly number[]
  /** The number of the stage, for reports. */
  readonly stage: number
}

class RoutineWriter {
  readonly #code: Code
  readonly #constants: Constants
  readonly #stage: RoutineStage
  readonly #places: RoutinePlaces
  readonly #locals = new Map<LocalRef, Local>()

  constructor(code: Code, stage: RoutineStage, places: RoutinePlaces) {
    this.#code = code
    this.#constants = new Constants(code)
    this.#stage = stage
    this.#places = places
  }

  local(ref: LocalRef): Local {
    const known = this.#locals.get(ref)
    if (known) return known
    const made = this.#code.ownLocal(ref.word)
    this.#locals.set(ref, made)
    return made
  }

  #offset({ role, index }: ArrayRef): number {
    const { offsets, scratch } = this.#places
    const found = role === 'scratch' ? scratch[index] : this.#stage[role][index]
    if (found === undefined) return fail({ _tag: 'InternalError', detail: `routine ${this.#stage.name} has no ${role} ${index}` })
    return role === 'scratch' ? found : offsets(found)
  }

  /** Pushes the address of an entry but for the array's offset, which the load or store adds by itself. */
  #address(array: ArrayRef, place: Term): void {
    const bytes = bytesOf(array.dtype)
    this.#code.get(this.#code.parameter(0))
    this.term(place)
    if (bytes > 1) this.#code.i32(Math.log2(bytes)).do('i32.shl')
    this.#code.do('i32.add')
  }

  /** Pushes the address of an entry. */
  #wholeAddress(array: ArrayRef, place: Term): void {
    this.#address(array, place)
    this.#code.i32(this.#offset(array)).do('i32.add')
  }

  term(term: Term): void {
    const code = this.#code
    switch (term.kind) {
      case 'number':
        if (term.word === 'i32') {
          checkRounds(Math.abs(term.value), `${this.#stage.name} goes through an axis of ${term.value} entries`)
          code.i32(term.value)
        } else if (term.word === 'f32') code.f32(term.value)
        else code.f64(term.value)
        return
      case 'local':
        code.get(this.local(term))
        return
      case 'load':
        this.#address(term.array, term.place)
        code.at(machineOf(term.array.dtype).load, this.#offset(term.array))
        return
      case 'bits':
        code.get(code.parameter(0))
        this.term(term.place)
        code.i32(2).do('i32.shl').do('i32.add').at('i32.load', this.#offset(term.array))
        return
      case 'convert':
        this.term(term.value)
        code.do(term.word === 'f64' ? 'f64.promote_f32' : 'f32.demote_f64')
        return
      case 'operate':
        this.term(term.left)
        this.term(term.right)
        code.do(instructionOf(term.by, term.left.word))
        return
      case 'scalar':
        this.#scalar(term)
    }
  }

  /** A scalar function through the vector code that it has everywhere, so that its bits are the same; in every lane. */
  #scalar({ name, dtype, operands, word }: Extract<Term, { kind: 'scalar' }>): void {
    if (word === 'i32') fail({ _tag: 'InternalError', detail: `routine: ${name} of integers` })
    const [code, lanes] = [this.#code, word === 'f64' ? 'f64x2' : 'f32x4'] as const
    const vectors = operands.map(operand => {
      this.term(operand)
      const vector = code.local('v128')
      code.do(`${lanes}.splat`).set(vector)
      return vector
    })
    const node: Expression = {
      kind: 'apply',
      name,
      dtype,
      operands: operands.map((_, buffer) => ({ kind: 'load', dtype, buffer, start: 0, strides: [] })),
    }
    const push = ({ buffer }: { readonly buffer: number }): void => {
      const vector = vectors[buffer]
      if (vector) code.get(vector)
    }
    new ScalarWriter(code, this.#constants, lanesOf([dtype]), push, [node]).push(node)
    code.lane(`${lanes}.extract_lane`, 0)
    code.release(...vectors)
  }

  statements(body: readonly Statement[]): void {
    for (const statement of body) this.#statement(statement)
  }

  #statement(statement: Statement): void {
    const code = this.#code
    switch (statement.kind) {
      case 'set':
        this.term(statement.value)
        code.set(this.local(statement.local))
        return
      case 'store':
        this.#address(statement.array, statement.place)
        this.term(statement.value)
        code.at(machineOf(statement.array.dtype).store, this.#offset(statement.array))
        return
      case 'for':
        this.loop(
          statement.local,
          () => this.term(statement.from),
          () => this.term(statement.until),
          statement.body,
        )
        return
      case 'while':
        code.block(() =>
          code.loop(() => {
            this.term(statement.condition)
            code.do('i32.eqz').brIf(1)
            this.statements(statement.body)
            code.br(0)
          }),
        )
        return
      case 'if': {
        const { then, otherwise } = statement
        this.term(statement.condition)
        code.if(() => this.statements(then), otherwise.length > 0 ? () => this.statements(otherwise) : undefined)
        return
      }
      case 'copy': {
        const bytes = bytesOf(statement.from.dtype)
        this.#wholeAddress(statement.to, statement.place)
        this.#wholeAddress(statement.from, statement.start)
        this.term(statement.count)
        code.i32(bytes).do('i32.mul').memoryCopy()
        return
      }
      case 'across':
        writeAcross(this.#lanes(), statement)
        return
      case 'total':
        writeTotal(this.#lanes(), statement, this.local(statement.local))
        return
      case 'report': {
        const index = code.local('i32')
        this.term(statement.index)
        code.set(index)
        reportIndex(code, reportOf(this.#places.stage, statement.unsigned), index, statement.size)
        code.release(index)
      }
    }
  }

  /** What the writer of lanes needs of this one. */
  #lanes(): LaneParts {
    return {
      code: this.#code,
      offset: array => this.#offset(array),
      address: (array, place) => this.#address(array, place),
      push: term => this.term(term),
    }
  }

  /** The local counts from one bound up to the other. */
  loop(counter: LocalRef, from: () => void, until: () => void, body: readonly Statement[]): void {
    this.#code.for(this.local(counter), from, until, 1, () => this.statements(body))
  }

  end(): void {
    this.#constants.place()
  }
}

/** One phase of a routine: rounds from the second parameter up to the third. */
export const writePhase = (code: Code, stage: RoutineStage, which: number, places: RoutinePlaces): Division => {
  const phase = stage.body.phases[which]
  if (phase === undefined) return { units: 0, multiple: 1, weight: 0 }
  const writer = new RoutineWriter(code, stage, places)
  const bound = (parameter: number) => () => void code.get(code.parameter(parameter))
  writer.loop(phase.round, bound(1), bound(2), phase.body)
  writer.end()
  return { units: phase.rounds, multiple: 1, weight: phase.weight * code.target.costs.times.step }
}
