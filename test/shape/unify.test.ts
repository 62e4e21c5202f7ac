import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Closed, dims, isErr, ok, type SubstShape, substShape, type Unify, unify } from '../../src/shape/index.js'
import { closed } from '../../src/shape/unify.js'
import { axes, axis } from './arbitrary.js'
import { twin } from './twin.js'

describe('unify', () => {
  test('binds names', () => {
    twin<Unify<'seq d', '64 128'>>()(unify('seq d', '64 128'), { shape: { seq: '64', d: '128' } })
    twin<Unify<'n 3', 'batch 3'>>()(unify('n 3', 'batch 3'), { shape: { n: 'batch' } })
    twin<Unify<'d k', '128 32', Unify<'seq d', '64 128'>>>()(unify('d k', '128 32', unify('seq d', '64 128')), {
      shape: { seq: '64', d: '128', k: '32' },
    })
    twin<Unify<'message shape', '2 3'>>()(unify('message shape', '2 3'), { shape: { message: '2', shape: '3' } })
    twin<Unify<'n n+1', '3 4'>>()(unify('n n+1', '3 4'), { shape: { n: '3' } })
  })
  test('what does not fit', () => {
    twin<Unify<'d k', '127 32', Unify<'seq d', '64 128'>>>()(unify('d k', '127 32', unify('seq d', '64 128')), {
      message: "'127 32' does not fit 'd k': 'd' is already '128', not '127'",
    })
    twin<Unify<'n 3', '2 4'>>()(unify('n 3', '2 4'), { message: "'2 4' does not fit 'n 3': '4' is not '3'" })
    twin<Unify<'n n', '2 4'>>()(unify('n n', '2 4'), { message: "'2 4' does not fit 'n n': 'n' is already '2', not '4'" })
    twin<Unify<'n n+1', '3 5'>>()(unify('n n+1', '3 5'), { message: "'3 5' does not fit 'n n+1': 'n+1' is already '4', not '5'" })
    twin<Unify<'n m', '2'>>()(unify('n m', '2'), { message: "'2' has fewer axes than 'n m'" })
    twin<Unify<'n', '2 3'>>()(unify('n', '2 3'), { message: "'2 3' has more axes than 'n'" })
    twin<Unify<'k', '7', Unify<'n', '2 3'>>>()(unify('k', '7', unify('n', '2 3')), { message: "'2 3' has more axes than 'n'" })
  })
  test('a sum is what its parts make, in whichever order they are bound', () => {
    twin<Unify<'a b', '2 3', Unify<'a+b', '5'>>>()(unify('a b', '2 3', unify('a+b', '5')), { shape: { 'a+b': '5', a: '2', b: '3' } })
    twin<Unify<'b', '3', Unify<'a+b a', '6 2'>>>()(unify('b', '3', unify('a+b a', '6 2')), {
      message: "'3' does not fit 'b': 'a+b' is already '6', not '5'",
    })
    twin<Unify<'a a+1', '2 4'>>()(unify('a a+1', '2 4'), { message: "'2 4' does not fit 'a a+1': 'a+1' is already '3', not '4'" })
  })
  test('an expression is evaluated, and compared by its normal form', () => {
    twin<Unify<'n n*2 n//2', '6 12 3'>>()(unify('n n*2 n//2', '6 12 3'), { shape: { n: '6' } })
    twin<Unify<'a b (a+b)*2', 'n 3 n*2+6'>>()(unify('a b (a+b)*2', 'n 3 n*2+6'), { shape: { a: 'n', b: '3' } })
    twin<Unify<'a b a*b', 'n 3 3*n'>>()(unify('a b a*b', 'n 3 3*n'), { shape: { a: 'n', b: '3' } })
    twin<Unify<'n n*2', 'h//2 h'>>()(unify('n n*2', 'h//2 h'), {
      message: "'h//2 h' does not fit 'n n*2': 'n*2' is already '(h//2)*2', not 'h'",
    })
  })
  test('of an expression with a name that is bound nowhere nothing is said', () => {
    const open = unify('a+b a', '5 2')
    if (isErr(open)) throw new Error(open.message)
    twin<Closed<Unify<'a+b a', '5 2'>>>()(closed(open), {
      message: "'a+b' cannot be bound: no pattern has 'b' as an axis, only names by themselves are bound",
    })
    const bound = unify('a+b a b', '5 2 3')
    if (isErr(bound)) throw new Error(bound.message)
    twin<Closed<Unify<'a+b a b', '5 2 3'>>>()(closed(bound), { shape: { 'a+b': '5', a: '2', b: '3' } })
  })
  test('leading axes', () => {
    twin<Unify<'*batch 4', '2 3 4'>>()(unify('*batch 4', '2 3 4'), { shape: { '*batch': '2 3' } })
    twin<Unify<'*batch d', '5'>>()(unify('*batch d', '5'), { shape: { '*batch': '', d: '5' } })
    twin<Unify<'... d', 'n 5'>>()(unify('... d', 'n 5'), { shape: { '*_': 'n', d: '5' } })
    twin<Unify<'...', ''>>()(unify('...', ''), { shape: { '*_': '' } })
    twin<Unify<'*batch k', '2 3 7', Unify<'*batch d', '2 3 4'>>>()(unify('*batch k', '2 3 7', unify('*batch d', '2 3 4')), {
      shape: { '*batch': '2 3', d: '4', k: '7' },
    })
    twin<Unify<'... k', '3 7', Unify<'... d', '2 3 4'>>>()(unify('... k', '3 7', unify('... d', '2 3 4')), {
      message: "'3 7' does not fit '... k': '...' is already '2 3', not '3'",
    })
    twin<Unify<'*batch a b', '3'>>()(unify('*batch a b', '3'), { message: "'3' has fewer axes than '*batch a b'" })
    twin<Unify<'*batch 4', '2 3'>>()(unify('*batch 4', '2 3'), { message: "'2 3' does not fit '*batch 4': '3' is not '4'" })
    twin<Unify<'d *batch', '2 3'>>()(unify('d *batch', '2 3'), {
      message: "'d *batch': leading axes stand first, as in '... 4' or '*batch 4'",
    })
    twin<Unify<'... *batch', '2 3'>>()(unify('... *batch', '2 3'), {
      message: "'... *batch': leading axes stand first, as in '... 4' or '*batch 4'",
    })
    twin<Unify<'* 3', '2 3'>>()(unify('* 3', '2 3'), { message: "'* 3': leading axes stand first, as in '... 4' or '*batch 4'" })
  })
  test('names of object members are names like others', () => {
    expect(unify('constructor', '2')).toStrictEqual({ shape: { constructor: '2' } })
    const bound = unify('__proto__ toString', '2 3')
    if (isErr(bound)) throw new Error(bound.message)
    expect(substShape('toString __proto__ valueOf', bound)).toBe('3 2 valueOf')
  })
})

