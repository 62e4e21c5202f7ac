import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dims, isErr, isNumeral, type Rename, rename } from '../../src/shape/index.js'
import { shapes } from './arbitrary.js'
import { twin } from './twin.js'

describe('rename', () => {
  test('sizes, names and sums', () => {
    twin<Rename<'op', '32 784', 'batch 784'>>()(rename('op', '32 784', 'batch 784'), { shape: 'batch 784' })
    twin<Rename<'op', 'batch 784', '32 784'>>()(rename('op', 'batch 784', '32 784'), { shape: '32 784' })
    twin<Rename<'op', 'a b', 'n n'>>()(rename('op', 'a b', 'n n'), { shape: 'n n' })
    twin<Rename<'op', '3 b 3', 'n n n'>>()(rename('op', '3 b 3', 'n n n'), { shape: 'n n n' })
    twin<Rename<'op', 'batch+4', '7'>>()(rename('op', 'batch+4', '7'), { shape: '7' })
    twin<Rename<'op', '', ''>>()(rename('op', '', ''), { shape: '' })
  })
  test('what cannot be', () => {
    twin<Rename<'op', '2 3', 'n 4'>>()(rename('op', '2 3', 'n 4'), { message: "op: '2 3' does not fit 'n 4': '3' is not '4'" })
    twin<Rename<'op', '2 3', 'n n'>>()(rename('op', '2 3', 'n n'), { message: "op: '2 3' does not fit 'n n': 'n' is already '2', not '3'" })
    twin<Rename<'op', '2 3', 'n'>>()(rename('op', '2 3', 'n'), { message: "op: '2 3' does not fit 'n': it has 2 axes, not 1" })
    twin<Rename<'op', '2', 'n m'>>()(rename('op', '2', 'n m'), { message: "op: '2' does not fit 'n m': it has 1 axis, not 2" })
    twin<Rename<'op', '', '1'>>()(rename('op', '', '1'), { message: "op: '' does not fit '1': it has 0 axes, not 1" })
  })
  test('any shape to itself, and to as many names', () => {
    fc.assert(
      fc.property(shapes, s => {
        expect(rename('op', s, s)).toEqual({ shape: s })
        const fresh = dims(s)
          .map((_, i) => `x${i}`)
          .join(' ')
        expect(rename('op', s, fresh)).toEqual({ shape: fresh })
        expect(isErr(rename('op', s, `${s} 2`.trim()))).toBe(true)
        if (dims(s).some(isNumeral))
          expect(
            isErr(
              rename(
                'op',
                s,
                dims(s)
                  .map(axis => (isNumeral(axis) ? `${axis}1` : axis))
                  .join(' '),
              ),
            ),
          ).toBe(true)
      }),
    )
  })
})
