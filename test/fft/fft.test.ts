/** Fourier transforms against the sum that defines them, in float64; what they keep; their gradients. */
import * as fc from 'fast-check'
import {
  add,
  cast,
  grad,
  jit,
  mul,
  pipe,
  reference,
  square,
  sum,
  type Tensor,
  tensor,
  toArray,
  toNested,
  vmap,
  withEngine,
  zeros,
} from 'pullback'
import { type Complex, fft, fftFreq, fftn, fftShift, ifft, ifftn, ifftShift, irfft, rfft, rfftFreq } from 'pullback/fft'
import { describe, expect, test } from 'vitest'
import { distance, matrix } from '../linalg/support.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

type Any = Complex<string, 'float64'>

const random = (rows: number, n: number): Any => ({ re: matrix(rows, n, 1), im: matrix(rows, n, 2) })

/** The sum that defines the transform of each row. */
const bySum = ({ re, im }: Any, sign: 1 | -1): readonly (readonly [number, number])[] => {
  const n = re.sizes[1] ?? 0
  const [real, imaginary] = [[...toArray(re)], [...toArray(im)]]
  return real.map((_, place) => {
    const [row, k] = [Math.floor(place / n) * n, place % n]
    let [x, y] = [0, 0]
    for (let j = 0; j < n; j += 1) {
      const angle = (sign * 2 * Math.PI * ((j * k) % n)) / n
      const [a = 0, b = 0] = [real[row + j], imaginary[row + j]]
      x += a * Math.cos(angle) - b * Math.sin(angle)
      y += a * Math.sin(angle) + b * Math.cos(angle)
    }
    return [x, y]
  })
}

const expectClose = (z: Any, expected: readonly (readonly [number, number])[], tolerance: number): void => {
  const [re, im] = [[...toArray(z.re)], [...toArray(z.im)]]
  const far = expected.reduce(
    (most, [x, y], i) => Math.max(most, Math.abs((re[i] ?? Number.NaN) - x), Math.abs((im[i] ?? Number.NaN) - y)),
    0,
  )
  expect(far).toBeLessThan(tolerance)
}

// One factor, two and three of them, primes, a prime by itself and one that goes by the chirp, alone and as a factor.
const lengths = [1, 2, 3, 8, 30, 32, 36, 64, 97, 127, 131, 262, 360, 1024]

describe('fft', () => {
  test.each(lengths)('%i entries, there and back', n => {
    const z = random(2, n)
    // The sum itself is off by some n roundings of 1e-16.
    expectClose(fft(1)(z), bySum(z, -1), 1e-11)
    const back = ifft(1)(fft(1)(z))
    expect(Math.max(distance(back.re, z.re), distance(back.im, z.im))).toBeLessThan(1e-13)
  })
  test('in float32 to some units of its last place, also for a power of two that takes four factors', () => {
    const n = 2 ** 16
    const z = random(1, n)
    const half = { re: cast('float32')(z.re), im: cast('float32')(z.im) }
    const [exact, found] = [fft(1)(z), fft(1)(half)]
    // Entries are about √n = 256, with errors of about 1e-7 of that.
    expect(distance(exact.re, cast('float64')(found.re))).toBeLessThan(3e-4)
    expect(distance(exact.im, cast('float64')(found.im))).toBeLessThan(3e-4)
  })
  test('along any axis, with names, compiled, mapped, by the plain loops', () => {
    const z = {
      re: tensor([
        [1, 2, 3],
        [4, 5, 7],
      ]),
      im: tensor([
        [0, 1, 0],
        [2, 0, 1],
      ]),
    }
    const columns = {
      re: [
        [5, 7, 10],
        [-3, -3, -4],
      ],
      im: [
        [2, 1, 1],
        [-2, 1, -1],
      ],
    }
    const found = fft(0)(z)
    expect([toNested(found.re), toNested(found.im)]).toEqual([columns.re, columns.im])
    expect(toNested(jit(fft(0))(z).re)).toEqual(columns.re)
    expect(toNested(withEngine(reference)(() => fft(0)(z)).re)).toEqual(columns.re)
    const rows = vmap('2')((row: Complex<'3', 'float32'>) => fft(0)(row))(z)
    expect(distance(rows.re, fft(1)(z).re)).toBe(0)
    const named = { re: zeros('batch 4', { batch: 2 }), im: zeros('batch 4', { batch: 2 }) }
    expect([fft('batch')(named).re.shape, fft(-1)(named).im.shape]).toEqual(['batch 4', 'batch 4'])
  })
  test('nothing of nothing', () => {
    expect(fft(0)({ re: zeros('0'), im: zeros('0') }).re.sizes).toEqual([0])
    expect(ifftn()({ re: zeros('0 3'), im: zeros('0 3') }).re.sizes).toEqual([0, 3])
  })
  test('keeps the sum of squares, but for the factor n', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), n => {
        const z = random(1, n)
        const energy = ({ re, im }: Any): number => [...toArray(re), ...toArray(im)].reduce((total, x) => total + x * x, 0)
        expect(energy(fft(1)(z)) / n / energy(z)).toBeCloseTo(1, 12)
      }),
      { numRuns: 15 },
    )
  })
  test('the gradient of the power is 2 n times the numbers', () => {
    const im = zeros('6', {}, 'float64')
    const power = (re: Tensor<'6', 'float64'>) => {
      const z = fft(0)({ re, im })
      return pipe(z.re, square, add(square(z.im)), sum())
    }
    const x = tensor([1, -2, 3, 0.5, 2, 1], 'float64')
    expect(distance(grad(power)(x), pipe(x, mul(12)))).toBeLessThan(1e-12)
  })
})

