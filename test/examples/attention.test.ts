import { add, einsum, jit, pipe, random, type Tensor, tensor, toNested } from 'pullback'
import { assertAllClose } from 'pullback/testing'
import { expect, test } from 'vitest'
import { attention, attentionByMatmul, drawn, initial } from '../../examples/attention.js'

const params = initial(0)
const x = random.normal('12 32')(random.key(1))

test('attention by einsum is attention by matmul', () => {
  // Both add up at most 32 products at a time, in orders of their own.
  assertAllClose(attention(params)(x), attentionByMatmul(params)(x), { rtol: 1e-5, atol: 1e-6 })
  assertAllClose(jit(attention(params))(x), attentionByMatmul(params)(x), { rtol: 1e-5, atol: 1e-6 })
})

test('a place looks at itself and at the places before it', () => {
  const later = einsum('q, c -> q c')(tensor([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), random.normal('32')(random.key(2)))
  const rows = (y: Tensor<'12 32'>) => toNested(attention(params)(y))
  const [before, after] = [rows(x), rows(pipe(x, add(later)))]
  expect(after.slice(0, 11)).toEqual(before.slice(0, 11))
  expect(after[11]).not.toEqual(before[11])
})

test('it is drawn: three projections, scores, sums of values and the last product, and nothing that copies but three permutations', async () => {
  const { mermaid, text } = drawn(0)
  await expect(mermaid).toMatchFileSnapshot('../golden/attention.mmd')
  await expect(text).toMatchFileSnapshot('../golden/attention.txt')
  const count = (word: string): number => text.split('\n').filter(line => line.includes(` = ${word}`)).length
  expect([count('contract'), count('permute'), count('reshape')]).toEqual([6, 3, 0])
})
