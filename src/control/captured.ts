/** Programs that were traced one by one, and close over some of the same tensors. */
import type { Program, Variable } from '../program/index.js'
import { payload, type Value } from '../tensor/index.js'
import type { TraceResult } from '../trace/index.js'

type Traced = Pick<TraceResult, 'program' | 'captured'>

/** A program that takes everything that any of them closes over, and of it uses what it closes over itself. */
const withAll = ({ program, captured }: Traced, all: readonly Value[]): Program => {
  const arity = program.inputs.length - captured.length
  let { count } = program
  const places = new Map(captured.map((x, place) => [x[payload], place] as const))
  const further = all.map((x): Variable => {
    const place = places.get(x[payload])
    const known = place === undefined ? undefined : program.inputs[arity + place]
    return known ?? { kind: 'variable', id: count++, sizes: x.sizes, dtype: x.dtype }
  })
  return { ...program, inputs: [...program.inputs.slice(0, arity), ...further], count }
}

/** The same programs, which all take what any of them closes over, each tensor once: after their own inputs, in one order. */
export const sharing = (traced: readonly Traced[]): { readonly programs: readonly Program[]; readonly captured: readonly Value[] } => {
  const known = new Map<Value[typeof payload], Value>()
  for (const x of traced.flatMap(({ captured }) => captured)) if (!known.has(x[payload])) known.set(x[payload], x)
  const captured = [...known.values()]
  return { programs: traced.map(own => withAll(own, captured)), captured }
}

/** The program of a loop: a trace has what it closes over last, and a body has it first. */
export const constantsFirst = (program: Program, own: number): Program => ({
  ...program,
  inputs: [...program.inputs.slice(own), ...program.inputs.slice(0, own)],
})
