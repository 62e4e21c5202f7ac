/**
 * Discrete Fourier transforms along the last axis, as functions of values.
 *
 * A transform of n = a · b entries is a transform of each column of an a × b matrix, a turn of each entry by an angle of its own, and a transform
 * of each row. A factor is at most 32, or a prime up to 128, and its transform is one product with the matrix of the transform, real and
 * imaginary parts put together. A length with a greater prime factor goes by a convolution with a chirp, whose length is a power of two.
 *
 * Sources: J. W. Cooley and J. W. Tukey, "An algorithm for the machine calculation of complex Fourier series", Mathematics of Computation 19 (1965);
 * L. I. Bluestein, "A linear filtering approach to the computation of discrete Fourier transform", IEEE Trans. Audio Electroacoustics 18 (1970).
 */
import {
  add,
  broadcastAxes,
  concatAxis,
  contract,
  mul,
  neg,
  padAxis,
  permuteAxes,
  reshapeTo,
  reverseAxes,
  sliceAxis,
  sub,
} from '../primitives/index.js'
import { allocate, at, concrete, type DType, sizeOf, type Value } from '../tensor/index.js'

/** Real and imaginary parts, of one shape and dtype. */
export interface ComplexValue {
  readonly re: Value
  readonly im: Value
}

/** -1 forwards, 1 backwards: the sign of the angles. */
export type Direction = 1 | -1

const largestFactor = 32
const largestPrime = 128

/** The cosine of 2π x / n for x from 0 to n / 4, with as few roundings as there can be: 0 and 1 are exact. */
const quarter = (x: number, n: number): number =>
  8 * x <= n ? Math.cos((2 * Math.PI * x) / n) : Math.sin((2 * Math.PI * (n - 4 * x)) / (4 * n))

/** The cosine of 2π place / n, for places from 0 to n. */
const cosine = (place: number, n: number): number => {
  const near = Math.min(place, n - place)
  return 4 * near <= n ? quarter(near, n) : -quarter(n - 2 * near, 2 * n)
}

/** Cosines and sines of `sign · 2π · place / n`. A quarter of a turn later a cosine is what the sine is now. */
const turns = (places: readonly number[], n: number, sign: Direction, dtype: DType, sizes: readonly number[]): ComplexValue => {
  const [re, im] = [allocate(dtype, places.length), allocate(dtype, places.length)]
  places.forEach((place, i) => {
    re[i] = cosine(place % n, n)
    im[i] = sign * cosine((4 * (place % n) + 3 * n) % (4 * n), 4 * n)
  })
  return { re: concrete(sizes, dtype, re), im: concrete(sizes, dtype, im) }
}

/** The tables that were used last, by their length and dtype; they take longer to compute than a transform. */
const kept = new Map<string, ComplexValue>()
const most = 16

const keeping = (key: string, make: () => ComplexValue): ComplexValue => {
  const found = kept.get(key) ?? make()
  kept.delete(key)
  kept.set(key, found)
  for (const oldest of kept.keys()) if (kept.size > most) kept.delete(oldest)
  return found
}

/** The prime factors, ascending. */
const primesOf = (n: number): readonly number[] => {
  const primes: number[] = []
  let [left, p] = [n, 2]
  while (p * p <= left) {
    if (left % p === 0) {
      primes.push(p)
      left /= p
    } else p += 1
  }
  return left > 1 ? [...primes, left] : primes
}

/** The largest factor of n that one product transforms; undefined where a prime factor is too large for one. */
const factorOf = (n: number): number | undefined => {
  const primes = primesOf(n)
  if (primes.some(p => p > largestPrime)) return undefined
  const factors = Array.from({ length: Math.min(n, largestFactor) }, (_, i) => i + 1).filter(f => n % f === 0)
  return Math.max(factors.at(-1) ?? 1, primes.at(-1) ?? 1)
}

/** The product of complex numbers with those of a table. */
const turned = ({ re, im }: ComplexValue, table: ComplexValue): ComplexValue => ({
  re: sub(mul(re, table.re), mul(im, table.im)),
  im: add(mul(re, table.im), mul(im, table.re)),
})

/** A table beside leading axes. */
const beside = (table: Value, sizes: readonly number[]): Value =>
  broadcastAxes(
    table,
    sizes,
    sizes.slice(0, sizes.length - table.sizes.length).map((_, axis) => axis),
  )

