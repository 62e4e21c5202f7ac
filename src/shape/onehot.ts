import { type Dims, dims, type Join, join } from './dims.js'
import { kindOf } from './ragged.js'
import { type Err, err, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * One-hot vectors: a last axis with one place for each class.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.oneHot('batch', 10), { shape: 'batch 10' })
 */
export type OneHot<S extends string, N extends number> = S extends unknown
  ? N extends unknown
    ? Wide<S> extends true
      ? Ok<string>
      : number extends N
        ? Ok<string>
        : `${N}` extends '0' | `${string}${'-' | '.' | 'e'}${string}`
          ? Err<`oneHot: ${N} classes, give a whole number from 1 up`>
          : Dims<S>['length'] extends 64
            ? Err<'oneHot: there are 64 axes already, a shape has no more'>
            : Ok<Join<[...Dims<S>, `${N}`]>>
    : never
  : never

export const oneHot = (s: string, classes: number): Rule => {
  if (typeof classes !== 'number') return err(`oneHot: the number of classes is ${kindOf(classes)}, give a whole number from 1 up`)
  if (dims(s).length >= 64) return err('oneHot: there are 64 axes already, a shape has no more')
  return /^[1-9]\d*$/.test(`${classes}`)
    ? ok(join([...dims(s), `${classes}`]))
    : err(`oneHot: ${classes} classes, give a whole number from 1 up`)
}
