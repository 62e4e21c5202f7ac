/** Sums of products by hand, against loops over all indices, and against the operations that they stand for. */
import * as fc from 'fast-check'
import {
  add,
  einsum,
  grad,
  jit,
  matmul,
  mul,
  ones,
  outer,
  pipe,
  softmax,
  sum,
  swapAxes,
  type Tensor,
  tensor,
  toArray,
  toNested,
  transpose,
  wasmEngine,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { contractionOrder } from '../../src/derived/contraction-order.js'
import { buildGraph } from '../../src/engine/fusion/build.js'
import { merge } from '../../src/engine/fusion/merge.js'
import { printGraph } from '../../src/engine/fusion/print.js'
import { wasmTarget } from '../../src/engine/wasm/target.js'
import { adjoint, jitChangesNothing, matchesDifferences, tensors, vmapIsMapAndStack } from '../../src/laws/index.js'
import { inlineCalls, simplify } from '../../src/program/index.js'
import { bufferOf, concrete, typed, type Value } from '../../src/tensor/index.js'
import { trace } from '../../src/trace/index.js'
import { claims } from '../support/claim.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const a = tensor([
  [1, 2],
  [3, 4],
])
const cube = tensor([
  [
    [1, 2],
    [3, 4],
  ],
  [
    [5, 6],
    [7, 8],
  ],
])

describe('by hand', () => {
  test('one tensor: trace, diagonal, sums, transpose', () => {
    expect(toNested(einsum('i i ->')(a))).toBe(5)
    expect(toNested(einsum('i i -> i')(a))).toEqual([1, 4])
    expect(toNested(einsum('i i i -> i')(cube))).toEqual([1, 8])
    expect(toNested(einsum('i j i -> j i')(cube))).toEqual([
      [1, 6],
      [3, 8],
    ])
    expect(toNested(einsum('i j -> i')(a))).toEqual([3, 7])
    expect(toNested(einsum('i j ->')(a))).toBe(10)
    expect(toNested(einsum('i j -> j i')(a))).toEqual([
      [1, 3],
      [2, 4],
    ])
    expect(toNested(einsum('i ... -> ... i')(cube))).toEqual(toNested(einsum('i j k -> j k i')(cube)))
    expect(toNested(einsum('i i -> i')(zeros('0 0')))).toEqual([])
    expect(toNested(einsum('->')(tensor(3)))).toBe(3)
  })
  test('two tensors', () => {
    expect(toNested(einsum('i, i ->')(tensor([1, 2]), tensor([3, 4])))).toBe(11)
    expect(toNested(einsum('i, i -> i')(tensor([1, 2]), tensor([3, 4])))).toEqual([3, 8])
    expect(toNested(einsum('i, j -> j i')(tensor([1, 2]), tensor([3, 4])))).toEqual([
      [3, 6],
      [4, 8],
    ])
    expect(toNested(einsum('i j, j k -> i k')(a, a))).toEqual([
      [7, 10],
      [15, 22],
    ])
    // An axis of one side alone: 10 times the sums of columns.
    expect(toNested(einsum('i j, k -> j')(a, tensor([4, 6])))).toEqual([40, 60])
    expect(toNested(einsum(', i -> i')(tensor(2), tensor([3, 4])))).toEqual([6, 8])
    expect(toNested(einsum('i i, i j -> j')(a, a))).toEqual([13, 18])
    expect(toNested(einsum('i, i ->')(tensor([2, 3], 'int32'), tensor([4, 5], 'int32')))).toBe(23)
  })
  test('an ellipsis broadcasts one-sidedly', () => {
    expect(toNested(einsum('... i, i -> ...')(cube, tensor([1, 10])))).toEqual([
      [21, 43],
      [65, 87],
    ])
    expect(toNested(einsum('... i, ... i -> ...')(cube, tensor([[1, 10]])))).toEqual([
      [21, 43],
      [65, 87],
    ])
    expect(toNested(einsum('... i, ... i -> i')(cube, a))).toEqual([1 * 1 + 3 * 3 + 5 * 1 + 7 * 3, 2 * 2 + 4 * 4 + 6 * 2 + 8 * 4])
  })
  test('three tensors: a bilinear form', () => {
    expect(toNested(einsum('i, i j, j ->')(tensor([1, 2]), a, tensor([3, 4])))).toBe(1 * (3 + 8) + 2 * (9 + 16))
  })
  test('names', () => {
    claims(einsum('b i, i o -> b o')(zeros('batch 4', { batch: 2 }), zeros('4 3')), 'batch 3', [2, 3])
    claims(einsum('i, j -> j i')(zeros('n', { n: 2 }), zeros('m', { m: 3 })), 'm n', [3, 2])
    claims(einsum('... i -> i ...')(zeros('a b 3', { a: 1, b: 2 })), '3 a b', [3, 1, 2])
    expect(errorOf(() => einsum('i, i ->')(zeros('n', { n: 2 }), zeros('n', { n: 3 }))).message).toMatch(/^einsum: .*n.* 2 .* 3/)
  })
})

