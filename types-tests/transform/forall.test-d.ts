import {
  add,
  concat,
  flatten,
  forall,
  matmul,
  maxPool,
  outer,
  pipe,
  relu,
  type Subst,
  slice,
  softmax,
  sum,
  type Tensor,
  transpose,
  zeros,
} from 'pullback'
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

// Trees of tensors, whose leaves share their names.
type Params = { readonly w: Tensor<'d k'>; readonly b: Tensor<'k'> }
const params = { w: zeros('128 32'), b: zeros('32') }
const dense = forall((p: Params, a: Tensor<'seq d'>) => pipe(a, matmul(p.w), add(p.b), relu))
typeOf(dense(params, zeros('64 128'))).is<Tensor<'64 32'>>()
typeOf(dense({ w: zeros('128 n', { n: 32 }), b: zeros('n', { n: 32 }) }, zeros('64 128'))).is<Tensor<'64 n'>>()
typeOf(dense({ w: gradual, b: zeros('32') }, zeros('64 128'))).is<Tensor<'64 32'>>()
typeOf(forall((ws: readonly [Tensor<'a b'>, Tensor<'b c'>]) => pipe(ws[0], matmul(ws[1])))([x, zeros('3 4')])).is<Tensor<'2 4'>>()
// @ts-expect-error Argument of type 'Tensor<"64 127", "float32">' is not assignable to parameter of type '"'64 127' does not fit 'seq d': 'd' is already '128', not '127'"'.
dense(params, zeros('64 127'))
// @ts-expect-error Argument of type '{ w: Tensor<"128 32", "float32">; b: Tensor<"31", "float32">; }' is not assignable to parameter of type '"'k' has two sizes in one argument: one name has one size"'.
dense({ w: zeros('128 32'), b: zeros('31') }, zeros('64 128'))
// @ts-expect-error Argument of type '{ w: Tensor<"128", "float32">; b: Tensor<"32", "float32">; }' is not assignable to parameter of type '"'128' has fewer axes than 'd k'"'.
dense({ w: zeros('128'), b: zeros('32') }, zeros('64 128'))
// @ts-expect-error Argument of type '{ w: Tensor<"128 32", "float32">; }' is not assignable to parameter of type '"'b' is missing"'.
dense({ w: zeros('128 32') }, zeros('64 128'))
// @ts-expect-error Argument of type '{ w: Tensor<"128 32", "float32">; b: Tensor<"32", "int32">; }' is not assignable to parameter of type '"'32' is int32 where 'k' is float32"'.
dense({ w: zeros('128 32'), b: zeros('32', {}, 'int32') }, zeros('64 128'))
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"a tensor '3' stands where several are expected"'.
dense(vector, zeros('64 128'))
// @ts-expect-error Expected 2 arguments, but got 1.
dense(params)

// Any number of arguments.
const five = forall((a: Tensor<'n'>, b: Tensor<'m'>, c: Tensor<'m'>, labels: Tensor<'n', 'int32'>, last: Tensor<'n+m'>) => ({
  all: [pipe(a, outer(pipe(b, add(c)))), pipe([a, b] as const, concat(0), add(last))] as const,
  labels,
}))
typeOf(five(zeros('2'), vector, vector, zeros('2', {}, 'int32'), zeros('5'))).is<{
  readonly all: readonly [Tensor<'2 3'>, Tensor<'5'>]
  readonly labels: Tensor<'2', 'int32'>
}>()
// @ts-expect-error Argument of type 'Tensor<"4", "float32">' is not assignable to parameter of type '"'4' does not fit 'n+m': 'n+m' is already '5', not '4'"'.
five(zeros('2'), vector, vector, zeros('2', {}, 'int32'), zeros('4'))

// Curried: what the first call has bound holds for the next.
const curried = forall((p: Params) => (a: Tensor<'seq d'>) => pipe(a, matmul(p.w), add(p.b)))
typeOf(curried(params)(zeros('64 128'))).is<Tensor<'64 32'>>()
typeOf(pipe(zeros('64 128'), curried(params), relu)).is<Tensor<'64 32'>>()
typeOf(forall((w: Tensor<'d k'>) => (a: Tensor<'seq d'>) => pipe(a, matmul(w)))(x)(zeros('4 2'))).is<Tensor<'4 3'>>()
// @ts-expect-error Argument of type 'Tensor<"64 127", "float32">' is not assignable to parameter of type '"'64 127' does not fit 'seq d': 'd' is already '128', not '127'"'.
curried(params)(zeros('64 127'))
// @ts-expect-error Type 'Tensor<"64 127", "float32">' is not assignable to type '"'64 127' does not fit 'seq d': 'd' is already '128', not '127'"'.
pipe(zeros('64 127'), curried(params))

// Both with the shapes as strings.
const means = forall({ w: 'd k', b: 'k' }, 'seq d')((p, a) => pipe(a, matmul(p.w), add(p.b), sum('seq')))
typeOf(means(params, zeros('64 128'))).is<Tensor<'32'>>()
typeOf(
  forall('a', 'b', 'c', 'a+b')((a, b, c, d) => [pipe([a, b] as const, concat('a'), add(d)), c] as const)(
    zeros('2'),
    vector,
    vector,
    zeros('5'),
  ),
).is<readonly [Tensor<'5'>, Tensor<'3'>]>()
// @ts-expect-error Argument of type 'Tensor<"64 127", "float32">' is not assignable to parameter of type '"'64 127' does not fit 'seq d': 'd' is already '128', not '127'"'.
means(params, zeros('64 127'))

