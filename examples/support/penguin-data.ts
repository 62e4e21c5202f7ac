/** Palmer penguins: four measurements and a species, decoded row by row; rows with missing values are counted, not crashed on. */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { data, fromArray, type PullbackError, type Tensor } from 'pullback'

export const species = ['Adelie', 'Chinstrap', 'Gentoo'] as const

const Row = t.type({
  Species: t.keyof({ Adelie: null, Chinstrap: null, Gentoo: null }),
  'Beak Length (mm)': t.number,
  'Beak Depth (mm)': t.number,
  'Flipper Length (mm)': t.number,
  'Body Mass (g)': t.number,
})
type Row = t.TypeOf<typeof Row>

export interface Penguins {
  readonly input: Tensor<'batch 4'>
  readonly target: Tensor<'batch', 'int32'>
}

export interface Decoded {
  readonly penguins: Penguins
  readonly count: number
  /** How many rows did not decode, and why. */
  readonly rejected: string
}

const measurements = (row: Row): readonly number[] => [
  row['Beak Length (mm)'],
  row['Beak Depth (mm)'],
  row['Flipper Length (mm)'],
  row['Body Mass (g)'],
]

/** The text of the JSON file as tensors. */
export const decodePenguins =
  (where: string) =>
  (text: string): E.Either<PullbackError, Decoded> =>
    pipe(
      data.parseJson(where)(text),
      E.flatMap(data.rowsOf(where)),
      E.map(data.decodeRows(Row)),
      E.flatMap(data.someRows(where)),
      E.flatMap(({ rows, rejected }) =>
        pipe(
          E.Do,
          E.bind('input', () => fromArray('batch 4')(rows.map(measurements))),
          E.bind('target', () => fromArray('batch', 'int32')(rows.map(row => species.indexOf(row.Species)))),
          E.map(penguins => ({ penguins, count: rows.length, rejected: data.describeRejected(rejected) })),
        ),
      ),
    )
