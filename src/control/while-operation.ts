/**
 * The operation of `whileLoop`: a program, its body, is run while another one, its predicate, holds, and hands a carry from round to round.
 *
 *   inputs      constants, the first carry
 *   predicate   constants, carry → a bool
 *   body        constants, carry → next carry
 *   outputs     the carry for which the predicate does not hold, or the one after `most` rounds
 *
 * Tangents: the body with tangents beside its values. Gradient: that of scans of `most` rounds, each of which is a choice by the predicate between
 * the body and nothing (`boundedProgram`). Where nothing bounds the rounds there is no gradient.
 */
import { real, whole } from '../primitives/family/sample.js'
import { add, castTo, filled, less, mul, select } from '../primitives/index.js'
import { broadcastAxes, lead, sumAxes } from '../primitives/sum.js'
import {
  applyProgram,
  type Differentiated,
  describe,
  type Narrowed,
  needed,
  type Operand,
  type Params,
  type Program,
  type Pushed,
  plainApply,
  type Row,
  type ValueOrZero,
  withoutEffects,
} from '../program/index.js'
import { type Aval, at, type Buffer, bufferOf, fail, type Value } from '../tensor/index.js'
import { bind, type Holder, holder, interpret, programOf } from '../trace/index.js'
import { reaches, vjpProgram, vmapRows } from '../transform/index.js'
import { settled } from './activity.js'
import { haveAvals, liftedOf, pushforwardOf, spread } from './held.js'
import { missing, stackOf, tensorOf } from './scan-parts.js'
import { boundedProgram } from './while-bounded.js'

interface WhileParams extends Params {
  /** How many of the inputs are constants; the rest are the carry. */
  readonly constants: number
  /** After so many rounds the loop ends though the predicate holds. Infinity for no such number. */
  readonly most: number
}

const shape = (inputs: readonly Aval[], { constants }: WhileParams, predicate: Program, body: Program): readonly Aval[] => {
  const wrong = (detail: string): never => fail({ _tag: 'InternalError', detail: `whileLoop: ${detail}` })
  for (const program of [predicate, body])
    if (!haveAvals(program.inputs, inputs))
      wrong(`a program takes ${program.inputs.map(describe).join(', ')}, not ${inputs.map(describe).join(', ')}`)
  if (!haveAvals(predicate.outputs, [{ sizes: [], dtype: 'bool' }]))
    wrong(`the predicate gives ${predicate.outputs.map(describe).join(', ')}`)
  if (!haveAvals(body.outputs, inputs.slice(constants))) wrong(`the carry after a round is ${body.outputs.map(describe).join(', ')}`)
  return inputs.slice(constants).map(({ sizes, dtype }) => ({ sizes, dtype }))
}

const advice = 'give the most rounds that there can be, as in whileLoop(predicate, f, { most: 100 }), or use forward mode, as jvp does'

const vjp = (
  inputs: readonly Value[],
  wanted: readonly boolean[],
  params: WhileParams,
  [predicate = missing(), body = missing()]: readonly Program[],
): Differentiated => {
  const { constants, most } = params
  if (!Number.isFinite(most)) {
    const marks = carriedMarks(wanted, params, body)
    return {
      outputs: bind(whilePrimitive.of(params, [predicate, body]), inputs),
      pullback: cotangents => {
        if (marks.some((flag, i) => flag && cotangents[i] !== undefined))
          fail({
            _tag: 'ArgumentError',
            op: 'whileLoop',
            detail: `reverse mode goes through the rounds in the other order, and stores their carries: ${advice}`,
          })
        return inputs.map(() => undefined)
      },
    }
  }
  const { outputs, pullback } = vjpProgram(boundedProgram(most, constants, predicate, body), inputs, wanted)
  return { outputs, pullback: cotangents => spread(pullback(cotangents), wanted) }
}

