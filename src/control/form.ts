/** What a function gives back in the form in which it was given: a carry after a round is one. */

import { sameAval } from '../program/index.js'
import type { Err, Ok } from '../shape/index.js'
import { type DType, described, fail, flatten, type Structure, sameStructure, type Tensor, type Value } from '../tensor/index.js'
import type { Batched } from '../transform/index.js'

/**
 * `After` has the form, the shapes and the dtypes of `Before`. `What` names it in the message, and `When` says when it has another.
 *
 * @category type-level
 */
export type KeepsForm<What extends string, When extends string, Before, After> = [After] extends [Before]
  ? Ok<''>
  : [Before, After] extends [Tensor<infer S, infer D extends DType>, Tensor<infer SA, infer DA extends DType>]
    ? Err<`${What} is ${D} '${S}', ${When} ${DA} '${SA}'`>
    : After extends { readonly [K in keyof Before]: unknown }
      ? { readonly [K in keyof Before]: KeepsForm<What, When, Before[K], After[K]> }[keyof Before]
      : Err<`${What} has one form, ${When} another`>

/**
 * The trees along which a function of rows `X` goes: each tensor has the axis before its own. They say nothing of `X`, which is known from the function
 * alone; so a function without a type is told so, and is not given one that the compiler takes from what follows.
 *
 * @category type-level
 */
export type Stacked<N extends string, X> = [X] extends [infer T extends object] ? Batched<N, T> : never

/** The words of a message about what has another form than before. */
interface Words {
  readonly op: string
  readonly what: string
  readonly when: string
}

export const ofCarry = (op: string): Words => ({ op, what: 'the carry', when: 'after a round' })

/** The leaves of what a function gives back: of the form, the shapes and the dtypes that it had before. `names` are the places of its leaves. */
export const leavesLike = (
  { op, what, when }: Words,
  after: unknown,
  form: Structure,
  before: readonly Value[],
  names: readonly string[],
): readonly Value[] => {
  const flat = flatten(`${op}: ${what} ${when}`, after)
  if (!sameStructure(flat.structure, form))
    fail({ _tag: 'ArgumentError', op, detail: `${what} has another form ${when}: give one of the form that it had` })
  flat.leaves.forEach((leaf, i) => {
    const own = before[i]
    const at = names[i] ? ` at '${names[i]}'` : ''
    if (own && !sameAval(own, leaf))
      fail({ _tag: 'ShapeError', detail: `${op}: ${what}${at} is ${described(own)}, ${when} ${described(leaf)}` })
  })
  return flat.leaves
}
