import {
  add,
  associativeScan,
  checkpoint,
  cond,
  fori,
  greater,
  less,
  map,
  mul,
  neg,
  pipe,
  scan,
  sin,
  sum,
  switchCase,
  type Tensor,
  tensor,
  whileLoop,
  zeros,
} from 'pullback'
import { typeOf } from '../assert.js'
import { gradual, vector, x } from '../given.js'

const step = (h: Tensor<'4'>, row: Tensor<'3'>): readonly [Tensor<'4'>, { readonly total: Tensor<''> }] => [h, { total: sum()(row) }]

// The carry keeps its type, and a result has the axis before its own.
typeOf(scan('seq')(step, zeros('4'))).is<
  (xs: Tensor<'seq 3'>) => readonly [carry: Tensor<'4'>, results: { readonly total: Tensor<'seq'> }]
>()
typeOf(scan('2')(step, zeros('4'))(x)).is<readonly [carry: Tensor<'4'>, results: { readonly total: Tensor<'2'> }]>()
typeOf(pipe(x, scan('2')(step, zeros('4')))[0]).is<Tensor<'4'>>()
typeOf(scan('2', { reverse: true, recompute: true })((h: Tensor<''>, row: Tensor<'3'>) => [h, row], tensor(0))(x)[1]).is<Tensor<'2 3'>>()
// @ts-expect-error Argument of type 'Tensor<"4", "float32">' is not assignable to parameter of type '"scan: the carry is float32 '4', after a round float32 '3'"'.
scan('2')((h: Tensor<'4'>, row: Tensor<'3'>) => [row, h], zeros('4'))
// @ts-expect-error Argument of type '{ n: Tensor<"", "float32">; }' is not assignable to parameter of type '"scan: the carry is float32 '', after a round int32 ''"'.
scan('2')((_: { readonly n: Tensor<''> }, row: Tensor<'3'>) => [{ n: zeros('', {}, 'int32') }, row], { n: tensor(0) })
// @ts-expect-error Argument of type '{ n: Tensor<"", "float32">; }' is not assignable to parameter of type '"scan: the carry has one form, after a round another"'.
scan('2')((h: { readonly n: Tensor<''> }, row: Tensor<'3'>) => [h.n, row], { n: tensor(0) })
// @ts-expect-error Argument of type '"a b"' is not assignable to parameter of type '"scan: 'a b' is not one axis: give a name or a size, as in scan('batch')"'.
scan('a b')(step, zeros('4'))
// @ts-expect-error Type '"2 3"' is not assignable to type '"seq 3"'.
scan('seq')(step, zeros('4'))(x)
// @ts-expect-error Argument of type 'Tensor<"4", "float32">' is not assignable to parameter of type '"scan: annotate the arguments, as in scan('seq')((carry: Tensor<'4'>, x: Tensor<'3'>) => …, carry)"'.
scan('2')((h, row) => [h, row], zeros('4'))

typeOf(fori(3)((i: Tensor<'', 'int32'>, h: Tensor<'3', 'int32'>) => add(i)(h))(zeros('3', {}, 'int32'))).is<Tensor<'3', 'int32'>>()
typeOf(
  pipe(
    vector,
    fori(3)((_, h: Tensor<'3'>) => sin(h)),
  ),
).is<Tensor<'3'>>()
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"fori: the carry is float32 '3', after a round float32 ''"'.
fori(3)((_, h: Tensor<'3'>) => sum()(h))(vector)
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"fori: annotate the carry, as in fori(10)((i, carry: Tensor<'3'>) => …)"'.
fori(3)((_, h) => h)(vector)

typeOf(map('2')((row: Tensor<'3'>) => ({ total: sum()(row), row }))(x)).is<{ readonly total: Tensor<'2'>; readonly row: Tensor<'2 3'> }>()
// @ts-expect-error Type '"2 3"' is not assignable to type '"n 4"'.
map('n')((row: Tensor<'4'>) => neg(row))(x)

