/** `vmap` over an axis that stands in any place, of some of the arguments: against a loop over the examples, and what it refuses. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { sameBits, sameUpToRounding } from '../../src/laws/compare.js'
import { jitChangesNothing, matchesDifferences, tensors } from '../../src/laws/index.js'
import { add, matmul, moveAxis, mul, sin, sum, transpose } from '../../src/ops/index.js'
import { concatAxis, reshapeTo, sliceAxis } from '../../src/primitives/index.js'
import { check } from '../../src/program/index.js'
import { dims, join, type Place } from '../../src/shape/index.js'
import { ones, relabel, type Tensor, tensor, toNested, typed, type Value, zeros } from '../../src/tensor/index.js'
import { grad, jit, type MappedAxis, oneExample, program, vmap, vmapWithAxis } from '../../src/transform/index.js'
import { draws } from '../support/draws.js'
import { testOnEach } from '../support/engines.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const among = (place: number, count: number): number => (place < 0 ? place + count : place)
const without = <T>(list: readonly T[], i: number): readonly T[] => [...list.slice(0, i), ...list.slice(i + 1)]
const withEntry = <T>(list: readonly T[], i: number, entry: T): readonly T[] => [...list.slice(0, i), entry, ...list.slice(i)]

/** The example of a number, of a tensor with the axis in a place. */
const example = (x: Value, place: Place, i: number): Value => {
  if (place === null) return x
  const axis = among(place, x.sizes.length)
  return relabel(join(without(dims(x.shape), axis)), reshapeTo(sliceAxis(x, axis, i, i + 1), without(x.sizes, axis)))
}

/** Results of examples with the axis in a place; those of the first example where they are the same for all. */
const stacked = (name: string, rows: readonly Value[], place: Place): Value => {
  const [first] = rows
  if (first === undefined) throw new Error('no example')
  if (place === null) return first
  const axis = among(place, first.sizes.length + 1)
  const parts = rows.map(row => reshapeTo(row, withEntry(row.sizes, axis, 1)))
  return relabel(join(withEntry(dims(first.shape), axis, name)), concatAxis(parts, axis))
}

type A = Tensor<'2 3', 'float64'>
type B = Tensor<'3', 'float64'>
const f = (a: A, b: B) => [pipe(a, mul(b), sin), pipe(a, matmul(b)), pipe(b, sum())] as const
/** The same for a list of two values. */
const loop = (
  values: readonly [Value, Value],
  [placeA, placeB]: readonly [Place, Place],
  outs: readonly Place[],
  size: number,
): readonly Value[] => {
  const results = Array.from({ length: size }, (_, i) =>
    typed<readonly Value[]>(f(typed<A>(example(values[0], placeA, i)), typed<B>(example(values[1], placeB, i)))),
  )
  return outs.map((place, k) =>
    stacked(
      'n',
      results.map(result => result[k] ?? values[0]),
      place,
    ),
  )
}

const placeOf = (rank: number) => fc.integer({ min: -rank - 1, max: rank })
const maybe = (place: fc.Arbitrary<number>): fc.Arbitrary<Place> => fc.option(place, { freq: 3 })

/** Places for both arguments, of which one has the axis, and for the results, of which the last differs by example only where b does. */
const placings = fc
  .tuple(maybe(placeOf(2)), maybe(placeOf(1)), placeOf(2), placeOf(1), maybe(placeOf(0)), fc.integer({ min: 1, max: 4 }))
  .filter(([a, b, , , last]) => !(a === null && b === null) && !(b !== null && last === null))

const sizesWith = (sizes: readonly number[], place: Place, size: number): readonly number[] =>
  place === null ? sizes : withEntry(sizes, among(place, sizes.length + 1), size)
const namesWith = (names: readonly string[], place: Place): string =>
  join(place === null ? names : withEntry(names, among(place, names.length + 1), 'n'))