const besideBoth = ({ re, im }: ComplexValue, sizes: readonly number[]): ComplexValue => ({ re: beside(re, sizes), im: beside(im, sizes) })

/**
 * The matrix of a transform of n entries, for real and imaginary parts put together: 'part n part n', the first two axes of what goes in, the
 * others of what comes out.
 */
const matrixOf = (n: number, sign: Direction, dtype: DType): Value => {
  const places = Array.from({ length: n * n }, (_, i) => (Math.floor(i / n) * (i % n)) % n)
  const { re, im } = turns(places, n, sign, dtype, [1, n, 1, n])
  return concatAxis([concatAxis([re, im], 2), concatAxis([neg(im), re], 2)], 0)
}

/** Both parts together, as 'batch part entries', to the transforms of the rows. */
const transformed = (z: Value, sign: Direction): Value => {
  const [batch, , n] = [at(z.sizes, 0), at(z.sizes, 1), at(z.sizes, 2)]
  if (n <= 1) return z
  const a = factorOf(n) ?? n
  const b = n / a
  const matrix = matrixOf(a, sign, z.dtype)
  // 'batch b part a': the columns are transformed, and the rows are left.
  const columns = contract(reshapeTo(z, [batch, 2, a, b]), matrix, { left: [1, 2], right: [0, 1], leftBatch: [], rightBatch: [] })
  if (b === 1) return reshapeTo(columns, [batch, 2, n])
  const rows = permuteAxes(columns, [0, 3, 2, 1])
  const parts = { re: part(rows, 2, 0), im: part(rows, 2, 1) }
  const table = keeping(`${n} ${a} ${sign} ${z.dtype}`, () => {
    const places = Array.from({ length: n }, (_, i) => Math.floor(i / b) * (i % b))
    return turns(places, n, sign, z.dtype, [a, b])
  })
  const { re, im } = turned(parts, besideBoth(table, [batch, a, b]))
  const both = concatAxis([reshapeTo(re, [batch * a, 1, b]), reshapeTo(im, [batch * a, 1, b])], 1)
  const done = reshapeTo(transformed(both, sign), [batch, a, 2, b])
  return reshapeTo(permuteAxes(done, [0, 2, 3, 1]), [batch, 2, n])
}

/** One of the entries along an axis, without the axis. */
const part = (x: Value, axis: number, i: number): Value =>
  reshapeTo(
    sliceAxis(x, axis, i, i + 1),
    x.sizes.filter((_, other) => other !== axis),
  )

/** By a convolution with a chirp: n · k is half of n² + k² - (n - k)². */
const byChirp = (z: ComplexValue, sign: Direction): ComplexValue => {
  const [batch, n] = [at(z.re.sizes, 0), at(z.re.sizes, 1)]
  const { dtype } = z.re
  const length = 2 ** Math.ceil(Math.log2(2 * n - 1))
  // n² is taken modulo 2n, so that the angle keeps its digits.
  const squares = Array.from({ length: n }, (_, i) => Number((BigInt(i) * BigInt(i)) % BigInt(2 * n)))
  const chirp = keeping(`chirp ${n} ${sign} ${dtype}`, () => turns(squares, 2 * n, sign, dtype, [n]))
  const answer = keeping(`answer ${n} ${sign} ${dtype}`, () => {
    const back = turns(squares, 2 * n, sign === 1 ? -1 : 1, dtype, [n])
    const around = (x: Value): Value =>
      concatAxis([x, padAxis(reverseAxes(sliceAxis(x, 0, 1, n), [0]), 0, { low: length - 2 * n + 1, high: 0, interior: 0 })], 0)
    const spectrum = transformRows({ re: reshapeTo(around(back.re), [1, length]), im: reshapeTo(around(back.im), [1, length]) }, -1)
    return { re: reshapeTo(spectrum.re, [length]), im: reshapeTo(spectrum.im, [length]) }
  })
  const wide = (x: Value): Value => padAxis(x, 1, { low: 0, high: length - n, interior: 0 })
  const first = turned(z, besideBoth(chirp, [batch, n]))
  const spectrum = transformRows({ re: wide(first.re), im: wide(first.im) }, -1)
  const product = transformRows(turned(spectrum, besideBoth(answer, [batch, length])), 1)
  const scaled = (x: Value): Value => {
    const cut = sliceAxis(x, 1, 0, n)
    return mul(cut, concrete(cut.sizes, dtype, 1 / length))
  }
  return turned({ re: scaled(product.re), im: scaled(product.im) }, besideBoth(chirp, [batch, n]))
}

