/** `forall`: names bound at each call, in both forms, and its errors. */
import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { add, concat, flatten, matmul, mul, reshape, softmax, sum, transpose } from '../../src/ops/index.js'
import * as random from '../../src/random/index.js'
import { as, ones, type Tensor, tensor, toNested, typed, zeros } from '../../src/tensor/index.js'
import { forall, grad, jit, vmap } from '../../src/transform/index.js'
import { errorOf } from '../support/errors.js'

describe('forall(f)', () => {
  const project = forall((x: Tensor<'seq d'>, w: Tensor<'d k'>) => pipe(x, matmul(w), softmax(-1)))

  test('serves every size', () => {
    const y: Tensor<'4 2'> = project(zeros('4 3'), zeros('3 2'))
    const z: Tensor<'seq 5'> = project(zeros('seq 3', { seq: 2 }), zeros('3 5'))
    expect([y.shape, z.shape, z.sizes]).toEqual(['4 2', 'seq 5', [2, 5]])
  })

  test('is the function itself at run time', () => {
    const f = (x: Tensor<'n'>): Tensor<''> => sum()(x)
    expect(forall(f)).toBe(f)
  })

  test('serves under transformations', () => {
    const total = forall((x: Tensor<'n'>) => sum()(x))
    expect(toNested(grad((x: Tensor<'3'>): Tensor<''> => total(x))(tensor([1, 2, 3])))).toEqual([1, 1, 1])
    expect(toNested(jit((x: Tensor<'2'>) => total(x))(tensor([1, 2])))).toBe(3)
    expect(
      toNested(
        vmap('2')((x: Tensor<'2'>) => total(x))(
          tensor([
            [1, 2],
            [3, 4],
          ]),
        ),
      ),
    ).toEqual([3, 7])
  })
})

describe('forall(shapes)(f)', () => {
  test('lets the body name its axes', () => {
    const total = forall('seq d')(x => sum('seq')(x))
    const y: Tensor<'3'> = total(zeros('5 3'))
    expect([
      y.shape,
      toNested(
        total(
          tensor([
            [1, 2],
            [3, 4],
          ]),
        ),
      ),
    ]).toEqual(['3', [4, 6]])
  })

  test('gives trees of results their sizes back', () => {
    const f = forall('a b', 'b')((x, y) => ({ rows: sum('b')(x), other: [y] as const }))
    const { rows, other } = f(
      tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
      tensor([7, 8]),
    )
    expect([rows.shape, other[0].shape, toNested(rows)]).toEqual(['3', '2', [3, 7, 11]])
  })

  test('takes three', () => {
    const f = forall('m k', 'k n', 'n')((x, w, v) => pipe(x, matmul(w), matmul(v)))
    expect(toNested(f(tensor([[1, 2]]), tensor([[1], [1]]), tensor([10])))).toEqual([30])
  })

  test('keeps the names of what it is given', () => {
    const y = forall('a b')(x => sum('b')(x))(zeros('batch 3', { batch: 2 }))
    expect([y.shape, y.sizes]).toEqual(['batch', [2]])
  })

  test('serves inside a trace', () => {
    const total = forall('n')(x => sum('n')(x))
    expect(toNested(grad((x: Tensor<'3'>): Tensor<''> => total(x))(tensor([1, 2, 3])))).toEqual([1, 1, 1])
  })

  test('errors: a name bound to two sizes, another rank', () => {
    const f = typed<(x: object, y: object) => unknown>(forall('a b', 'b')(x => x))
    expect(errorOf(() => f(zeros('2 3'), zeros('4')))._tag).toBe('ShapeError')
    expect(errorOf(() => f(zeros('2'), zeros('4')))._tag).toBe('ShapeError')
  })
})

describe('trees, any number of arguments, curried functions', () => {
  type Params = { readonly w: Tensor<'d k'>; readonly b: Tensor<'k'> }
  const params = {
    w: tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]),
    b: tensor([10, 20, 30]),
  }
  const row = tensor([[1, 1]])

  test('of types alone', () => {
    const dense = forall((p: Params, x: Tensor<'seq d'>) => pipe(x, matmul(p.w), add(p.b)))
    const curried = forall((p: Params) => (x: Tensor<'seq d'>) => pipe(x, matmul(p.w), add(p.b)))
    const [y, z]: readonly Tensor<'1 3'>[] = [dense(params, row), pipe(row, curried(params))]
    expect([y, z].map(v => v && toNested(v))).toEqual([[[15, 27, 39]], [[15, 27, 39]]])
  })

  test('of shapes as strings', () => {
    const means = forall({ w: 'd k', b: 'k' }, 'seq d')((p, x) => ({ sums: pipe(x, matmul(p.w), add(p.b), sum('k')), b: [p.b] as const }))
    const { sums, b } = means(params, row)
    const [bias] = b
    expect([sums.shape, toNested(sums), bias.shape]).toEqual(['1', [81], '3'])
    const four = forall('a', 'b', 'c', 'a+b')((x, y, _, both) => pipe([x, y] as const, concat('a'), add(both)))
    expect(four(ones('2'), ones('1'), ones('7'), ones('3')).shape).toBe('3')
    expect(forall(['n', 'n'])(([x, y]) => pipe(x, mul(y), sum('n')))([tensor([1, 2]), tensor([3, 4])]).shape).toBe('')
  })

  test('what a pattern does not mention stays as it is', () => {
    const f = forall({ w: 'n' }, 'n')((p, x) => [pipe(p.w, add(x)), p] as const)
    const given = { w: ones('2'), other: zeros('batch 5', { batch: 4 }) }
    const [, p] = f(given, ones('2'))
    expect(p).toEqual({ w: given.w, other: given.other })
  })

  const f = typed<(...args: readonly unknown[]) => unknown>(forall({ w: 'd k', b: 'k' }, 'seq d')((p, x) => pipe(x, matmul(p.w), add(p.b))))
  test.each([
    [
      'a leaf that does not fit',
      [{ w: ones('2 3'), b: ones('4') }, row],
      'ShapeError',
      "forall: '2 3' does not fit 'd k': 'k' is already '4', not '3'",
    ],
    ['a later argument', [params, ones('1 3')], 'ShapeError', "forall: '1 3' does not fit 'seq d': 'd' is already '2', not '3'"],
    ['a leaf too few', [{ w: ones('2 3') }, row], 'TreeError', "forall: '0.b' is missing: a tensor 'k' is expected"],
    ['a tree for a tensor', [params, [row]], 'TreeError', "forall: '1' is no tensor: a tensor 'seq d' is expected"],
    ['a tensor for a tree', [ones('3'), row], 'TreeError', "forall: '0' is a tensor, where several are expected"],
    ['an argument too few', [params], 'TreeError', "forall: '1' is missing: a tensor 'seq d' is expected"],
    ['a number', [params, 3], 'TreeError', "forall: '1' is a number, not a tensor or a record or tuple of tensors"],
  ])('errors: %s', (_, args, tag, message) => {
    const error = errorOf(() => f(...args))
    expect([error._tag, error.message]).toEqual([tag, message])
  })

  test('errors: a function for a result', () => {
    const error = errorOf(() => forall('d k')(w => (x: Tensor<'seq d'>) => pipe(x, matmul(w)))(ones('2 3')))
    expect(error.message).toBe('forall: the body gives a function: leave out the shapes, as in forall(f)')
  })
})

