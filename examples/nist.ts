/**
 * Non-linear regression on certified data: three of the Statistical Reference Datasets of the US National Institute of Standards and
 * Technology, each with parameters certified to eleven digits and two starting points, the first farther away. Each model is a few tensor
 * operations, and `jacobian` differentiates it, exactly. Levenberg-Marquardt finds the parameters from every start, in float64;
 * Gauss-Newton does so where it starts near enough, and elsewhere runs away or settles at another stationary point.
 *
 * Source: https://www.itl.nist.gov/div898/strd/nls/nls_main.shtml
 *
 *   npx tsx examples/nist.ts
 */
import { fileURLToPath } from 'node:url'
import * as E from 'fp-ts/lib/Either.js'
import { add, div, expm1, fromArray, mul, neg, type PullbackError, pipe, slice, sub, type Tensor, toNested } from 'pullback'
import { type Fit, gaussNewton, levenbergMarquardt, type Residuals } from './support/levenberg-marquardt.js'

type Points = Tensor<'points', 'float64'>
type Parameters = Tensor<'parameters', 'float64'>

export interface Problem {
  readonly name: string
  readonly model: (x: Points) => (b: Parameters) => Points
  readonly starts: readonly (readonly number[])[]
  readonly certified: { readonly parameters: readonly number[]; readonly sumOfSquares: number }
  /** Rows of y and x. */
  readonly observations: readonly (readonly [y: number, x: number])[]
}

/** Dental research, adsorption in one layer: y = b1 (1 - e^(-b2 x)). */
export const misra1a: Problem = {
  name: 'Misra1a',
  model: x => b => {
    const [b1, b2] = [slice('0')(b), slice('1')(b)]
    return pipe(x, mul(b2), neg, expm1, neg, mul(b1))
  },
  starts: [
    [500, 0.0001],
    [250, 0.0005],
  ],
  certified: { parameters: [2.3894212918e2, 5.5015643181e-4], sumOfSquares: 1.2455138894e-1 },
  // biome-ignore format: as published
  observations: [
    [10.07, 77.6], [14.73, 114.9], [17.94, 141.1], [23.93, 190.8], [29.61, 239.9], [35.18, 289], [40.02, 332.8],
    [44.82, 378.4], [50.76, 434.8], [55.05, 477.3], [61.01, 536.8], [66.4, 593.1], [75.47, 689.1], [81.78, 760],
  ],
}

/** Kowalik and Osborne's problem, hard from afar: y = b1 (x² + b2 x) / (x² + b3 x + b4). */
export const mgh09: Problem = {
  name: 'MGH09',
  model: x => b => {
    const [b1, b2, b3, b4] = [slice('0')(b), slice('1')(b), slice('2')(b), slice('3')(b)]
    const numerator = pipe(x, add(b2), mul(x), mul(b1))
    return pipe(numerator, div(pipe(x, add(b3), mul(x), add(b4))))
  },
  starts: [
    [25, 39, 41.5, 39],
    [0.25, 0.39, 0.415, 0.39],
  ],
  certified: {
    parameters: [1.9280693458e-1, 1.9128232873e-1, 1.2305650693e-1, 1.3606233068e-1],
    sumOfSquares: 3.0750560385e-4,
  },
  // biome-ignore format: as published
  observations: [
    [0.1957, 4], [0.1947, 2], [0.1735, 1], [0.16, 0.5], [0.0844, 0.25], [0.0627, 0.167],
    [0.0456, 0.125], [0.0342, 0.1], [0.0323, 0.0833], [0.0235, 0.0714], [0.0246, 0.0625],
  ],
}

