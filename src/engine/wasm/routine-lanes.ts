/**
 * The words of routines that engines may do in lanes: `across` and `total`. A vector is taken as long as there are enough rounds for a whole one,
 * and then one round at a time; both compute the same bits.
 */
import type { ArrayRef, LaneTerm, Statement, Term } from '../../kernel/index.js'
import { bytesOf, type DType, fail } from '../../tensor/index.js'
import type { Code, Local } from './encoder.js'
import { machineOf } from './instructions.js'

/** What is needed of the writer of the routine. */
export interface LaneParts {
  readonly code: Code
  readonly offset: (array: ArrayRef) => number
  /** Pushes the address of an entry but for the array's offset. */
  readonly address: (array: ArrayRef, place: Term) => void
  readonly push: (term: Term) => void
}

/** The locals of one statement: a pointer for each place from which it goes along an array, and each value that is the same in all rounds. */
interface Held {
  readonly pointers: Map<Term, Map<string, Local>>
  readonly scalars: Map<Term, Local>
  readonly vectors: Map<Term, Local>
}

/** Rounds of vectors that are written one after another, so that counters and pointers move less often. */
const unrolled = 2
const vectorBytes = 16

class LaneWriter {
  readonly #parts: LaneParts
  readonly #dtype: DType
  readonly #held: Held = { pointers: new Map(), scalars: new Map(), vectors: new Map() }

  constructor(parts: LaneParts, dtype: DType) {
    this.#parts = parts
    this.#dtype = dtype
  }

