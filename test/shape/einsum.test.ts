import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Einsum, einsum, isErr, matMul, permute } from '../../src/shape/index.js'
import { axes } from './arbitrary.js'
import { twin } from './twin.js'

describe('einsum', () => {
  test('a name stands for an axis of any kind', () => {
    twin<Einsum<'b i, i o -> b o', ['batch 784', '784 10']>>()(einsum('b i, i o -> b o', ['batch 784', '784 10']), { shape: 'batch 10' })
    twin<Einsum<'i j -> j i', ['n 3']>>()(einsum('i j -> j i', ['n 3']), { shape: '3 n' })
    twin<Einsum<'i, j -> i j', ['n', 'n']>>()(einsum('i, j -> i j', ['n', 'n']), { shape: 'n n' })
    twin<Einsum<'i -> i', ['batch+4']>>()(einsum('i -> i', ['batch+4']), { shape: 'batch+4' })
    twin<Einsum<'->', ['']>>()(einsum('->', ['']), { shape: '' })
    twin<Einsum<', ->', ['', '']>>()(einsum(', ->', ['', '']), { shape: '' })
  })
  test('axes that the result has not are summed', () => {
    twin<Einsum<'i j ->', ['2 3']>>()(einsum('i j ->', ['2 3']), { shape: '' })
    twin<Einsum<'i j -> j', ['2 3']>>()(einsum('i j -> j', ['2 3']), { shape: '3' })
  })
  test('a name twice in one operand', () => {
    twin<Einsum<'i i -> i', ['3 3']>>()(einsum('i i -> i', ['3 3']), { shape: '3' })
    twin<Einsum<'i i ->', ['n n']>>()(einsum('i i ->', ['n n']), { shape: '' })
    twin<Einsum<'i i -> i', ['3 4']>>()(einsum('i i -> i', ['3 4']), { message: "einsum: 'i i -> i': 'i' is '3', and '4' in '3 4'" })
    twin<Einsum<'i i -> i', ['3 n']>>()(einsum('i i -> i', ['3 n']), { message: "einsum: 'i i -> i': 'i' is '3', and 'n' in '3 n'" })
  })
  test('three operands and more', () => {
    twin<Einsum<'b i, o i j, b j -> b o', ['n 3', '5 3 4', 'n 4']>>()(einsum('b i, o i j, b j -> b o', ['n 3', '5 3 4', 'n 4']), {
      shape: 'n 5',
    })
    twin<Einsum<'a b, b c, c d, d e -> e a', ['1 2', '2 3', '3 4', '4 5']>>()(
      einsum('a b, b c, c d, d e -> e a', ['1 2', '2 3', '3 4', '4 5']),
      { shape: '5 1' },
    )
  })
  test('spaces do not matter', () => {
    twin<Einsum<'  b   i,i o->b o ', ['2 3', '3 4']>>()(einsum('  b   i,i o->b o ', ['2 3', '3 4']), { shape: '2 4' })
  })
  test('an ellipsis', () => {
    twin<Einsum<'... i j -> ... j i', ['a b 2 3']>>()(einsum('... i j -> ... j i', ['a b 2 3']), { shape: 'a b 3 2' })
    twin<Einsum<'... i j -> ... j i', ['2 3']>>()(einsum('... i j -> ... j i', ['2 3']), { shape: '3 2' })
    twin<Einsum<'i ... -> ... i', ['2 a b']>>()(einsum('i ... -> ... i', ['2 a b']), { shape: 'a b 2' })
    twin<Einsum<'i ... j -> j ...', ['2 a b 3']>>()(einsum('i ... j -> j ...', ['2 a b 3']), { shape: '3 a b' })
    twin<Einsum<'... i, i o -> ... o', ['batch seq 3', '3 4']>>()(einsum('... i, i o -> ... o', ['batch seq 3', '3 4']), {
      shape: 'batch seq 4',
    })
    twin<Einsum<'... i, ... i -> ...', ['batch 1 3', 'seq 3']>>()(einsum('... i, ... i -> ...', ['batch 1 3', 'seq 3']), {
      message: "einsum: '... i, ... i -> ...': '...' is 'batch 1', and 'seq' in 'seq 3', of which neither broadcasts to the other",
    })
    twin<Einsum<'... i, ... i -> ...', ['1 3', 'seq 3']>>()(einsum('... i, ... i -> ...', ['1 3', 'seq 3']), { shape: 'seq' })
    twin<Einsum<'... i, ... i -> ...', ['batch seq 3', 'seq 3']>>()(einsum('... i, ... i -> ...', ['batch seq 3', 'seq 3']), {
      shape: 'batch seq',
    })
    twin<Einsum<'... i -> i', ['a b 3']>>()(einsum('... i -> i', ['a b 3']), { shape: '3' })
    twin<Einsum<'... i ... -> i', ['a b 3']>>()(einsum('... i ... -> i', ['a b 3']), {
      message:
        "einsum: '... i ... -> i': '...' cannot stand there: an axis is a word of letters, digits and '_', and '...' stands once for any number",
    })
    twin<Einsum<'i -> ... i', ['3']>>()(einsum('i -> ... i', ['3']), {
      message: "einsum: 'i -> ... i': '...' in the result is no axis of an operand",
    })
    twin<Einsum<'... -> ... ...', ['3']>>()(einsum('... -> ... ...', ['3']), {
      message: "einsum: '... -> ... ...': '...' stands twice in the result",
    })
  })
  test('axes that do not fit', () => {
    twin<Einsum<'b i, i o -> b o', ['batch 784', '128 10']>>()(einsum('b i, i o -> b o', ['batch 784', '128 10']), {
      message: "einsum: 'b i, i o -> b o': 'i' is '784', and '128' in '128 10'",
    })
    twin<Einsum<'b i -> b', ['3']>>()(einsum('b i -> b', ['3']), {
      message: "einsum: 'b i -> b': '3' has fewer axes than are written for it",
    })
    twin<Einsum<'b ... i -> b', ['3']>>()(einsum('b ... i -> b', ['3']), {
      message: "einsum: 'b ... i -> b': '3' has fewer axes than are written for it",
    })
    twin<Einsum<'bi -> bi', ['3 4']>>()(einsum('bi -> bi', ['3 4']), {
      message: "einsum: 'bi -> bi': '3 4' has more axes than are written for it, '...' stands for the others",
    })
  })
  test('what is no pattern', () => {
    twin<Einsum<'i j, j k', ['2 3', '3 4']>>()(einsum('i j, j k', ['2 3', '3 4']), {
      message: "einsum: 'i j, j k' has no '->': write the axes of the result behind it, as in 'i j, j k -> i k'",
    })
    twin<Einsum<'i -> j', ['3']>>()(einsum('i -> j', ['3']), { message: "einsum: 'i -> j': 'j' in the result is no axis of an operand" })
    twin<Einsum<'i -> i i', ['3']>>()(einsum('i -> i i', ['3']), { message: "einsum: 'i -> i i': 'i' stands twice in the result" })
    twin<Einsum<'3 -> 3', ['3']>>()(einsum('3 -> 3', ['3']), {
      message:
        "einsum: '3 -> 3': '3' cannot stand there: an axis is a word of letters, digits and '_', and '...' stands once for any number",
    })
    twin<Einsum<'(i j) -> i', ['3 4']>>()(einsum('(i j) -> i', ['3 4']), {
      message:
        "einsum: '(i j) -> i': '(i' cannot stand there: an axis is a word of letters, digits and '_', and '...' stands once for any number",
    })
    twin<Einsum<'i=3 -> i', ['3']>>()(einsum('i=3 -> i', ['3']), {
      message: "einsum: 'i=3 -> i': an axis is a word of letters, digits and '_', without '=' and ';'",
    })
    twin<Einsum<'i -> i -> i', ['3']>>()(einsum('i -> i -> i', ['3']), {
      message: "einsum: 'i -> i -> i': '->' in the result is no axis of an operand",
    })
    twin<Einsum<'i, j -> i j', ['3']>>()(einsum('i, j -> i j', ['3']), {
      message: "einsum: 'i, j -> i j': give as many tensors as there are parts before '->', which ',' separates",
    })
    twin<Einsum<'i -> i', ['3', '3']>>()(einsum('i -> i', ['3', '3']), {
      message: "einsum: 'i -> i': give as many tensors as there are parts before '->', which ',' separates",
    })
    twin<Einsum<'i -> i', []>>()(einsum('i -> i', []), {
      message: "einsum: 'i -> i': give as many tensors as there are parts before '->', which ',' separates",
    })
  })
  test('what the compiler does not know is checked when it runs', () => {
    twin<Einsum<string, ['3']>>()({ shape: 'any' }, { shape: 'any' as string })
    twin<Einsum<'i -> i', [string]>>()({ shape: 'any' }, { shape: 'any' as string })
    twin<Einsum<'i, j -> i', readonly string[]>>()({ shape: 'any' }, { shape: 'any' as string })
    twin<Einsum<'i j -> j i', ['2 3' | '4 5']>>()({ shape: '3 2' }, { shape: '3 2' } as
      | { readonly shape: '3 2' }
      | { readonly shape: '5 4' })
  })

  const letters = (count: number): string => ['i', 'j', 'k', 'l'].slice(0, count).join(' ')
  test('is permute, for one operand', () => {
    fc.assert(
      fc.property(axes, fc.infiniteStream(fc.nat()), (list, draws) => {
        const order = list.map((_, i) => ({ i, key: draws.next().value ?? 0 })).sort((a, b) => a.key - b.key)
        const names = letters(list.length).split(' ')
        const pattern = `${letters(list.length)} -> ${order.map(({ i }) => names[i]).join(' ')}`
        expect(einsum(pattern, [list.join(' ')])).toEqual(
          permute(
            list.join(' '),
            order.map(({ i }) => i),
          ),
        )
      }),
    )
  })
  test('is matMul, for two matrices', () => {
    fc.assert(
      fc.property(fc.tuple(...['m', 'k', 'k', 'n'].map(() => fc.constantFrom('1', '2', 'a', 'b'))), ([m = '', k = '', l = '', n = '']) => {
        const [left, right] = [`${m} ${k}`, `${l} ${n}`]
        const [rule, product] = [einsum('m k, k n -> m n', [left, right]), matMul(left, right)]
        expect(isErr(rule)).toBe(isErr(product))
        if (!isErr(rule)) expect(rule).toEqual(product)
      }),
    )
  })
})
