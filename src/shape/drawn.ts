import { type Fits, fits } from './broadcast.js'
import { type Dims, dims } from './dims.js'
import { type Err, err, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * Random numbers of the shape `S` from a distribution of which a parameter has the shape `P`: the parameter is stretched to the numbers.
 *
 * @example
 * import { drawn } from './drawn.js'
 *
 * assert.deepStrictEqual(drawn('gamma', '3', 'n 3'), { shape: 'n 3' })
 * assert.deepStrictEqual(drawn('gamma', '3', '4'), { message: "gamma: a parameter '3' does not broadcast to '4'" })
 */
export type Drawn<Op extends string, P extends string, S extends string> = P extends unknown
  ? S extends unknown
    ? true extends Wide<P> | Wide<S>
      ? Ok<S>
      : Fits<Dims<P>, Dims<S>> extends true
        ? Ok<S>
        : Err<`${Op}: a parameter '${P}' does not broadcast to '${S}'`>
    : never
  : never

export const drawn = (op: string, parameter: string, shape: string): Rule =>
  fits(dims(parameter), dims(shape)) ? ok(shape) : err(`${op}: a parameter '${parameter}' does not broadcast to '${shape}'`)
