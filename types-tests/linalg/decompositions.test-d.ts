import { pipe, type Tensor } from 'pullback'
import {
  cond,
  type Eigh,
  eigh,
  eigvalsh,
  expm,
  lstsq,
  matrixNorm,
  matrixPower,
  matrixRank,
  pinv,
  type QrFactors,
  qr,
  qrComplete,
  type SvdFactors,
  svd,
  svdvals,
} from 'pullback/linalg'
import { known, unknown } from '../assert.js'
import { gradual, images, ints, vector, x } from '../given.js'

declare const a: Tensor<'n n'>
declare const batch: Tensor<'batch 5 3', 'float64'>
declare const wide: Tensor<'3 12'>

known('qr', qr()(batch)).is<QrFactors<'batch 5 3', 'batch 3 3', 'float64'>>()
known('qr', qr()(wide)).is<QrFactors<'3 3', '3 12', 'float32'>>()
known('qr', qr()(a)).is<QrFactors<'n n', 'n n', 'float32'>>()
known('qr', qr('784')(images)).is<QrFactors<'batch 784', '784 784', 'float32'>>()
unknown('qr', qr()(gradual)).is<QrFactors<string, string, 'float32'>>()
known('qrComplete', qrComplete(images)).is<QrFactors<'batch batch', 'batch 784', 'float32'>>()
unknown('qrComplete', qrComplete(gradual)).is<QrFactors<string, string, 'float32'>>()
known('eigh', eigh(a)).is<Eigh<'n', 'n n', 'float32'>>()
unknown('eigh', eigh(gradual)).is<Eigh<string, string, 'float32'>>()
known('eigvalsh', eigvalsh(a)).is<Tensor<'n'>>()
unknown('eigvalsh', eigvalsh(gradual)).is<Tensor<string>>()
known('svd', svd()(batch)).is<SvdFactors<'batch 5 3', 'batch 3', 'batch 3 3', 'float64'>>()
known('svd', svd()(wide)).is<SvdFactors<'3 3', '3', '3 12', 'float32'>>()
known('svd', pipe(images, svd('batch'))).is<SvdFactors<'batch batch', 'batch', 'batch 784', 'float32'>>()
unknown('svd', svd()(gradual)).is<SvdFactors<string, string, string, 'float32'>>()
known('svdvals', svdvals()(batch)).is<Tensor<'batch 3', 'float64'>>()
known('svdvals', svdvals('784')(images)).is<Tensor<'784'>>()
unknown('svdvals', svdvals()(gradual)).is<Tensor<string>>()
known('pinv', pinv()(batch)).is<Tensor<'batch 3 5', 'float64'>>()
known('pinv', pinv({ rtol: 1e-3 })(images)).is<Tensor<'784 batch'>>()
unknown('pinv', pinv()(gradual)).is<Tensor<string>>()
known('lstsq', lstsq(x)(x)).is<Tensor<'3 3'>>()
known('lstsq', pipe(vector, lstsq(wide))).is<Tensor<'12'>>()
unknown('lstsq', lstsq(gradual)(x)).is<Tensor<string>>()
known('matrixRank', matrixRank()(batch)).is<Tensor<'batch', 'int32'>>()
unknown('matrixRank', matrixRank()(gradual)).is<Tensor<string, 'int32'>>()
known('cond', cond(batch)).is<Tensor<'batch', 'float64'>>()
unknown('cond', cond(gradual)).is<Tensor<string>>()
known('matrixNorm', matrixNorm('nuc')(x)).is<Tensor<''>>()
unknown('matrixNorm', matrixNorm(2)(gradual)).is<Tensor<string>>()
known('matrixPower', matrixPower(-2)(a)).is<Tensor<'n n'>>()
unknown('matrixPower', matrixPower(2)(gradual)).is<Tensor<string>>()
known('expm', expm(a)).is<Tensor<'n n'>>()
unknown('expm', expm(gradual)).is<Tensor<string>>()

// @ts-expect-error Argument of type 'Tensor<"batch 784", "float32">' is not assignable to parameter of type '"qr: which axis of 'batch 784' is the smaller is not known: give 'batch' or '784'"'.
qr()(images)
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"qrComplete: '3' is no matrix: it needs two axes"'.
qrComplete(vector)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"eigh: '2 3' is not square: its last two axes differ"'.
eigh(x)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"eigvalsh: '2 3' is not square: its last two axes differ"'.
eigvalsh(x)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"svd: the smaller axis of '2 3' is '2', not '3'"'.
svd('3')(x)
// @ts-expect-error Argument of type 'Tensor<"batch 784", "float32">' is not assignable to parameter of type '"svdvals: the smaller axis of 'batch 784' is 'batch' or '784', not 'n'"'.
svdvals('n')(images)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"pinv: needs a float dtype, not int32: cast('float32') first"'.
pinv()(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"lstsq: pinv(a): '3 2' by '3': inner axes differ, '2' is not '3'"'.
lstsq(x)(vector)
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"matrixRank: '3' is no matrix: it needs two axes"'.
matrixRank()(vector)
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"cond: '3' is no matrix: it needs two axes"'.
cond(vector)
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"matrixNorm: '3' is no matrix: it needs two axes"'.
matrixNorm('fro')(vector)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"matrixPower: '2 3' is not square: its last two axes differ"'.
matrixPower(2)(x)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"expm: '2 3' is not square: its last two axes differ"'.
expm(x)
