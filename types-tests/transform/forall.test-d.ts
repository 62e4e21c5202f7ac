import { forall, matmul, pipe, type Subst, softmax, sum, type Tensor, transpose, zeros } from 'pullback'
import { type Any, type Assert, type Equal, typeOf } from '../assert.js'
import { anything, doubles, either, gradual, ints, nothing, vector, x } from '../given.js'

// The body is checked once, for all sizes; a call binds each name to the axis it is given.
const project = forall((a: Tensor<'seq d'>, w: Tensor<'d k'>) => pipe(a, matmul(w), softmax(-1)))
typeOf(project(zeros('64 128'), zeros('128 32'))).is<Tensor<'64 32'>>()
typeOf(project(zeros('batch 128', { batch: 2 }), zeros('128 32'))).is<Tensor<'batch 32'>>()
typeOf(project(gradual, zeros('128 32'))).is<Tensor<string>>()
// @ts-expect-error Argument of type 'Tensor<"127 32", "float32">' is not assignable to parameter of type '"'127 32' does not fit 'd k': 'd' is already '128', not '127'"'.
project(zeros('64 128'), zeros('127 32'))
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"'3' has fewer axes than 'seq d'"'.
project(vector, x)
// @ts-expect-error Argument of type 'Tensor<"2 3 4", "float32">' is not assignable to parameter of type '"'2 3 4' has more axes than 'seq d'"'.
project(zeros('2 3 4'), x)
// @ts-expect-error Type '"float64"' is not assignable to type '"float32"'.
project(zeros('64 128', {}, 'float64'), zeros('128 32'))

const symmetric = forall((a: Tensor<'n n'>) => transpose(a))
typeOf(symmetric(zeros('3 3'))).is<Tensor<'3 3'>>()
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"'2 3' does not fit 'n n': 'n' is already '2', not '3'"'.
symmetric(x)

const three = forall((a: Tensor<'n 3'>) => ({ rows: sum(1)(a), same: [a] as const }))
typeOf(three(x)).is<{ readonly rows: Tensor<'2'>; readonly same: readonly [Tensor<'2 3'>] }>()
// @ts-expect-error Argument of type 'Tensor<"2 4", "float32">' is not assignable to parameter of type '"'2 4' does not fit 'n 3': '4' is not '3'"'.
three(zeros('2 4'))

const rows = forall((a: Tensor<'n'>) => a)
typeOf(rows(either)).is<Tensor<'3' | '4'>>()
typeOf(rows(anything)).is<Tensor<string>>()
typeOf(rows(nothing)).is<Tensor<never>>()
typeOf(forall((a: Tensor<'n', 'float64'>) => a)(doubles)).is<Tensor<'3', 'float64'>>()
typeOf(forall((q: Tensor<'s d'>, k: Tensor<'s d'>, v: Tensor<'s d'>) => pipe(q, matmul(transpose(k)), matmul(v)))(x, x, x)).is<
  Tensor<'2 3'>
>()
// @ts-expect-error Type '"int32"' is not assignable to type '"float32"'.
rows(ints)
// @ts-expect-error Type 'Tensor<"n d", "float32">' is not assignable to type '"matmul: 'n d' by 'n d': inner axes differ, 'd' is not 'n'"'.
forall((a: Tensor<'n d'>) => pipe(a, matmul(a)))

// With the shapes as strings, so that the body can name an axis at run time.
const total = forall('seq d')(a => sum('seq')(a))
typeOf(total(zeros('5 3'))).is<Tensor<'3'>>()
typeOf(forall('seq d', 'd k')((a, w) => pipe(a, matmul(w)))(zeros('64 128'), zeros('128 32'))).is<Tensor<'64 32'>>()
typeOf(forall('s d', 's d', 's d')((q, k, v) => pipe(q, matmul(transpose(k)), matmul(v)))(x, x, x)).is<Tensor<'2 3'>>()
typeOf(forall('n')((a: Tensor<'n', 'int32'>) => a)(ints)).is<Tensor<'3', 'int32'>>()
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"'3' has fewer axes than 'seq d'"'.
total(vector)
// @ts-expect-error Argument of type 'Tensor<"seq d", "float32">' is not assignable to parameter of type '"sum: 'seq d' has no axis 'time'"'.
forall('seq d')(a => sum('time')(a))

type Bound = { readonly shape: { readonly n: '3'; readonly m: 'batch' } }
export type SubstCases = [
  Assert<Equal<Subst<Tensor<'n m'>, Bound>, Tensor<'3 batch'>>>,
  Assert<Equal<Subst<Tensor<'n k', 'int32'>, Bound>, Tensor<'3 k', 'int32'>>>,
  Assert<Equal<Subst<readonly [Tensor<'n'>, { readonly a: Tensor<''> }], Bound>, readonly [Tensor<'3'>, { readonly a: Tensor<''> }]>>,
  Assert<Equal<Subst<Tensor<Any>, Bound>, Tensor<string>>>,
]