// Both functions have one type of argument and one of result.
const total = (y: Tensor<'3'>): Tensor<''> => sum()(y)
const negated = (y: Tensor<'3'>): Tensor<'3'> => neg(y)
typeOf(cond(greater(0)(tensor(1)), total, (y: Tensor<'3'>) => tensor(y.sizes.length))(vector)).is<Tensor<''>>()
// @ts-expect-error Type '"float32"' is not assignable to type '"bool"'.
cond(tensor(1), negated, negated)
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
cond(tensor(true), negated, negated)(x)

typeOf(switchCase(tensor(0, 'int32'), [negated, (y: Tensor<'3'>) => mul(2)(y)])(vector)).is<Tensor<'3'>>()
// @ts-expect-error Type '"float32"' is not assignable to type '"int32"'.
switchCase(tensor(0), [negated])
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
switchCase(tensor(0, 'int32'), [negated])(x)
typeOf(scan('n')((h: Tensor<string>, _: Tensor<'3'>) => [h, h], gradual)(zeros('n 3', { n: 1 }))).is<
  readonly [carry: Tensor<string>, results: Tensor<string>]
>()

// A checkpoint has the type of the function, with any arguments.
typeOf(checkpoint((y: Tensor<'3'>, n: Tensor<'', 'int32'>) => ({ y: add(y)(y), n }))(vector, zeros('', {}, 'int32'))).is<{
  y: Tensor<'3'>
  n: Tensor<'', 'int32'>
}>()
typeOf(pipe(vector, checkpoint(negated))).is<Tensor<'3'>>()
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
checkpoint(negated)(x)

// A loop keeps the type of its carry, which either function may say, and its predicate gives a bool without axes.
const isBelow = (y: Tensor<''>): Tensor<'', 'bool'> => less(100)(y)
typeOf(whileLoop(isBelow, (y: Tensor<''>) => mul(2)(y), { most: 9 })(tensor(1))).is<Tensor<''>>()
typeOf(
  whileLoop(
    ({ n }) => less(3)(n),
    ({ n, y }: { readonly n: Tensor<'', 'int32'>; readonly y: Tensor<'3'> }) => ({ n: add(1)(n), y }),
  )({ n: zeros('', {}, 'int32'), y: vector }).y,
).is<Tensor<'3'>>()
const always = (): Tensor<'', 'bool'> => tensor(true)
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"whileLoop: the carry is float32 '3', after a round float32 ''"'.
whileLoop(always, total)(vector)
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"whileLoop: annotate the carry, as in whileLoop((x: Tensor<'3'>) => …, (x: Tensor<'3'>) => …)"'.
whileLoop(always, y => y)(vector)
// @ts-expect-error Object literal may only specify known properties, and 'limit' does not exist in type 'WhileOptions'.
whileLoop(always, negated, { limit: 9 })

// Rows are combined to rows of the same type, and stacks have the type that they had.
type Step = { readonly a: Tensor<''>; readonly b: Tensor<'3'> }
const both = (s: Step, t: Step): Step => ({ a: mul(s.a)(t.a), b: add(s.b)(t.b) })
typeOf(associativeScan('seq')(both)).is<
  (xs: { readonly a: Tensor<'seq'>; readonly b: Tensor<'seq 3'> }) => {
    readonly a: Tensor<'seq'>
    readonly b: Tensor<'seq 3'>
  }
>()
typeOf(
  pipe(
    x,
    associativeScan('2', { reverse: true })((y: Tensor<'3'>, z: Tensor<'3'>) => add(y)(z)),
  ),
).is<Tensor<'2 3'>>()
// @ts-expect-error Type '"2 3"' is not assignable to type '"seq 3"'.
associativeScan('seq')((y: Tensor<'3'>, z: Tensor<'3'>) => add(y)(z))(x)
// @ts-expect-error Argument of type '"a b"' is not assignable to parameter of type '"associativeScan: 'a b' is not one axis: give a name or a size, as in associativeScan('batch')"'.
associativeScan('a b')