/** Which carries a derivative in the marked inputs reaches, after any number of rounds. */
const carriedMarks = (marked: readonly boolean[], { constants }: WhileParams, body: Program): readonly boolean[] =>
  settled(marked.slice(constants), carry => reaches(body, [...marked.slice(0, constants), ...carry]))

const jvp = (
  inputs: readonly Value[],
  tangents: readonly ValueOrZero[],
  params: WhileParams,
  [predicate = missing(), body = missing()]: readonly Program[],
): Pushed => {
  const { constants } = params
  const given = tangents.map(tangent => tangent !== undefined)
  const carried = carriedMarks(given, params, body)
  const marks = [...given.slice(0, constants), ...carried]
  const own = inputs.map((x, i) => (marks[i] ? (tangents[i] ?? filled(x, 0)) : undefined))
  const all = (from: number, to?: number): readonly Value[] => own.slice(from, to).filter(tangent => tangent !== undefined)
  const before = [...inputs.slice(0, constants), ...all(0, constants)]
  // The derivative has the tangents of constants after the carry, and a body has them before it.
  const pushed = pushforwardOf(body, marks, carried)
  const count = before.length - constants
  const after = inputs.length + count
  const ordered = {
    ...pushed,
    inputs: [
      ...pushed.inputs.slice(0, constants),
      ...pushed.inputs.slice(inputs.length, after),
      ...pushed.inputs.slice(constants, inputs.length),
      ...pushed.inputs.slice(after),
    ],
  }
  const asking = programOf(
    values =>
      interpret(predicate, [...values.slice(0, constants), ...values.slice(before.length, before.length + inputs.length - constants)]),
    ordered.inputs,
  )
  const results = bind(whilePrimitive.of({ ...params, constants: before.length }, [asking, ordered]), [
    ...before,
    ...inputs.slice(constants),
    ...all(constants),
  ])
  const terms = spread(results.slice(carried.length), carried)
  return { outputs: results.slice(0, carried.length), terms: terms.map(tangent => (tangent ? [tangent] : [])) }
}

/** Whether the predicate holds for any of the examples. */
const any = (flags: Value): Value => castTo(sumAxes(castTo(flags, 'int32'), [0]), 'bool')

const batch = (
  inputs: readonly Value[],
  batched: readonly boolean[],
  size: number,
  params: WhileParams,
  [predicate = missing(), body = missing()]: readonly Program[],
): readonly Row[] => {
  const { constants } = params
  const flagsWith = (carried: readonly boolean[]): readonly boolean[] => [...batched.slice(0, constants), ...carried]
  const avals = (carried: readonly boolean[]): readonly Aval[] =>
    body.inputs.map((input, i) => (flagsWith(carried)[i] ? stackOf(input, size) : input))
  const over = (program: Program, values: readonly Value[], carried: readonly boolean[]): readonly Row[] => {
    const flags = flagsWith(carried)
    return vmapRows(
      program,
      values.map((value, i) => ({ value, batched: flags[i] === true })),
      size,
    )
  }
  /** Which results of a program have the axis of the examples, where the marked carries have it. */
  const spreads = (program: Program, carried: readonly boolean[]): readonly boolean[] => liftedOf(program, flagsWith(carried), size).flags
  // Where the predicate differs by example, each example ends in a round of its own, and so each carry differs.
  const carried = settled(batched.slice(constants), carry =>
    spreads(predicate, carry).includes(true) ? carry.map(() => true) : spreads(body, carry),
  )
  const isEach = spreads(predicate, carried).includes(true)
  const asking = programOf(values => {
    const [row = missing()] = over(predicate, values, carried)
    return [isEach ? any(row.value) : row.value]
  }, avals(carried))
  const lifted = programOf(values => {
    const next = over(body, values, carried).map((row, i) => (carried[i] ? lead(row.value, row.batched, size) : row.value))
    if (!isEach) return next
    // An example that has ended keeps its carry. What the predicate does outside was done when it was asked.
    const [row = missing()] = over(withoutEffects(predicate), values, carried)
    return next.map((value, i) => {
      const goesOn = broadcastAxes(row.value, value.sizes, value.sizes.map((_, axis) => axis).slice(1))
      return select(goesOn, value, values[constants + i] ?? missing())
    })
  }, avals(carried))
  const results = bind(whilePrimitive.of(params, [asking, lifted]), [
    ...inputs.slice(0, constants),
    ...inputs.slice(constants).map((x, i) => (carried[i] ? lead(x, batched[constants + i] === true, size) : x)),
  ])
  return results.map((value, i) => ({ value, batched: carried[i] === true }))
}

