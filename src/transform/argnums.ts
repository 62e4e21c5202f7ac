/** Which arguments a derivative is taken of, by their places: one, or several as a tuple. */
import { type Err, err, type Ok, ok } from '../shape/index.js'
import { checkFunction, fail, flatten, heldArgument, show, typed } from '../tensor/index.js'
import { checkFloats } from './typed-program.js'

/** The place of an argument, counted from 0, or the places of several. @category type-level */
export type ArgNums = number | readonly number[]

/**
 * What the derivative is taken of: the argument at a place, or a tuple of those at several.
 *
 * @category type-level
 */
export type Chosen<N extends ArgNums, Args extends readonly unknown[]> = N extends number
  ? Args[N]
  : { readonly [K in keyof N]: Args[N[K] & number] }

/** Every place is one of the function's arguments, and what stands there is made of tensors. @category type-level */
export type ArgNumsRule<Op extends string, N extends ArgNums, Args extends readonly unknown[]> = N extends number
  ? PlaceRule<Op, N, Args>
  : { readonly [K in keyof N]: PlaceRule<Op, N[K] & number, Args> }[number & keyof N]

type PlaceRule<Op extends string, N extends number, Args extends readonly unknown[]> = number extends N | Args['length']
  ? Ok<''>
  : `${N}` extends keyof Args
    ? Args[N] extends object
      ? Ok<''>
      : Err<`${Op}: the argument at place ${N} is no tensor and no tree of tensors`>
    : Err<`${Op}: the function has no argument at place ${N}; places are counted from 0`>

const placesRule = (op: string, places: readonly number[], count: number): Ok<string> | Err<string> => {
  const missing = places.find(place => place >= count)
  return missing === undefined ? ok('') : err(`${op}: the function has no argument at place ${missing}; places are counted from 0`)
}

const isPlace = (x: unknown): boolean => typeof x === 'number' && Number.isInteger(x) && x >= 0

/** The places that are given to an operation, checked. */
export const heldPlaces = <N extends ArgNums>(op: string, given: N): N => {
  const places: readonly unknown[] = Array.isArray(given) ? given : [given]
  const wrong = places.find(place => !isPlace(place))
  if (places.some(place => !isPlace(place)))
    fail({ _tag: 'ArgumentError', op, detail: `${show(wrong)} is no place of an argument: places are counted from 0` })
  const twice = places.find((place, i) => places.indexOf(place) !== i)
  if (twice !== undefined) fail({ _tag: 'ArgumentError', op, detail: `the place ${show(twice)} is named twice` })
  if (places.length === 0) fail({ _tag: 'ArgumentError', op, detail: 'no place of an argument is named' })
  // A copy, which stays as it is when the caller changes the list.
  return Array.isArray(given) ? typed<N>([...places]) : given
}

/** A call as a function of the chosen arguments alone, and these arguments. */
interface ChosenCall {
  readonly f: (chosen: unknown) => unknown
  readonly at: object
}

/**
 * A function of several arguments as a function of those that a derivative is taken of; the others keep what the call gives. `op` names who was
 * asked.
 */
export const choosing = (op: string, argnums: ArgNums, f: unknown): ((args: readonly unknown[]) => ChosenCall) => {
  checkFunction(op, f, 'give one of tensors that gives a scalar')
  const call = typed<(...args: readonly unknown[]) => unknown>(f)
  const places = typeof argnums === 'number' ? [argnums] : argnums
  return args => {
    heldArgument(op, placesRule(op, places, args.length))
    for (const place of places) {
      // An error about the argument names its place in the call, not that among the chosen ones.
      const argument = { [place]: args[place] }
      checkFloats(op, argument, flatten(op, argument).leaves)
    }
    const put = (chosen: readonly unknown[]): unknown => call(...args.map((x, i) => (places.includes(i) ? chosen[places.indexOf(i)] : x)))
    return typeof argnums === 'number'
      ? { f: chosen => put([chosen]), at: typed<object>(args[argnums]) }
      : { f: chosen => put(typed<readonly unknown[]>(chosen)), at: places.map(place => args[place]) }
  }
}
