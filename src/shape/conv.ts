import { type Dims, dims, type Join, join } from './dims.js'
import type { FloorDivide, Multiply } from './natural.js'
import { isNumeral, type NumberOf } from './numeral.js'
import { kindOf } from './ragged.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'
import { type Last, type Windowed, type WindowParams, windowed } from './windows.js'

/**
 * A convolution: `'… in …spatial'` by the kernel `'out in …spatial'` is `'… out …positions'`, over one to three spatial axes.
 *
 * In groups the kernel's `in` is the number of inputs of one group. Sizes of spatial axes are counted by `windowed`; leading axes stay.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * const plain = { stride: 1, padding: 'valid', dilation: 1 } as const
 * assert.deepStrictEqual(shape.conv('batch 1 28 28', '8 1 5 5', plain, 1), { shape: 'batch 8 24 24' })
 * assert.deepStrictEqual(shape.conv('batch 3 28 28', '8 1 5 5', plain, 1), {
 *   message: "conv: 'batch 3 28 28' by the kernel '8 1 5 5': channels differ, '3' is not '1'",
 * })
 */
export type Conv<A extends string, B extends string, W extends WindowParams, G extends number> = A extends unknown
  ? B extends unknown
    ? true extends Wide<A> | Wide<B>
      ? Ok<string>
      : ByKernel<A, B, Dims<B>, W, G>
    : never
  : never

type ByKernel<
  A extends string,
  B extends string,
  DB extends readonly string[],
  W extends WindowParams,
  G extends number,
> = DB extends readonly [infer O extends string, infer I extends string, ...infer K extends readonly string[]]
  ? K['length'] extends 1 | 2 | 3
    ? Last<Dims<A>, K> extends [
        readonly [...infer Lead extends readonly string[], infer C extends string],
        infer D extends readonly string[],
      ]
      ? Channels<A, B, C, O, I, G> extends infer F
        ? [F] extends [never]
          ? number extends G
            ? Ok<string>
            : KernelSizes<B, K> extends infer N
              ? N extends readonly number[]
                ? Windowed<'conv', A, D, [...Lead, C], N, W> extends infer R
                  ? R extends Ok<infer P>
                    ? P extends readonly string[]
                      ? Ok<Join<[...Lead, O, ...P]>>
                      : R
                    : R
                  : never
                : N
              : never
          : F
        : never
      : Err<`conv: '${A}' by the kernel '${B}': the input has fewer axes than its channels and ${K['length']} spatial ones`>
    : KernelRank<B>
  : KernelRank<B>

type KernelRank<B extends string> = Err<`conv: the kernel '${B}' is not 'out in' and one to three spatial axes`>

/** The error of the channels, `never` if they fit. */
type Channels<A extends string, B extends string, C extends string, O extends string, I extends string, G extends number> = number extends G
  ? never
  : G extends 1
    ? C extends I
      ? never
      : Err<`conv: '${A}' by the kernel '${B}': channels differ, '${C}' is not '${I}'`>
    : `${G}` extends '0' | `${string}${'-' | '.' | 'e'}${string}`
      ? Err<`conv: groups ${G}, give whole numbers from 1 up`>
      : C | O | I extends `${number}`
        ? Multiply<G, NumberOf<I>> extends NumberOf<C>
          ? Multiply<G, FloorDivide<NumberOf<O>, G>> extends NumberOf<O>
            ? never
            : Err<`conv: the ${O} outputs of the kernel '${B}' do not divide into ${G} groups`>
          : Err<`conv: '${A}' by the kernel '${B}': channels differ, '${C}' is not ${G} groups of '${I}'`>
        : Err<`conv: '${A}' by the kernel '${B}': of named channels there are no ${G} groups, give their sizes`>

/** Spatial sizes of the kernel as numbers. */
type KernelSizes<B extends string, K extends readonly string[], Acc extends readonly number[] = []> = K extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? H extends `${number}`
    ? KernelSizes<B, T, [...Acc, NumberOf<H>]>
    : Err<`conv: the kernel '${B}' has the named spatial axis '${H}', give its size`>
  : Acc

const channels = (a: string, b: string, c: string, o: string, i: string, groups: number): Err<string> | undefined => {
  const both = `conv: '${a}' by the kernel '${b}'`
  if (groups === 1) return c === i ? undefined : err(`${both}: channels differ, '${c}' is not '${i}'`)
  if (typeof groups !== 'number') return err(`conv: groups are ${kindOf(groups)}, give whole numbers from 1 up`)
  if (!/^[1-9]\d*$/.test(`${groups}`)) return err(`conv: groups ${groups}, give whole numbers from 1 up`)
  if (![c, o, i].every(isNumeral)) return err(`${both}: of named channels there are no ${groups} groups, give their sizes`)
  if (Number(i) * groups !== Number(c)) return err(`${both}: channels differ, '${c}' is not ${groups} groups of '${i}'`)
  return Number(o) % groups === 0 ? undefined : err(`conv: the ${o} outputs of the kernel '${b}' do not divide into ${groups} groups`)
}

export const conv = (a: string, b: string, params: WindowParams, groups: number): Rule => {
  const [o = '', i = '', ...kernel] = dims(b)
  if (kernel.length < 1 || kernel.length > 3) return err(`conv: the kernel '${b}' is not 'out in' and one to three spatial axes`)
  const own = dims(a)
  const lead = own.length - kernel.length - 1
  const c = own[lead]
  if (c === undefined)
    return err(`conv: '${a}' by the kernel '${b}': the input has fewer axes than its channels and ${kernel.length} spatial ones`)
  const fault = channels(a, b, c, o, i, groups)
  if (fault) return fault
  const named = kernel.find(size => !isNumeral(size))
  if (named !== undefined) return err(`conv: the kernel '${b}' has the named spatial axis '${named}', give its size`)
  const counts = windowed('conv', a, own.slice(lead + 1), lead + 1, kernel.map(Number), params)
  return isErr(counts) ? counts : ok(join([...own.slice(0, lead), o, ...counts.shape]))
}