const evaluate = (
  inputs: readonly Operand[],
  { constants, most }: WhileParams,
  [predicate = missing(), body = missing()]: readonly Program[],
): readonly Buffer[] => {
  const values = inputs.map(x => tensorOf(x, x.data))
  const fixed = values.slice(0, constants)
  let carry: readonly Value[] = values.slice(constants)
  const holds = (): boolean => {
    const [goesOn = missing()] = applyProgram(plainApply, predicate, [...fixed, ...carry])
    return at(bufferOf('whileLoop', goesOn), 0) !== 0
  }
  for (let round = 0; round < most && holds(); round += 1) carry = applyProgram(plainApply, body, [...fixed, ...carry])
  return carry.map(x => bufferOf('whileLoop', x))
}

/** A carry is needed where it is used after the last round, where the predicate asks for it, or where a round needs it for one that is needed. */
const narrow = (
  used: readonly boolean[],
  params: WhileParams,
  [predicate = missing(), body = missing()]: readonly Program[],
): Narrowed | undefined => {
  const { constants } = params
  const asked = needed(predicate, [true]).inputs
  const carried = settled(
    used.map((flag, i) => flag || asked[constants + i] === true),
    marks => needed(body, marks).inputs.slice(constants),
  )
  const read = needed(body, carried)
  const inputs = read.inputs.map((flag, i) => flag || asked[i] === true || carried[i - constants] === true)
  if (inputs.every(Boolean)) return undefined
  const kept = <T>(values: readonly T[]): readonly T[] => values.filter((_, i) => inputs[i])
  const programs = [
    { ...predicate, inputs: kept(predicate.inputs) },
    { ...body, inputs: kept(body.inputs), equations: read.equations, outputs: body.outputs.filter((_, i) => carried[i]) },
  ]
  const own = { ...params, constants: inputs.slice(0, constants).filter(Boolean).length }
  return { operation: whilePrimitive.of(own, programs), inputs, outputs: carried }
}

/** Numbers are multiplied in each round by others, as long as a counter is small. */
const samplePrograms = (): readonly Program[] => {
  const inputs = [real([2]), whole([], 0, 3), real([2])]
  return [
    programOf(([, i = missing()]) => [less(i, filled(i, 4))], inputs),
    programOf(([w = missing(), i = missing(), x = missing()]) => [add(i, filled(i, 1)), add(mul(x, w), mul(w, w))], inputs),
  ]
}
const sampleInputs = [real([2], -1, 1), whole([], 0, 6), real([2], -1, 1)]

export const whilePrimitive: Holder<WhileParams> = holder<WhileParams>({
  name: 'whileLoop',
  samples: [
    { params: { constants: 1, most: 6 }, programs: samplePrograms, inputs: sampleInputs },
    { params: { constants: 1, most: 2 }, programs: samplePrograms, inputs: sampleInputs },
    { params: { constants: 1, most: 23 }, programs: samplePrograms, inputs: sampleInputs },
  ],
  shape: (inputs, params, [predicate = missing(), body = missing()]) => shape(inputs, params, predicate, body),
  vjp,
  jvp,
  batch,
  evaluate,
  narrow,
  lower: ({ constants, most }, [predicate = missing(), body = missing()]) => ({ kind: 'while', predicate, body, constants, most }),
})
