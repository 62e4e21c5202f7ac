/** Trees taken apart and put together: `flatten` finds a form out, `leavesAlong` looks whether a tree has it. */
import { tensor, tree } from 'pullback'
import { describe, expect, test } from 'vitest'

const [a, b, c] = [tensor([1, 2]), tensor(3), tensor([4], 'int32')]
const params = { w: a, layers: [b, { scale: c }] } as const

describe('leavesAlong', () => {
  const { leaves, structure } = tree.flatten('test', params)

  test('gives the leaves that flatten gives, whatever the order of a record', () => {
    expect(tree.leavesAlong(structure, params)).toEqual(leaves)
    expect(tree.leavesAlong(structure, { layers: [c, { scale: a }], w: b })).toEqual([c, a, b])
  })

  test.each([
    ['a lone tensor', a],
    ['a longer tuple', { w: a, layers: [b, { scale: c }, b] }],
    ['a shorter tuple', { w: a, layers: [b] }],
    ['a record with a key more', { w: a, layers: [b, { scale: c, shift: c }] }],
    ['a record with another key', { w: a, layers: [b, { shift: c }] }],
    ['a tuple in the place of a tensor', { w: [a], layers: [b, { scale: c }] }],
    ['a number', { w: 1, layers: [b, { scale: c }] }],
    ['nothing', undefined],
  ])('is undefined for %s', (_, other) => {
    expect(tree.leavesAlong(structure, other)).toBeUndefined()
  })
})

test('unflatten puts leaves back under every key, also one that names a prototype', () => {
  const record = JSON.parse('{"__proto__": 0, "w": 0}')
  const named = Object.fromEntries(Object.keys(record).map(key => [key, a]))
  const { leaves, structure } = tree.flatten('test', named)
  expect(Object.entries(Object(tree.unflatten(structure, leaves)))).toEqual([
    ['__proto__', a],
    ['w', a],
  ])
})
