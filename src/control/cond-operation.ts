/**
 * The operation of `cond` and `switchCase`: one of several programs of the same operands is run, which an int32 chooses.
 *
 *   inputs   the number of the case, operands
 *   cases    operands → results, of the same shapes in every case
 *   outputs  the results of the case that is run
 *
 * Gradient and tangents: a choice by the same number among the pullbacks, or the tangents, of the cases. What only one case computes stays in that
 * case, so an infinity in another reaches nothing. The pullback of a case runs that case again, and nothing is stored for it.
 */

import { real, whole } from '../primitives/family/sample.js'
import { castTo, filled, lessEqual, mul, select } from '../primitives/index.js'
import { broadcastAxes, lead, sumAxes } from '../primitives/sum.js'
import { applyProgram, describe, type Operation, type Params, type Program, plainApply } from '../program/index.js'
import { type Aval, at, bufferOf, fail, type Value } from '../tensor/index.js'
import { bind, type Holder, holder, programOf } from '../trace/index.js'
import { vmapRows } from '../transform/index.js'
import { haveAvals, liftedOf, markedInAny, narrowed, pulledBack, pushedForward, type Running } from './held.js'
import { missing, tensorOf } from './scan-parts.js'

interface CondParams extends Params {
  /**
   * Of two cases the first does next to nothing. Where each example has a case of its own, the second is computed for all of them only if it is the case
   * of any.
   */
  readonly isRare?: true
}

const none: CondParams = {}

const shape = ([index = missing(), ...operands]: readonly Aval[], cases: readonly Program[]): readonly Aval[] => {
  const wrong = (detail: string): never => fail({ _tag: 'InternalError', detail: `cond: ${detail}` })
  const [first] = cases
  if (first === undefined) return wrong('there is no case')
  if (index.dtype !== 'int32' || index.sizes.length > 0) wrong(`the number of the case is ${describe(index)}`)
  cases.forEach((body, k) => {
    if (!haveAvals(body.inputs, operands))
      wrong(`case ${k} takes ${body.inputs.map(describe).join(', ')}, not ${operands.map(describe).join(', ')}`)
    if (!haveAvals(body.outputs, first.outputs))
      wrong(`case ${k} gives ${body.outputs.map(describe).join(', ')}, not ${first.outputs.map(describe).join(', ')}`)
  })
  return first.outputs.map(({ sizes, dtype }) => ({ sizes, dtype }))
}

const scaled =
  (factor: number) =>
  (x: Value): Value =>
    mul(x, filled(x, factor))
const sampleCases = (): readonly Program[] =>
  [(x: Value): Value => mul(mul(x, x), x), scaled(3), (x: Value): Value => mul(x, x)].map(f =>
    programOf(([x = missing(), y = missing()]) => [mul(f(x), y), f(y)], [real([2]), real([2])]),
  )

const chosenBy =
  (params: CondParams) =>
  (cases: readonly Program[]): Operation =>
    condPrimitive.of(params, cases)

const running = ([index = missing(), ...operands]: readonly Value[], params: CondParams, programs: readonly Program[]): Running => ({
  of: chosenBy(params),
  programs,
  before: [index],
  operands,
})

/** All cases for all examples, of which each has its own. */
const each = (
  [index = missing(), ...operands]: readonly Value[],
  batched: readonly boolean[],
  size: number,
  cases: readonly Program[],
): readonly Value[] => {
  const rows = operands.map((value, i) => ({ value, batched: batched[i] === true }))
  const results = cases.map(body => vmapRows(body, rows, size).map(row => lead(row.value, row.batched, size)))
  return results.reduceRight((after, before, k) =>
    before.map((value, i) => {
      const isThis = lessEqual(index, filled(index, k))
      return select(broadcastAxes(isThis, value.sizes, value.sizes.map((_, axis) => axis).slice(1)), value, after[i] ?? missing())
    }),
  )
}

/** The same, by a choice between the first case for all of them and every case, where some example may have the second. */
const eachIfAny = (
  inputs: readonly Value[],
  batched: readonly boolean[],
  size: number,
  params: CondParams,
  cases: readonly Program[],
): readonly Value[] => {
  const [index = missing()] = inputs
  const isSecond = castTo(castTo(index, 'bool'), 'int32')
  const isAny = castTo(castTo(sumAxes(isSecond, [0]), 'bool'), 'int32')
  const all = [cases.slice(0, 1), cases].map(some => programOf(values => each(values, batched, size, some), inputs))
  return bind(chosenBy(params)(all), [isAny, ...inputs])
}

export const condPrimitive: Holder<CondParams> = holder<CondParams>({
  name: 'cond',
  samples: [
    { params: none, programs: sampleCases, inputs: [whole([], -1, 3), real([2], -1, 1), real([2], -1, 1)] },
    { params: { isRare: true }, programs: () => sampleCases().slice(0, 2), inputs: [whole([], 0, 2), real([2], -1, 1), real([2], -1, 1)] },
  ],
  shape: (inputs, _, cases) => shape(inputs, cases),
  vjp: (inputs, [, ...wanted], params, cases) => {
    const { outputs, pullback } = pulledBack(running(inputs, params, cases), wanted, chosenBy(params))
    return { outputs, pullback: cotangents => [undefined, ...pullback(cotangents)] }
  },
  jvp: (inputs, [, ...tangents], params, cases) => pushedForward(running(inputs, params, cases), tangents),
  batch: ([index = missing(), ...operands], [choosing, ...batched], size, params, cases) => {
    if (choosing) {
      // Each example has a case of its own: all cases are computed for all examples.
      const inputs = [index, ...operands]
      const results = params.isRare ? eachIfAny(inputs, batched, size, params, cases) : each(inputs, batched, size, cases)
      return results.map(value => ({ value, batched: true }))
    }
    const has = markedInAny(cases.map(body => liftedOf(body, batched, size).flags))
    const lifted = cases.map(body => liftedOf(body, batched, size, has).program)
    return bind(chosenBy(params)(lifted), [index, ...operands]).map((value, i) => ({ value, batched: has[i] === true }))
  },
  evaluate: ([index = missing(), ...operands], _, cases) => {
    const number = Math.min(Math.max(at(index.data, 0), 0), cases.length - 1)
    const values = operands.map(x => tensorOf(x, x.data))
    return applyProgram(plainApply, cases[number] ?? missing(), values).map(y => bufferOf('cond', y))
  },
  narrow: (used, params, cases) => {
    const kept = narrowed(cases, used)
    return kept && { operation: chosenBy(params)(kept.programs), inputs: [true, ...kept.inputs], outputs: used }
  },
  lower: (_, cases) => ({ kind: 'branch', cases }),
})
