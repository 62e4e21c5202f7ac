/** The forward rule of `scan`: a scan whose body pushes tangents beside its values. */
import type { Program, Pushed, ValueOrZero } from '../program/index.js'
import { type Aval, concrete, type Value } from '../tensor/index.js'
import { bind, trace } from '../trace/index.js'
import { jvpProgram } from '../transform/index.js'
import { reaches, settled } from './activity.js'
import { closed, missing, partsOf, rowOf, type ScanOf, type ScanParams, unnamed } from './scan-parts.js'

/** The tangents of the inputs that have one, and the body with its own beside it. */
export const scanJvp = (
  of: ScanOf,
  inputs: readonly Value[],
  tangents: readonly ValueOrZero[],
  params: ScanParams,
  body: Program,
): Pushed => {
  const has = tangents.map(tangent => tangent !== undefined)
  const marks = partsOf(has, params)
  const carried = settled(marks.carry, carry => reaches(body, [...marks.constants, ...carry, ...marks.stacks]).slice(0, params.carries))
  const marked = [...marks.constants, ...carried, ...marks.stacks]
  const reached = reaches(body, marked)
  const zero = ({ sizes, dtype }: Aval): Value => concrete(sizes, dtype, 0)
  const own = partsOf(inputs, params)
  const given = partsOf(
    tangents.map((tangent, i) => (marked[i] ? (tangent ?? zero(inputs[i] ?? missing())) : undefined)),
    params,
  )
  const defined = <T>(values: readonly (T | undefined)[]): readonly T[] => values.filter(value => value !== undefined)
  const before = {
    constants: [...own.constants, ...defined(given.constants)],
    carry: [...own.carry, ...defined(given.carry)],
    stacks: [...own.stacks, ...defined(given.stacks)],
  }
  const { program, captured } = trace(
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
      const constants = part(0, own.constants.length, marks.constants)
      const carry = part(before.constants.length, own.carry.length, carried)
      const rows = part(before.constants.length + before.carry.length, own.stacks.length, marks.stacks)
      const duals = jvpProgram(
        body,
        [...constants.values, ...carry.values, ...rows.values],
        [...constants.tangents, ...carry.tangents, ...rows.tangents],
      )
      const pushed = duals.map(({ primal, tangent }, i) => (reached[i] || carried[i] === true ? [tangent ?? zero(primal)] : []))
      const [now, later] = [duals.slice(0, params.carries), duals.slice(params.carries)]
      return [
        ...now.map(({ primal }) => primal),
        ...pushed.slice(0, params.carries).flatMap((tangent, i) => (carried[i] ? tangent : [])),
        ...later.map(({ primal }) => primal),
        ...pushed.slice(params.carries).flat(),
      ]
    },
    [...before.constants, ...before.carry, ...before.stacks.map(rowOf)].map(unnamed),
  )
  closed(captured)
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
    const isCarry = i < params.carries
    if (!(isCarry ? carried[i] : reached[i])) return []
    const value = isCarry ? results[next++] : further[nextRow++]
    return value ? [value] : []
  }
  return { outputs: [...carries, ...further.slice(0, count)], terms: body.outputs.map((_, i) => tangentOf(i)) }
}
