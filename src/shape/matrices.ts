import { dims } from './dims.js'
import { type Err, err, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * The rule of operations on the last two axes, which keep the shape.
 *
 * @example
 * import { matrices } from './matrices.js'
 *
 * assert.deepStrictEqual(matrices('tril', 'batch 3 4'), { shape: 'batch 3 4' })
 * assert.deepStrictEqual(matrices('tril', '3'), { message: "tril: '3' has fewer than two axes" })
 */
export type Matrices<Op extends string, S extends string> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : S extends `${string} ${string}`
      ? Ok<S>
      : Err<`${Op}: '${S}' has fewer than two axes`>
  : never

export const matrices = (op: string, s: string): Rule => (dims(s).length > 1 ? ok(s) : err(`${op}: '${s}' has fewer than two axes`))
