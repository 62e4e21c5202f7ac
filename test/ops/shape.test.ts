/** The same values along other axes, by hand; each undoes another. */
import * as fc from 'fast-check'
import {
  arange,
  broadcastTo,
  concat,
  expandDims,
  flatten,
  fromArray,
  moveAxis,
  permute,
  pipe,
  reshape,
  reverse,
  squeeze,
  stack,
  swapAxes,
  tensor,
  toNested,
  transpose,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { values } from '../../src/laws/arbitrary.js'
import { sameBits } from '../../src/laws/compare.js'
import { typed } from '../../src/tensor/index.js'
import { claims } from '../support/claim.js'
import { draws } from '../support/draws.js'
import { right } from '../support/either.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const wrong = (f: () => unknown): readonly string[] => {
  const { _tag, message } = errorOf(f)
  return [_tag, message]
}
const x = tensor([
  [1, 2, 3],
  [4, 5, 6],
])
const batch = right(
  fromArray('batch 4')([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ]),
)

describe('reshape and flatten', () => {
  test('by hand', () => {
    expect(toNested(reshape('3 2')(x))).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ])
    expect(toNested(flatten(x))).toEqual([1, 2, 3, 4, 5, 6])
    expect(toNested(pipe(tensor(5), reshape('1 1')))).toEqual([[5]])
    expect(toNested(flatten(tensor(5)))).toEqual([5])
  })
  test('a name stays', () => {
    claims(pipe(batch, reshape('batch 2 2')), 'batch 2 2', [2, 2, 2])
    claims(pipe(batch, reshape('batch 1 4')), 'batch 1 4', [2, 1, 4])
    claims(flatten(zeros('2 0')), '0', [0])
  })
  test('what does not fit', () => {
    expect(wrong(() => loose(reshape)('5')(x))).toEqual(['ShapeError', "reshape: '2 3' has 6 values and '5' has 5"])
    expect(wrong(() => loose(reshape)('2,3')(x))).toEqual(['ShapeError', "shape '2,3': write one space between axes"])
    expect(wrong(() => loose(reshape)('n 3')(x))[0]).toBe('ShapeError')
    expect(wrong(() => pipe(zeros('n', { n: 6 }), reshape('4 n//4')))).toEqual([
      'ShapeError',
      "reshape: 'n' (6) to '4 n//4': nothing may be left over where a size is divided",
    ])
  })
})

describe('axes of size 1', () => {
  test('put in and taken out', () => {
    claims(expandDims(0)(batch), '1 batch 4', [1, 2, 4])
    claims(expandDims(-1)(batch), 'batch 4 1', [2, 4, 1])
    claims(pipe(batch, expandDims(1), squeeze(1)), 'batch 4', [2, 4])
    claims(squeeze()(zeros('1 3 1')), '3', [3])
    claims(squeeze([0, -1])(zeros('1 3 1')), '3', [3])
    expect(toNested(squeeze()(tensor([[7]])))).toBe(7)
  })
  test('what does not fit', () => {
    expect(wrong(() => loose(squeeze)(0)(x))[0]).toBe('ShapeError')
    expect(wrong(() => loose(squeeze)(0)(x))[1]).toMatch(/^squeeze: /)
    expect(wrong(() => loose(expandDims)(4)(x))[1]).toMatch(/^expandDims: /)
  })
})

describe('broadcastTo', () => {
  test('by hand', () => {
    expect(toNested(pipe(tensor([1, 2]), broadcastTo('3 2')))).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ])
    expect(toNested(pipe(tensor([[1], [2]]), broadcastTo('2 2')))).toEqual([
      [1, 1],
      [2, 2],
    ])
    expect(toNested(pipe(tensor(3), broadcastTo('2 0')))).toEqual([[], []])
  })
  test('a new name takes its size', () => {
    claims(pipe(tensor([1, 2]), broadcastTo('n 2', { n: 3 })), 'n 2', [3, 2])
    claims(pipe(batch, broadcastTo('2 batch 4')), '2 batch 4', [2, 2, 4])
  })
  test('what does not fit', () => {
    expect(wrong(() => loose(broadcastTo)('3 3')(x))[0]).toBe('ShapeError')
    expect(wrong(() => loose(broadcastTo)('n 2 3')(x))).toEqual([
      'ArgumentError',
      "broadcastTo: 'n' in 'n 2 3' has no size: give one, as in broadcastTo('n 2 3', { n: 32 })",
    ])
    expect(wrong(() => loose(broadcastTo)('n 2 3', { n: -1 })(x))[0]).toBe('ArgumentError')
  })
})

describe('orders of axes', () => {
  test('by hand', () => {
    const t = [
      [1, 4],
      [2, 5],
      [3, 6],
    ]
    expect([transpose(x), permute([1, 0])(x), swapAxes(0, 1)(x), moveAxis(0, -1)(x)].map(y => toNested(y))).toEqual([t, t, t, t])
    expect(toNested(pipe(arange(6), reshape('1 2 3'), permute([2, 0, 1])))).toEqual([[[0, 3]], [[1, 4]], [[2, 5]]])
  })
  test('by name', () => {
    claims(transpose(batch), '4 batch', [4, 2])
    claims(permute([1, 'batch'])(batch), '4 batch', [4, 2])
    claims(swapAxes('a', -1)(zeros('a b 3', { a: 1, b: 2 })), '3 b a', [3, 2, 1])
    claims(moveAxis('a', -1)(zeros('a b 3', { a: 1, b: 2 })), 'b 3 a', [2, 3, 1])
    claims(moveAxis(2, 0)(zeros('a b 3', { a: 1, b: 2 })), '3 a b', [3, 1, 2])
  })
  test('what does not fit', () => {
    expect(wrong(() => loose(permute)([0])(x))[1]).toMatch(/^permute: /)
    expect(wrong(() => loose(permute)([0, 0])(x))[1]).toMatch(/^permute: /)
    expect(wrong(() => loose(swapAxes)(0, 2)(x))[1]).toBe("swapAxes: axis 2 is out of range for '2 3', which has 2 axes (-2 to 1)")
    expect(wrong(() => loose(moveAxis)('time', 0)(x))[1]).toBe("moveAxis: '2 3' has no axis 'time'")
  })
})

