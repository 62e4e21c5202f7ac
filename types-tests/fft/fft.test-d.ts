import type { Tensor } from 'pullback'
import { type Complex, fft, fftFreq, fftn, fftShift, ifft, ifftn, ifftShift, irfft, rfft, rfftFreq } from 'pullback/fft'
import { known, unknown } from '../assert.js'
import { gradual, images, ints, vector, x } from '../given.js'

declare const z: Complex<'2 3', 'float32'>
declare const batch: Complex<'batch 8', 'float64'>
declare const wide: Complex<string, 'float32'>
declare const whole: Complex<'3', 'int32'>
declare const count: number

known('fft', fft(0)(z)).is<Complex<'2 3', 'float32'>>()
known('fft', fft('batch')(batch)).is<Complex<'batch 8', 'float64'>>()
known('fft', fft(0)({ re: x, im: x })).is<Complex<'2 3', 'float32'>>()
unknown('fft', fft(0)(wide)).is<Complex<string, 'float32'>>()
// @ts-expect-error Argument of type 'Complex<"2 3", "float32">' is not assignable to parameter of type '"fft: axis 2 is out of range for '2 3', which has 2 axes (-2 to 1)"'.
fft(2)(z)
// @ts-expect-error Argument of type 'Complex<"3", "int32">' is not assignable to parameter of type '"fft: needs a float dtype, not int32: cast('float32') first"'.
fft(0)(whole)
known('ifft', ifft(-1)(batch)).is<Complex<'batch 8', 'float64'>>()
unknown('ifft', ifft(0)(wide)).is<Complex<string, 'float32'>>()
// @ts-expect-error Argument of type 'Complex<"2 3", "float32">' is not assignable to parameter of type '"ifft: '2 3' has no axis 'n'"'.
ifft('n')(z)

known('fftn', fftn()(z)).is<Complex<'2 3', 'float32'>>()
unknown('fftn', fftn()(wide)).is<Complex<string, 'float32'>>()
// @ts-expect-error Argument of type 'Complex<"2 3", "float32">' is not assignable to parameter of type '"fftn: axis 0 of '2 3' is given twice"'.
fftn([0, 0])(z)
known('ifftn', ifftn([0])(z)).is<Complex<'2 3', 'float32'>>()
unknown('ifftn', ifftn()(wide)).is<Complex<string, 'float32'>>()
// @ts-expect-error Argument of type 'Complex<"2 3", "float32">' is not assignable to parameter of type '"ifftn: axis 5 is out of range for '2 3', which has 2 axes (-2 to 1)"'.
ifftn(5)(z)

known('rfft', rfft(1)(x)).is<Complex<'2 2', 'float32'>>()
known('rfft', rfft('batch')(images)).is<Complex<'batch//2+1 784', 'float32'>>()
unknown('rfft', rfft(0)(gradual)).is<Complex<string, 'float32'>>()
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"rfft: needs a float dtype, not int32: cast('float32') first"'.
rfft(0)(ints)
known('irfft', irfft(14, -1)(batch)).is<Tensor<'batch 14', 'float64'>>()
known('irfft', irfft(15, -1)(batch)).is<Tensor<'batch 15', 'float64'>>()
unknown('irfft', irfft(4, 0)(wide)).is<Tensor<string>>()
// @ts-expect-error Argument of type 'Complex<"2 3", "float32">' is not assignable to parameter of type '"irfft: axis 1 of '2 3' is not '5', the half of 9"'.
irfft(9, 1)(z)

known('fftFreq', fftFreq(4)).is<Tensor<'4'>>()
unknown('fftFreq', fftFreq(count)).is<Tensor<`${number}`>>()
// @ts-expect-error Argument of type 'string' is not assignable to parameter of type 'number'.
fftFreq('4')
known('rfftFreq', rfftFreq(5, 0.1)).is<Tensor<'3'>>()
unknown('rfftFreq', rfftFreq(count)).is<Tensor<`${number}`>>()
// @ts-expect-error Argument of type 'string' is not assignable to parameter of type 'number'.
rfftFreq('4')
known('fftShift', fftShift()(x)).is<Tensor<'2 3'>>()
unknown('fftShift', fftShift(0)(gradual)).is<Tensor<string>>()
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"fftShift: axis 1 is out of range for '3', which has 1 axis (-1 to 0)"'.
fftShift(1)(vector)
known('ifftShift', ifftShift([0, 1])(x)).is<Tensor<'2 3'>>()
unknown('ifftShift', ifftShift()(gradual)).is<Tensor<string>>()
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"ifftShift: axis 1 is out of range for '3', which has 1 axis (-1 to 0)"'.
ifftShift(1)(vector)
