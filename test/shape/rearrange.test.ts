import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isErr, type Rearrange, rearrange } from '../../src/shape/index.js'
import { axes } from './arbitrary.js'
import { twin } from './twin.js'

describe('rearrange', () => {
  test('axes moved', () => {
    twin<Rearrange<'rearrange', 'h w -> w h', 'batch 3'>>()(rearrange('rearrange', 'h w -> w h', 'batch 3'), { shape: '3 batch' })
    twin<Rearrange<'rearrange', '->', ''>>()(rearrange('rearrange', '->', ''), { shape: '' })
    twin<Rearrange<'rearrange', 'a ... -> ... a', '2 n 3'>>()(rearrange('rearrange', 'a ... -> ... a', '2 n 3'), { shape: 'n 3 2' })
    twin<Rearrange<'rearrange', '... a b -> b ... a', 'x y 2 3'>>()(rearrange('rearrange', '... a b -> b ... a', 'x y 2 3'), {
      shape: '3 x y 2',
    })
    twin<Rearrange<'rearrange', ' a   b->b a ', '2 3'>>()(rearrange('rearrange', ' a   b->b a ', '2 3'), { shape: '3 2' })
  })
  test('axes split', () => {
    twin<Rearrange<'rearrange', 'seq (h d) -> h seq d', 'seq 12', { h: 4 }>>()(
      rearrange('rearrange', 'seq (h d) -> h seq d', 'seq 12', { h: 4 }),
      { shape: '4 seq 3' },
    )
    twin<Rearrange<'rearrange', '(h d) -> h d', '12', { h: 4; d: 3 }>>()(rearrange('rearrange', '(h d) -> h d', '12', { h: 4, d: 3 }), {
      shape: '4 3',
    })
    twin<Rearrange<'rearrange', '(a b c) -> c b a', '24', { a: 2; c: 4 }>>()(
      rearrange('rearrange', '(a b c) -> c b a', '24', { a: 2, c: 4 }),
      { shape: '4 3 2' },
    )
    twin<Rearrange<'rearrange', '(h d)(w) -> h w d', '12 n', { h: 4 }>>()(rearrange('rearrange', '(h d)(w) -> h w d', '12 n', { h: 4 }), {
      shape: '4 n 3',
    })
    twin<Rearrange<'rearrange', '(h d) -> h d', '0', { h: 4 }>>()(rearrange('rearrange', '(h d) -> h d', '0', { h: 4 }), { shape: '4 0' })
    twin<Rearrange<'rearrange', '(h 1) -> h', 'batch'>>()(rearrange('rearrange', '(h 1) -> h', 'batch'), { shape: 'batch' })
    twin<Rearrange<'rearrange', '(h d) -> d h', 'batch', { h: 1 }>>()(rearrange('rearrange', '(h d) -> d h', 'batch', { h: 1 }), {
      shape: 'batch 1',
    })
    twin<Rearrange<'rearrange', '() a -> a', '1 n'>>()(rearrange('rearrange', '() a -> a', '1 n'), { shape: 'n' })
  })
  test('axes joined', () => {
    twin<Rearrange<'rearrange', 'h seq d -> seq (h d)', '4 seq 3'>>()(rearrange('rearrange', 'h seq d -> seq (h d)', '4 seq 3'), {
      shape: 'seq 12',
    })
    twin<Rearrange<'rearrange', 'a b c -> (a b c)', '2 3 4'>>()(rearrange('rearrange', 'a b c -> (a b c)', '2 3 4'), { shape: '24' })
    twin<Rearrange<'rearrange', 'a ... -> a (...)', 'n 3 4'>>()(rearrange('rearrange', 'a ... -> a (...)', 'n 3 4'), { shape: 'n 12' })
    twin<Rearrange<'rearrange', 'a b -> (a b)', 'n 1'>>()(rearrange('rearrange', 'a b -> (a b)', 'n 1'), { shape: 'n' })
    twin<Rearrange<'rearrange', 'a -> a ()', '3'>>()(rearrange('rearrange', 'a -> a ()', '3'), { shape: '3 1' })
    twin<Rearrange<'rearrange', 'a 1 b -> 1 b a 1', '2 1 3'>>()(rearrange('rearrange', 'a 1 b -> 1 b a 1', '2 1 3'), { shape: '1 3 2 1' })
  })
  test('axes reduced', () => {
    twin<Rearrange<'reduce', 'b c (h 2) (w 2) -> b c h w', 'batch 3 8 6'>>()(
      rearrange('reduce', 'b c (h 2) (w 2) -> b c h w', 'batch 3 8 6'),
      { shape: 'batch 3 4 3' },
    )
    twin<Rearrange<'reduce', '... -> ', '2 n'>>()(rearrange('reduce', '... -> ', '2 n'), { shape: '' })
    twin<Rearrange<'reduce', 'a 3 -> a', 'n 3'>>()(rearrange('reduce', 'a 3 -> a', 'n 3'), { shape: 'n' })
    twin<Rearrange<'reduce', 'a b -> a 1', 'n 3'>>()(rearrange('reduce', 'a b -> a 1', 'n 3'), { shape: 'n 1' })
    twin<Rearrange<'reduce', 'a b -> a c', 'n 3'>>()(rearrange('reduce', 'a b -> a c', 'n 3'), {
      message: "reduce: 'a b -> a c' of 'n 3': 'c' is not on the left",
    })
    twin<Rearrange<'reduce', 'a -> a 2', 'n'>>()(rearrange('reduce', 'a -> a 2', 'n'), {
      message: "reduce: 'a -> a 2' of 'n': '2' on the right is a new axis, which repeat makes",
    })
  })
  test('axes repeated', () => {
    twin<Rearrange<'repeat', 'h w -> h w c', 'n 3', { c: 2 }>>()(rearrange('repeat', 'h w -> h w c', 'n 3', { c: 2 }), { shape: 'n 3 2' })
    twin<Rearrange<'repeat', 'h w -> 3 h (w 2)', 'n 3'>>()(rearrange('repeat', 'h w -> 3 h (w 2)', 'n 3'), { shape: '3 n 6' })
    twin<Rearrange<'repeat', 'h -> h r', '3', { r: 0 }>>()(rearrange('repeat', 'h -> h r', '3', { r: 0 }), { shape: '3 0' })
    twin<Rearrange<'repeat', 'h -> h 2 2', '3'>>()(rearrange('repeat', 'h -> h 2 2', '3'), { shape: '3 2 2' })
    twin<Rearrange<'repeat', 'h -> h c', '3'>>()(rearrange('repeat', 'h -> h c', '3'), {
      message: "repeat: 'h -> h c' of '3': 'c' is new and has no size: give one, as in { c: 2 }",
    })
    twin<Rearrange<'repeat', 'h w -> h', '3 4'>>()(rearrange('repeat', 'h w -> h', '3 4'), {
      message: "repeat: 'h w -> h' of '3 4': 'w' is not on the right, reduce takes axes away",
    })
  })
  test('sizes that do not fit', () => {
    twin<Rearrange<'rearrange', '(h d) -> h d', '12', { 'h d': 4 }>>()(rearrange('rearrange', '(h d) -> h d', '12', { 'h d': 4 }), {
      message: "rearrange: '(h d) -> h d' has no axis 'h d', whose size is given",
    })
    twin<Rearrange<'rearrange', '(heads d) -> heads d', '12', { h: 4 }>>()(rearrange('rearrange', '(heads d) -> heads d', '12', { h: 4 }), {
      message: "rearrange: '(heads d) -> heads d' has no axis 'h', whose size is given",
    })
    twin<Rearrange<'rearrange', '(h d)->d h', '12', { d: 4 }>>()(rearrange('rearrange', '(h d)->d h', '12', { d: 4 }), { shape: '4 3' })
    twin<Rearrange<'rearrange', '(h d) -> h d', '12', { h: 5 }>>()(rearrange('rearrange', '(h d) -> h d', '12', { h: 5 }), {
      message: "rearrange: '(h d) -> h d' of '12': with the sizes given '(h d)' does not make '12'",
    })
    twin<Rearrange<'rearrange', '(h d) -> h d', '12', { h: 4; d: 2 }>>()(rearrange('rearrange', '(h d) -> h d', '12', { h: 4, d: 2 }), {
      message: "rearrange: '(h d) -> h d' of '12': with the sizes given '(h d)' does not make '12'",
    })
    twin<Rearrange<'rearrange', '(h d) -> h d', '12', { h: 0 }>>()(rearrange('rearrange', '(h d) -> h d', '12', { h: 0 }), {
      message: "rearrange: '(h d) -> h d' of '12': with the sizes given '(h d)' does not make '12'",
    })
    twin<Rearrange<'rearrange', '(h d) -> h d', '12'>>()(rearrange('rearrange', '(h d) -> h d', '12'), {
      message: "rearrange: '(h d) -> h d' of '12': the sizes of 'h' and 'd' are not known: give one, as in { h: 2 }",
    })
    twin<Rearrange<'rearrange', 'h -> h', '12', { h: 3 }>>()(rearrange('rearrange', 'h -> h', '12', { h: 3 }), {
      message: "rearrange: 'h -> h' of '12': 'h' is '12', not '3'",
    })
    twin<Rearrange<'rearrange', 'h -> h', '12', { h: 12 }>>()(rearrange('rearrange', 'h -> h', '12', { h: 12 }), { shape: '12' })
    twin<Rearrange<'rearrange', 'h -> h', '12', { k: 12 }>>()(rearrange('rearrange', 'h -> h', '12', { k: 12 }), {
      message: "rearrange: 'h -> h' has no axis 'k', whose size is given",
    })
    twin<Rearrange<'rearrange', 'h -> h', '12', { h: -1 }>>()(rearrange('rearrange', 'h -> h', '12', { h: -1 }), {
      message: "rearrange: the size of 'h' is -1, give a whole number from 0 up",
    })
    twin<Rearrange<'rearrange', 'h -> h', '12', { h: 1.5 }>>()(rearrange('rearrange', 'h -> h', '12', { h: 1.5 }), {
      message: "rearrange: the size of 'h' is 1.5, give a whole number from 0 up",
    })
    twin<Rearrange<'rearrange', '1 a -> a', '2 3'>>()(rearrange('rearrange', '1 a -> a', '2 3'), {
      message: "rearrange: '1 a -> a' of '2 3': '2' is not '1'",
    })
    twin<Rearrange<'rearrange', '() a -> a', '2 3'>>()(rearrange('rearrange', '() a -> a', '2 3'), {
      message: "rearrange: '() a -> a' of '2 3': with the sizes given '()' does not make '2'",
    })
  })
  test('axes with names are split by a number and joined', () => {
    twin<Rearrange<'rearrange', '(h d) -> h d', 'seq', { h: 4 }>>()(rearrange('rearrange', '(h d) -> h d', 'seq', { h: 4 }), {
      shape: '4 seq//4',
    })
    twin<Rearrange<'rearrange', '(h d) -> h d', 'seq*8', { h: 4 }>>()(rearrange('rearrange', '(h d) -> h d', 'seq*8', { h: 4 }), {
      shape: '4 seq*2',
    })
    twin<Rearrange<'rearrange', '(h d) -> h d', 'seq', { h: 4; d: 2 }>>()(rearrange('rearrange', '(h d) -> h d', 'seq', { h: 4, d: 2 }), {
      message:
        "rearrange: '(h d) -> h d' of 'seq': 'seq' is a name, whose size is known only when it runs: as or rename gives it one that '(h d)' can split",
    })
    twin<Rearrange<'rearrange', '(h d) -> h d', 'seq', { h: 0 }>>()(rearrange('rearrange', '(h d) -> h d', 'seq', { h: 0 }), {
      message:
        "rearrange: '(h d) -> h d' of 'seq': 'seq' is a name, whose size is known only when it runs: as or rename gives it one that '(h d)' can split",
    })
    twin<Rearrange<'rearrange', 'b s -> (b s)', 'batch 4'>>()(rearrange('rearrange', 'b s -> (b s)', 'batch 4'), { shape: 'batch*4' })
    twin<Rearrange<'rearrange', 'h w -> (w h)', 'h w'>>()(rearrange('rearrange', 'h w -> (w h)', 'h w'), { shape: 'h*w' })
    twin<Rearrange<'repeat', 'b -> (b 2)', 'batch'>>()(rearrange('repeat', 'b -> (b 2)', 'batch'), { shape: 'batch*2' })
  })
  test('what is no pattern', () => {
    twin<Rearrange<'rearrange', 'a b', '2 3'>>()(rearrange('rearrange', 'a b', '2 3'), {
      message: "rearrange: 'a b' has no '->': write the axes before and after, as in 'a b -> b a'",
    })
    twin<Rearrange<'rearrange', 'a=b -> a', '2'>>()(rearrange('rearrange', 'a=b -> a', '2'), {
      message: "rearrange: 'a=b -> a': an axis is a word of letters, digits and '_', without '=' and ';'",
    })
    twin<Rearrange<'rearrange', 'a a -> a', '2 2'>>()(rearrange('rearrange', 'a a -> a', '2 2'), {
      message: "rearrange: 'a a -> a' of '2 2': 'a' stands twice on the left",
    })
    twin<Rearrange<'rearrange', 'a -> a a', '2'>>()(rearrange('rearrange', 'a -> a a', '2'), {
      message: "rearrange: 'a -> a a' of '2': 'a' stands twice on the right",
    })
    twin<Rearrange<'rearrange', 'a b -> a', '2 3'>>()(rearrange('rearrange', 'a b -> a', '2 3'), {
      message: "rearrange: 'a b -> a' of '2 3': 'b' is not on the right, reduce takes axes away",
    })
    twin<Rearrange<'rearrange', 'a -> a b', '2'>>()(rearrange('rearrange', 'a -> a b', '2'), {
      message: "rearrange: 'a -> a b' of '2': 'b' is not on the left",
    })
    twin<Rearrange<'rearrange', 'a ... -> a', '2 3'>>()(rearrange('rearrange', 'a ... -> a', '2 3'), {
      message: "rearrange: 'a ... -> a' of '2 3': '...' is not on the right, reduce takes axes away",
    })
    twin<Rearrange<'rearrange', 'a -> a ...', '2'>>()(rearrange('rearrange', 'a -> a ...', '2'), {
      message: "rearrange: 'a -> a ...' of '2': '...' is not on the left",
    })
    twin<Rearrange<'rearrange', 'a b -> b a', '2'>>()(rearrange('rearrange', 'a b -> b a', '2'), {
      message: "rearrange: 'a b -> b a' of '2': it has fewer axes than are written",
    })
    twin<Rearrange<'rearrange', 'a ... b -> b a ...', '2'>>()(rearrange('rearrange', 'a ... b -> b a ...', '2'), {
      message: "rearrange: 'a ... b -> b a ...' of '2': it has fewer axes than are written",
    })
    twin<Rearrange<'rearrange', 'a -> a', '2 3'>>()(rearrange('rearrange', 'a -> a', '2 3'), {
      message: "rearrange: 'a -> a' of '2 3': it has more axes than are written, '...' stands for the others",
    })
    twin<Rearrange<'rearrange', 'a 3 -> a', '2 3'>>()(rearrange('rearrange', 'a 3 -> a', '2 3'), {
      message: "rearrange: 'a 3 -> a' of '2 3': '3' has no name to find it by on the right, where rearrange keeps every axis",
    })
    twin<Rearrange<'rearrange', '(a 3) -> a', '6'>>()(rearrange('rearrange', '(a 3) -> a', '6'), {
      message: "rearrange: '(a 3) -> a' of '6': '3' has no name to find it by on the right, where rearrange keeps every axis",
    })
    twin<Rearrange<'rearrange', 'a, b -> b', '2 3'>>()(rearrange('rearrange', 'a, b -> b', '2 3'), {
      message:
        "rearrange: 'a, b -> b' of '2 3': 'a,' is no axis: write names, sizes, '...' and groups such as '(h w)', with spaces between them",
    })
    twin<Rearrange<'rearrange', '(a b -> a', '2 3'>>()(rearrange('rearrange', '(a b -> a', '2 3'), {
      message:
        "rearrange: '(a b -> a' of '2 3': '(a' is no axis: write names, sizes, '...' and groups such as '(h w)', with spaces between them",
    })
    twin<Rearrange<'rearrange', '((a b) c) -> a', '2'>>()(rearrange('rearrange', '((a b) c) -> a', '2'), {
      message:
        "rearrange: '((a b) c) -> a' of '2': '(a' is no axis: write names, sizes, '...' and groups such as '(h w)', with spaces between them",
    })
    twin<Rearrange<'rearrange', 'a -> (a', '2'>>()(rearrange('rearrange', 'a -> (a', '2'), {
      message:
        "rearrange: 'a -> (a' of '2': '(a' is no axis: write names, sizes, '...' and groups such as '(h w)', with spaces between them",
    })
    twin<Rearrange<'rearrange', '(...) -> ...', '2'>>()(rearrange('rearrange', '(...) -> ...', '2'), {
      message:
        "rearrange: '(...) -> ...' of '2': '...' is no axis: write names, sizes, '...' and groups such as '(h w)', with spaces between them",
    })
    twin<Rearrange<'rearrange', '01 -> 1', '1'>>()(rearrange('rearrange', '01 -> 1', '1'), {
      message:
        "rearrange: '01 -> 1' of '1': '01' is no axis: write names, sizes, '...' and groups such as '(h w)', with spaces between them",
    })
    twin<Rearrange<'repeat', 'a -> a 1e3', '1'>>()(rearrange('repeat', 'a -> a 1e3', '1'), {
      message:
        "repeat: 'a -> a 1e3' of '1': '1e3' is no axis: write names, sizes, '...' and groups such as '(h w)', with spaces between them",
    })
  })
  test('signs that stand in no pattern', () => {
    twin<Rearrange<'rearrange', 'a\nb -> a', '2'>>()(rearrange('rearrange', 'a\nb -> a', '2'), {
      message: 'rearrange: a pattern has no line break',
    })
  })
  test('what the compiler does not know', () => {
    twin<Rearrange<'rearrange', string, '3'>>()({ shape: 'any' }, { shape: 'any' as string })
    twin<Rearrange<'rearrange', 'a -> a', string>>()({ shape: 'any' }, { shape: 'any' as string })
    // At run time a number is a number.
    const unsure = {
      message:
        "rearrange: the size of 'a' is not one number to the compiler: write it out, as in { h: 4 }, or give a Tensor<string> and check the result with as",
    } as const
    twin<Rearrange<'rearrange', '(a b) -> a b', '12', { a: number }>>()(unsure, unsure)
    twin<Rearrange<'rearrange', '(a b) -> a b', '12', { a: 3 | 4 }>>()(unsure, unsure)
    twin<Rearrange<'rearrange', '(a b) -> a b', '12', { a?: 3 }>>()(unsure, unsure)
  })
})

test('a pattern that is turned round leads back', () => {
  fc.assert(
    fc.property(axes, fc.infiniteStream(fc.nat()), (list, draws) => {
      const names = ['i', 'j', 'k', 'l'].slice(0, list.length)
      const order = names.map(name => ({ name, key: draws.next().value ?? 0 })).sort((a, b) => a.key - b.key)
      const [left, right] = [names.join(' '), order.map(({ name }) => name).join(' ')]
      const there = rearrange('rearrange', `${left} -> ${right}`, list.join(' '))
      const back = isErr(there) ? there : rearrange('rearrange', `${right} -> ${left}`, there.shape)
      expect(back).toEqual({ shape: list.join(' ') })
    }),
  )
})
