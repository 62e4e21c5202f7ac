/** The forward rule of `scan`: a scan whose body pushes tangents beside its values. */
import { filled } from '../primitives/family/filled.js'
import type { Program, Pushed, ValueOrZero } from '../program/index.js'
import type { Value } from '../tensor/index.js'
import { bind, programOf } from '../trace/index.js'
import { jvpProgram } from '../transform/index.js'
import { marksOf, missing, partsOf, rowOf, type ScanOf, type ScanParams } from './scan-parts.js'

/** The tangents of the inputs that have one, and the body with its own beside it. */
export const scanJvp = (
  of: ScanOf,
  inputs: readonly Value[],
  tangents: readonly ValueOrZero[],
  params: ScanParams,
  body: Program,
): Pushed => {
  const marks = marksOf(
    body,
    tangents.map(tangent => tangent !== undefined),
    params,
  )
  const flags = partsOf(marks.inputs, params)
  const own = partsOf(inputs, params)
  const given = partsOf(
    tangents.map((tangent, i) => (marks.inputs[i] ? (tangent ?? filled(inputs[i] ?? missing(), 0)) : undefined)),
    params,
  )
  const defined = <T>(values: readonly (T | undefined)[]): readonly T[] => values.filter(value => value !== undefined)
  const before = {
    constants: [...own.constants, ...defined(given.constants)],
    carry: [...own.carry, ...defined(given.carry)],
    stacks: [...own.stacks, ...defined(given.stacks)],
  }
  const program = programOf(
    values => {
      const part = (
        from: number,
        count: number,
        flags: readonly boolean[],
      ): { values: readonly Value[]; tangents: readonly (Value | undefined)[] } => {
        let next = from + count
        return {
          values: values.slice(from, from + count),
          tangents: flags.map(flag => (flag ? values[next++] : undefined)),
        }
      }
      const constants = part(0, own.constants.length, flags.constants)
      const carry = part(before.constants.length, own.carry.length, flags.carry)
      const rows = part(before.constants.length + before.carry.length, own.stacks.length, flags.stacks)
      const duals = jvpProgram(
        body,
        [...constants.values, ...carry.values, ...rows.values],
        [...constants.tangents, ...carry.tangents, ...rows.tangents],
      )
      const parts = [duals.slice(0, params.carries), duals.slice(params.carries)]
      const pushed = (of: typeof duals, first: number): readonly Value[] =>
        of.flatMap(({ primal, tangent }, i) => (marks.outputs[first + i] ? [tangent ?? filled(primal, 0)] : []))
      return parts.flatMap((of, k) => [...of.map(({ primal }) => primal), ...pushed(of, k * params.carries)])
    },
    [...before.constants, ...before.carry, ...before.stacks.map(rowOf)],
  )
  const results = bind(of({ ...params, constants: before.constants.length, carries: before.carry.length }, [program]), [
    ...before.constants,
    ...before.carry,
    ...before.stacks,
  ])
  const carries = results.slice(0, params.carries)
  const further = results.slice(before.carry.length)
  const count = body.outputs.length - params.carries
  let [next, nextRow] = [params.carries, count]
  const tangentOf = (i: number): readonly Value[] => {
    if (!marks.outputs[i]) return []
    const value = i < params.carries ? results[next++] : further[nextRow++]
    return value ? [value] : []
  }
  return { outputs: [...carries, ...further.slice(0, count)], terms: body.outputs.map((_, i) => tangentOf(i)) }
}