describe('fftn', () => {
  test('is one transform after another', () => {
    const z = random(4, 6)
    const [both, twice] = [fftn()(z), fft(0)(fft(1)(z))]
    expect(Math.max(distance(both.re, twice.re), distance(both.im, twice.im))).toBeLessThan(1e-13)
    const back = ifftn([0, 1])(both)
    expect(Math.max(distance(back.re, z.re), distance(back.im, z.im))).toBeLessThan(1e-14)
  })
})

describe('rfft and irfft', () => {
  test.each([1, 2, 3, 4, 7, 10, 64, 131])('%i entries: the first half of the whole transform, and back', n => {
    const x = matrix(2, n)
    const whole = fft(1)({ re: x, im: pipe(x, mul(0)) })
    const half = Math.floor(n / 2) + 1
    const found = loose(rfft)(1)(x)
    const firstOf = (y: Tensor<string, 'float64'>): readonly number[] => [...toArray(y)].filter((_, i) => i % n < half)
    const parts: Any = { re: Reflect.get(Object(found), 're'), im: Reflect.get(Object(found), 'im') }
    expectClose(
      parts,
      firstOf(whole.re).map((a, i) => [a, firstOf(whole.im)[i] ?? 0] as const),
      1e-12,
    )
    expect(loose(distance)(loose(irfft)(n, 1)(found), x)).toBeLessThan(1e-14)
  })
  test('refuses a half of another length, when it is compiled and when it is run', () => {
    expect(errorOf(() => loose(irfft)(9, 0)({ re: zeros('4'), im: zeros('4') })).message).toBe(
      "irfft: axis 0 of '4' is not '5', the half of 9",
    )
    expect(errorOf(() => irfft(9, 0)({ re: zeros('n', { n: 4 }), im: zeros('n', { n: 4 }) })).message).toBe(
      "irfft: axis 0 of 'n' is not '5', the half of 9",
    )
  })
  test('says what is missing of a real tensor and of parts that differ', () => {
    expect(errorOf(() => loose(fft)(0)(tensor([1, 2]))).message).toMatch(
      /^fft: .* has no real and imaginary parts: give { re, im }, for real numbers use rfft/,
    )
    expect(errorOf(() => loose(fft)(0)({ re: zeros('2'), im: zeros('3') })).message).toBe(
      "fft: the real parts are '2' and the imaginary ones '3': give one shape",
    )
    expect(errorOf(() => loose(fft)(0)({ re: zeros('2', {}, 'int32'), im: zeros('2', {}, 'int32') })).message).toMatch(
      /^fft: needs a float dtype, not int32/,
    )
  })
})

describe('frequencies', () => {
  test('of even and odd lengths', () => {
    expect(toNested(fftFreq(4))).toEqual([0, 0.25, -0.5, -0.25])
    expect(toNested(fftFreq(5, 0.2))).toEqual([0, 1, 2, -2, -1])
    expect(toNested(rfftFreq(5, 0.2))).toEqual([0, 1, 2])
    expect(errorOf(() => fftFreq(0)).message).toBe('fftFreq: n is 0: give a whole number from 1 up')
    expect(errorOf(() => rfftFreq(4, 0)).message).toBe('rfftFreq: the spacing is 0: give a number above 0')
  })
  test('frequency 0 comes into the middle, and goes back', () => {
    expect(toNested(fftShift()(tensor([0, 1, 2, -2, -1])))).toEqual([-2, -1, 0, 1, 2])
    expect(toNested(ifftShift(0)(fftShift(0)(tensor([0, 1, 2, -2, -1]))))).toEqual([0, 1, 2, -2, -1])
    expect(toNested(fftShift(1)(tensor([[0, 1, 2, 3]])))).toEqual([[2, 3, 0, 1]])
  })
})
