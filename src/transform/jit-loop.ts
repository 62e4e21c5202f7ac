/** The loop of a jitted step, whose state stays with the engine between rounds. */
import { hasEffects, type Program, sameAval } from '../program/index.js'
import { leavesAlong, payload, relabel, type Structure, sameStructure, typed, unflatten, type Value } from '../tensor/index.js'
import { isTracing } from '../trace/index.js'
import { type Form, haveShapes } from './jit-form.js'

const isTraced = (x: Value): boolean => x[payload].kind === 'traced'

/**
 * Whether a program that is run now becomes part of the one that is being traced: it is given traced tensors, or it does something outside, which is
 * to be done whenever the other one is run.
 */
export const joinsTrace = (program: Program, inputs: readonly Value[]): boolean =>
  inputs.some(isTraced) || (isTracing() && hasEffects(program))

/** The key of a jitted function's loop, for folds: kept out of the public face. */
export const looping: unique symbol = Symbol('looping')

/** A jitted step `(state, input) => [state, output]` run round after round, its state kept by the engine. */
export interface StepLoop {
  /** One round: gives the output. For an input of another form than the loop was made for it does nothing and gives undefined. */
  readonly next: (input: object) => readonly [output: unknown] | undefined
  readonly state: () => unknown
  readonly end: () => void
}

type StartLoop = (state: object, input: object) => StepLoop | undefined

/** The loop of a step, if it is a jitted one. */
export const loopOf = (step: object): StartLoop | undefined =>
  looping in step && typeof step[looping] === 'function' ? typed<StartLoop>(step[looping]) : undefined

const children = (structure: Structure): readonly Structure[] => (structure.kind === 'tuple' ? structure.children : [])

/** The form of a call, and its tensors. */
export type Find = (tree: unknown) => { readonly form: Form; readonly leaves: readonly Value[] }

export const startLoop =
  (find: Find): StartLoop =>
  (state, input) => {
    const { form, leaves } = find([state, input])
    if (leaves.some(isTraced)) return undefined
    const { captured, resultStructure, resultShapes, program } = form
    if (joinsTrace(program, captured)) return undefined
    const [stateForm, inputForm] = children(form.structure)
    const [nextForm, outputForm] = children(resultStructure)
    if (!stateForm || !inputForm || !nextForm || !outputForm) return undefined
    const initial = leavesAlong(stateForm, state) ?? []
    const count = initial.length
    const keeps = initial.every((leaf, i) => {
      const result = program.outputs[i]
      return result !== undefined && sameAval(result, leaf) && resultShapes[i] === leaf.shape
    })
    if (!keeps || !sameStructure(nextForm, stateForm)) return undefined
    const loop = form.executable.loop(initial)
    const named = (values: readonly Value[], from: number): readonly Value[] =>
      values.map((value, i) => relabel(resultShapes[from + i] ?? value.shape, value))
    const inputShapes = form.arguments.slice(count)
    return {
      next: other => {
        const given = leavesAlong(inputForm, other)
        if (given === undefined || !haveShapes(given, inputShapes) || given.some(isTraced)) return undefined
        return [unflatten(outputForm, named(loop.next(captured.length > 0 ? [...given, ...captured] : given), count))]
      },
      state: () => unflatten(stateForm, named(loop.state(), 0)),
      end: loop.end,
    }
  }
