/**
 * What kind of number each entry is, and how near two are. All give bools but `nanToNum`.
 *
 * @example
 * import { isFinite, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(isFinite(tensor([1, Number.NaN]))), [true, false])
 */
import * as derived from '../derived/index.js'
import { type DType, fail, finiteNumber, heldFlag, heldOptions, relabel, type Tensor, typed, type Value } from '../tensor/index.js'
import { type By, type ByNumber, binaryOp, type Left } from './apply-binary.js'
import { type Unary, unaryOp } from './apply-unary.js'
import type { OfClass } from './class.js'
import { numberLike } from './number-like.js'

/**
 * Whether x is NaN; no integer is.
 *
 * @example
 * import { isNaN, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(isNaN(tensor([1, Number.NaN]))), [false, true])
 */
// biome-ignore lint/suspicious/noShadowRestrictedNames: the name of the operation; inside the library JavaScript's own is Number.isNaN.
export const isNaN: Unary<'isNaN', 'numeric', 'bool'> = unaryOp('isNaN', 'numeric', derived.isNotANumber)

/**
 * Whether x is ∞ or -∞; no integer is.
 *
 * @example
 * import { isInf, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(isInf(tensor([1, Number.NEGATIVE_INFINITY]))), [false, true])
 */
export const isInf: Unary<'isInf', 'numeric', 'bool'> = unaryOp('isInf', 'numeric', derived.isInfinite)

/**
 * Whether x is neither infinite nor NaN; every integer is finite.
 *
 * @example
 * import { isFinite, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(isFinite(tensor([1, Number.NaN]))), [true, false])
 */
// biome-ignore lint/suspicious/noShadowRestrictedNames: the name of the operation; inside the library JavaScript's own is Number.isFinite.
export const isFinite: Unary<'isFinite', 'numeric', 'bool'> = unaryOp('isFinite', 'numeric', derived.isRegular)

/** What `nanToNum` puts in the place of NaN and of the infinities. @category model */
export interface Replacements {
  /** 0 unless given. */
  readonly nan?: number
  /** The greatest finite number of the dtype unless given. */
  readonly posInf?: number
  /** The least finite number of the dtype unless given. */
  readonly negInf?: number
}

/**
 * Numbers in the place of NaN, ∞ and -∞: 0, the greatest and the least finite number of the dtype, unless others are given.
 *
 * **Gradient**: 1 where x stays, 0 where it is replaced.
 *
 * @example
 * import { nanToNum, tensor, toNested } from 'pullback'
 *
 * const x = tensor([1, Number.NaN, Number.POSITIVE_INFINITY])
 * assert.deepEqual(toNested(nanToNum({ posInf: 9 })(x)), [1, 0, 9])
 * assert.deepEqual(toNested(nanToNum()(x)), [1, 0, (2 - 2 ** -23) * 2 ** 127])
 */
export const nanToNum = (options?: Replacements): Unary<'nanToNum', 'float'> => {
  const op = 'nanToNum'
  const { nan = 0, posInf, negInf } = heldOptions(op, options, ['nan', 'posInf', 'negInf'])
  return unaryOp(op, 'float', x => {
    const most = x.dtype === 'float32' ? (2 - 2 ** -23) * 2 ** 127 : Number.MAX_VALUE
    return derived.withNumbers(x, numberLike(op, x, nan), numberLike(op, x, posInf ?? most), numberLike(op, x, negInf ?? -most))
  })
}

/** How near two numbers x and y must be: |x - y| ≤ atol + rtol |y|. @category model */
export interface Closeness {
  /** A part of |y|; 1e-5 unless given. */
  readonly rtol?: number
  /** 1e-8 unless given. */
  readonly atol?: number
  /** Whether NaN is close to NaN; it is not unless told. */
  readonly equalNaN?: boolean
}

const closeness = (op: string, options: Closeness | undefined): derived.Within => {
  const { rtol = 1e-5, atol = 1e-8, equalNaN } = heldOptions(op, options, ['rtol', 'atol', 'equalNaN'])
  for (const [name, value] of [
    ['rtol', rtol],
    ['atol', atol],
  ] as const)
    if (!(finiteNumber(op, value, shown => `${name} is ${shown}`) >= 0))
      fail({ _tag: 'ArgumentError', op, detail: `${name} is ${value}: give a number that is not below 0` })
  return { rtol, atol, equalNaN: heldFlag(op, 'equalNaN', equalNaN, false) }
}

/** @category type-level */
export interface IsClose {
  (y: number, options?: Closeness): ByNumber<'isClose', 'numeric', 'bool'>
  <SB extends string, DB extends DType>(y: Tensor<SB, DB>, options?: Closeness): By<'isClose', 'numeric', 'bool', SB, DB>
}

/**
 * Whether x is close to y, entry by entry: |x - y| ≤ atol + rtol |y|, or both the same infinity. The tolerances are numpy's, rtol 1e-5 and atol 1e-8;
 * for a test, `assertAllClose` of pullback/testing names the worst entry.
 *
 * **Errors**: a tolerance below 0 or not finite; shapes that do not fit, dtypes that differ.
 *
 * @example
 * import { isClose, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 1.1]), isClose(1))), [true, false])
 * assert.deepEqual(toNested(pipe(tensor([1, 1.1]), isClose(tensor([1, 1]), { rtol: 0.2 }))), [true, true])
 */
export const isClose: IsClose = typed<IsClose>((y: Value | number, options?: Closeness) => {
  const within = closeness('isClose', options)
  return typed<(y: Value | number) => unknown>(
    binaryOp<'isClose', 'numeric', 'bool'>('isClose', 'numeric', (a, b) => derived.isNear(a, b, within)),
  )(y)
})

/** @category type-level */
export interface AllClose {
  (y: number, options?: Closeness): <S extends string, D extends DType>(x: OfClass<'allClose', 'numeric', S, D>) => Tensor<'', 'bool'>
  <SB extends string, DB extends DType>(
    y: Tensor<SB, DB>,
    options?: Closeness,
  ): <SA extends string, DA extends DType>(x: Left<'allClose', 'numeric', SA, DA, SB, DB>) => Tensor<'', 'bool'>
}

/**
 * Whether every entry of x is close to that of y, as `isClose` has it: a bool of no axes.
 *
 * @example
 * import { allClose, pipe, tensor, toNested } from 'pullback'
 *
 * assert.equal(toNested(pipe(tensor([1, 1.1]), allClose(1, { atol: 0.2 }))), true)
 */
export const allClose: AllClose = typed<AllClose>((y: Value | number, options?: Closeness) => {
  const within = closeness('allClose', options)
  const close = typed<(y: Value | number) => (x: Value) => Value>(
    binaryOp<'allClose', 'numeric', 'bool'>('allClose', 'numeric', (a, b) => derived.isNear(a, b, within)),
  )(y)
  return (x: Value): Value => {
    const each = close(x)
    return relabel('', derived.all(each, [...each.sizes.keys()]))
  }
})
