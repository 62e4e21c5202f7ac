/** A `whileLoop` of a bounded number of rounds as scans and choices, for reverse mode. */
import { castTo } from '../primitives/index.js'
import { hasEffects, type Program } from '../program/index.js'
import { type Aval, concrete } from '../tensor/index.js'
import { bind, interpret, programOf } from '../trace/index.js'
import { condPrimitive } from './cond-operation.js'
import { scanPrimitive } from './scan-operation.js'
import { missing } from './scan-parts.js'

/** From so many rounds on, what is stored is the carry of each block of rounds and not that of each round. */
const leastInBlocks = 16

/**
 * The loop as a scan of a choice between the body and nothing, which reverse mode can go through. More than a few rounds are a scan of blocks of √most
 * rounds, each of which is a choice between a scan and nothing: of the carries, those before the blocks are stored, and those of one block at a
 * time. So a bound that is far above what is needed costs little.
 */
export const boundedProgram = (most: number, constants: number, predicate: Program, body: Program): Program => {
  if (hasEffects(predicate)) return askedOnce(most, constants, predicate, body)
  const avals = body.inputs
  const carries = avals.length - constants
  const stay = programOf(values => values.slice(constants), avals)
  const whileAsked = (program: Program): Program =>
    programOf(values => {
      const [goesOn = missing()] = interpret(predicate, values)
      return bind(condPrimitive.of({ isRare: true }, [stay, program]), [castTo(goesOn, 'int32'), ...values])
    }, avals)
  const repeated = (length: number, program: Program): Program =>
    programOf(values => bind(scanPrimitive.of({ constants, carries, length, reverse: false, recompute: true }, [program]), values), avals)
  const round = whileAsked(body)
  if (most < leastInBlocks) return repeated(most, round)
  const length = Math.floor(Math.sqrt(most))
  const blocks = repeated(Math.floor(most / length), whileAsked(repeated(length, round)))
  if (most % length === 0) return blocks
  const rest = whileAsked(repeated(most % length, round))
  return programOf(values => interpret(rest, [...values.slice(0, constants), ...interpret(blocks, values)]), avals)
}

/**
 * The same for a predicate that does something outside, which is done in the rounds of the loop alone: whether the loop goes on is part of the carry,
 * and a round in which it does asks the predicate, once.
 */
const askedOnce = (most: number, constants: number, predicate: Program, body: Program): Program => {
  const begun = concrete([], 'bool', 1)
  const avals: readonly Aval[] = [...body.inputs.slice(0, constants), begun, ...body.inputs.slice(constants)]
  const isOn = programOf(values => values.slice(constants, constants + 1), avals)
  const stay = programOf(values => values.slice(constants), body.inputs)
  const round = programOf(values => {
    const own = values.filter((_, i) => i !== constants)
    const [goesOn = missing()] = interpret(predicate, own)
    return [goesOn, ...bind(condPrimitive.of({ isRare: true }, [stay, body]), [castTo(goesOn, 'int32'), ...own])]
  }, avals)
  const loop = boundedProgram(most, constants, isOn, round)
  return programOf(values => interpret(loop, [...values.slice(0, constants), begun, ...values.slice(constants)]).slice(1), body.inputs)
}
