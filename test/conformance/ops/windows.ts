/** PyTorch's convolutions and pools. */
import { pipe } from 'fp-ts/lib/function.js'
import * as o from '../../../src/ops/index.js'
import { padWith } from '../../../src/primitives/index.js'
import { zeros } from '../../../src/tensor/index.js'
import { vjp } from '../../../src/transform/index.js'
import { type Real, type Run, run1, run3 } from './run.js'

interface Options {
  readonly stride?: number
  readonly padding?: number
  readonly dilation?: number
  readonly groups?: number
}

/** A bias for each channel, beside as many spatial axes as there are. */
const plus = (y: Real, bias: Real, spatial: 1 | 2): Real => pipe(y, o.add(o.reshape(`${bias.sizes[0] ?? 0}${' 1'.repeat(spatial)}`)(bias)))

const conv = (spatial: 1 | 2, options: Options): Run => run3((x, kernel, bias) => plus(pipe(x, o.conv(kernel, options)), bias, spatial))

export const windows: { readonly [name: string]: Run } = {
  'conv2d stride 1 padding 0 dilation 1 groups 1': conv(2, {}),
  'conv2d stride 2 padding 1 dilation 1 groups 1': conv(2, { stride: 2, padding: 1 }),
  'conv2d stride 1 padding 2 dilation 2 groups 1': conv(2, { padding: 2, dilation: 2 }),
  'conv2d stride 1 padding 1 dilation 1 groups 2': conv(2, { padding: 1, groups: 2 }),
  'conv1d stride 2 padding 1': conv(1, { stride: 2, padding: 1 }),
  // The transpose of a convolution is its pullback.
  'convTranspose2d stride 2 padding 1': run3((x, kernel, bias) => {
    const [, pullback] = vjp((z: Real): Real => pipe(z, o.conv(kernel, { stride: 2, padding: 1 })))(zeros('2 5 7 7', {}, 'float64'))
    return plus(pullback(x), bias, 2)
  }),
  'maxPool2d 2': run1(o.maxPool([2, 2])),
  'avgPool2d 3 stride 2 padding 1 (padding counted)': run1(x =>
    pipe(padWith(x, { low: [0, 0, 1, 1], high: [0, 0, 1, 1], interior: [0, 0, 0, 0] }), o.meanPool([3, 3], { stride: 2 })),
  ),
}
