/** Convolutions that a reader can do by hand. */
import * as p from '../../../src/primitives/index.js'
import { ones, tensor, zeros } from '../../../src/tensor/index.js'
import { vector } from '../../support/vectors.js'
import { type Unit, unit } from './unit.js'

/** Along one axis, everything as simple as it can be but for what is given. */
const along = (changes: Partial<p.ConvParams> = {}): p.ConvParams => ({
  stride: [1],
  low: [0],
  high: [0],
  inputDilation: [1],
  dilation: [1],
  groups: 1,
  ...changes,
})

const signal = tensor([[[1, 2, 3, 4]]])
const difference = tensor([[[-1, 1]]])

export const conv: readonly Unit[] = [
  unit('conv', 'differences of neighbours: the kernel is not mirrored', () => p.conv(signal, difference, along()), tensor([[[1, 1, 1]]])),
  unit('conv', 'every second window', () => p.conv(signal, difference, along({ stride: [2] })), tensor([[[1, 1]]])),
  unit('conv', 'zeros around', () => p.conv(signal, difference, along({ low: [1], high: [1] })), tensor([[[1, 1, 1, 1, -4]]])),
  unit('conv', 'less than nothing around', () => p.conv(signal, difference, along({ low: [-1], high: [-1] })), tensor([[[1]]])),
  unit('conv', 'entries two apart', () => p.conv(signal, difference, along({ dilation: [2] })), tensor([[[2, 2]]])),
  unit(
    'conv',
    'zeros between the entries of the input',
    () => p.conv(signal, difference, along({ inputDilation: [2] })),
    tensor([[[-1, 2, -2, 3, -3, 4]]]),
  ),
  unit(
    'conv',
    'channels are added up, for each output with its own weights',
    () =>
      p.conv(
        tensor([
          [
            [1, 2],
            [10, 20],
          ],
        ]),
        tensor([
          [[1], [1]],
          [[1], [-1]],
        ]),
        along(),
      ),
    tensor([
      [
        [11, 22],
        [-9, -18],
      ],
    ]),
  ),
  unit(
    'conv',
    'in groups, a channel meets only outputs of its own',
    () =>
      p.conv(
        tensor([
          [
            [1, 2],
            [10, 20],
          ],
        ]),
        tensor([[[1]], [[2]], [[3]], [[4]]]),
        along({ groups: 2 }),
      ),
    tensor([
      [
        [1, 2],
        [2, 4],
        [30, 60],
        [40, 80],
      ],
    ]),
  ),
  unit(
    'conv',
    'two spatial axes: the sum of each square',
    () => {
      const params = { stride: [1, 1], low: [0, 0], high: [0, 0], inputDilation: [1, 1], dilation: [1, 1], groups: 1 }
      return p.conv(
        tensor([
          [
            [
              [1, 2, 3],
              [4, 5, 6],
            ],
          ],
        ]),
        ones('1 1 2 2'),
        params,
      )
    },
    tensor([[[[12, 16]]]]),
  ),
  unit('conv', 'a window longer than the input', () => p.conv(signal, ones('1 1 5'), along()), zeros('1 1 0')),
  unit('conv', 'no channels', () => p.conv(zeros('1 0 2'), zeros('1 0 1'), along()), zeros('1 1 2')),
  unit(
    'conv',
    'a zero around times infinity is no number',
    () => p.conv(tensor([[[1]]]), tensor([[[Number.POSITIVE_INFINITY, 1]]]), along({ low: [1] })),
    tensor([[[Number.NaN]]]),
  ),
  unit(
    'conv',
    'integers wrap',
    () => p.conv(p.reshapeTo(vector([2 ** 31 - 1, 1], 'int32'), [1, 2, 1]), ones('1 2 1', {}, 'int32'), along()),
    p.reshapeTo(vector([-(2 ** 31)], 'int32'), [1, 1, 1]),
  ),
]