const run = (args: readonly [Value, Value], ins: readonly Place[], outs: readonly Place[]) =>
  typed<readonly Value[]>(loose(vmap)('n', { in: ins, out: outs })(f)(...args))

describe('any places', () => {
  const drawn = placings.chain(([a, b, first, second, last, size]) =>
    fc
      .tuple(
        tensors<string, 'float64'>(sizesWith([2, 3], a, size).join(' '), { dtype: 'float64', low: -2, high: 2 }),
        tensors<string, 'float64'>(sizesWith([3], b, size).join(' '), { dtype: 'float64', low: -2, high: 2 }),
      )
      .map(([x, y]) => ({
        args: [relabel(namesWith(['2', '3'], a), x), relabel(namesWith(['3'], b), y)] as const,
        ins: [a, b] as const,
        outs: [first, second, last],
        size,
      })),
  )

  testOnEach('it is a loop over the examples, bit for bit', () => {
    fc.assert(
      fc.property(drawn, ({ args, ins, outs, size }) => {
        sameBits('places', 'vmap and the loop', run(args, ins, outs), loop(args, ins, outs, size))
      }),
      draws(51, 60),
    )
  })

  test('compiled it gives the same bits, and its program is valid', () => {
    fc.assert(
      fc.property(drawn, ({ args, ins, outs }) => {
        const g = (x: Value, y: Value) => run([x, y], ins, outs)
        jitChangesNothing(g)(...args)
        check(program.of(g)(...args))
      }),
      draws(52, 10),
    )
  })

  test('its gradient is that of the loop', () => {
    fc.assert(
      fc.property(drawn, ({ args, ins, outs, size }) => {
        const total = (of: readonly Value[]) =>
          of.map(y => typed<Tensor<'', 'float64'>>(loose(sum)()(loose(sin)(y)))).reduce((a, b) => pipe(a, add(b)))
        const mappedGradient = grad(([x, y]: readonly [Value, Value]) => total(run([x, y], ins, outs)))(args)
        const loopGradient = grad(([x, y]: readonly [Value, Value]) => total(loop([x, y], ins, outs, size)))(args)
        sameUpToRounding('places', 'both gradients', mappedGradient, loopGradient, 10)
      }),
      draws(53, 20),
    )
  })

  test('moving the axis first, or the result after, is the same', () => {
    fc.assert(
      fc.property(tensors('2 5 3'), x => {
        const square = (row: Tensor<'2 3'>) => pipe(row, mul(row))
        const plain = pipe(x, moveAxis(1, 0), vmap('5')(square), moveAxis(0, 2))
        sameBits('places', 'both', vmap('5', { in: 1, out: 2 })(square)(x), plain)
        sameBits('places', 'both', vmap('5', { in: -2, out: -1 })(square)(x), plain)
      }),
      draws(54, 10),
    )
  })
})

