/**
 * The reverse rule of `scan`. Forward, the scan also stacks what the pullback of each round needs and cannot have otherwise; backward, a scan in
 * the other order carries the cotangents of the carry, and adds up those of the constants.
 */
import { add } from '../primitives/add.js'
import { filled } from '../primitives/family/filled.js'
import { type Differentiated, type Program, simplify, split, type ValueOrZero, type Variable, withoutEffects } from '../program/index.js'
import type { Value } from '../tensor/index.js'
import { bind, interpret, programOf } from '../trace/index.js'
import { vjpProgram } from '../transform/index.js'
import { type Marks, marksOf, missing, partsOf, rowOf, type ScanOf, type ScanParams } from './scan-parts.js'

/** A round forward, with what it leaves for the round backward, and the round backward. */
interface Rounds {
  /** The body, and after its results what it leaves. */
  readonly forward: Program
  /** What is left, as the variables of `forward` that hold it. */
  readonly left: readonly Variable[]
  /** From the cotangents of the marked results, and after them what is left, to those of the marked inputs. */
  readonly backward: Program
}

const roundsOf = (body: Program, marks: Marks, recompute: boolean): Rounds => {
  const count = body.inputs.length
  const results = body.outputs.length
  const marked = <T>(values: readonly T[], flags: readonly boolean[]): readonly T[] => values.filter((_, i) => flags[i])
  const program = programOf(
    values => {
      let next = count
      const { outputs, pullback } = vjpProgram(body, values.slice(0, count), marks.inputs)
      const cotangents = marks.outputs.map((flag): ValueOrZero => (flag ? values[next++] : undefined))
      return [...outputs, ...pullback(cotangents)]
    },
    [...body.inputs, ...marked(body.outputs, marks.outputs)],
  )
  const both = simplify(program)
  const isLate = (i: number): boolean => i >= count
  if (!recompute) {
    const { now, later } = split(both, isLate, results)
    return { forward: now, left: later.inputs.slice(both.inputs.length - count), backward: later }
  }
  // The backward round runs the whole program again, from what the forward round was given.
  const given = both.inputs.slice(0, count)
  const again = { ...both, inputs: [...both.inputs.slice(count), ...given], outputs: both.outputs.slice(results) }
  const backward = simplify(withoutEffects(again))
  return { forward: { ...body, outputs: [...body.outputs, ...body.inputs] }, left: body.inputs, backward }
}

export const scanVjp = (
  of: ScanOf,
  inputs: readonly Value[],
  wanted: readonly boolean[],
  params: ScanParams,
  body: Program,
): Differentiated => {
  const { carries, length } = params
  const marks = marksOf(body, wanted, params)
  const { forward, left, backward } = roundsOf(body, marks, params.recompute)
  const results = body.outputs.length
  // What is left is a constant, a row that stands in a stack already, or something that only this round has, which is stacked.
  const placeOf = new Map(forward.inputs.map(({ id }, place) => [id, place] as const))
  const places = left.map(({ id }) => placeOf.get(id) ?? -1)
  const isStored = places.map(place => !(place >= 0 && (place < params.constants || place >= params.constants + carries)))
  const outputs = bind(
    of(params, [{ ...forward, outputs: [...forward.outputs.slice(0, results), ...left.filter((_, i) => isStored[i])] }]),
    inputs,
  )
  const stored = outputs.slice(results)
  const pullback = (cotangents: readonly ValueOrZero[]): readonly ValueOrZero[] => {
    const parts = partsOf(inputs, params)
    const flags = partsOf(marks.inputs, params)
    const isConstant = places.map((place, i) => !isStored[i] && place < params.constants)
    let next = 0
    const leaving = places.map((place, i) => (isStored[i] ? (stored[next++] ?? missing()) : (inputs[place] ?? missing())))
    const constants = leaving.filter((_, i) => isConstant[i])
    const leftRows = leaving.filter((_, i) => !isConstant[i])
    // A result whose cotangent is zero in every round has none in the stacks.
    const rowMarks = marks.outputs.map((flag, i) => flag && i >= carries && cotangents[i] !== undefined)
    const rows = cotangents.flatMap((ct, i) => (rowMarks[i] && ct ? [ct] : []))
    const ofCarry = parts.carry.flatMap((x, i) => (flags.carry[i] ? [cotangents[i] ?? filled(x, 0)] : []))
    const ofConstants = parts.constants.flatMap((x, i) => (flags.constants[i] ? [filled(x, 0)] : []))
    const carry = [...ofCarry, ...ofConstants]
    const stacks = [...rows, ...leftRows]
    const program = programOf(
      values => {
        const own = values.slice(constants.length)
        const sums = own.slice(ofCarry.length, carry.length)
        const given = own.slice(carry.length)
        let [nextCarry, nextRow] = [0, 0]
        const cts = body.outputs.flatMap((output, i) => {
          if (!marks.outputs[i]) return []
          if (i < carries) return [own[nextCarry++] ?? missing()]
          return [rowMarks[i] ? (given[nextRow++] ?? missing()) : filled(output, 0)]
        })
        let [nextConstant, nextLeft] = [0, rows.length]
        const leftOver = isConstant.map(flag => (flag ? values[nextConstant++] : given[nextLeft++]) ?? missing())
        const pulled = interpret(backward, [...cts, ...leftOver])
        // In the order of the body's inputs: of constants, of the carry, of rows.
        const toCarry = pulled.slice(ofConstants.length, carry.length)
        return [...toCarry, ...sums.map((sum, i) => add(sum, pulled[i] ?? missing())), ...pulled.slice(carry.length)]
      },
      [...constants, ...carry, ...stacks.map(rowOf)],
    )
    const pulled = bind(
      of({ constants: constants.length, carries: carry.length, length, reverse: !params.reverse, recompute: params.recompute }, [program]),
      [...constants, ...carry, ...stacks],
    )
    let [nextCarry, nextConstant, nextStack] = [0, ofCarry.length, carry.length]
    return [
      ...flags.constants.map(flag => (flag ? pulled[nextConstant++] : undefined)),
      ...flags.carry.map(flag => (flag ? pulled[nextCarry++] : undefined)),
      ...flags.stacks.map(flag => (flag ? pulled[nextStack++] : undefined)),
    ]
  }
  return { outputs: outputs.slice(0, results), pullback }
}
