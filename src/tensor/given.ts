/**
 * Checks of arguments for callers without types: options that are no record, a function that is none, a list that is none. Each kind has
 * one sentence, which names the function that was called. It is said when the argument is given, and not when it is first used.
 *
 * @example
 * import { checkFunction, heldOptions } from './given.js'
 *
 * assert.deepEqual(heldOptions('adam', { b1: 0.8, b2: 0.9 }, ['b1', 'b2']), { b1: 0.8, b2: 0.9 })
 * assert.throws(() => checkFunction('jit', 3, 'give one of tensors'), { message: 'jit: 3 is no function: give one of tensors' })
 */
import { options as optionsRule } from '../shape/index.js'
import { reading } from './either.js'
import { fail, heldArgument } from './error.js'
import { shorten, show } from './show.js'
import { isTensor, typed } from './tensor.js'

const noOptions: object = Object.freeze({})

const inWords = (names: readonly string[]): string => [...names.slice(0, -2), names.slice(-2).join(' or ')].join(', ')

const isRecord = (x: unknown): x is { readonly [name: string]: unknown } => typeof x === 'object' && x !== null && !isTensor(x)

/**
 * The options of a call, read once each; none where nothing is given.
 *
 * **Errors**: something that is no record, a name that the operation does not know, a getter or a proxy that throws.
 */
export const heldOptions = <O extends object>(op: string, given: O | undefined, names: readonly (keyof O & string)[]): O => {
  if (given === undefined) return typed<O>(noOptions)
  return reading(op, () => {
    const options: unknown = given
    if (!isRecord(options) || Array.isArray(options))
      return fail({ _tag: 'ArgumentError', op, detail: `${show(options)} is no record of options: give one with ${inWords(names)}` })
    const unknown = Object.keys(options).find(name => !names.some(known => known === name))
    // The sentence is the rule's own. The name may be of any length, so it is cut.
    if (unknown !== undefined) heldArgument(op, optionsRule(op, { [shorten(unknown)]: true }, names))
    return typed<O>(Object.fromEntries(names.flatMap(name => (name in options ? [[name, options[name]]] : []))))
  })
}

/** An option that is true or false, and what it is where it is left out. */
export const heldFlag = (op: string, name: string, given: unknown, otherwise: boolean): boolean => {
  if (given === undefined) return otherwise
  return typeof given === 'boolean' ? given : fail({ _tag: 'ArgumentError', op, detail: `${name} is ${show(given)}: give true or false` })
}

/**
 * The sizes of names that a call is given, read once each; none where nothing is given. What each size is, is checked where a name is looked up.
 *
 * **Errors**: something that is no record, such as a dtype in the place of the sizes; a getter or a proxy that throws.
 */
export const heldSizes = (op: string, given: { readonly [name: string]: number } | undefined): { readonly [name: string]: number } => {
  if (given === undefined) return {}
  return reading(op, () => {
    const sizes: unknown = given
    return isRecord(sizes) && !Array.isArray(sizes)
      ? { ...given }
      : fail({ _tag: 'ArgumentError', op, detail: `${show(sizes)} is no record of sizes: give one, such as { n: 4 }` })
  })
}

/** Refuses anything but a function. `advice` says which function is needed. */
export const checkFunction = (op: string, f: unknown, advice: string): void => {
  if (typeof f !== 'function') fail({ _tag: 'ArgumentError', op, detail: `${show(f)} is no function: ${advice}` })
}

/** Refuses anything but a list. `advice` says of what. */
export const checkList = (op: string, list: unknown, advice: string): void => {
  if (!Array.isArray(list)) fail({ _tag: 'ArgumentError', op, detail: `${show(list)} is no list: ${advice}` })
}