/** The transforms of the rows of 'batch n', not divided by anything. */
const transformRows = (z: ComplexValue, sign: Direction): ComplexValue => {
  const [batch, n] = [at(z.re.sizes, 0), at(z.re.sizes, 1)]
  if (n > 1 && factorOf(n) === undefined) return byChirp(z, sign)
  const both = concatAxis([reshapeTo(z.re, [batch, 1, n]), reshapeTo(z.im, [batch, 1, n])], 1)
  const done = transformed(both, sign)
  return { re: part(done, 1, 0), im: part(done, 1, 1) }
}

/** The transform along the last axis; backwards it is not divided by the length. */
export const transformLast = (z: ComplexValue, sign: Direction): ComplexValue => {
  const { sizes } = z.re
  const n = at(sizes, sizes.length - 1)
  const batch = sizeOf(sizes.slice(0, -1))
  if (batch * n === 0) return z
  const done = transformRows({ re: reshapeTo(z.re, [batch, n]), im: reshapeTo(z.im, [batch, n]) }, sign)
  return { re: reshapeTo(done.re, sizes), im: reshapeTo(done.im, sizes) }
}

/** Both parts times a number. */
export const scaledBy = ({ re, im }: ComplexValue, factor: number): ComplexValue => ({
  re: mul(re, concrete(re.sizes, re.dtype, factor)),
  im: mul(im, concrete(im.sizes, im.dtype, factor)),
})

/** The first half and one more of the transform of real rows; the others are their conjugates. */
export const transformReal = (x: Value): ComplexValue => {
  const { sizes, dtype } = x
  const last = sizes.length - 1
  const n = at(sizes, last)
  const half = Math.floor(n / 2)
  const upTo = (y: Value): Value => sliceAxis(y, last, 0, half + 1)
  if (n % 2 === 1 || n < 2 || sizeOf(sizes) === 0) {
    const whole = transformLast({ re: x, im: concrete(sizes, dtype, 0) }, -1)
    return { re: upTo(whole.re), im: upTo(whole.im) }
  }
  // Entries of even places as real and those of odd places as imaginary parts: one transform of half the length gives both.
  const pairs = reshapeTo(x, [...sizes.slice(0, -1), half, 2])
  const z = transformLast({ re: part(pairs, last + 1, 0), im: part(pairs, last + 1, 1) }, -1)
  const closed = (y: Value): Value => concatAxis([y, sliceAxis(y, last, 0, 1)], last)
  const [re, im] = [closed(z.re), closed(z.im)]
  const [reBack, imBack] = [reverseAxes(re, [last]), reverseAxes(im, [last])]
  const halved = (y: Value): Value => mul(y, concrete(y.sizes, dtype, 0.5))
  const even = { re: halved(add(re, reBack)), im: halved(sub(im, imBack)) }
  const odd = { re: halved(add(im, imBack)), im: halved(sub(reBack, re)) }
  const table = keeping(`real ${n} ${dtype}`, () =>
    turns(
      Array.from({ length: half + 1 }, (_, i) => i),
      n,
      -1,
      dtype,
      [half + 1],
    ),
  )
  const turnedOdd = turned(odd, besideBoth(table, re.sizes))
  return { re: add(even.re, turnedOdd.re), im: add(even.im, turnedOdd.im) }
}

/** The real rows of n entries whose transform begins with these, not divided by anything. */
export const transformToReal = ({ re, im }: ComplexValue, n: number): Value => {
  const last = re.sizes.length - 1
  const half = at(re.sizes, last)
  // What is left out are the conjugates of the entries between the first and, if n is even, the last.
  const back = (x: Value): Value => reverseAxes(sliceAxis(x, last, 1, n - half + 1), [last])
  const whole = { re: concatAxis([re, back(re)], last), im: concatAxis([im, neg(back(im))], last) }
  return transformLast(whole, 1).re
}