describe('leading axes and expressions', () => {
  const w = random.normal('3 2', {})(random.key(1))
  test('are one axis in the body, and put back where it stands in a result', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }), fc.nat(), (lead, seed) => {
        const count = lead.reduce((product, size) => product * size, 1)
        const flat = random.normal('n 3', { n: count })(random.key(seed))
        const x = typed<(x: unknown) => Tensor<string>>(reshape([...lead, 3].join(' ')))(pipe(flat, as(typed<'n 3'>(`${count} 3`))))
        const seen: string[] = []
        const f = forall(
          '*batch d',
          'd k',
        )((a, b) => {
          seen.push(a.shape)
          return { y: pipe(a, matmul(b)), turned: transpose(a), total: pipe(a, sum('batch')) }
        })
        const { y, turned, total } = typed<(x: unknown, w: unknown) => { readonly [name: string]: Tensor<string> }>(f)(x, w)
        expect(seen).toEqual(['batch d'])
        expect([y?.shape, y?.sizes]).toEqual([[...lead, 2].join(' '), [...lead, 2]])
        expect(y && toNested(flatten(y))).toEqual(toNested(flatten(pipe(flat, matmul(w)))))
        expect(turned?.shape).toBe([3, ...lead].join(' '))
        expect(turned && toNested(flatten(turned))).toEqual(toNested(flatten(transpose(flat))))
        expect([total?.shape, total && toNested(total)]).toEqual(['3', toNested(sum(0)(flat))])
      }),
      { numRuns: 20 },
    )
  })
  test('of names, of trees, under grad, jit and vmap', () => {
    const f = forall({ w: 'd k' }, '... d')((p, a) => pipe(a, matmul(p.w), sum('k')))
    const x = random.normal('n 2 3', { n: 4 })(random.key(2))
    expect(f({ w }, x).shape).toBe('n 2')
    const flat = pipe(x, as('4 2 3'), reshape('8 3'))
    const loss = (v: Tensor<'4 2 3'>): Tensor<''> => pipe(f({ w }, v), mul(f({ w }, v)), sum())
    const plain = (v: Tensor<'8 3'>): Tensor<''> => pipe(f({ w }, v), mul(f({ w }, v)), sum())
    const [gradient, expected] = [grad(loss)(pipe(x, as('4 2 3'))), grad(plain)(flat)]
    expect(toNested(pipe(gradient, reshape('8 3')))).toEqual(toNested(expected))
    expect(toNested(jit((v: Tensor<'4 2 3'>) => f({ w }, v))(pipe(x, as('4 2 3'))))).toEqual(toNested(f({ w }, x)))
    expect(vmap('n')((v: Tensor<'2 3'>) => f({ w }, v))(x).shape).toBe('n 2')
  })
  test.each([
    [
      'in arguments that differ in them',
      () => forall('... d', '... d')((x, y) => pipe(x, add(y))),
      [ones('2 3'), ones('3')],
      'ShapeError',
      "forall: '3' does not fit '... d': '...' is already '2', not ''",
    ],
    [
      'in an expression of a name that is bound nowhere',
      () => forall('n*2', 'n//2')(x => x),
      [ones('2'), ones('1')],
      'ShapeError',
      "forall: 'n*2' cannot be bound: no pattern has 'n' as an axis, only names by themselves are bound",
    ],
    [
      'behind another axis',
      () => forall('d ...')(x => x),
      [ones('2 3')],
      'ShapeError',
      "forall: 'd ...': leading axes stand first, as in '... 4' or '*batch 4'",
    ],
    [
      'under the name of one axis',
      () => forall('*n d', 'n')((x, _) => x),
      [ones('2 3'), ones('2')],
      'ArgumentError',
      "forall: 'n' stands for one axis and, as '*n', for leading axes: give them two names",
    ],
  ])('errors: %s', (_, f, args, tag, message) => {
    const error = errorOf(() => typed<(...args: readonly unknown[]) => unknown>(f())(...args))
    expect([error._tag, error.message]).toEqual([tag, message])
  })
})
