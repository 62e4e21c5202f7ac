/**
 * The operation of `scan`: a program, its body, is run for each row of some tensors, and hands a carry from round to round.
 *
 *   inputs   constants, the first carry, stacks of rows
 *   body     constants, carry, one row of each stack → next carry, one row of each further result
 *   outputs  the last carry, stacks of the further results' rows
 *
 * Gradient: the body's pullback, run over the rows in the other order (`scan-vjp.ts`). Tangents: the body with the tangents beside its values.
 */

import { moveAxis } from '../primitives/permute.js'
import { lead } from '../primitives/sum.js'
import { applyProgram, describe, type Narrowed, needed, type Operand, type Program, plainApply, sameAval } from '../program/index.js'
import { type Aval, allocate, type Buffer, bufferOf, fail, sizeOf } from '../tensor/index.js'
import { bind, type Holder, holder } from '../trace/index.js'
import { settled } from './activity.js'
import { liftedOf } from './held.js'
import { scanJvp } from './scan-jvp.js'
import { missing, partsOf, rowOf, type ScanParams, stackOf, tensorOf } from './scan-parts.js'
import { scanSamples as samples } from './scan-samples.js'
import { scanVjp } from './scan-vjp.js'

const shape = (inputs: readonly Aval[], params: ScanParams, body: Program): readonly Aval[] => {
  const { constants, carry, stacks } = partsOf(inputs, params)
  const given = [...constants, ...carry, ...stacks.map(rowOf)]
  const wrong = (detail: string): never => fail({ _tag: 'InternalError', detail: `scan: ${detail}` })
  if (given.length !== body.inputs.length) return wrong(`the body has ${body.inputs.length} inputs, not ${given.length}`)
  body.inputs.forEach((input, i) => {
    const own = given[i]
    if (own && !sameAval(own, input)) wrong(`input ${i} is ${describe(own)}, the body's is ${describe(input)}`)
  })
  for (const stack of stacks) if (stack.sizes[0] !== params.length) wrong(`${describe(stack)} has not ${params.length} rows`)
  carry.forEach((before, i) => {
    const after = body.outputs[i]
    if (!(after && sameAval(before, after)))
      wrong(`carry ${i} is ${describe(before)}, after a round ${after ? describe(after) : 'missing'}`)
  })
  return body.outputs.map((output, i) =>
    i < params.carries ? { sizes: output.sizes, dtype: output.dtype } : stackOf(output, params.length),
  )
}

const evaluate = (inputs: readonly Operand[], params: ScanParams, body: Program): readonly Buffer[] => {
  const { length, reverse, carries } = params
  const { constants, carry: first, stacks } = partsOf(inputs, params)
  const fixed = constants.map(x => tensorOf(x, x.data))
  let carry = first.map(x => tensorOf(x, x.data))
  const results = body.outputs.slice(carries).map(({ sizes, dtype }) => allocate(dtype, length * sizeOf(sizes)))
  for (let round = 0; round < length; round += 1) {
    const i = reverse ? length - 1 - round : round
    const rows = stacks.map(stack => {
      const row = rowOf(stack)
      const entries = sizeOf(row.sizes)
      return tensorOf(row, stack.data.slice(i * entries, (i + 1) * entries))
    })
    const outputs = applyProgram(plainApply, body, [...fixed, ...carry, ...rows])
    carry = outputs.slice(0, carries)
    outputs.slice(carries).forEach((y, k) => {
      results[k]?.set(bufferOf('scan', y), i * sizeOf(y.sizes))
    })
  }
  return [...carry.map(x => bufferOf('scan', x)), ...results]
}

/** A carry is needed where it is used after the last round, or where a round needs it for anything that is needed. */
const narrow = (used: readonly boolean[], params: ScanParams, body: Program): Narrowed | undefined => {
  const { constants, carries } = params
  const carried = settled(used.slice(0, carries), marks =>
    needed(body, [...marks, ...used.slice(carries)]).inputs.slice(constants, constants + carries),
  )
  const outputs = [...carried, ...used.slice(carries)]
  const read = needed(body, outputs)
  const inputs = read.inputs.map((flag, i) => flag || carried[i - constants] === true)
  if (inputs.every(Boolean) && outputs.every(Boolean)) return undefined
  const count = (flags: readonly boolean[]): number => flags.filter(Boolean).length
  const program = {
    ...body,
    inputs: body.inputs.filter((_, i) => inputs[i]),
    equations: read.equations,
    outputs: body.outputs.filter((_, i) => outputs[i]),
  }
  const own = { ...params, constants: count(inputs.slice(0, constants)), carries: count(carried) }
  return { operation: scanPrimitive.of(own, [program]), inputs, outputs }
}

export const scanPrimitive: Holder<ScanParams> = holder<ScanParams>({
  name: 'scan',
  samples,
  shape: (inputs, params, [body = missing()]) => shape(inputs, params, body),
  vjp: (inputs, wanted, params, [body = missing()]) => scanVjp(scanPrimitive.of, inputs, wanted, params, body),
  jvp: (inputs, tangents, params, [body = missing()]) => scanJvp(scanPrimitive.of, inputs, tangents, params, body),
  batch: (inputs, batched, size, params, [body = missing()]) => {
    const marks = partsOf(batched, params)
    const own = partsOf(inputs, params)
    /** The body over the leading axis, which the carries have that are marked; and which results then have it. */
    const over = (carried: readonly boolean[]) => liftedOf(body, [...marks.constants, ...carried, ...marks.stacks], size, carried)
    const carried = settled(marks.carry, carry => over(carry).flags.slice(0, params.carries))
    const { program, flags } = over(carried)
    const results = bind(scanPrimitive.of(params, [program]), [
      ...own.constants,
      ...own.carry.map((x, i) => (carried[i] ? lead(x, marks.carry[i] === true, size) : x)),
      ...own.stacks.map((x, i) => (marks.stacks[i] ? moveAxis(x, 1, 0) : x)),
    ])
    return results.map((value, i) => ({
      value: i >= params.carries && flags[i] ? moveAxis(value, 1, 0) : value,
      batched: i < params.carries ? carried[i] === true : flags[i] === true,
    }))
  },
  evaluate: (inputs, params, [body = missing()]) => evaluate(inputs, params, body),
  narrow: (used, params, [body = missing()]) => narrow(used, params, body),
  lower: ({ constants, carries, length, reverse }, [body = missing()]) => ({ kind: 'loop', body, constants, carries, length, reverse }),
})
