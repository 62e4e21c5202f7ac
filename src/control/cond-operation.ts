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
import { filled, lessEqual, mul, select } from '../primitives/index.js'
import { broadcastAxes, lead } from '../primitives/sum.js'
import { applyProgram, describe, type Params, type Program, plainApply, sameAval } from '../program/index.js'
import { type Aval, at, bufferOf, fail, type Value } from '../tensor/index.js'
import { bind, type Holder, holder, programOf } from '../trace/index.js'
import { vmapRows } from '../transform/index.js'
import { reaches } from './activity.js'
import { narrowed, pullbackOf, pushforwardOf, spread } from './held.js'
import { missing, tensorOf } from './scan-parts.js'

type None = Params

const none: None = {}

/** A program for each case. */
const inEach = (
  cases: readonly Program[],
  inputs: readonly Aval[],
  f: (body: Program, values: readonly Value[]) => readonly Value[],
): readonly Program[] => cases.map(body => programOf(values => f(body, values), inputs))

const any = (marks: readonly (readonly boolean[])[]): readonly boolean[] => (marks[0] ?? []).map((_, i) => marks.some(own => own[i]))

const shape = ([index = missing(), ...operands]: readonly Aval[], cases: readonly Program[]): readonly Aval[] => {
  const wrong = (detail: string): never => fail({ _tag: 'InternalError', detail: `cond: ${detail}` })
  const [first] = cases
  if (first === undefined) return wrong('there is no case')
  if (index.dtype !== 'int32' || index.sizes.length > 0) wrong(`the number of the case is ${describe(index)}`)
  cases.forEach((body, k) => {
    const fits = (own: readonly Aval[], expected: readonly Aval[]): boolean =>
      own.length === expected.length && own.every((aval, i) => sameAval(aval, expected[i] ?? missing()))
    if (!fits(body.inputs, operands))
      wrong(`case ${k} takes ${body.inputs.map(describe).join(', ')}, not ${operands.map(describe).join(', ')}`)
    if (!fits(body.outputs, first.outputs))
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

export const condPrimitive: Holder<None> = holder<None>({
  name: 'cond',
  samples: [{ params: none, programs: sampleCases, inputs: [whole([], -1, 3), real([2], -1, 1), real([2], -1, 1)] }],
  shape: (inputs, _, cases) => shape(inputs, cases),
  vjp: ([index = missing(), ...operands], [, ...wanted], _, cases) => {
    const outputs = bind(condPrimitive.of(none, cases), [index, ...operands])
    const reached = any(cases.map(body => reaches(body, wanted)))
    return {
      outputs,
      pullback: cotangents => {
        const has = reached.map((flag, i) => flag && cotangents[i] !== undefined)
        const given = cotangents.filter((_, i) => has[i]).filter(ct => ct !== undefined)
        const backward = cases.map(body => pullbackOf(body, has, wanted))
        const pulled = bind(condPrimitive.of(none, backward), [index, ...operands, ...given])
        return [undefined, ...spread(pulled, wanted)]
      },
    }
  },
  jvp: ([index = missing(), ...operands], [, ...tangents], _, cases) => {
    const given = tangents.filter(tangent => tangent !== undefined)
    const marks = tangents.map(tangent => tangent !== undefined)
    const reached = any(cases.map(body => reaches(body, marks)))
    const forward = cases.map(body => pushforwardOf(body, marks, reached))
    const results = bind(condPrimitive.of(none, forward), [index, ...operands, ...given])
    const pushed = spread(results.slice(reached.length), reached)
    return { outputs: results.slice(0, reached.length), terms: pushed.map(tangent => (tangent ? [tangent] : [])) }
  },
  batch: ([index = missing(), ...operands], [choosing, ...batched], size, _, cases) => {
    const rowsOf = (body: Program, values: readonly Value[]) =>
      vmapRows(
        body,
        values.map((value, i) => ({ value, batched: batched[i] === true })),
        size,
      )
    if (choosing) {
      // Each example has a case of its own: all cases are computed for all examples.
      const results = cases.map(body => rowsOf(body, operands).map(row => lead(row.value, row.batched, size)))
      return results
        .reduceRight((after, before, k) =>
          before.map((value, i) => {
            const isThis = lessEqual(index, filled(index, k))
            return select(broadcastAxes(isThis, value.sizes, value.sizes.map((_, axis) => axis).slice(1)), value, after[i] ?? missing())
          }),
        )
        .map(value => ({ value, batched: true }))
    }
    const flags: (readonly boolean[])[] = []
    const flagsOf = (body: Program, values: readonly Value[]): readonly Value[] => {
      const rows = rowsOf(body, values)
      flags.push(rows.map(row => row.batched))
      return rows.map(row => row.value)
    }
    inEach(cases, operands, flagsOf)
    const has = any(flags)
    const lifted = inEach(cases, operands, (body, values) =>
      rowsOf(body, values).map((row, i) => (has[i] ? lead(row.value, row.batched, size) : row.value)),
    )
    return bind(condPrimitive.of(none, lifted), [index, ...operands]).map((value, i) => ({ value, batched: has[i] === true }))
  },
  evaluate: ([index = missing(), ...operands], _, cases) => {
    const number = Math.min(Math.max(at(index.data, 0), 0), cases.length - 1)
    const values = operands.map(x => tensorOf(x, x.data))
    return applyProgram(plainApply, cases[number] ?? missing(), values).map(y => bufferOf('cond', y))
  },
  narrow: (used, _, cases) => {
    const kept = narrowed(cases, used)
    return kept && { operation: condPrimitive.of(none, kept.programs), inputs: [true, ...kept.inputs], outputs: used }
  },
  lower: (_, cases) => ({ kind: 'branch', cases }),
})