// Expressions: bound names are put into them.
const windows = forall('n d', 'n-2 d')((a, b) => pipe(a, slice('1:-1'), add(b)))
typeOf(windows(zeros('7 3'), zeros('5 3'))).is<Tensor<'5 3'>>()
typeOf(windows(zeros('seq*2 3', { seq: 4 }), zeros('seq*2-2 3', { seq: 4 }))).is<Tensor<'seq*2-2 3'>>()
typeOf(forall((a: Tensor<'h w'>) => maxPool([2, 2])(a))(zeros('9 n', { n: 4 }))).is<Tensor<'4 n//2'>>()
typeOf(forall((a: Tensor<'n d'>) => flatten(a))(zeros('a+b 3', { a: 1, b: 2 }))).is<Tensor<'a*3+b*3'>>()
// @ts-expect-error Argument of type 'Tensor<"6 3", "float32">' is not assignable to parameter of type '"'6 3' does not fit 'n-2 d': 'n-2' is already '5', not '6'"'.
windows(zeros('7 3'), zeros('6 3'))
// @ts-expect-error Argument of type 'Tensor<"seq 3", "float32">' is not assignable to parameter of type '"'seq 3' does not fit 'n-2 d': 'n-2' is already '(seq//2)*2-2', not 'seq'"'.
windows(zeros('(seq//2)*2 3', { seq: 4 }), zeros('seq 3', { seq: 4 }))

// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"'n*2' cannot be bound: no pattern has 'n' as an axis, only names by themselves are bound"'.
forall('n*2')(a => a)(vector)
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"'n+m' cannot be bound: no pattern has 'm' as an axis, only names by themselves are bound"'.
forall((a: Tensor<'n'>, b: Tensor<'n+m'>) => [a, b] as const)(vector, vector)
typeOf(forall((a: Tensor<'n+1'>) => (b: Tensor<'n'>) => [a, b] as const)(vector)(zeros('2'))).is<readonly [Tensor<'3'>, Tensor<'2'>]>()

// Any number of leading axes.
const scores = forall('*batch d', 'd k')((a, w) => pipe(a, matmul(w), softmax(-1)))
typeOf(scores(zeros('2 5 128'), zeros('128 32'))).is<Tensor<'2 5 32'>>()
typeOf(scores(zeros('128'), zeros('128 32'))).is<Tensor<'32'>>()
typeOf(scores(zeros('batch 5 128', { batch: 2 }), zeros('128 32'))).is<Tensor<'batch 5 32'>>()
typeOf(scores(gradual, zeros('128 32'))).is<Tensor<string>>()
typeOf(forall('... d', '... d')((a, b) => pipe(a, add(b), sum('d')))(x, x)).is<Tensor<'2'>>()
typeOf(forall('*batch d')(a => transpose(a))(zeros('2 5 3'))).is<Tensor<'3 2 5'>>()
typeOf(forall('*batch d')(a => flatten(a))(zeros('2 5 n', { n: 3 }))).is<Tensor<'n*10'>>()
typeOf(forall('*batch')((a: Tensor<'batch', 'int32'>) => a)(ints)).is<Tensor<'3', 'int32'>>()
typeOf(forall({ w: 'd k' }, '*batch d')((p, a) => ({ y: pipe(a, matmul(p.w)), w: p.w }))({ w: zeros('3 4') }, zeros('5 2 3'))).is<{
  readonly y: Tensor<'5 2 4'>
  readonly w: Tensor<'3 4'>
}>()
// @ts-expect-error Argument of type 'Tensor<"2 5 127", "float32">' is not assignable to parameter of type '"'2 5 127' does not fit '*batch 128': '127' is not '128'"'.
forall('*batch 128')(a => a)(zeros('2 5 127'))
// @ts-expect-error Argument of type 'Tensor<"3 3", "float32">' is not assignable to parameter of type '"'3 3' does not fit '... d': '...' is already '2', not '3'"'.
forall('... d', '... d')((a, b) => pipe(a, add(b)))(x, zeros('3 3'))
// @ts-expect-error Argument of type 'Tensor<"", "float32">' is not assignable to parameter of type '"'' has fewer axes than '*batch d'"'.
forall('*batch d')(a => a)(zeros(''))
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"'d ...': leading axes stand first, as in '... 4' or '*batch 4'"'.
forall('d ...')(a => a)(x)
// @ts-expect-error Argument of type 'Tensor<"batch d", "float32">' is not assignable to parameter of type '"sum: 'batch d' has no axis 'time'"'.
forall('*batch d')(a => sum('time')(a))
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"forall: '*batch 3' has leading axes: give the shapes as strings, as in forall('*batch 4')(x => …)"'.
forall((a: Tensor<'*batch 3'>) => a)(x)

type Bound = { readonly shape: { readonly n: '3'; readonly m: 'batch' } }
export type SubstCases = [
  Assert<Equal<Subst<Tensor<'n m'>, Bound>, Tensor<'3 batch'>>>,
  Assert<Equal<Subst<Tensor<'n k', 'int32'>, Bound>, Tensor<'3 k', 'int32'>>>,
  Assert<Equal<Subst<readonly [Tensor<'n'>, { readonly a: Tensor<''> }], Bound>, readonly [Tensor<'3'>, { readonly a: Tensor<''> }]>>,
  Assert<Equal<Subst<Tensor<Any>, Bound>, Tensor<string>>>,
]
