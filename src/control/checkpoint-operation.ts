/**
 * The operation of `checkpoint`: a program whose values are not kept for its pullback, which computes them again.
 *
 *   inputs   those of the program
 *   outputs  those of the program
 *
 * Gradient: a further such operation, whose program runs the first one again and then its pullback, given the inputs and the cotangents of the
 * results. Tangents: the same of the program with tangents beside its values.
 *
 * Engines put the first operation's program in its place, like any other function. The second one's stays apart. If it did not, what it computes
 * would be found equal to what was computed before, and the first values would be kept for it after all.
 */
import { real } from '../primitives/family/sample.js'
import { add, mul } from '../primitives/index.js'
import { applyProgram, describe, type Params, type Program, plainApply, sameAval } from '../program/index.js'
import { type Aval, bufferOf, fail, type Value } from '../tensor/index.js'
import { bind, type Holder, holder, programOf } from '../trace/index.js'
import { liftedOf, narrowed, pulledBack, pushedForward, type Running } from './held.js'
import { missing, tensorOf } from './scan-parts.js'

interface CheckpointParams extends Params {
  /** The program computes values again, so engines keep it apart from what was computed before. */
  readonly again: boolean
}

const shape = (inputs: readonly Aval[], body: Program): readonly Aval[] => {
  const wrong = (detail: string): never => fail({ _tag: 'InternalError', detail: `checkpoint: ${detail}` })
  if (inputs.length !== body.inputs.length) return wrong(`the program has ${body.inputs.length} inputs, not ${inputs.length}`)
  body.inputs.forEach((input, i) => {
    const own = inputs[i] ?? missing()
    if (!sameAval(own, input)) wrong(`input ${i} is ${describe(own)}, the program's is ${describe(input)}`)
  })
  return body.outputs.map(({ sizes, dtype }) => ({ sizes, dtype }))
}

const samplePrograms = (): readonly Program[] => {
  const f = (x: Value, y: Value): readonly Value[] => {
    const hidden = mul(mul(x, x), y)
    return [add(mul(hidden, hidden), x), mul(y, y)]
  }
  return [programOf(([x = missing(), y = missing()]) => f(x, y), [real([3]), real([3])])]
}

const running = (operands: readonly Value[], params: CheckpointParams, programs: readonly Program[]): Running => ({
  of: held => checkpointPrimitive.of(params, held),
  programs,
  before: [],
  operands,
})

export const checkpointPrimitive: Holder<CheckpointParams> = holder<CheckpointParams>({
  name: 'checkpoint',
  samples: [
    { params: { again: false }, programs: samplePrograms, inputs: [real([3], -1, 1), real([3], -1, 1)] },
    { params: { again: true }, programs: samplePrograms, inputs: [real([3], -1, 1), real([3], -1, 1)] },
  ],
  shape: (inputs, _, [body = missing()]) => shape(inputs, body),
  vjp: (inputs, wanted, params, programs) =>
    pulledBack(running(inputs, params, programs), wanted, backward => checkpointPrimitive.of({ again: true }, backward)),
  jvp: (inputs, tangents, params, programs) => pushedForward(running(inputs, params, programs), tangents),
  batch: (inputs, batched, size, params, [body = missing()]) => {
    const { program, flags } = liftedOf(body, batched, size)
    const results = bind(checkpointPrimitive.of(params, [program]), inputs)
    return results.map((value, i) => ({ value, batched: flags[i] === true }))
  },
  evaluate: (inputs, _, [body = missing()]) => {
    const values = inputs.map(x => tensorOf(x, x.data))
    return applyProgram(plainApply, body, values).map(y => bufferOf('checkpoint', y))
  },
  narrow: (used, params, programs) => {
    const kept = narrowed(programs, used)
    return kept && { operation: checkpointPrimitive.of(params, kept.programs), inputs: kept.inputs, outputs: used }
  },
  lower: ({ again }, [program = missing()]) => ({ kind: again ? 'block' : 'call', program }),
})
