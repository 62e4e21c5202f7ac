/**
 * `fori` repeats a function a number of times.
 *
 * @example
 * import { fori, mul, pipe, tensor, toNumber, type Tensor } from 'pullback'
 *
 * const power = pipe(tensor(1), fori(10)((_, x: Tensor<''>) => pipe(x, mul(2))))
 * assert.equal(toNumber(power), 1024)
 */
import type { Expect } from '../shape/index.js'
import { checkFunction, type Tensor, typed, wholeNumber } from '../tensor/index.js'
import type { Known, Unannotated } from '../transform/annotated.js'
import type { KeepsForm } from './form.js'
import { scanTree } from './scan.js'

/** The message for a function without a type for its carry. */
type Unknown = "fori: annotate the carry, as in fori(10)((i, carry: Tensor<'3'>) => …)"

/** A gradient that needs the numbers of the rounds keeps them in an array of int32, and an array has at most 2³² bytes. */
const mostRounds = 2 ** 30

/**
 * What a function makes of a carry in so many rounds. It is given the number of the round, from 0 on, and the carry that the round before gave. The
 * function is traced once, for any number of rounds, and is differentiated as `scan` is, of which this is a case.
 *
 * **Shapes**: `(i: '' int32, carry: C) → C` becomes `C → C`, for any tree.
 * **Errors**: a number of rounds that is none; a carry whose form, shape or dtype a round changes.
 * **Source**: `jax.lax.fori_loop`.
 *
 * @example
 * import { add, cast, fori, tensor, toNumber, type Tensor } from 'pullback'
 *
 * const sumBelow = fori(5)((i: Tensor<'', 'int32'>, total: Tensor<''>) => add(cast('float32')(i))(total))
 * assert.equal(toNumber(sumBelow(tensor(0))), 10)
 *
 * @category control flow
 */
export const fori = (rounds: number) => {
  wholeNumber('fori', rounds, shown => `${shown} rounds`, { least: 0, most: mostRounds })
  return <C extends object = Unannotated, D extends object = C>(
    f: (i: Tensor<'', 'int32'>, carry: C) => D,
  ): ((initial: Known<Unknown, C, Expect<KeepsForm<'fori: the carry', 'after a round', C, D>, C>>) => C) => {
    const round = typed<(i: unknown, carry: unknown) => unknown>(f)
    checkFunction('fori', round, 'give one of the number of a round and a carry, as in fori(10)((i, x) => …)')
    return initial => {
      const loop = { op: 'fori', axis: String(rounds), length: rounds, reverse: false, recompute: false, counted: true }
      return typed<C>(scanTree(loop, (carry, i) => [round(i, carry), []], typed<object>(initial), [])[0])
    }
  }
}
