/** Whether an operation has made a NaN or an infinity, and the sentence that says so. */
import { currentRounds, type Operation, type Origin } from '../program/index.js'
import { type Aval, at, bufferOf, described, fail, isFloat, numerals, relabel, sizeOf, uniformValue, type Value } from '../tensor/index.js'

/** The place of the first number for which this holds; -1 where there is none. */
const findIn = (x: Value, holds: (value: number) => boolean): number => {
  if (!isFloat(x.dtype) || sizeOf(x.sizes) === 0) return -1
  const uniform = uniformValue(x)
  if (uniform !== undefined) return holds(uniform) ? 0 : -1
  const numbers = bufferOf('debug.nonFinite', x)
  for (let i = 0; i < numbers.length; i += 1) if (holds(at(numbers, i))) return i
  return -1
}

const isInfinite = (value: number): boolean => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY
const has = (values: readonly Value[], holds: (value: number) => boolean): boolean => values.some(x => findIn(x, holds) >= 0)

const entryOf = (x: Value, i: number): number => uniformValue(x) ?? at(bufferOf('debug.nonFinite', x), i)

/** The index of an entry by its place in the array. */
const indexOf = ({ sizes }: Aval, place: number): readonly number[] => {
  let left = place
  return sizes
    .toReversed()
    .map(size => {
      const index = left % size
      left = Math.floor(left / size)
      return index
    })
    .reverse()
}

const text = (value: number): string => (Object.is(value, -0) ? '-0' : String(value))

/** What an operand has at the place of the result, or between which numbers it lies where it has no such place. */
const operandText = (x: Value, result: Value, place: number, isByEntry: boolean): string => {
  const entries = sizeOf(x.sizes)
  if (entries === 0) return 'empty'
  if (entries === 1 || uniformValue(x) !== undefined) return text(entryOf(x, 0))
  if (isByEntry && entries === sizeOf(result.sizes)) return text(entryOf(x, place))
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of bufferOf('debug.nonFinite', x)) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return `between ${text(low)} and ${text(high)}`
}

const listed = (texts: readonly string[]): string =>
  texts.length <= 1 ? `its operand is ${texts[0] ?? 'missing'}` : `its operands are ${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`

/** Fails where a NaN was made of operands without NaN, or an infinity of finite ones. */
export const checkFinite = (
  operation: Operation,
  inputs: readonly Value[],
  outputs: readonly Value[],
  origin: Origin | undefined,
): void => {
  const isMade = (holds: (value: number) => boolean, causes: (value: number) => boolean): Value | undefined =>
    has(inputs, causes) ? undefined : outputs.find(y => findIn(y, holds) >= 0)
  const nan = isMade(Number.isNaN, Number.isNaN)
  const result = nan ?? isMade(isInfinite, value => !Number.isFinite(value))
  if (result === undefined) return
  const place = findIn(result, nan ? Number.isNaN : isInfinite)
  const value = entryOf(result, place)
  const index = indexOf(result, place)
  const isByEntry = operation.programs.length === 0 && operation.lower(inputs).kind === 'map'
  const plain = relabel(numerals(result.sizes), result)
  const rounds = currentRounds()
  const operands = inputs.length === 0 ? '' : `, where ${listed(inputs.map(x => operandText(x, result, place, isByEntry)))}`
  const within = rounds.map(
    ({ operation: name, round, length }) => `in round ${round}${Number.isFinite(length) ? ` of 0 to ${length - 1}` : ''} of ${name}`,
  )
  const part = origin?.part ?? 'forward'
  const written =
    origin === undefined ? [] : [`${part === 'backward' ? 'for the gradient of what is written' : 'written'} at ${origin.frame}`]
  fail({
    _tag: 'NonFiniteError',
    op: 'debug.nonFinite',
    operation: operation.name,
    part,
    frame: origin?.frame ?? '',
    index,
    rounds: rounds.map(({ round }) => round),
    value,
    detail: [
      `${operation.name} makes ${text(value)}, entry [${index.join(', ')}] of ${described(plain)}${operands}`,
      `in the ${part} part`,
      ...within,
      ...written,
    ].join('; '),
  })
}
