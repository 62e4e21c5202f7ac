import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isErr, type Slice, slice, sliceRanges } from '../../src/shape/index.js'
import { sizes } from './arbitrary.js'
import { twin } from './twin.js'

describe('slice', () => {
  test('sizes', () => {
    twin<Slice<'3 4', '1:3, ::2'>>()(slice('3 4', '1:3, ::2'), { shape: '2 2' })
    twin<Slice<'3 4', '0'>>()(slice('3 4', '0'), { shape: '4' })
    twin<Slice<'3 4', '-1, -1'>>()(slice('3 4', '-1, -1'), { shape: '' })
    twin<Slice<'3 4', ':'>>()(slice('3 4', ':'), { shape: '3 4' })
    twin<Slice<'10', '-3:'>>()(slice('10', '-3:'), { shape: '3' })
    twin<Slice<'10', ':-1'>>()(slice('10', ':-1'), { shape: '9' })
    twin<Slice<'10', '1:-1:3'>>()(slice('10', '1:-1:3'), { shape: '3' })
    twin<Slice<'10', '::3'>>()(slice('10', '::3'), { shape: '4' })
    twin<Slice<'10', '0:10:100'>>()(slice('10', '0:10:100'), { shape: '1' })
    twin<Slice<'10', '4:4'>>()(slice('10', '4:4'), { shape: '0' })
    twin<Slice<'10', '10:'>>()(slice('10', '10:'), { shape: '0' })
    twin<Slice<'0', ':'>>()(slice('0', ':'), { shape: '0' })
    twin<Slice<'', ''>>()(slice('', ''), { shape: '' })
  })
  test('named axes', () => {
    twin<Slice<'batch 28 28', ':, 2:-2, 0'>>()(slice('batch 28 28', ':, 2:-2, 0'), { shape: 'batch 24' })
    twin<Slice<'batch', '::'>>()(slice('batch', '::'), { shape: 'batch' })
    twin<Slice<'batch', '0::1'>>()(slice('batch', '0::1'), { shape: 'batch' })
    twin<Slice<'batch', '2:5'>>()(slice('batch', '2:5'), { shape: '3' })
    twin<Slice<'batch', ':5:2'>>()(slice('batch', ':5:2'), { shape: '3' })
    twin<Slice<'batch', '-3:'>>()(slice('batch', '-3:'), { shape: '3' })
    twin<Slice<'batch', '-3:-1'>>()(slice('batch', '-3:-1'), { shape: '2' })
    twin<Slice<'batch', '-1'>>()(slice('batch', '-1'), { shape: '' })
    twin<Slice<'batch', '1:'>>()(slice('batch', '1:'), { shape: 'batch-1' })
    twin<Slice<'batch', ':-1'>>()(slice('batch', ':-1'), { shape: 'batch-1' })
    twin<Slice<'batch*2+1', '2:-3'>>()(slice('batch*2+1', '2:-3'), { shape: 'batch*2-4' })
    twin<Slice<'batch', '::2'>>()(slice('batch', '::2'), { shape: '(batch+1)//2' })
    twin<Slice<'batch', '1::2'>>()(slice('batch', '1::2'), { shape: 'batch//2' })
    twin<Slice<'batch', '1:-1:3'>>()(slice('batch', '1:-1:3'), { shape: 'batch//3' })
    twin<Slice<'batch', '-3:2'>>()(slice('batch', '-3:2'), {
      message: "slice: the size of '-3:2' on the named axis 'batch' is not known, give both ends as in '0:4' or '-4:-1'",
    })
    twin<Slice<'batch', '5:2'>>()(slice('batch', '5:2'), { message: "slice: '5:2' ends before it starts" })
    twin<Slice<'batch', '-1:-3'>>()(slice('batch', '-1:-3'), { message: "slice: '-1:-3' ends before it starts" })
  })
  test('out of range', () => {
    twin<Slice<'3 4', '1:9'>>()(slice('3 4', '1:9'), { message: "slice: '1:9' is out of range for axis 0 of '3 4', whose size is 3" })
    twin<Slice<'3 4', ':, -5:'>>()(slice('3 4', ':, -5:'), { message: "slice: '-5:' is out of range for axis 1 of '3 4', whose size is 4" })
    twin<Slice<'3', '3'>>()(slice('3', '3'), { message: "slice: '3' is out of range for axis 0 of '3', whose size is 3" })
    twin<Slice<'3', '-4'>>()(slice('3', '-4'), { message: "slice: '-4' is out of range for axis 0 of '3', whose size is 3" })
    twin<Slice<'0', '0'>>()(slice('0', '0'), { message: "slice: '0' is out of range for axis 0 of '0', whose size is 0" })
    twin<Slice<'3', '9:1'>>()(slice('3', '9:1'), { message: "slice: '9:1' is out of range for axis 0 of '3', whose size is 3" })
    twin<Slice<'3', '2:1'>>()(slice('3', '2:1'), { message: "slice: '2:1' ends before it starts" })
    twin<Slice<'3', '0, 0'>>()(slice('3', '0, 0'), { message: "slice: '0, 0' has more parts than '3' has axes" })
    twin<Slice<'', ':'>>()(slice('', ':'), { message: "slice: ':' has more parts than '' has axes" })
  })
  test('what is no slice', () => {
    twin<Slice<'3', '::-1'>>()(slice('3', '::-1'), { message: "slice: the step of '::-1' is not 1 or more, use reverse to go backwards" })
    twin<Slice<'3', '::0'>>()(slice('3', '::0'), { message: "slice: the step of '::0' is not 1 or more, use reverse to go backwards" })
    twin<Slice<'3', 'a'>>()(slice('3', 'a'), { message: "slice: 'a' is neither an index nor a range such as '1:3'; ', ' separates axes" })
    twin<Slice<'3', '01'>>()(slice('3', '01'), {
      message: "slice: '01' is neither an index nor a range such as '1:3'; ', ' separates axes",
    })
    twin<Slice<'3', '1.5:'>>()(slice('3', '1.5:'), {
      message: "slice: '1.5:' is neither an index nor a range such as '1:3'; ', ' separates axes",
    })
    twin<Slice<'3', '-0'>>()(slice('3', '-0'), {
      message: "slice: '-0' is neither an index nor a range such as '1:3'; ', ' separates axes",
    })
    twin<Slice<'3', '0:1:1:1'>>()(slice('3', '0:1:1:1'), {
      message: "slice: '0:1:1:1' is neither an index nor a range such as '1:3'; ', ' separates axes",
    })
    twin<Slice<'3 3', '0,0'>>()(slice('3 3', '0,0'), {
      message: "slice: '0,0' is neither an index nor a range such as '1:3'; ', ' separates axes",
    })
    twin<Slice<'3 3', '0, '>>()(slice('3 3', '0, '), {
      message: "slice: '' is neither an index nor a range such as '1:3'; ', ' separates axes",
    })
  })
})

