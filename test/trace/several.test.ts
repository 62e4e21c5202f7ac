/**
 * Primitives with several outputs, by one that is made here: e^x and x² of each entry. Its routine goes through an array of its own in a first phase
 * and computes both results in a second, so that it also tries what no primitive of the library needs yet.
 */
import { describe, expect, test } from 'vitest'
import { reference } from '../../src/engine/reference/index.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { type Body, type Routine, routine as r } from '../../src/kernel/index.js'
import { add, exp, filled, mul, reshapeTo } from '../../src/primitives/index.js'
import { type Aval, allocate, at, type DType, sizeOf, toNested, type Value } from '../../src/tensor/index.js'
import { bind, perExample, severalPrimitive } from '../../src/trace/index.js'
import { jit } from '../../src/transform/jit.js'
import { jvp } from '../../src/transform/jvp.js'
import { vjp } from '../../src/transform/vjp.js'
import { vector } from '../support/vectors.js'

type Pair = readonly [Value, Value]
const none = {}
const double = (x: Value): Value => mul(x, filled(x, 2))

const routineOf = ({ sizes, dtype }: Aval): Routine => ({
  kind: 'routine',
  name: 'expAndSquare',
  body: (): Body => {
    const length = sizeOf(sizes)
    const [from, squares] = [r.reads(0, dtype), r.scratch(0, dtype)]
    const x = r.local(dtype)
    const first = r.phase(length, 1, i => [r.set(x, r.load(from, i)), r.store(squares, i, r.mul(x, x))])
    const second = r.phase(length, 10, i => [
      r.store(r.writes(0, dtype), i, r.scalar('exp', dtype, r.load(from, i))),
      r.store(r.writes(1, dtype), i, r.load(squares, i)),
    ])
    return { params: { length }, scratch: [{ dtype, length }], phases: [first, second] }
  },
})

const { of } = severalPrimitive<readonly [Value], Pair, typeof none>({
  name: 'expAndSquare',
  arity: 1,
  outputs: 2,
  samples: [{ params: none, inputs: [{ sizes: [3], dtype: 'float64', low: -1, high: 1 }] }],
  shape: ([x]) => [x, x],
  vjp:
    ([x], _, [e]) =>
    ([ofExp, ofSquare]) => {
      const terms = [ofExp && mul(ofExp, e), ofSquare && mul(ofSquare, double(x))].filter(term => term !== undefined)
      return [terms.length === 2 ? terms.reduce(add) : terms[0]]
    },
  jvp: ([x], [t], _, [e]) => [t ? [mul(t, e)] : [], t ? [mul(t, double(x))] : []],
  batch: ([x]) => {
    const [e, q] = expAndSquare(x)
    return [perExample(e), perExample(q)]
  },
  evaluate: ([x]) => {
    const results = [allocate(x.dtype, x.data.length), allocate(x.dtype, x.data.length)]
    for (let i = 0; i < x.data.length; i += 1) {
      const [e, q] = results
      if (e) e[i] = Math.exp(at(x.data, i))
      if (q) q[i] = at(x.data, i) ** 2
    }
    return results
  },
  lower: ([x]) => routineOf(x),
  uniform: 'no',
})
const expAndSquare = (x: Value): Pair => {
  const [e, q] = bind(of(none), [x])
  if (e === undefined || q === undefined) throw new Error('two outputs')
  return [e, q]
}

/** The same by two primitives with one output each. */
const apart = (x: Value): Pair => [exp(x), mul(x, x)]

const values = [0.5, -1, 2, 0, 1.25, -0.25, 3]
const engines = [reference, wasmEngine({ threads: 1 }), wasmEngine({ threads: 2 })]
const read = (pair: readonly Value[]): unknown => pair.map(x => toNested(x))

describe.each(engines)('on $name', engine => {
  test.each<DType>(['float32', 'float64'])('a compiled call gives the bits of its parts: %s', dtype => {
    const x = vector(values, dtype)
    expect(read(jit(expAndSquare, { engine })(x))).toEqual(read(jit(apart, { engine })(x)))
  })

  test('a result that nobody reads, and one that is read twice', () => {
    const x = vector(values, 'float32')
    const square = jit((y: Value) => mul(expAndSquare(y)[1], expAndSquare(y)[1]), { engine })
    expect(toNested(square(x))).toEqual(values.map(value => Math.fround(value ** 4)))
  })

  test('pullback', () => {
    const x = vector(values, 'float32')
    const product = (f: (x: Value) => Pair) => (y: Value) => mul(...f(y))
    const pulled = (f: (x: Value) => Pair) => jit((y: Value) => vjp(product(f))(y)[1](filled(y, 1)), { engine })(x)
    expect(toNested(pulled(expAndSquare))).toEqual(toNested(pulled(apart)))
  })
})

test('tangents and batches', () => {
  const x = vector(values, 'float32')
  expect(read(jvp(expAndSquare)(x, filled(x, 1))[1])).toEqual(read(jvp(apart)(x, filled(x, 1))[1]))
  const rows = reshapeTo(vector([...values, ...values.toReversed()], 'float32'), [2, 7])
  expect(
    read(
      of(none)
        .batch([rows], [true], 2)
        .map(({ value }) => value),
    ),
  ).toEqual(read(apart(rows)))
})
