/**
 * Discrete Fourier transforms of any length, along one axis or several, on pairs of real and imaginary parts. They are made of products and turns, so that
 * they have gradients and run under every transformation and on every engine. Names are those of numpy.fft.
 *
 * @example
 * import { pipe, tensor, toNested } from 'pullback'
 * import { irfft, rfft } from 'pullback/fft'
 *
 * const { re, im } = rfft(0)(tensor([1, 2, 1, 2]))
 * assert.deepEqual([toNested(re), toNested(im)], [[6, 0, -2], [0, 0, 0]])
 * assert.deepEqual(toNested(pipe({ re, im }, irfft(4, 0))), [1, 2, 1, 2])
 */
export { fftFreq, fftShift, ifftShift, rfftFreq, type Shift, type Shifting } from './frequencies.js'
export { type InverseRealTransform, irfft, type RealTransform, rfft } from './real.js'
export type { Half, HalfOf, Whole } from './rules.js'
export { type AlongAxes, type AlongOneAxis, type Complex, fft, fftn, ifft, ifftn, type Transform, type TransformAll } from './transform.js'
