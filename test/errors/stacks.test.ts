/** The first frame of an error is the line of the caller's that asked for what failed, here a line of this file. */
import * as p from 'pullback'
import { afterEach, describe, expect, test } from 'vitest'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const x = p.tensor([1, 2, 3])
const model = p.pipe(p.layer.input('3'), p.layer.dense(2))
const given = (y: unknown): p.Tensor<''> => (p.isTensor(y) ? p.pipe(y, p.cast('float32'), p.as('')) : p.tensor(0))
const bad = p.fromArray('2')([1])

/** What fails, and the function of this file in which it does. */
const failing: { readonly [name: string]: () => unknown } = {
  'at once': () => loose(p.tensor)([1, [2]]),
  'in a later stage': () => loose(p.sum(4))(x),
  'in a pipe': () => p.pipe(3, loose(p.relu)),
  'in a list of the caller’s': () => [3].map(loose(p.relu)),
  'in a function under vmap': () => p.vmap('3')((_: p.Tensor<''>) => given(loose(p.reshape('7'))(x)))(x),
  'in a function under grad': () => p.grad((y: p.Tensor<'3'>) => given(loose(p.sum(4))(y)))(x),
  'in a function under jit': () => p.jit((y: p.Tensor<'3'>) => given(loose(p.sum(4))(y)))(x),
  'in nested functions': () => p.jit((y: p.Tensor<'3'>) => p.grad((z: p.Tensor<'3'>) => given(loose(p.sum(4))(z)))(y))(x),
  'in a layer': () => loose(model.apply)([])(x),
  'after many calls of the library’s own': () => loose(p.tree.leaves)([[[[[[[[[[[[{ w: 3 }]]]]]]]]]]]]),
  'under the name of another function': () => loose(p.data.shuffle)(p.random.key(0))({ x: [1] }),
}

const framesOf = ({ stack = '', message }: Error): readonly string[] =>
  stack
    .slice(stack.indexOf(message) + message.length)
    .split('\n')
    .filter(line => line.trim() !== '')

describe('a stack begins in the caller’s file', () => {
  test.each(Object.entries(failing))('%s', (_, f) => {
    const error = errorOf(f)
    expect(framesOf(error)[0]).toMatch(/stacks\.test\.ts/)
    expect(error.stack).toContain(`PullbackError (${error._tag}): ${error.message}\n`)
  })
  test('of an error that is a value', () => {
    expect(bad).toMatchObject({ _tag: 'Left' })
    if (bad._tag === 'Left') expect(framesOf(bad.left)[0]).toMatch(/stacks\.test\.ts/)
  })
})

describe('a stack keeps to the host’s', () => {
  const { stackTraceLimit, prepareStackTrace } = Error
  afterEach(() => {
    Error.stackTraceLimit = stackTraceLimit
    Error.prepareStackTrace = prepareStackTrace
  })
  const nested = (levels: number): unknown => (levels === 0 ? loose(p.relu)(3) : [nested(levels - 1)][0])

  test('limit', () => {
    Error.stackTraceLimit = 4
    expect(framesOf(errorOf(() => nested(20)))).toHaveLength(4)
    expect(Error.stackTraceLimit).toBe(4)
    Error.stackTraceLimit = 0
    expect(framesOf(errorOf(() => nested(20)))).toEqual([])
  })
  test('form: without a message above the frames, as Firefox and Safari write them', () => {
    Error.prepareStackTrace = (_, sites) =>
      sites
        .map(site => `${site.getFunctionName() ?? ''}@${site.getFileName()}:${site.getLineNumber()}:${site.getColumnNumber()}`)
        .join('\n')
    expect(errorOf(() => nested(1)).stack?.split('\n')[0]).toMatch(/^nested@.*stacks\.test\.ts:\d+:\d+$/)
  })
  test('value, where it is no text', () => {
    Error.prepareStackTrace = (_, sites) => sites.length
    expect(errorOf(() => nested(1)).stack).toEqual(expect.any(Number))
  })
})