describe('sliceRanges', () => {
  test('from sizes', () => {
    expect(sliceRanges([3, 10, 5], '-1, 2:-2:3')).toStrictEqual({
      shape: [
        { start: 2, stop: 3, step: 1, drop: true },
        { start: 2, stop: 8, step: 3, drop: false },
        { start: 0, stop: 5, step: 1, drop: false },
      ],
    })
  })
  test('a named axis that proves too short', () => {
    expect(isErr(slice('batch 4', '0:8'))).toBe(false)
    expect(sliceRanges([5, 4], '0:8')).toStrictEqual({ message: "slice: '0:8' is out of range for axis 0 of '5 4', whose size is 5" })
  })
  test('has as many values as the shape says, and those that Array.slice takes', () => {
    const end = fc.oneof(fc.constant(''), fc.integer({ min: -6, max: 6 }).map(String))
    const part = fc.oneof(
      fc.integer({ min: -6, max: 6 }).map(String),
      fc.tuple(end, end, fc.constantFrom('', ':', ':1', ':2', ':3')).map(([a, b, c]) => `${a}:${b}${c}`),
    )
    fc.assert(
      fc.property(sizes, fc.array(part, { maxLength: 3 }), (list, parts) => {
        const [rule, ranges] = [slice(list.join(' '), parts.join(', ')), sliceRanges(list, parts.join(', '))]
        if (isErr(rule) || isErr(ranges)) {
          expect(isErr(rule)).toBe(isErr(ranges))
          return
        }
        const kept = ranges.shape.flatMap(({ start, stop, step, drop }, axis) => {
          const all = Array.from({ length: list[axis] ?? 0 }, (_, i) => i)
          const [a, b] = (parts[axis] ?? ':').split(':')
          if (!drop) expect(all.slice(a ? Number(a) : undefined, b ? Number(b) : undefined)).toStrictEqual(all.slice(start, stop))
          return drop ? [] : [String(all.slice(start, stop).filter((_, i) => i % step === 0).length)]
        })
        expect(rule.shape).toBe(kept.join(' '))
      }),
    )
  })
})