describe('by hand', () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ])

  test('columns as examples, with parameters that all share', () => {
    type Params = { readonly w: Tensor<'2'>; readonly b: readonly [Tensor<''>] }
    const g = vmap('3', { in: [{ w: null, b: null }, 1] })((p: Params, v: Tensor<'2'>) => pipe(v, mul(p.w), sum(), add(p.b[0])))
    expect(toNested(g({ w: tensor([1, 10]), b: [tensor(100)] }, x))).toEqual([141, 152, 163])
    const rows = vmap('3', { in: [null, 1], out: { sum: 0, w: null } })((p: Params, v: Tensor<'2'>) => ({ sum: sum()(v), w: p.w }))
    const y = rows({ w: tensor([1, 10]), b: [tensor(100)] }, x)
    expect([toNested(y.sum), toNested(y.w), y.w.shape]).toEqual([[5, 7, 9], [1, 10], '2'])
  })

  test('nested: the outer product of columns and rows', () => {
    const outer = vmap('3', { in: [1, null] })((a: Tensor<'2'>, b: Tensor<'2 3'>) =>
      vmap('2', { in: [null, 0], out: 0 })((c: Tensor<'2'>, d: Tensor<'3'>) => pipe(sum()(c), mul(sum()(d))))(a, b),
    )
    expect(toNested(outer(x, x))).toEqual([
      [30, 75],
      [42, 105],
      [54, 135],
    ])
    expect(toNested(vmap('3', { in: 1, out: 1 })((c: Tensor<'2'>) => c)(x))).toEqual(toNested(x))
    expect(toNested(vmap('3', { in: 1 })((c: Tensor<'2'>) => c)(x))).toEqual(toNested(transpose(x)))
    expect(
      toNested(vmap('3', { in: 1 })((c: Tensor<'2'>) => vmap('2', { out: -1 })((d: Tensor<''>) => pipe(d, mul(ones('1'))))(c))(x)),
    ).toEqual([[[1, 4]], [[2, 5]], [[3, 6]]])
  })

  test('a result that is repeated, in any place', () => {
    const y = vmap('batch', { in: 1, out: [1, -1, null] })((_: Tensor<'2'>) => [tensor([7, 8]), tensor(9), tensor([7, 8])] as const)(
      zeros('2 batch', { batch: 3 }),
    )
    expect(y.map(z => z.shape)).toEqual(['2 batch', 'batch', '2'])
    expect(y.map(z => toNested(z))).toEqual([
      [
        [7, 7, 7],
        [8, 8, 8],
      ],
      [9, 9, 9],
      [7, 8],
    ])
  })

  test('with the axis in hand: a mean is the same for all examples, and need not be stacked', () => {
    const g = vmapWithAxis('3', { in: [1, null], out: [1, null, 0] })(
      axis => (v: Tensor<'2'>, w: Tensor<'2'>) => [pipe(v, mul(w)), axis.mean(v), axis.index] as const,
    )
    const [scaled, mean, index] = g(x, tensor([1, 10]))
    expect([toNested(scaled), toNested(mean), toNested(index)]).toEqual([
      [
        [1, 2, 3],
        [40, 50, 60],
      ],
      [2, 5],
      [0, 1, 2],
    ])
    matchesDifferences((v: Tensor<'2 3', 'float64'>) =>
      vmapWithAxis('3', { in: 1, out: null })(axis => (column: Tensor<'2', 'float64'>) => axis.mean(pipe(column, mul(column))))(v),
    )(
      tensor(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        'float64',
      ),
    )
  })

  test('options that say what is so anyway', () => {
    const plain = vmap('2')((v: Tensor<'3'>) => sum()(v))(x)
    for (const options of [{}, { in: 0 }, { in: [0], out: 0 }, { in: undefined, out: undefined }] as const)
      sameBits('places', 'with options and without', typed<Tensor<'2'>>(loose(vmap)('2', options)((v: Tensor<'3'>) => sum()(v))(x)), plain)
    expect(toNested(jit(vmap('2', { in: -2 })((v: Tensor<'3'>) => sum()(v)))(x))).toEqual([6, 15])
  })

  test('no example', () => {
    const y = vmap('batch', { in: 1, out: 1 })((v: Tensor<'2'>) => pipe(v, mul(2)))(zeros('2 batch', { batch: 0 }))
    expect([y.shape, y.sizes]).toEqual(['2 batch', [2, 0]])
  })
})

