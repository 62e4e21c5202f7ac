/** A user's module with Fourier transforms; see `model.ts`. */
import { zeros } from 'pullback'
import * as fft from 'pullback/fft'

const z = { re: zeros('4 6'), im: zeros('4 6') }

export const own = {
  fft: fft.fft(0),
  fftOf: fft.fft(0)(z),
  ifft: fft.ifft(-1),
  fftn: fft.fftn(),
  fftnOf: fft.fftn([0, 1])(z),
  ifftn: fft.ifftn([0, 1]),
  rfft: fft.rfft(1),
  rfftOf: fft.rfft(1)(z.re),
  irfft: fft.irfft(10, 1),
  irfftOf: fft.irfft(10, 1)(z),
  fftFreq: fft.fftFreq(4),
  rfftFreq: fft.rfftFreq(4, 0.5),
  fftShift: fft.fftShift(),
  ifftShift: fft.ifftShift(0),
}