/** Every entry of the result as a sum over all indices, in float64. */
const byLoops = (inputs: readonly (readonly string[])[], output: readonly string[], xs: readonly Value[]): readonly number[] => {
  const size = new Map(xs.flatMap((x, i) => (inputs[i] ?? []).map((name, axis) => [name, x.sizes[axis] ?? 0] as const)))
  const names = [...output, ...[...size.keys()].filter(name => !output.includes(name))]
  const results = new Map<number, number>()
  const buffers = xs.map(x => bufferOf('test', x))
  const place = (list: readonly string[], at: ReadonlyMap<string, number>): number =>
    list.reduce((sum, name) => sum * (size.get(name) ?? 0) + (at.get(name) ?? 0), 0)
  const visit = (rest: readonly string[], at: ReadonlyMap<string, number>): void => {
    const [name, ...others] = rest
    if (name !== undefined) for (let i = 0; i < (size.get(name) ?? 0); i += 1) visit(others, new Map([...at, [name, i]]))
    else {
      const product = inputs.reduce((acc, list, i) => acc * (buffers[i]?.[place(list, at)] ?? Number.NaN), 1)
      results.set(place(output, at), (results.get(place(output, at)) ?? 0) + product)
    }
  }
  visit(names, new Map())
  return [...results].sort(([x], [y]) => x - y).map(([, value]) => value)
}

test('agrees with loops over all indices', () => {
  const sizes: { readonly [name: string]: number } = { i: 2, j: 3, k: 2, l: 3 }
  const side = fc.array(fc.constantFrom(...Object.keys(sizes)), { maxLength: 3 })
  fc.assert(
    fc.property(fc.array(side, { minLength: 1, maxLength: 4 }), fc.infiniteStream(fc.integer({ min: -3, max: 3 })), (inputs, stream) => {
      const all = [...new Set(inputs.flat())]
      const output = all.filter(() => (stream.next().value ?? 0) > 0).reverse()
      const xs = inputs.map(list => {
        const shape = list.map(name => sizes[name]).join(' ')
        const count = list.reduce((product, name) => product * (sizes[name] ?? 0), 1)
        return concrete(
          shape === '' ? [] : shape.split(' ').map(Number),
          'float32',
          Float32Array.from({ length: count }, () => stream.next().value ?? 0),
        )
      })
      const pattern = `${inputs.map(list => list.join(' ')).join(', ')} -> ${output.join(' ')}`
      // Whole numbers this small are exact in float32.
      expect([...bufferOf('test', typed<Value>(loose(einsum(pattern))(...xs)))].map(x => x + 0)).toEqual(
        byLoops(inputs, output, xs).map(x => x + 0),
      )
    }),
    draws(401, 60),
  )
})

describe('the operations that it stands for', () => {
  const [x, y] = [tensors('3 4'), tensors('4 5')]
  test('matmul, transpose, outer, mul', () => {
    fc.assert(
      fc.property(x, y, (m, n) => {
        expect(toNested(einsum('i j, j k -> i k')(m, n))).toEqual(toNested(pipe(m, matmul(n))))
        expect(toNested(einsum('i j -> j i')(m))).toEqual(toNested(transpose(m)))
        expect(toNested(einsum('i j, i j -> i j')(m, m))).toEqual(toNested(pipe(m, mul(m))))
      }),
      draws(402, 20),
    )
    fc.assert(
      fc.property(tensors('3'), tensors('4'), (v, w) => {
        // A product that sums begins with 0, and 0 + -0 is 0.
        expect(toNested(pipe(einsum('i, j -> i j')(v, w), add(0)))).toEqual(toNested(pipe(v, outer(w))))
      }),
      draws(403, 20),
    )
  })
})

