/**
 * Principal components of a real data set: in which directions four measurements of penguins vary most. They are the right singular vectors of the
 * standardised measurements, and the singular values say how much varies along each.
 *
 *   npx tsx examples/principal-components.ts
 */
import { fileURLToPath } from 'node:url'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { cast, data, div, matmul, pipe, square, sum, type Tensor, toArray, toNested, transpose } from 'pullback'
import { svd } from 'pullback/linalg'
import { read } from './support/files.js'
import { decodePenguins, type Penguins } from './support/penguin-data.js'

export interface Components {
  /** A direction to each row, the one of most variance first. */
  readonly directions: Tensor<'4 4', 'float64'>
  /** The share of all variance along each. */
  readonly shares: Tensor<'4', 'float64'>
  /** Where each penguin is along each. */
  readonly scores: Tensor<'batch 4', 'float64'>
}

export const main = ({ input }: Pick<Penguins, 'input'>): Components => {
  const x = pipe(input, cast('float64'))
  const standardised = data.standardise(x).apply(x)
  const { s, vh } = svd('4')(standardised)
  const variances = square(s)
  return { directions: vh, shares: pipe(variances, div(sum()(variances))), scores: pipe(standardised, matmul(transpose(vh))) }
}

const names = ['beak length', 'beak depth', 'flipper length', 'body mass']

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = fileURLToPath(new URL('../node_modules/vega-datasets/data/penguins.json', import.meta.url))
  const run = pipe(
    read(file),
    TE.flatMap(text => TE.fromEither(decodePenguins(file)(text))),
    TE.match(
      error => console.error(error.message),
      ({ penguins }) => {
        const { directions, shares } = main(penguins)
        console.log(`${'share'.padStart(8)}  ${names.map(name => name.padStart(15)).join('')}`)
        toNested(directions).forEach((direction, i) => {
          const share = `${(100 * (toArray(shares)[i] ?? 0)).toFixed(1)} %`
          console.log(`${share.padStart(8)}  ${direction.map(value => value.toFixed(3).padStart(15)).join('')}`)
        })
      },
    ),
  )
  await run()
}
