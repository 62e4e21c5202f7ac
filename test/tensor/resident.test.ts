/** What node:assert sees of a tensor on a device: its numbers, as of any other tensor. */
import assert from 'node:assert/strict'
import { onDevice, tensor, toHost } from 'pullback'
import { expect, test } from 'vitest'
import { errorOf } from '../support/errors.js'

const made = () => onDevice({ sizes: [2], dtype: 'float32' })({ readAsync: async () => new Float32Array([2, Number.NaN]) })
const [same, other] = [tensor([2, Number.NaN]), tensor([2, 5])]

test('numbers that have come are compared', async () => {
  const x = made()
  for (const y of [await toHost(x), x]) {
    assert.deepEqual(y, same)
    assert.deepEqual(same, y)
    assert.notDeepEqual(y, other)
    assert.notDeepEqual(other, y)
  }
})

test('those that have not are refused, and not taken for equal', () => {
  expect(errorOf(() => assert.deepEqual(made(), same))).toMatchObject({ _tag: 'PendingError', op: 'tensor' })
  expect(errorOf(() => assert.deepEqual(other, made()))).toMatchObject({ _tag: 'PendingError', op: 'tensor' })
})
