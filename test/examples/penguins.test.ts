import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'pullback'
import { describe, expect, test } from 'vitest'
import { main } from '../../examples/penguins.js'
import { decodePenguins } from '../../examples/support/penguin-data.js'
import { confusionTable } from '../../examples/support/report.js'

const file = fileURLToPath(new URL('../../node_modules/vega-datasets/data/penguins.json', import.meta.url))
const decoded = decodePenguins('penguins.json')(readFileSync(file, 'utf8'))
if (E.isLeft(decoded)) throw decoded.left
const { penguins, count, rejected } = decoded.right
const config = { seed: 0, epochs: 30, batchSize: 32, learningRate: 0.01 }

describe('penguins', () => {
  test('rows with missing measurements are counted and told', () => {
    expect(count).toBe(342)
    expect(rejected.split('\n')).toEqual([
      '2 rows rejected',
      "  2 × 'Beak Length (mm)' is null (first in row 3)",
      "  2 × 'Beak Depth (mm)' is null (first in row 3)",
      "  2 × 'Flipper Length (mm)' is null (first in row 3)",
      "  2 × 'Body Mass (g)' is null (first in row 3)",
    ])
  })

  test.each([0, 1, 2])('seed %i: at least 0.97 of the held-out penguins are classified rightly', seed => {
    const { accuracy, confusion, counts, losses } = main({ ...config, seed }, () => undefined)(penguins)
    const total = confusion.flat().reduce((sum, n) => sum + n, 0)
    const right = confusion.reduce((sum, row, i) => sum + (row[i] ?? 0), 0)
    expect(accuracy).toBeGreaterThanOrEqual(0.97)
    expect(counts).toEqual({ train: 257, test: 85 })
    expect(total).toBe(85)
    expect(right / total).toBeCloseTo(accuracy, 6)
    expect(losses).toHaveLength(30 * Math.ceil(257 / 32))
  })

  test('the same seed gives the same bits, another seed others', () => {
    const run = (seed: number) => main({ ...config, epochs: 2, seed }, () => undefined)(penguins)
    expect(run(3).model).toBe(run(3).model)
    expect(run(3).model).not.toBe(run(4).model)
  })

  test('every step is told, and the saved model names its tensors', () => {
    const steps: number[] = []
    const { model, drawing, losses } = main({ ...config, epochs: 1 }, step => steps.push(step))(penguins)
    expect(steps).toEqual(losses.map((_, i) => i + 1))
    expect(drawing).toMatch(/^flowchart TD\n/)
    expect(drawing).toContain('tanh')
    const saved: { readonly tensors: readonly { readonly name: string }[] } = JSON.parse(model)
    expect(saved.tensors.map(({ name }) => name)).toEqual([
      'mean',
      'params.0.bias',
      'params.0.weight',
      'params.1.bias',
      'params.1.weight',
      'std',
    ])
  })

  test('a file that is not JSON, an empty list and rows that all fail are Lefts', () => {
    const message = (text: string): string =>
      pipe(
        decodePenguins('p.json')(text),
        E.match(
          error => error.message,
          () => 'decoded',
        ),
      )
    expect(message('{"a": ')).toMatch(/^p\.json: not JSON: /)
    expect(message('[]')).toBe('p.json: there are no rows: the list is empty')
    expect(message('{"rows": []}')).toBe('p.json: a list of rows is expected, this is an object')
    expect(message('[{"Species": "Emperor"}]')).toMatch(/^p\.json: no row decodes: 1 row rejected\n {2}1 × 'Species' is "Emperor"/)
  })

  test('the confusion matrix as a table', () => {
    expect(
      confusionTable(
        ['cat', 'dog'],
        [
          [3, 1],
          [0, 12],
        ],
      ),
    ).toBe(['true \\ predicted      cat    dog', 'cat                     3      1', 'dog                     0     12'].join('\n'))
  })
})