describe('laws', () => {
  const doubles = { dtype: 'float64' } as const
  const triple = fc.tuple(tensors('2 3', doubles), tensors('4 3 2', doubles), tensors('2 2', doubles))
  type Triple = readonly [Tensor<'2 3', 'float64'>, Tensor<'4 3 2', 'float64'>, Tensor<'2 2', 'float64'>]
  const bilinear = ([u, w, v]: Triple): Tensor<'2 4', 'float64'> => einsum('b i, o i j, b j -> b o')(u, w, v)
  test('gradients by central differences, forward and reverse mode', () => {
    fc.assert(fc.property(triple, matchesDifferences(bilinear)), draws(404, 10))
    fc.assert(
      fc.property(triple, triple, tensors('2 4', doubles), (at, tangent, ct) => adjoint(bilinear)(at, tangent, ct)),
      draws(405, 10),
    )
    const square = tensors('3 3', doubles)
    fc.assert(
      fc.property(
        square,
        matchesDifferences((m: Tensor<'3 3', 'float64'>) => einsum('i i -> i')(m)),
      ),
      draws(406, 10),
    )
    fc.assert(
      fc.property(
        square,
        matchesDifferences((m: Tensor<'3 3', 'float64'>) => einsum('i j, j i ->')(m, m)),
      ),
      draws(407, 10),
    )
    fc.assert(
      fc.property(
        tensors('2 3', doubles),
        matchesDifferences((m: Tensor<'2 3', 'float64'>) => einsum('... i, j -> j ...')(m, einsum('i j -> j')(m))),
      ),
      draws(408, 10),
    )
  })
  test('the gradient of a trace of a product is the other factor, transposed', () => {
    const f = (m: Tensor<'2 2'>) => einsum('i j, j i ->')(m, a)
    expect(toNested(grad(f)(ones('2 2')))).toEqual(toNested(transpose(a)))
  })
  test('vmap and jit', () => {
    const xs = fc.sample(tensors('3 2 4'), { seed: 409, numRuns: 1 })[0] ?? zeros('3 2 4')
    const ys = fc.sample(tensors('3 4 2'), { seed: 410, numRuns: 1 })[0] ?? zeros('3 4 2')
    const product = (x: Tensor<'2 4'>, y: Tensor<'4 2'>): Tensor<'2'> => einsum('i j, j i -> i')(x, y)
    vmapIsMapAndStack('3')(product)(xs, ys)
    vmapIsMapAndStack('3')((x: Tensor<'2 4'>) => product(x, ones('4 2')))(xs)
    vmapIsMapAndStack('3')((x: Tensor<'2 4'>) => einsum('i j, k -> k')(x, tensor([1, 2])))(xs)
    const f = (x: Tensor<'3 2 4'>) => pipe(einsum('b i j, b k j -> b i k')(x, x), sum())
    jitChangesNothing(f)(xs)
    jitChangesNothing(grad(f), { engine: wasmEngine() })(xs)
  })
})

describe('the order of products', () => {
  const cost = new Map(Object.entries({ a: 100, b: 2, c: 50, d: 3, e: 40 }))
  test('of few tensors the cheapest', () => {
    // (ab · bc) · cd costs 100·2·50 + 100·50·3, ab · (bc · cd) costs 2·50·3 + 100·2·3.
    expect(
      contractionOrder(
        [
          ['a', 'b'],
          ['b', 'c'],
          ['c', 'd'],
        ],
        ['a', 'd'],
        cost,
      ),
    ).toEqual([0, [1, 2]])
    expect(
      contractionOrder(
        [
          ['b', 'c'],
          ['c', 'd'],
          ['d', 'a'],
        ],
        ['b', 'a'],
        cost,
      ),
    ).toEqual([[0, 1], 2])
    expect(contractionOrder([['a']], ['a'], cost)).toBe(0)
  })
  test('of many tensors the cheapest step by step, each once', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'a', 'b', 'c', 'd', 'e', 'a']
    const operands = names.slice(1).map((name, i) => [`${names[i]}${i}`, `${name}${i + 1}`])
    const size = new Map(names.map((name, i) => [`${name}${i}`, cost.get(name) ?? 0]))
    const order = contractionOrder(operands, ['a0', 'a10'], size)
    expect(
      JSON.stringify(order)
        .match(/\d+/g)
        ?.map(Number)
        .sort((m, n) => m - n),
    ).toEqual(operands.map((_, i) => i))
    const xs = operands.map(list =>
      concrete(
        list.map(() => 2),
        'float32',
        1,
      ),
    )
    const pattern = `${operands.map(list => list.join(' ')).join(', ')} -> a0 a10`
    // Nine inner axes of two entries each.
    expect(toNested(typed<Tensor<string>>(loose(einsum(pattern))(...xs)))).toEqual([
      [512, 512],
      [512, 512],
    ])
  })
})

