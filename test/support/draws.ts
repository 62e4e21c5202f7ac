/**
 * How many random inputs a property is tried on, and from which seed. `npm test` draws the same inputs each time, as many as a test says; `LAW_RUNS`
 * multiplies their number and `LAW_SEED` moves every seed, for a longer search: `npm run test:long`. Nothing else reads these variables.
 */

/** A page of a browser has no environment. */
const environment: { readonly LAW_RUNS?: string; readonly LAW_SEED?: string } = typeof process === 'undefined' ? {} : process.env

/** A whole number from the environment, or the fallback where it is not set. */
export const wholeNumber = (name: string, text: string | undefined, least: number, fallback: number): number => {
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= least && value < 2 ** 31) return value
  throw new Error(`${name} is '${text}': give a whole number from ${least} to 2^31 - 1`)
}

const times = wholeNumber('LAW_RUNS', environment.LAW_RUNS, 1, 1)
const moved = wholeNumber('LAW_SEED', environment.LAW_SEED, 0, 0)

/** Parameters of fast-check's `assert`: a property's own seed, and how often it is tried at least. */
export const draws = (seed: number, runs = 100): { readonly seed: number; readonly numRuns: number } => ({
  seed: (seed + moved) | 0,
  numRuns: runs * times,
})
