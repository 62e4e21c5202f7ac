/** What a function gives back in the form in which it was given: a carry after a round is one. */
import type { Err, Ok } from '../shape/index.js'
import type { DType, Tensor } from '../tensor/index.js'
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