  get #code(): Code {
    return this.#parts.code
  }

  pointer(array: ArrayRef, place: Term): Local {
    const key = `${array.role}${array.index}`
    const places = this.#held.pointers.get(place) ?? new Map<string, Local>()
    this.#held.pointers.set(place, places)
    const known = places.get(key)
    if (known) return known
    this.#parts.address(array, place)
    const made = this.#code.local('i32')
    this.#code.set(made)
    places.set(key, made)
    return made
  }

  /** Computes pointers, and what is the same in all rounds, before the first. */
  prepare(value: LaneTerm): void {
    const { vector, scalar } = machineOf(this.#dtype)
    if (value.kind === 'along') this.pointer(value.array, value.place)
    else if (value.kind === 'each') {
      this.prepare(value.left)
      this.prepare(value.right)
    } else if (!this.#held.scalars.has(value)) {
      const [one, all] = [this.#code.local(scalar), this.#code.local('v128')]
      this.#parts.push(value)
      this.#code.tee(one)
      this.#code.do(`${vector === 'f64x2' ? 'f64x2' : 'f32x4'}.splat`).set(all)
      this.#held.scalars.set(value, one)
      this.#held.vectors.set(value, all)
    }
  }

  #known(held: Map<Term, Local>, value: Term): Local {
    return held.get(value) ?? fail({ _tag: 'InternalError', detail: 'routine: a value that was not prepared' })
  }

  /** Pushes the value of the next rounds, a vector of them from a number of bytes on, or of one round. */
  push(value: LaneTerm, form: 'vector' | 'scalar', skippedBytes = 0): void {
    const code = this.#code
    const { vector, scalar, load } = machineOf(this.#dtype)
    if (value.kind === 'along') {
      code.get(this.pointer(value.array, value.place))
      code.at(form === 'vector' ? 'v128.load' : load, this.#parts.offset(value.array) + skippedBytes)
    } else if (value.kind === 'each') {
      this.push(value.left, form, skippedBytes)
      this.push(value.right, form, skippedBytes)
      if (form === 'vector') code.do(`${vector === 'f64x2' ? 'f64x2' : 'f32x4'}.${value.by}`)
      else code.do(`${scalar === 'f64' ? 'f64' : 'f32'}.${value.by}`)
    } else code.get(this.#known(form === 'vector' ? this.#held.vectors : this.#held.scalars, value))
  }

  /** Moves every pointer. */
  advance(bytes: number): void {
    for (const places of this.#held.pointers.values())
      for (const pointer of places.values()) this.#code.get(pointer).i32(bytes).do('i32.add').set(pointer)
  }

  /** Rounds in groups of `group` as long as there are enough, each group written by `body`. */
  groups(left: Local, group: number, body: () => void): void {
    const code = this.#code
    code.block(() =>
      code.loop(() => {
        code.get(left).i32(group).do('i32.lt_u').brIf(1)
        body()
        this.advance(group * bytesOf(this.#dtype))
        code.get(left).i32(group).do('i32.sub').set(left)
        code.br(0)
      }),
    )
  }

  release(): void {
    for (const places of this.#held.pointers.values()) this.#code.release(...places.values())
    this.#code.release(...this.#held.scalars.values(), ...this.#held.vectors.values())
  }
}

export const writeAcross = (parts: LaneParts, { count, stores }: Extract<Statement, { kind: 'across' }>): void => {
  const [first] = stores
  if (first === undefined) return
  const { dtype } = first.array
  const { code, offset } = parts
  const [writer, lanes] = [new LaneWriter(parts, dtype), vectorBytes / bytesOf(dtype)]
  for (const { array, place, value } of stores) {
    writer.pointer(array, place)
    writer.prepare(value)
  }
  const left = code.local('i32')
  parts.push(count)
  code.set(left)
  const { scalar, store } = machineOf(dtype)
  const results = stores.map(() => [code.local('v128'), code.local(scalar)] as const)
  /** All values are computed before the first is stored. */
  const round = (form: 'vector' | 'scalar', skippedBytes: number): void => {
    const target = (i: number): Local => results[i]?.[form === 'vector' ? 0 : 1] ?? left
    const put = form === 'vector' ? 'v128.store' : store
    if (stores.length > 1)
      stores.forEach(({ value }, i) => {
        writer.push(value, form, skippedBytes)
        code.set(target(i))
      })
    stores.forEach(({ array, place, value }, i) => {
      code.get(writer.pointer(array, place))
      if (stores.length > 1) code.get(target(i))
      else writer.push(value, form, skippedBytes)
      code.at(put, offset(array) + skippedBytes)
    })
  }
  const several = (rounds: number) => () => {
    for (let i = 0; i < rounds; i += 1) round('vector', i * vectorBytes)
  }
  writer.groups(left, unrolled * lanes, several(unrolled))
  writer.groups(left, lanes, several(1))
  writer.groups(left, 1, () => round('scalar', 0))
  code.release(left, ...results.flat())
  writer.release()
}

/** How many partial sums a `total` has. */
const partials = 8

export const writeTotal = (parts: LaneParts, { dtype, count, value }: Extract<Statement, { kind: 'total' }>, result: Local): void => {
  const { code } = parts
  const kind = machineOf(dtype).vector === 'f64x2' ? 'f64x2' : 'f32x4'
  const scalar = kind === 'f64x2' ? 'f64' : 'f32'
  const writer = new LaneWriter(parts, dtype)
  writer.prepare(value)
  const left = code.local('i32')
  parts.push(count)
  code.set(left)
  const lanes = vectorBytes / bytesOf(dtype)
  const sums = Array.from({ length: partials / lanes }, () => code.local('v128'))
  for (const sum of sums) {
    if (kind === 'f64x2') code.f64(0)
    else code.f32(0)
    code.do(`${kind}.splat`).set(sum)
  }
  writer.groups(left, partials, () =>
    sums.forEach((sum, i) => {
      code.get(sum)
      writer.push(value, 'vector', i * vectorBytes)
      code.do(`${kind}.add`).set(sum)
    }),
  )
  // p0 to p3 and p4 to p7 are added lane by lane, then the first two of these four to the last two, and then the two that are left.
  const half = sums.length / 2
  sums.slice(0, half).forEach((sum, i) => {
    code.get(sum).get(sums[half + i] ?? sum)
    code.do(`${kind}.add`).set(sum)
  })
  const [first = left, second] = sums
  if (second !== undefined && half === 2) code.get(first).get(second)
  else code.get(first).get(first).get(first).shuffle([8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15])
  code.do(`${kind}.add`).set(first)
  code.get(first).lane(`${kind}.extract_lane`, 0)
  code.get(first).lane(`${kind}.extract_lane`, 1)
  code.do(`${scalar}.add`).set(result)
  writer.groups(left, 1, () => {
    code.get(result)
    writer.push(value, 'scalar')
    code.do(`${scalar}.add`).set(result)
  })
  code.release(left, ...sums)
  writer.release()
}
