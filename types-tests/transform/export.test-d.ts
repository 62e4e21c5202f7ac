import { add, type Exported, type Exporting, evalShape, exp, type Jittable, jit, mul, pipe, relu, sum, type Tensor, zeros } from 'pullback'
import { typeOf } from '../assert.js'
import { gradual, ints, scalar, vector, x } from '../given.js'

const total = jit((p: { readonly w: Tensor<'3'> }, n: Tensor<''>) => pipe(p.w, add(n), sum()))
typeOf(total({ w: vector }, scalar)).is<Tensor<''>>()
typeOf(total.export({ w: vector }, scalar)).is<Promise<Exported>>()
typeOf(pipe((v: Tensor<'3'>) => exp(v), jit)).is<((v: Tensor<'3'>) => Tensor<'3'>) & Exporting<[v: Tensor<'3'>]>>()

// A tensor's shape, sizes and dtype do in its place.
total.export({ w: { shape: '3', sizes: [3], dtype: 'float32' } }, zeros(''))
total.export({ w: evalShape((v: Tensor<'3'>) => exp(v))(vector) }, evalShape((v: Tensor<'3'>) => sum()(v))(vector))
jit((v: Tensor<string>) => exp(v)).export(x)
jit(() => vector).export()
jit((v: Tensor<'3'>, n: number) => mul(n)(v), { static: [1] }).export(vector, 2)
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
total.export({ w: x }, scalar)
// @ts-expect-error Type '"int32"' is not assignable to type '"float32"'.
total.export({ w: ints }, scalar)
// @ts-expect-error Type '"4"' is not assignable to type '"3"'.
total.export({ w: { shape: '4', sizes: [4], dtype: 'float32' } }, scalar)
// @ts-expect-error Expected 2 arguments, but got 1.
total.export({ w: vector })
// @ts-expect-error Property 'w' is missing in type '{}' but required in type '{ readonly w: Tensor<"3", "float32"> | TensorShape<"3", "float32">; }'.
total.export({}, scalar)
// @ts-expect-error Type 'string' is not assignable to type '"3"'.
total.export({ w: gradual }, scalar)

// A generic function stays generic, wherever it is passed on. It is exported as a function of one shape.
const half = <S extends string>(v: Tensor<S>): Tensor<S> => relu(v)
typeOf(jit(half)).is<typeof half>()
typeOf(jit(half)(vector)).is<Tensor<'3'>>()
typeOf(pipe(vector, jit(half))).is<Tensor<'3'>>()
typeOf(pipe(x, jit(jit(half)), jit(half))).is<Tensor<'2 3'>>()
typeOf(jit((v: Tensor<'3'>) => half(v)).export(vector)).is<Promise<Exported>>()
// @ts-expect-error Property 'export' does not exist on type '<S extends string>(v: Tensor<S, "float32">) => Tensor<S, "float32">'.
jit(half).export(vector)
// Nor does a function of an unknown type lose anything.
typeOf(<F extends Jittable>(f: F): F => jit(f)).is<<F extends Jittable>(f: F) => F>()
