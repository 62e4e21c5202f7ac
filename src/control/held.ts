/** What rules make of the programs that their operations hold: derivatives, as programs that close over nothing, and programs with less in them. */
import { filled } from '../primitives/family/filled.js'
import { needed, type Program, type ValueOrZero, withoutEffects } from '../program/index.js'
import { type Aval, fail, type Value } from '../tensor/index.js'
import { programOf } from '../trace/index.js'
import { jvpProgram, vjpProgram } from '../transform/index.js'

const marked = (avals: readonly Aval[], flags: readonly boolean[]): readonly Aval[] => avals.filter((_, i) => flags[i])

/** Values in the places that are marked, and nothing in the others. */
export const spread = (values: readonly Value[], flags: readonly boolean[]): readonly ValueOrZero[] => {
  let next = 0
  return flags.map(flag => (flag ? values[next++] : undefined))
}

/** From the inputs, and after them the cotangents of the marked results, to the cotangents of the wanted inputs. */
export const pullbackOf = (body: Program, given: readonly boolean[], wanted: readonly boolean[]): Program => {
  const count = body.inputs.length
  return programOf(
    // The program was run forward already, with what it does outside.
    values => vjpProgram(withoutEffects(body), values.slice(0, count), wanted).pullback(spread(values.slice(count), given)),
    [...body.inputs, ...marked(body.outputs, given)],
  )
}

/** From the inputs, and after them the tangents of the marked ones, to the results, and after them the tangents of those that are reached. */
export const pushforwardOf = (body: Program, given: readonly boolean[], reached: readonly boolean[]): Program => {
  const count = body.inputs.length
  return programOf(
    values => {
      const duals = jvpProgram(body, values.slice(0, count), spread(values.slice(count), given))
      const tangents = duals.flatMap(({ primal, tangent }, i) => (reached[i] ? [tangent ?? filled(primal, 0)] : []))
      return [...duals.map(({ primal }) => primal), ...tangents]
    },
    [...body.inputs, ...marked(body.inputs, given)],
  )
}

/**
 * Programs of the same inputs without the results that are not used, and without the inputs that none of them then needs; undefined where all of
 * them are needed.
 */
export const narrowed = (
  programs: readonly Program[],
  used: readonly boolean[],
): { readonly programs: readonly Program[]; readonly inputs: readonly boolean[] } | undefined => {
  const parts = programs.map(body => needed(body, used))
  const inputs = (programs[0]?.inputs ?? []).map((_, i) => parts.some(part => part.inputs[i]))
  if (inputs.every(Boolean) && used.every(Boolean)) return undefined
  const narrow = (body: Program, k: number): Program => ({
    ...body,
    inputs: body.inputs.filter((_, i) => inputs[i]),
    equations: parts[k]?.equations ?? fail({ _tag: 'InternalError', detail: 'a program without its equations' }),
    outputs: body.outputs.filter((_, i) => used[i]),
  })
  return { programs: programs.map(narrow), inputs }
}