describe('reverse', () => {
  test('by hand', () => {
    expect(toNested(reverse(0)(x))).toEqual([
      [4, 5, 6],
      [1, 2, 3],
    ])
    expect(toNested(reverse()(x))).toEqual([
      [6, 5, 4],
      [3, 2, 1],
    ])
    claims(reverse('batch')(batch), 'batch 4', [2, 4])
  })
})

describe('concat and stack', () => {
  test('by hand', () => {
    expect(toNested(concat(0)([tensor([1, 2]), tensor([3]), tensor([])]))).toEqual([1, 2, 3])
    expect(toNested(concat(-1)([x, tensor([[9], [9]])]))).toEqual([
      [1, 2, 3, 9],
      [4, 5, 6, 9],
    ])
    expect(toNested(stack(0)([tensor(1), tensor(2)]))).toEqual([1, 2])
    expect(toNested(stack(-1)([tensor([1, 2]), tensor([3, 4])]))).toEqual([
      [1, 3],
      [2, 4],
    ])
  })
  test('names', () => {
    claims(concat('batch')([batch, zeros('3 4')]), 'batch+3 4', [5, 4])
    claims(concat(1)([batch, batch]), 'batch 8', [2, 8])
    claims(stack(1)([batch, batch, batch]), 'batch 3 4', [2, 3, 4])
  })
  test('a list of any length along an axis with a name', () => {
    const list = [1, 2, 3].map(i => tensor([i, 10 * i]))
    claims(stack(0, 'n')(list), 'n 2', [3, 2])
    expect(toNested(pipe(list, stack(-1, 'n')))).toEqual([
      [1, 2, 3],
      [10, 20, 30],
    ])
    claims(concat(0, 'n')(list), 'n', [6])
    claims(stack(0, '3')(list), '3 2', [3, 2])
    expect(wrong(() => stack(0, '4')(list))[1]).toBe("stack: '4' is 4 in one place and 3 in another: one name has one size")
    expect(wrong(() => stack(0, 'n')([zeros('n', { n: 2 })]))[1]).toBe(
      "stack: 'n' is 1 in one place and 2 in another: one name has one size",
    )
    expect(wrong(() => stack(0, 'n')(list.slice(3)))[1]).toBe('stack: give one tensor at least')
    expect(wrong(() => loose(concat)(0, 'a b'))).toEqual([
      'ArgumentError',
      "concat: 'a b' is not one axis: give a name or a size, as in concat(0, 'batch')",
    ])
  })
  test('what does not fit', () => {
    expect(wrong(() => loose(concat)(0)([]))[0]).toBe('ShapeError')
    expect(wrong(() => loose(stack)(0)([]))[0]).toBe('ShapeError')
    expect(wrong(() => loose(concat)(0)([x, zeros('2 4')]))[1]).toMatch(/^concat: /)
    expect(wrong(() => loose(stack)(0)([x, zeros('2 4')]))[1]).toMatch(/^stack: /)
    expect(wrong(() => loose(concat)(0)([tensor(1)]))[0]).toBe('ShapeError')
    expect(wrong(() => loose(concat)(0)([x, zeros('2 3', {}, 'int32')]))).toEqual([
      'DTypeError',
      'concat: float32 and int32: dtypes differ, cast one of them',
    ])
    expect(wrong(() => loose(concat)(1)([zeros('n 1', { n: 2 }), zeros('n 1', { n: 3 })]))).toEqual([
      'SizeError',
      "concat: 'n' is 2 in one place and 3 in another: one name has one size",
    ])
    expect(wrong(() => loose(stack)(0)([zeros('n', { n: 2 }), zeros('n', { n: 3 })]))[0]).toBe('SizeError')
  })
})

describe('each undoes another', () => {
  const any = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 }).chain(sizes => values(sizes, 'float32'))
  const undoes = (name: string, there: (rank: number) => readonly [unknown, unknown]): void => {
    test(name, () => {
      fc.assert(
        fc.property(any, y => {
          const [go, back] = there(y.sizes.length)
          sameBits(name, 'there and back', typed<object>(loose(back)(loose(go)(y))), y)
        }),
        draws(54, 40),
      )
    })
  }
  undoes('transpose and transpose', () => [transpose, transpose])
  undoes('reverse and reverse', () => [reverse(0), reverse(0)])
  undoes('expandDims and squeeze', rank => [expandDims(rank), squeeze(rank)])
  undoes('moveAxis there and back', rank => [moveAxis(0, rank - 1), moveAxis(rank - 1, 0)])
  undoes('swapAxes twice', rank => [swapAxes(0, rank - 1), swapAxes(-1, 0)])
})
