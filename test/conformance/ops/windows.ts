/** PyTorch's convolutions and pools. */
import { pipe } from 'fp-ts/lib/function.js'
import * as o from '../../../src/ops/index.js'
import { padWith } from '../../../src/primitives/index.js'
import { concrete } from '../../../src/tensor/index.js'
import { vjp } from '../../../src/transform/index.js'
import { type Real, type Rule, type Run, run1, run3 } from './run.js'

interface Options {
  readonly stride: number
  readonly padding: number
  readonly dilation: number
  readonly groups: number
}

/** ' stride 2 padding 1' as numbers; what is not said is PyTorch's default. */
const optionsOf = (words: string, stride = 1): Options => {
  const said = new Map([...words.matchAll(/ ([a-z]+) ([0-9]+)/g)].map(([, name = '', value]) => [name, Number(value)]))
  return {
    stride: said.get('stride') ?? stride,
    padding: said.get('padding') ?? 0,
    dilation: said.get('dilation') ?? 1,
    groups: said.get('groups') ?? 1,
  }
}
const optionWords = '((?: (?:stride|padding|dilation|groups) [0-9]+)*)'
const windowWords = '((?: (?:stride|padding|dilation) [0-9]+)*)'

/** Those of a pool, which has no groups and whose stride is its size where none is said. */
const poolOf = (words: string, size: string): Omit<Options, 'groups'> => {
  const { stride, padding, dilation } = optionsOf(words, Number(size))
  return { stride, padding, dilation }
}

/** A bias for each channel, beside the spatial axes. */
const plus = (y: Real, bias: Real): Real => pipe(y, o.add(o.reshape([...bias.sizes, ...y.sizes.slice(2).map(() => 1)].join(' '))(bias)))

const conv = (options: Options): Run => run3((x, kernel, bias) => plus(pipe(x, o.conv(kernel, options)), bias))

/** The transpose of a convolution is its pullback. */
const convTranspose = (options: Options): Run =>
  run3((x, kernel, bias) => {
    const { stride, padding, dilation, groups } = options
    const [n = 0, , ...lengths] = x.sizes
    const [, outputs = 0, ...spans] = kernel.sizes
    const spatial = lengths.map((length, i) => (length - 1) * stride - 2 * padding + dilation * ((spans[i] ?? 1) - 1) + 1)
    const like: Real = concrete([n, outputs * groups, ...spatial], x.dtype, 0)
    const [, pullback] = vjp((z: Real): Real => pipe(z, o.conv(kernel, options)))(like)
    return plus(pullback(x), bias)
  })

const window = (size: string, spatial: string): readonly number[] => Array.from({ length: Number(spatial) }, () => Number(size))

export const windows: readonly Rule[] = [
  [new RegExp(`^conv[123]d${optionWords}$`), (words = '') => conv(optionsOf(words))],
  [new RegExp(`^convTranspose[123]d${optionWords}$`), (words = '') => convTranspose(optionsOf(words))],
  [
    new RegExp(`^maxPool([123])d ([0-9]+)${windowWords}$`),
    (spatial = '', size = '', words = '') => run1(o.maxPool(window(size, spatial), poolOf(words, size))),
  ],
  [
    new RegExp(`^avgPool([123])d ([0-9]+)${windowWords}(?: \\(padding counted\\))?$`),
    (spatial = '', size = '', words = '') =>
      run1(x => {
        const { stride, padding, dilation } = poolOf(words, size)
        // PyTorch counts the zeros of the padding, so that they are put there before.
        const around = x.sizes.map((_, i) => (i < x.sizes.length - Number(spatial) ? 0 : padding))
        const padded = padWith(x, { low: around, high: around, interior: around.map(() => 0) })
        return pipe(padded, o.meanPool(window(size, spatial), { stride, dilation }))
      }),
  ],
]
