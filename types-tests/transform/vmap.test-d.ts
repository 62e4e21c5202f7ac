import {
  add,
  type Batched,
  customJvp,
  customVjp,
  type Exporting,
  exp,
  jit,
  matmul,
  pipe,
  program,
  sum,
  type Tensor,
  vmap,
  zeros,
} from 'pullback'
import { type Any, type Assert, type Equal, typeOf } from '../assert.js'
import { gradual, images, scalar, vector, x } from '../given.js'

export type BatchedCases = [
  Assert<Equal<Batched<'batch', Tensor<'784'>>, Tensor<'batch 784'>>>,
  Assert<Equal<Batched<'batch', Tensor<'', 'int32'>>, Tensor<'batch', 'int32'>>>,
  Assert<Equal<Batched<'8', Tensor<'3' | '4'>>, Tensor<'8 3' | '8 4'>>>,
  Assert<Equal<Batched<'n', Tensor<string>>, Tensor<string>>>,
  Assert<Equal<Batched<'n', Tensor<Any>>, Tensor<string>>>,
  Assert<Equal<Batched<'n', readonly [Tensor<'3'>, { readonly k: Tensor<''> }]>, readonly [Tensor<'n 3'>, { readonly k: Tensor<'n'> }]>>,
]

const perExample = (image: Tensor<'784'>): Tensor<'10'> => pipe(image, matmul(zeros('784 10')))

// The axis stands before all arguments and results.
typeOf(vmap('batch')(perExample)).is<(image: Tensor<'batch 784'>) => Tensor<'batch 10'>>()
typeOf(vmap('batch')(perExample)(images)).is<Tensor<'batch 10'>>()
typeOf(vmap('n')((a: Tensor<'3'>, b: Tensor<''>) => ({ total: pipe(a, add(b), sum()), a }))).is<
  (a: Tensor<'n 3'>, b: Tensor<'n'>) => { readonly total: Tensor<'n'>; readonly a: Tensor<'n 3'> }
>()
typeOf(vmap('outer')(vmap('inner')((a: Tensor<'3'>) => exp(a)))).is<(a: Tensor<'outer inner 3'>) => Tensor<'outer inner 3'>>()
typeOf(vmap('2')((a: Tensor<'3'>) => sum()(a))(x)).is<Tensor<'2'>>()
// @ts-expect-error Type '"time 784"' is not assignable to type '"batch 784"'.
vmap('batch')(perExample)(zeros('time 784', { time: 2 }))
// @ts-expect-error Type '"784"' is not assignable to type '"batch 784"'.
vmap('batch')(perExample)(zeros('784'))
// @ts-expect-error Type '"2 3"' is not assignable to type '"4 3"'.
vmap('4')((a: Tensor<'3'>) => exp(a))(x)
// @ts-expect-error Type 'string' is not assignable to type '"batch 784"'.
vmap('batch')(perExample)(gradual)

// A compiled function keeps its type, whatever it is.
typeOf(jit(perExample)).is<((image: Tensor<'784'>) => Tensor<'10'>) & Exporting<[image: Tensor<'784'>]>>()
typeOf(jit((p: { readonly w: Tensor<'3'> }, n: Tensor<''>) => [p, n] as const)).is<
  ((p: { readonly w: Tensor<'3'> }, n: Tensor<''>) => readonly [{ readonly w: Tensor<'3'> }, Tensor<''>]) &
    Exporting<[p: { readonly w: Tensor<'3'> }, n: Tensor<''>]>
>()
typeOf(jit(exp)(vector)).is<Tensor<'3'>>()
// @ts-expect-error Type '"3"' is not assignable to type '"784"'.
jit(perExample)(vector)
// @ts-expect-error Type 'Tensor<"3", "float32">' provides no match for the signature '(...args: never): object'.
jit(vector)

const total = (a: Tensor<'3'>): Tensor<''> => sum()(a)
typeOf(customVjp(total, a => [total(a), ct => pipe(a, add(ct))])).is<(a: Tensor<'3'>) => Tensor<''>>()
// @ts-expect-error Argument of type '(a: Tensor<"3", "float32">) => [Tensor<"", "float32">, () => Tensor<"2 3", "float32">]' is not assignable to parameter of type '"customVjp: the rule's cotangent is float32 '2 3', not float32 '3'"'.
customVjp(total, a => [total(a), () => x])
typeOf(customJvp(total, (a, t) => [total(a), total(t)])).is<(a: Tensor<'3'>) => Tensor<''>>()
// @ts-expect-error Argument of type '(a: Tensor<"3", "float32">, t: Tensor<"3", "float32">) => [Tensor<"", "float32">, Tensor<"3", "float32">]' is not assignable to parameter of type '"customJvp: the rule's tangent is float32 '3', not float32 ''"'.
customJvp(total, (a, t) => [total(a), t])
// @ts-expect-error Type '"3"' is not assignable to type '""'.
customVjp(total, a => [a, () => a])

typeOf(program.print(perExample)(zeros('784'))).is<string>()
typeOf(program.mermaid((a: Tensor<''>) => exp(a))(scalar)).is<string>()
typeOf(program.dot((a: Tensor<''>) => exp(a))(scalar)).is<string>()
// @ts-expect-error Type '"3"' is not assignable to type '"784"'.
program.print(perExample)(vector)

// @ts-expect-error Argument of type '"b c"' is not assignable to parameter of type '"vmap: 'b c' is not one axis: give a name or a size, as in vmap('batch')"'.
vmap('b c')
// @ts-expect-error Argument of type '""' is not assignable to parameter of type '"vmap: '' is not one axis: give a name or a size, as in vmap('batch')"'.
vmap('')