describe('substShape', () => {
  test('puts in what names mean', () => {
    const bound = unify('a b', 'b 5')
    if (isErr(bound)) throw new Error(bound.message)
    twin<SubstShape<'b a 2 c', Unify<'a b', 'b 5'>>>()(substShape('b a 2 c', bound), '5 b 2 c')
    twin<SubstShape<'a+b b+1+b', Unify<'a b', 'b 5'>>>()(substShape('a+b b+1+b', bound), 'b+5 11')
    twin<SubstShape<'', Unify<'a b', 'b 5'>>>()(substShape('', bound), '')
  })
  test('puts leading axes back, and as one size into expressions', () => {
    const bound = unify('*batch d', '2 n 5')
    if (isErr(bound)) throw new Error(bound.message)
    type Bound = Unify<'*batch d', '2 n 5'>
    twin<SubstShape<'batch d', Bound>>()(substShape('batch d', bound), '2 n 5')
    twin<SubstShape<'d batch', Bound>>()(substShape('d batch', bound), '5 2 n')
    twin<SubstShape<'batch*3 d+1 k', Bound>>()(substShape('batch*3 d+1 k', bound), 'n*6 6 k')
    const none = unify('*batch d', '5')
    if (isErr(none)) throw new Error(none.message)
    twin<SubstShape<'batch d batch+1', Unify<'*batch d', '5'>>>()(substShape('batch d batch+1', none), '5 2')
    twin<SubstShape<'_ 4', Unify<'... 3', '2 3'>>>()(substShape('_ 4', ok({ '*_': '2' })), '2 4')
  })
  test('a pattern with its bindings put in is the shape it was matched with', () => {
    fc.assert(
      fc.property(axes, fc.infiniteStream(axis), (pattern, fill) => {
        const [p, a] = [pattern.join(' '), pattern.map(() => fill.next().value).join(' ')]
        const bound = unify(p, a)
        if (!isErr(bound)) expect(substShape(p, bound)).toBe(a)
      }),
    )
  })
  test('a shape put into a pattern can be matched with it again', () => {
    fc.assert(
      fc.property(axes, fc.dictionary(fc.constantFrom('a', 'b', 'n', 'batch'), axis), (pattern, env) => {
        const [p, bindings] = [pattern.join(' '), { shape: env }]
        const total = dims(p).every(name => /^\d/.test(name) || Object.hasOwn(env, name))
        if (total) expect(unify(p, substShape(p, bindings), bindings)).toStrictEqual(bindings)
      }),
    )
  })
})