/** Electron mobility in a semiconductor: y = (b1 + b2 x + b3 x² + b4 x³) / (1 + b5 x + b6 x² + b7 x³). */
export const thurber: Problem = {
  name: 'Thurber',
  model: x => b => {
    const [b1, b2, b3, b4] = [slice('0')(b), slice('1')(b), slice('2')(b), slice('3')(b)]
    const [b5, b6, b7] = [slice('4')(b), slice('5')(b), slice('6')(b)]
    const numerator = pipe(x, mul(b4), add(b3), mul(x), add(b2), mul(x), add(b1))
    return pipe(numerator, div(pipe(x, mul(b7), add(b6), mul(x), add(b5), mul(x), add(1))))
  },
  starts: [
    [1000, 1000, 400, 40, 0.7, 0.3, 0.03],
    [1300, 1500, 500, 75, 1, 0.4, 0.05],
  ],
  certified: {
    parameters: [1.28813968e3, 1.4910792535e3, 5.8323836877e2, 7.5416644291e1, 9.6629502864e-1, 3.9797285797e-1, 4.9727297349e-2],
    sumOfSquares: 5.6427082397e3,
  },
  // biome-ignore format: as published
  observations: [
    [80.574, -3.067], [84.248, -2.981], [87.264, -2.921], [87.195, -2.912], [89.076, -2.84], [89.608, -2.797],
    [89.868, -2.702], [90.101, -2.699], [92.405, -2.633], [95.854, -2.481], [100.696, -2.363], [101.06, -2.322],
    [401.672, -1.501], [390.724, -1.46], [567.534, -1.274], [635.316, -1.212], [733.054, -1.1], [759.087, -1.046],
    [894.206, -0.915], [990.785, -0.714], [1090.109, -0.566], [1080.914, -0.545], [1122.643, -0.4], [1178.351, -0.309],
    [1260.531, -0.109], [1273.514, -0.103], [1288.339, 0.01], [1327.543, 0.119], [1353.863, 0.377], [1414.509, 0.79],
    [1425.208, 0.963], [1421.384, 1.006], [1442.962, 1.115], [1464.35, 1.572], [1468.705, 1.841], [1447.894, 2.047],
    [1457.628, 2.2],
  ],
}

const methods = { 'Gauss-Newton': gaussNewton, 'Levenberg-Marquardt': levenbergMarquardt } as const

export interface Config {
  readonly problems: readonly Problem[]
  readonly methods: readonly (keyof typeof methods)[]
}

export interface Result {
  readonly problem: string
  readonly start: number
  readonly method: keyof typeof methods
  readonly fit: Fit
  readonly certified: readonly number[]
  readonly found: readonly number[]
  /** How many digits of each parameter are those certified. */
  readonly digits: readonly number[]
}

/** The base-ten logarithm of the relative error, at most the eleven digits that are certified. */
export const correctDigits = (certified: number, found: number): number => {
  const digits = -Math.log10(Math.abs(found - certified) / Math.abs(certified))
  return Number.isNaN(digits) ? 0 : Math.max(0, Math.min(11, digits))
}

/** What a problem's model, at given parameters, leaves unexplained. */
export const residualsOf = ({ model, observations }: Problem): E.Either<PullbackError, Residuals> =>
  pipe(
    observations,
    fromArray('points 2', 'float64'),
    E.map(table => {
      const predict = model(slice(':, 1')(table))
      return b => pipe(predict(b), sub(slice(':, 0')(table)))
    }),
  )

export const main = ({ problems, methods: chosen }: Config): E.Either<PullbackError, readonly Result[]> => {
  const cases = problems.flatMap(problem => problem.starts.flatMap((start, i) => chosen.map(method => ({ problem, start, i, method }))))
  return pipe(
    cases,
    E.traverseArray(({ problem, start, i, method }) =>
      pipe(
        E.Do,
        E.bind('residuals', () => residualsOf(problem)),
        E.bind('start', () => fromArray('parameters', 'float64')(start)),
        E.map(({ residuals, start }) => {
          const fit = methods[method](residuals, start)
          const certified = problem.certified.parameters
          const found = toNested(fit.parameters)
          const digits = certified.map((value, k) => correctDigits(value, found[k] ?? Number.NaN))
          return { problem: problem.name, start: i + 1, method, fit, certified, found, digits }
        }),
      ),
    ),
  )
}

const table = ({ problem, start, method, fit, certified, found, digits }: Result): string => {
  const outcome = fit.converged ? `${fit.iterations} steps, sum of squares ${fit.sumOfSquares.toExponential(10)}` : 'does not converge'
  const rows = certified.map((value, k) => {
    const [right, ours] = [value, found[k] ?? Number.NaN].map(number => number.toExponential(10).padStart(18))
    return `  b${k + 1}${right}${ours}${digits[k]?.toFixed(1).padStart(8)}`
  })
  const head = `${problem}, start ${start}, ${method}: ${outcome}`
  return fit.converged ? [head, '             certified             found  digits', ...rows, ''].join('\n') : `${head}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  pipe(
    main({ problems: [misra1a, mgh09, thurber], methods: ['Gauss-Newton', 'Levenberg-Marquardt'] }),
    E.match(
      error => {
        console.error(error.message)
        process.exitCode = 1
      },
      results => {
        for (const result of results) console.log(table(result))
      },
    ),
  )
