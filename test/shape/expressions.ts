import fc from 'fast-check'
import type { Algebra } from '../../src/shape/expression.js'

/** An expression of names, numbers, `+`, `-`, `*` and `//` by a number, with its brackets. */
export const expressions = (names: readonly string[] = ['a', 'b', 'n', 'n2', 'Größe', 'größe']): fc.Arbitrary<string> =>
  fc.letrec<{ readonly sum: string }>(tie => ({
    sum: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom(...names),
      fc.integer({ min: 0, max: 12 }).map(String),
      fc.tuple(tie('sum'), fc.constantFrom('+', '-'), tie('sum')).map(([x, sign, y]) => `(${x})${sign}(${y})`),
      fc.tuple(tie('sum'), tie('sum')).map(([x, y]) => `(${x})*(${y})`),
      fc.tuple(tie('sum'), fc.integer({ min: 1, max: 6 })).map(([x, by]) => `(${x})//${by}`),
      fc.tuple(fc.constantFrom(...names), fc.integer({ min: 1, max: 6 })).map(([x, by]) => `${x}*${by}//2`),
    ),
  })).sum

/** What an expression is for sizes of its names, by whole numbers and `Math.floor` alone. */
export const sized = (sizes: Readonly<Record<string, number>>): Algebra<number> => ({
  number: Number,
  name: name => sizes[name] ?? Number.NaN,
  plus: (x, y) => x + y,
  minus: x => 0 - x,
  // Without the sign of a zero.
  times: (x, y) => x * y + 0,
  floorDivide: (x, by) => Math.floor(x / Number(by)) + 0,
})
