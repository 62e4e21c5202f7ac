/**
 * Spectral filtering: a signal of three tones lies in noise as loud as they are. Its Fourier transform has the tones in a few large entries and the noise in
 * many small ones, so that what is left of the large entries alone is close to the signal. The threshold is trained: the gradient of the distance goes
 * through the transform, a smooth gate and the transform back.
 *
 *   npx tsx examples/spectral-filter.ts
 */
import { fileURLToPath } from 'node:url'
import {
  add,
  arange,
  cast,
  exp,
  grad,
  jit,
  mean,
  mul,
  pipe,
  random,
  sigmoid,
  sin,
  sqrt,
  square,
  sub,
  type Tensor,
  tensor,
  toArray,
  toNumber,
} from 'pullback'
import { irfft, rfft, rfftFreq } from 'pullback/fft'

type Signal = Tensor<'1000'>
type Spectrum = Tensor<'501'>

export interface Config {
  readonly seed: number
  /** The tones, in cycles over the whole signal. */
  readonly tones: readonly number[]
  readonly steps: number
}

export interface Result {
  readonly clean: Signal
  readonly noisy: Signal
  readonly filtered: Signal
  /** How loud an entry has to be, relative to the mean. */
  readonly threshold: number
  /** The amplitude of each entry of the spectrum of the noisy signal, and its frequency in cycles per sample. */
  readonly spectrum: Spectrum
  readonly frequencies: Spectrum
}

/** What the entries louder than the threshold, which is a logarithm, make by themselves. */
export const filter =
  (threshold: Tensor<''>) =>
  (signal: Signal): Signal => {
    const { re, im } = rfft(0)(signal)
    const power = pipe(re, square, add(square(im)))
    const loudness = pipe(power, add(1e-6), sqrt)
    // From 0 to 1 around the threshold, so that the threshold has a gradient.
    const gate = pipe(loudness, sub(pipe(loudness, mean(), mul(exp(threshold)))), mul(0.1), sigmoid)
    return pipe({ re: mul(gate)(re), im: mul(gate)(im) }, irfft(1000, 0))
  }

/** The mean squared distance of two signals. */
const apart = (x: Signal, y: Signal): Tensor<''> => pipe(x, sub(y), square, mean())
export const distance = (x: Signal, y: Signal): number => Math.sqrt(toNumber(apart(x, y)))

const signalOf = (tones: readonly number[]): Signal => {
  const place = pipe(arange(1000), cast('float32'), mul((2 * Math.PI) / 1000))
  return tones.reduce<Signal>((sum, tone) => pipe(place, mul(tone), sin, add(sum)), pipe(place, mul(0)))
}

export const main = ({ seed, tones, steps }: Config): Result => {
  const [own, other] = random.split(2)(random.key(seed))
  const clean = signalOf(tones)
  const noisy = pipe(random.normal('1000')(own), add(clean))
  // The threshold is trained on other noise than the one it is tried on.
  const practice = pipe(random.normal('1000')(other), add(clean))
  const gradient = jit(grad((threshold: Tensor<''>) => apart(filter(threshold)(practice), clean)))
  let threshold = tensor(0)
  for (let step = 0; step < steps; step += 1) threshold = pipe(threshold, sub(pipe(gradient(threshold), mul(2))))
  const { re, im } = rfft(0)(noisy)
  return {
    clean,
    noisy,
    filtered: filter(threshold)(noisy),
    threshold: Math.exp(toNumber(threshold)),
    spectrum: pipe(re, square, add(square(im)), sqrt),
    frequencies: rfftFreq(1000),
  }
}

const bars = (values: ArrayLike<number>, rows: number, columns: number): string => {
  const each = Math.ceil(values.length / columns)
  const tops = Array.from({ length: columns }, (_, i) => Math.max(...Array.from(values).slice(i * each, (i + 1) * each), 0))
  const most = Math.max(...tops)
  return Array.from({ length: rows }, (_, row) =>
    tops
      .map(top => (top / most > (rows - 1 - row) / rows ? '█' : ' '))
      .join('')
      .trimEnd(),
  ).join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { clean, noisy, filtered, threshold, spectrum } = main({ seed: 0, tones: [7, 19, 40], steps: 60 })
  console.log('the spectrum, up to a tenth of the sampling rate\n')
  console.log(bars(toArray(spectrum).slice(0, 100), 10, 100))
  console.log(`\nthreshold:         ${threshold.toFixed(2)} times the mean`)
  console.log(`off by, noisy:     ${distance(noisy, clean).toFixed(3)}`)
  console.log(`off by, filtered:  ${distance(filtered, clean).toFixed(3)}`)
}