describe('errors', () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ])
  const said = (options: unknown, g: unknown, ...args: readonly unknown[]) =>
    errorOf(() => loose(vmap)('batch', options)(g)(...args)).message
  const same = (v: Value): Value => v

  test.each<readonly [string, unknown, unknown, readonly unknown[], string]>([
    ['a position beyond the axes', { in: 2 }, same, [x], "vmap: 'in' puts 'batch' at position 2 of 2 axes (-2 to 1)"],
    ['a position that is no whole number', { in: [0.5] }, same, [x], "vmap: 'in' puts 'batch' at position 0.5 of 2 axes (-2 to 1)"],
    ['a position beyond the axes of the result', { out: -3 }, same, [x], "vmap: 'out' puts 'batch' at position -3 of 2 axes (-2 to 1)"],
    [
      'sizes that differ',
      { in: [0, 1] },
      (a: Value, b: Value) => [a, b],
      [x, x],
      "vmap: 'batch' is 2 in one place and 3 in another: one name has one size",
    ],
    ['all shared', { in: null }, same, [x], "vmap: 'in' shares all arguments: give the position of the axis in one"],
    [
      'all shared, one by one',
      { in: [[null], { a: null }] },
      same,
      [[x], { a: x }],
      "vmap: 'in' shares all arguments: give the position of the axis in one",
    ],
    [
      'too few places',
      { in: [0] },
      (a: Value, b: Value) => [a, b],
      [x, x],
      "vmap: 'in' has another form than the arguments: give one place, or a list or record of them in that form",
    ],
    [
      'other names',
      { in: [{ b: 0 }] },
      (a: object) => a,
      [{ a: x }],
      "vmap: 'in' has another form than the arguments: give one place, or a list or record of them in that form",
    ],
    [
      'a list for a tensor',
      { out: [0] },
      same,
      [x],
      "vmap: 'out' has another form than the result: give one place, or a list or record of them in that form",
    ],
    [
      'what is no place',
      { in: 'batch' },
      same,
      [x],
      `vmap: 'in' has "batch": give the position of the axis, or null for what is the same for all examples`,
    ],
    [
      'a result that differs',
      { out: null },
      same,
      [x],
      "vmap: 'out' is null for the result, which differs by example: give the position of the axis",
    ],
    [
      'one of the results that differs',
      { out: { a: 0, b: null } },
      (v: Value) => ({ a: v, b: v }),
      [x],
      "vmap: 'out' is null for 'b', which differs by example: give the position of the axis",
    ],
    [
      'a scalar that is not shared',
      { in: [0, 0] },
      (a: Value, b: Value) => [a, b],
      [x, tensor(1)],
      "vmap('batch'): '1' is a scalar, with no axis to map over: let the function close over it",
    ],
    ['an option that there is none of', { axes: 0 }, same, [x], "vmap: there is no option 'axes', give in or out"],
  ])('%s', (_, options, g, args, message) => {
    expect(said(options, g, ...args)).toBe(message)
  })

  test('places that hold themselves', () => {
    const cyclic: unknown[] = []
    cyclic.push(cyclic)
    for (const what of ['in', 'out'])
      expect(said({ [what]: cyclic }, same, x)).toBe(`vmap: '${what}' is more than 1000 levels deep: does it hold itself?`)
  })

  test('places that are changed after they were given are those that were given', () => {
    const list = [1, 0]
    const record = { a: 1 }
    const f = loose(vmap)('2', { in: list, out: record })((a: Tensor<'3'>, b: Tensor<'3'>) => ({ a: pipe(a, mul(b)) }))
    const shape = (): string => typed<{ readonly a: Value }>(f(ones('3 2'), ones('2 3'))).a.shape
    const before = shape()
    list.reverse()
    record.a = 0
    expect([shape(), before]).toEqual(['3 2', '3 2'])
  })

  test('those of vmapWithAxis have its name', () => {
    const axisless = (_: MappedAxis) => same
    const of = (options: unknown) => errorOf(() => loose(vmapWithAxis)('batch', options)(axisless)(x)).message
    expect(of({ in: 2 })).toBe("vmapWithAxis: 'in' puts 'batch' at position 2 of 2 axes (-2 to 1)")
    expect(of({ out: null })).toBe("vmapWithAxis: 'out' is null for the result, which differs by example: give the position of the axis")
    expect(of({ in: [0, 0] })).toContain("vmapWithAxis: 'in' has another form than the arguments")
    expect(axisless(oneExample)(x)).toBe(x)
  })
})
