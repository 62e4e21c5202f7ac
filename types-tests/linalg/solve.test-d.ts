import type { Either } from 'fp-ts/lib/Either.js'
import type { PullbackError, Tensor } from 'pullback'
import {
  cholesky,
  choleskyChecked,
  choleskyCheckedOrThrow,
  choSolve,
  det,
  inv,
  type LuFactors,
  luFactor,
  luSolve,
  type SignAndLog,
  slogdet,
  solve,
  solveChecked,
  solveCheckedOrThrow,
  triangularSolve,
} from 'pullback/linalg'
import { known, unknown } from '../assert.js'
import { gradual, ints, vector, x } from '../given.js'

declare const a: Tensor<'n n'>
declare const batch: Tensor<'batch 3 3', 'float64'>
declare const sides: Tensor<'n k'>
declare const many: Tensor<'batch 3 k', 'float64'>
declare const column: Tensor<'3', 'float64'>
declare const whole: Tensor<'3 3', 'int32'>
declare const doubled: Tensor<'n*2 2*n'>

known('cholesky', cholesky(a)).is<Tensor<'n n'>>()
known('cholesky', cholesky(batch)).is<Tensor<'batch 3 3', 'float64'>>()
unknown('cholesky', cholesky(gradual)).is<Tensor<string>>()
known('choleskyChecked', choleskyChecked(a)).is<Either<PullbackError, Tensor<'n n'>>>()
unknown('choleskyChecked', choleskyChecked(gradual)).is<Either<PullbackError, Tensor<string>>>()
known('choleskyCheckedOrThrow', choleskyCheckedOrThrow(a)).is<Tensor<'n n'>>()
unknown('choleskyCheckedOrThrow', choleskyCheckedOrThrow(gradual)).is<Tensor<string>>()
known('choSolve', choSolve(a)(sides)).is<Tensor<'n k'>>()
unknown('choSolve', choSolve(a)(gradual)).is<Tensor<string>>()
known('triangularSolve', triangularSolve(a, { lower: true })(sides)).is<Tensor<'n k'>>()
unknown('triangularSolve', triangularSolve(gradual, { lower: true })(sides)).is<Tensor<string>>()
known('solve', solve(a)(sides)).is<Tensor<'n k'>>()
known('solve', solve(batch)(many)).is<Tensor<'batch 3 k', 'float64'>>()
known('solve', solve(batch)(column)).is<Tensor<'batch 3', 'float64'>>()
unknown('solve', solve(gradual)(vector)).is<Tensor<string>>()
known('solveChecked', solveChecked(batch)(column)).is<Either<PullbackError, Tensor<'batch 3', 'float64'>>>()
unknown('solveChecked', solveChecked(gradual)(vector)).is<Either<PullbackError, Tensor<string>>>()
known('solveCheckedOrThrow', solveCheckedOrThrow(batch)(column)).is<Tensor<'batch 3', 'float64'>>()
unknown('solveCheckedOrThrow', solveCheckedOrThrow(gradual)(vector)).is<Tensor<string>>()
known('inv', inv(doubled)).is<Tensor<'n*2 2*n'>>()
unknown('inv', inv(gradual)).is<Tensor<string>>()
known('det', det(a)).is<Tensor<''>>()
known('det', det(batch)).is<Tensor<'batch', 'float64'>>()
unknown('det', det(gradual)).is<Tensor<string>>()
known('slogdet', slogdet(batch)).is<SignAndLog<'batch', 'float64'>>()
unknown('slogdet', slogdet(gradual)).is<SignAndLog<string, 'float32'>>()
known('luFactor', luFactor(batch)).is<LuFactors<'batch 3 3', 'batch 3', 'float64'>>()
unknown('luFactor', luFactor(gradual)).is<LuFactors<string, string, 'float32'>>()
known('luSolve', luSolve(luFactor(batch))(column)).is<Tensor<'batch 3', 'float64'>>()
unknown('luSolve', luSolve(luFactor(gradual))(vector)).is<Tensor<string>>()

// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"cholesky: '2 3' is not square: its last two axes differ"'.
cholesky(x)
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"det: '3' is not square: a matrix has two axes"'.
det(vector)
// @ts-expect-error Argument of type 'Tensor<"3 3", "int32">' is not assignable to parameter of type '"inv: needs a float dtype, not int32: cast('float32') first"'.
inv(whole)
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"solve: 'n n' by '3': inner axes differ, 'n' is not '3'"'.
solve(a)(vector)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"choSolve: float64 and int32: dtypes differ, cast one of them"'.
choSolve(batch)(ints)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"slogdet: '2 3' is not square: its last two axes differ"'.
slogdet(x)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"solveChecked: '2 3' is not square: its last two axes differ"'.
solveChecked(x)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"solveCheckedOrThrow: '2 3' is not square: its last two axes differ"'.
solveCheckedOrThrow(x)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"choleskyChecked: '2 3' is not square: its last two axes differ"'.
choleskyChecked(x)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"choleskyCheckedOrThrow: '2 3' is not square: its last two axes differ"'.
choleskyCheckedOrThrow(x)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"triangularSolve: '2 3' is not square: its last two axes differ"'.
triangularSolve(x, { lower: true })
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"luFactor: '2 3' is not square: its last two axes differ"'.
luFactor(x)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"luSolve: float64 and int32: dtypes differ, cast one of them"'.
luSolve(luFactor(batch))(ints)
