import { type MultiplySizes, multiplySizes, type StepsAlong, stepsAlong } from './arithmetic.js'
import { type Dims, dims, type Join, join } from './dims.js'
import type { AddIntegers, Negative } from './integer.js'
import type { Add, Multiply, Subtract, Text } from './natural.js'
import { isNumeral, type NumberOf } from './numeral.js'
import { type Err, err, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'
import type { Last, PerAxis } from './windows.js'

/**
 * The transpose of a convolution: `'… in …n'` by the kernel `'in out …k'` is `'… out …m'`, where along each axis
 * `m = (n - 1) · stride + (k - 1) · dilation + 1 - padding`, the padding of both ends together.
 *
 * @example
 * import { convTranspose } from './conv-transpose.js'
 *
 * const doubled = { stride: 2, padding: [[1, 1], [1, 1]], dilation: 1 } as const
 * assert.deepStrictEqual(convTranspose('batch 8 7 h', '8 3 4 4', doubled, 1), { shape: 'batch 3 14 h*2' })
 */
export type ConvTranspose<A extends string, B extends string, W extends Spreading, G extends number> = A extends unknown
  ? B extends unknown
    ? true extends Wide<A> | Wide<B> | (number extends G ? true : false)
      ? Ok<string>
      : Dims<B> extends readonly [infer I extends string, infer O extends string, ...infer K extends readonly string[]]
        ? K['length'] extends 1 | 2 | 3
          ? Last<Dims<A>, K> extends [
              readonly [...infer Lead extends readonly string[], infer C extends string],
              infer D extends readonly string[],
            ]
            ? C extends I
              ? Lengths<D, K, W> extends infer L
                ? L extends readonly string[]
                  ? number extends L['length']
                    ? Ok<string>
                    : Ok<Join<[...Lead, OutOf<O, G>, ...L]>>
                  : L
                : never
              : Err<`convTranspose: '${A}' by the kernel '${B}': channels differ, '${C}' is not '${I}'`>
            : Err<`convTranspose: '${A}' by the kernel '${B}': the input has fewer axes than its channels and ${K['length']} spatial ones`>
          : KernelRank<B>
        : KernelRank<B>
    : never
  : never

/** How a transposed convolution spreads its input, both ends of the padding given for each axis. */
export interface Spreading {
  readonly stride: PerAxis
  readonly padding: number | readonly (number | readonly [low: number, high: number])[]
  readonly dilation: PerAxis
}

type KernelRank<B extends string> = Err<`convTranspose: the kernel '${B}' is not 'in out' and one to three spatial axes`>

type OutOf<O extends string, G extends number> = G extends 1 ? O : MultiplySizes<O, `${G}`>

type At<V, J extends number> = V extends readonly unknown[] ? V[J] : V

/** What is taken off at both ends together. */
type Cut<P> = P extends number ? Add<P, P> : P extends readonly [infer L extends number, infer H extends number] ? Add<L, H> : number

type Lengths<
  D extends readonly string[],
  K extends readonly string[],
  W extends Spreading,
  Acc extends readonly string[] = [],
> = D extends readonly [infer N extends string, ...infer T extends readonly string[]]
  ? K[Acc['length']] extends infer Q extends string
    ? Q extends `${number}`
      ? LengthOf<
          N,
          NumberOf<Q>,
          At<W['stride'], Acc['length']>,
          Cut<At<W['padding'], Acc['length']>>,
          At<W['dilation'], Acc['length']>
        > extends infer L extends string
        ? string extends L
          ? readonly string[]
          : Lengths<T, K, W, [...Acc, L]>
        : never
      : Err<`convTranspose: the kernel has the named spatial axis '${Q}', give its size`>
    : never
  : Acc

/** (N - 1) · stride + (k - 1) · dilation + 1 - cut. */
type LengthOf<N extends string, K extends number, S, C, Dilation> = [S, C, Dilation] extends [number, number, number]
  ? number extends S | C | Dilation
    ? string
    : AddIntegers<AddIntegers<Add<Multiply<Subtract<K, 1>, Dilation>, 1>, Negative<C>>, Negative<S>> extends infer More
      ? N extends `${infer M extends number}`
        ? Text<AddIntegers<Multiply<M, S>, More>>
        : StepsAlong<MultiplySizes<N, Text<S>>, More, 1, 0>
      : never
  : string

const entry = (list: PerAxis, i: number): number => (typeof list === 'number' ? list : (list[i] ?? Number.NaN))

/** Both ends of the padding of an axis. */
export const endsAround = (padding: Spreading['padding'], i: number): readonly [low: number, high: number] => {
  const own = typeof padding === 'number' ? padding : (padding[i] ?? 0)
  return typeof own === 'number' ? [own, own] : own
}

export const convTranspose = (a: string, b: string, { stride, padding, dilation }: Spreading, groups: number): Rule => {
  const [i = '', o = '', ...kernel] = dims(b)
  if (kernel.length < 1 || kernel.length > 3) return err(`convTranspose: the kernel '${b}' is not 'in out' and one to three spatial axes`)
  const own = dims(a)
  const lead = own.length - kernel.length - 1
  const c = own[lead]
  if (c === undefined)
    return err(`convTranspose: '${a}' by the kernel '${b}': the input has fewer axes than its channels and ${kernel.length} spatial ones`)
  if (c !== i) return err(`convTranspose: '${a}' by the kernel '${b}': channels differ, '${c}' is not '${i}'`)
  const lengths: string[] = []
  for (const [place, size] of kernel.entries()) {
    if (!isNumeral(size)) return err(`convTranspose: the kernel has the named spatial axis '${size}', give its size`)
    const [step, apart, [low, high]] = [entry(stride, place), entry(dilation, place), endsAround(padding, place)]
    const more = (Number(size) - 1) * apart + 1 - low - high - step
    const axis = own[lead + 1 + place] ?? ''
    lengths.push(isNumeral(axis) ? `${Number(axis) * step + more}` : stepsAlong(multiplySizes(axis, `${step}`) ?? axis, more, 1, 0))
  }
  return ok(join([...own.slice(0, lead), groups === 1 ? o : (multiplySizes(o, `${groups}`) ?? o), ...lengths]))
}