describe('what runs', () => {
  const untyped = (f: unknown) => typed<(...xs: readonly Value[]) => Value>(f)
  /** The primitives of a function's program. */
  const primitives = (f: (...xs: readonly Value[]) => Value, ...xs: readonly Value[]): readonly string[] =>
    simplify(trace(values => [f(...values)], xs).program).equations.map(({ operation }) => operation.name)
  test('sums first, then the pairs, without a permutation', () => {
    expect(primitives(untyped(einsum('i j, j k, k l -> i')), zeros('3 4'), zeros('4 5'), zeros('5 2'))).toEqual([
      'sum',
      'contract',
      'contract',
    ])
    // The sides stand in the order that the result asks for.
    expect(primitives(untyped(einsum('i j, j k -> k i')), zeros('3 4'), zeros('4 5'))).toEqual(['contract'])
    expect(primitives(untyped(einsum('i j, i j -> j i')), zeros('3 4'), zeros('3 4'))).toEqual(['permute', 'permute', 'mul'])
  })
  test('attention has the stages that it has by matmul', () => {
    type Heads = Tensor<'2 8 16 4'>
    const byEinsum = (q: Heads, k: Heads, v: Heads): Heads =>
      einsum('b h q k, b h k d -> b h q d')(softmax(-1)(einsum('b h q d, b h k d -> b h q k')(q, k)), v)
    const byMatmul = (q: Heads, k: Heads, v: Heads): Heads => pipe(q, matmul(pipe(k, swapAxes(-1, -2))), softmax(-1), matmul(v))
    const inputs = ['q', 'k', 'v'].map(() => typed<Value>(zeros('2 8 16 4')))
    const stages = (f: (q: Heads, k: Heads, v: Heads) => Heads): string =>
      printGraph(
        merge(
          buildGraph(
            inlineCalls(simplify(trace(values => [typed<(...args: readonly Value[]) => Value>(f)(...values)], inputs).program)),
            wasmTarget,
          ),
          wasmTarget.costs.fusion,
        ),
      )
    expect(stages(byEinsum)).toBe(stages(byMatmul))
    // What holds heads behind positions, as projections leave them, is read where it lies: no stage but the products and the softmax.
    const laid = untyped(einsum('b q h d, b k h d -> b h q k'))
    expect(primitives(laid, zeros('2 16 8 4'), zeros('2 16 8 4'))).toEqual(['contract'])
    expect(toArray(jit(byEinsum)(ones('2 8 16 4'), ones('2 8 16 4'), ones('2 8 16 4')))).toEqual(toArray(ones('2 8 16 4')))
  })
})

test('errors', () => {
  const wrong = (f: () => unknown): string => errorOf(f).message
  expect(wrong(() => loose(einsum)(3))).toBe("einsum: 3 is no pattern: write one in quotes, such as 'i j, j k -> i k'")
  expect(wrong(() => loose(einsum('i -> i'))([1, 2]))).toBe('einsum: the argument is not a tensor: make one with tensor or fromArray')
  expect(wrong(() => loose(einsum('i, i ->'))(zeros('2'), zeros('2', {}, 'int32')))).toBe(
    'einsum: float32 and int32: dtypes differ, cast one of them',
  )
  expect(wrong(() => loose(einsum('i, i ->'))(zeros('2'), zeros('3')))).toBe("einsum: 'i, i ->': 'i' is '2', and '3' in '3'")
})
