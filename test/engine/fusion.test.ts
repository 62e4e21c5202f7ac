/** What fusion makes of programs, as text: the passes over memory that are left. */
import {
  add,
  conv,
  grad,
  layer,
  loss,
  matmul,
  maxPool,
  mean,
  mul,
  optimizer,
  pipe,
  random,
  reshape,
  reverse,
  square,
  sub,
  sum,
  type Tensor,
  tanh,
  train,
  transpose,
  valueAndGrad,
  vjp,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { buildGraph } from '../../src/engine/fusion/build.js'
import { merge } from '../../src/engine/fusion/merge.js'
import { printGraph } from '../../src/engine/fusion/print.js'
import type { Graph } from '../../src/engine/fusion/stage.js'
import { wasmTarget } from '../../src/engine/wasm/target.js'
import * as primitive from '../../src/primitives/index.js'
import { inlineCalls, simplify } from '../../src/program/index.js'
import { concrete, flatten, sizeOf, typed, unflatten } from '../../src/tensor/index.js'
import { trace } from '../../src/trace/index.js'
import type { Flat } from './support/run.js'

const fused = (f: Flat, ...inputs: Parameters<Flat>[0]): Graph =>
  merge(buildGraph(inlineCalls(simplify(trace(f, inputs).program)), wasmTarget), wasmTarget.costs.fusion)

/** The graph of a function of trees. */
const graphOf =
  <A extends readonly object[]>(f: (...args: A) => object) =>
  (...args: A): Graph => {
    const { leaves, structure } = flatten('test', args)
    return fused(values => flatten('test', f(...typed<A>(unflatten(structure, values)))).leaves, ...leaves)
  }

describe('golden stages', () => {
  test('a dense layer with tanh and the mean squared error, forward and backward', async () => {
    interface Params {
      readonly w: Tensor<'4 8'>
      readonly b: Tensor<'8'>
    }
    const errorOf = ({ w, b }: Params, x: Tensor<'32 4'>, y: Tensor<'32 8'>): Tensor<''> =>
      pipe(x, matmul(w), add(b), tanh, sub(y), square, mean())
    const graph = graphOf((params: Params, x: Tensor<'32 4'>, y: Tensor<'32 8'>) => valueAndGrad(errorOf)(params, x, y))
    await expect(printGraph(graph({ w: zeros('4 8'), b: zeros('8') }, zeros('32 4'), zeros('32 8')))).toMatchFileSnapshot(
      '../golden/fused-dense.txt',
    )
  })

  test('a convolution and its gradients: windows are read where they lie', async () => {
    const errorOf = (kernel: Tensor<'4 2 3 3'>, x: Tensor<'5 2 8 8'>): Tensor<''> =>
      pipe(x, conv(kernel, { padding: 'same' }), square, sum())
    const graph = graphOf((kernel: Tensor<'4 2 3 3'>, x: Tensor<'5 2 8 8'>) => {
      const [value, gradient] = valueAndGrad(errorOf)(kernel, x)
      return [value, gradient, grad((y: typeof x) => errorOf(kernel, y))(x)] as const
    })
    await expect(printGraph(graph(zeros('4 2 3 3'), zeros('5 2 8 8')))).toMatchFileSnapshot('../golden/fused-convolution.txt')
  })

  test('softmax cross-entropy of a linear layer, forward and backward', async () => {
    const model = pipe(layer.input('4'), layer.dense(3))
    const errorOf = train.batchLoss(model, loss.softmaxCrossEntropy)
    const params = model.init(random.key(0))
    const graph = graphOf((p: typeof params, input: Tensor<'6 4'>, target: Tensor<'6', 'int32'>) =>
      valueAndGrad(errorOf<{ input: typeof input; target: typeof target }>)(p, { input, target }),
    )
    await expect(printGraph(graph(params, zeros('6 4'), zeros('6', {}, 'int32')))).toMatchFileSnapshot('../golden/fused-softmax.txt')
  })

  test('the maximum of windows side by side, forward and backward', async () => {
    const graph = graphOf((x: Tensor<'2 6 4'>, ct: Tensor<'2 3 2'>) => {
      const [y, pullback] = vjp((at: Tensor<'2 6 4'>) => pipe(at, maxPool([2, 2])))(x)
      return [y, pullback(ct)] as const
    })
    await expect(printGraph(graph(zeros('2 6 4'), zeros('2 3 2')))).toMatchFileSnapshot('../golden/fused-max-pool.txt')
  })

  const params = { w: zeros('10 3'), b: zeros('3') }
  const adam = optimizer.adam(0.01)
  const update = (gradients: typeof params, state: ReturnType<typeof adam.init<typeof params>>, at: typeof params) => {
    const [updates, next] = adam.update(gradients, state, at)
    return [optimizer.applyUpdates(at, updates), next] as const
  }
  const adamGraph = graphOf(update)(params, adam.init(params), params)

  test('an update by Adam', async () => {
    await expect(printGraph(adamGraph)).toMatchFileSnapshot('../golden/fused-adam.txt')
  })

  test('an update by Adam is one pass for each parameter, and one for the step count', () => {
    expect(adamGraph.stages.map(stage => (stage.kind === 'map' ? [stage.sizes, stage.stores.length] : stage.kind))).toEqual([
      [[], 3],
      [[10, 3], 3],
      [[3], 3],
    ])
  })
})

const of = (f: Flat, ...inputs: Parameters<Flat>[0]): readonly string[] =>
  printGraph(fused(f, ...inputs))
    .split('\n')
    .slice(1, -3)
const [vector, matrix] = [
  concrete([6], 'float32', Float32Array.of(1, 2, 3, 4, 5, 6)),
  concrete([2, 3], 'float32', Float32Array.of(1, 2, 3, 4, 5, 6)),
]

describe('text', () => {
  test('of views: places in entries, only where a buffer is not read in order', () => {
    const view: Flat = ([x = vector]) => [
      primitive.add(primitive.reverseAxes(x, [0]), primitive.reshapeTo(primitive.permuteAxes(primitive.reshapeTo(x, [2, 3]), [1, 0]), [6])),
    ]
    expect(of(view, vector)).toMatchInlineSnapshot(`
      [
        "  map '3 2' {",
        "    b2: float32 '6' = b0[-2i - j + 5] + b0[i + 3j]",
        "  }",
      ]
    `)
    const some: Flat = ([x = vector]) => [primitive.neg(primitive.sliceOf(x, { start: [1], stop: [6], step: [2] }))]
    expect(of(some, vector)).toMatchInlineSnapshot(`
      [
        "  map '3' {",
        "    b1: float32 '3' = neg(b0[2i + 1])",
        "  }",
      ]
    `)
    const spread: Flat = ([x = matrix]) => [primitive.mul(x, primitive.broadcastAxes(primitive.sumAxes(x, [1]), [2, 3], [1]))]
    expect(of(spread, matrix)).toMatchInlineSnapshot(`
      [
        "  sum '2' over '3' by rows {",
        "    b1: float32 '2' = b0",
        "  }",
        "  map '2 3' {",
        "    b2: float32 '2 3' = b0 * b1[i]",
        "  }",
      ]
    `)
  })

  test('of numbers, casts, functions and parts that are read twice', () => {
    const f: Flat = ([x = vector]) => {
      const whole = primitive.castTo(primitive.maximum(x, primitive.filled(x, -0)), 'int32')
      return [primitive.select(primitive.less(whole, primitive.filled(whole, 3)), whole, primitive.neg(whole))]
    }
    expect(of(f, vector)).toMatchInlineSnapshot(`
      [
        "  map '6' {",
        "    t0 = int32(maximum(b0, -0))",
        "    b1: int32 '6' = select(t0 < 3, t0, neg(t0))",
        "  }",
      ]
    `)
  })

  test('of products: what is transposed, and what goes through memory otherwise', () => {
    const params = { left: [0], right: [0], leftBatch: [], rightBatch: [] }
    expect(of(([x = matrix]) => [primitive.contract(x, x, params)], matrix)).toMatchInlineSnapshot(`
      [
        "  contract '3 2' by '2 3' {",
        "    b1: float32 '3 3' = b0ᵀ · b0",
        "  }",
      ]
    `)
    const batched: Flat = ([x = matrix]) => [primitive.contract(x, x, { left: [], right: [], leftBatch: [1], rightBatch: [1] })]
    expect(of(batched, matrix)).toMatchInlineSnapshot(`
      [
        "  contract 3 times '2 1' by '1 2' {",
        "    b1: float32 '3 2 2' = b0[i + 3j] · b0[i + 3k]",
        "  }",
      ]
    `)
  })

  test('of parts that are placed', () => {
    const padded: Flat = ([x = vector]) => [primitive.padWith(x, { low: [1], high: [0], interior: [1] })]
    expect(of(padded, vector)).toMatchInlineSnapshot(`
      [
        "  map '6' among zeros {",
        "    b1[2i + 1]: float32 '12' = b0",
        "  }",
      ]
    `)
    const joined: Flat = ([x = matrix]) => [primitive.concatAxis([x, primitive.neg(x)], 1)]
    expect(of(joined, matrix)).toMatchInlineSnapshot(`
      [
        "  map '2 3' {",
        "    b1[6i + j]: float32 '2 6' = b0",
        "  }",
        "  map '2 3' {",
        "    b1[6i + j + 3]: float32 '2 6' = neg(b0)",
        "  }",
      ]
    `)
  })

  test('of what finds its places at run time', () => {
    const indices = concrete([4], 'int32', Int32Array.of(0, 1, 1, 0))
    const f: Flat = ([x = matrix, i = indices]) => {
      const rows = primitive.gather(x, i, { axis: 0, batch: 0 })
      return [primitive.scatterAdd(x, i, rows, { axis: 0, batch: 0 }), primitive.argmaxAxis(rows, 0)]
    }
    expect(of(f, matrix, indices)).toMatchInlineSnapshot(`
      [
        "  routine gather batches 1, before 1, size 2, after 3, count 4 {",
        "    b2: float32 '4 3' = gather(b0, b1)",
        "  }",
        "  map '2 3' {",
        "    b3: float32 '2 3' = b0",
        "  }",
        "  routine scatterAdd batches 1, before 1, size 2, after 3, count 4 {",
        "    b3: float32 '2 3' += scatterAdd(b1, b2)",
        "  }",
        "  routine argmax outer 1, size 4, inner 3 {",
        "    b4: int32 '3' = argmax(b2)",
        "  }",
      ]
    `)
    const keys = concrete([2], 'uint32', Uint32Array.of(1, 2))
    expect(of(([k = keys]) => [primitive.threefry(k, k)], keys)).toMatchInlineSnapshot(`
      [
        "  routine threefry blocks 1 {",
        "    b1: uint32 '2' = threefry(b0, b0)",
        "  }",
      ]
    `)
  })

  test('does not depend on what was traced before', () => {
    const again = () => printGraph(fused(([x = vector]) => [primitive.tanh(primitive.add(x, x))], vector))
    expect(again()).toBe(again())
  })
})

describe('fusion', () => {
  test('a chain of operations is one pass, and computes nothing twice', () => {
    const graph = graphOf((x: Tensor<'8'>) => pipe(x, tanh, mul(2), add(x), square))(zeros('8'))
    expect(graph.stages.map(({ kind }) => kind)).toEqual(['map'])
  })

  test('work before a broadcast is done once, not for every copy', () => {
    const graph = graphOf((x: Tensor<'3'>, y: Tensor<'8 3'>) => pipe(y, add(tanh(x))))(zeros('3'), zeros('8 3'))
    expect(graph.stages.map(stage => (stage.kind === 'map' ? stage.sizes : []))).toEqual([[3], [8, 3]])
  })

  test('transposes, reversals and reshapes are read in place, where strides can say it', () => {
    const kinds = (graph: Graph): readonly string[] => graph.stages.map(({ kind }) => kind)
    expect(kinds(graphOf((x: Tensor<'2 3'>) => pipe(x, tanh, transpose, reverse(0), sum()))(zeros('2 3')))).toEqual(['reduce'])
    expect(kinds(graphOf((x: Tensor<'2 6'>) => pipe(x, tanh, reshape('2 2 3'), reverse(2), sum()))(zeros('2 6')))).toEqual(['reduce'])
    // The rows of a transposed matrix do not lie evenly one after another: a copy is made.
    expect(kinds(graphOf((x: Tensor<'2 3'>) => pipe(x, transpose, reshape('6'), tanh, sum()))(zeros('2 3')))).toEqual(['map', 'reduce'])
  })

  test('maps over as many places are one pass, where one of them can go through its loads by the axes of the other', () => {
    const graph = graphOf((x: Tensor<'2 3'>, y: Tensor<'6'>) => pipe(x, transpose, reshape('6'), tanh, add(y)))(zeros('2 3'), zeros('6'))
    expect(graph.stages.map(stage => (stage.kind === 'map' ? stage.sizes : []))).toEqual([[3, 2]])
  })

  test('what takes a few quick operations is computed where it is read, once for all products', () => {
    const relu: Flat = ([x = matrix, y = vector]) => {
      const sums = primitive.add(x, primitive.broadcastAxes(y, [2, 3], [0]))
      const z = primitive.maximum(sums, primitive.filled(sums, 0))
      const product = primitive.contract(z, z, { left: [1], right: [1], leftBatch: [], rightBatch: [] })
      return [product, primitive.sumAxes(z, [0])]
    }
    expect(of(relu, matrix, concrete([3], 'float32', Float32Array.of(1, 2, 3)))).toMatchInlineSnapshot(`
      [
        "  map '2 3' {",
        "    b2: float32 '2 3' = maximum(b0 + b1[j], 0)",
        "  }",
        "  contract '2 3' by '3 2' {",
        "    b3: float32 '2 2' = b2 · b2ᵀ",
        "  }",
        "  sum '3' over '2' by columns {",
        "    b4: float32 '3' = maximum(b0[i + 3j] + b1[i], 0)",
        "  }",
      ]
    `)
  })

  test('the entries of overlapping windows are computed before they are repeated', () => {
    const graph = graphOf((x: Tensor<'1 6'>, w: Tensor<'1 1 3'>) => pipe(x, mul(2), conv(w)))(zeros('1 6'), zeros('1 1 3'))
    expect(graph.stages.map(stage => (stage.kind === 'map' ? sizeOf(stage.sizes) : stage.kind))).toEqual([6, 'contract'])
  })

  test('what no result needs is not computed', () => {
    const { program } = trace(([x = vector]) => [primitive.neg(x), primitive.tanh(x)], [vector])
    const graph = merge(buildGraph({ ...program, outputs: program.outputs.slice(0, 1) }, wasmTarget), wasmTarget.costs.fusion)
    expect(printGraph(graph)).not.toContain('tanh')
  })
})
