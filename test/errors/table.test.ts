/**
 * What goes wrong, and what is said: an op, where it is, what to do. Most of it the compiler has said before; here are the same mistakes made
 * without it, and those that only a run can show. Mistakes of shapes and dtypes of single operations stand in the tests of the operations.
 */
import { fromArray } from 'pullback'
import { describe, expect, test } from 'vitest'
import { errorOf } from '../support/errors.js'
import { transformations } from './functions.js'
import { training } from './training.js'
import { constructors, operands } from './values.js'

const tables = { constructors, operands, transformations, training }

describe.each(Object.entries(tables))('%s', (_, mistakes) => {
  test.each(mistakes)('%s', (__, make, tag, message) => {
    const error = errorOf(make)
    expect([error._tag, error.message, error.name]).toEqual([tag, message, `PullbackError (${tag})`])
  })
})

test('every message is one line', () => {
  for (const [, make] of Object.values(tables).flat()) expect(errorOf(make).message).not.toContain('\n')
})

test('errors at the border are values, not thrown', () => {
  expect(fromArray('n')([Number.NaN])).toMatchObject({ _tag: 'Right' })
  expect(fromArray('n', 'int32')([Number.NaN])).toMatchObject({ _tag: 'Left', left: { _tag: 'DTypeError' } })
})
