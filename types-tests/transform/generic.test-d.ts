import {
  checkpoint,
  cond,
  debug,
  forall,
  grad,
  jit,
  jvp,
  map,
  matmul,
  pipe,
  sin,
  sum,
  switchCase,
  type Tensor,
  tensor,
  vmap,
  vmapWithAxis,
  whileLoop,
  zeros,
} from 'pullback'
import { typeOf } from '../assert.js'
import { vector, x } from '../given.js'

// A generic function would lose its shape in a transformation: it is written around.
const rows = forall((m: Tensor<'n d'>) => sum('d')(m))
const p = tensor(true)
typeOf(vmap('2')((v: Tensor<'3'>) => sin(v))(x)).is<Tensor<'2 3'>>()
typeOf(grad((v: Tensor<'3'>) => pipe(v, sin, sum()))(vector)).is<Tensor<'3'>>()
// @ts-expect-error Type 'Unary<"sin", "float">' is not assignable to type '"vmap: annotate the argument, as in vmap('batch')((x: Tensor<'3'>) => …)"'.
vmap('2')(sin)
// @ts-expect-error Type 'MatMulBy<"3 4", "float32">' is not assignable to type '"vmap: annotate the argument, as in vmap('batch')((x: Tensor<'3'>) => …)"'.
vmap('2', { in: 1 })(matmul(zeros('3 4')))
// @ts-expect-error Type 'Polymorphic1<"n d", "float32", Tensor<"n", "float32">>' is not assignable to type '"map: annotate the argument, as in map('batch')((x: Tensor<'3'>) => …)"'.
map('2')(rows)
// @ts-expect-error Type 'Unary<"sin", "float">' is not assignable to type '"vmapWithAxis: annotate the argument, as in vmapWithAxis('batch')(axis => (x: Tensor<'3'>) => …)"'.
vmapWithAxis('2')(() => sin)
// @ts-expect-error Type 'Unary<"sin", "float">' is not assignable to type '"jvp: annotate the argument, as in jvp((x: Tensor<'3'>) => …)"'.
jvp(sin)
// @ts-expect-error Type 'Polymorphic1<"n d", "float32", Tensor<"n", "float32">>' is not assignable to type '"checkpoint: annotate the argument, as in checkpoint((x: Tensor<'3'>) => …)"'.
checkpoint(rows)
// @ts-expect-error Type 'Unary<"sin", "float">' is not assignable to type '"cond: annotate the argument, as in cond(p, (x: Tensor<'3'>) => …, (x: Tensor<'3'>) => …)"'.
cond(p, (v: Tensor<'3'>) => v, sin)
// @ts-expect-error Type 'Unary<"sin", "float">' is not assignable to type '"debug.count: annotate the argument, as in debug.count((x: Tensor<'3'>) => …)"'.
debug.count(sin)

// Where another function says what the argument is, the shape stays.
typeOf(switchCase(tensor(1, 'int32'), [(v: Tensor<'3'>) => v, sin])(vector)).is<Tensor<'3'>>()
typeOf(whileLoop((v: Tensor<'3'>) => pipe(v, sum(), less0), sin)(vector)).is<Tensor<'3'>>()
declare const less0: (v: Tensor<''>) => Tensor<'', 'bool'>

// jit and debug.nonFinite leave a generic function as it is, and a function that closes over a parameter is not generic itself.
typeOf(jit(sin)(vector)).is<Tensor<'3'>>()
typeOf(jit(rows)(x)).is<Tensor<'2'>>()
const slope = <S extends string>(f: (v: Tensor<S>) => Tensor<''>) => grad(f)
typeOf(slope((v: Tensor<'3'>) => sum()(v))).is<(v: Tensor<'3'>) => Tensor<'3'>>()
// One whose argument has any shape, and says so, is as it was.
typeOf(vmap('2')((v: Tensor<string>) => sin(v))).is<(v: Tensor<string>) => Tensor<string>>()
typeOf(vmap('2')(jit((v: Tensor<string>) => sin(v)))).is<(v: Tensor<string>) => Tensor<string>>()
