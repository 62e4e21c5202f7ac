import { type DType, debug, exp, grad, jit, sum, type Tensor, vmap } from 'pullback'
import { typeOf } from '../assert.js'
import { vector, x } from '../given.js'

// What is counted takes the arguments of the function.
typeOf(debug.count((v: Tensor<'3'>, m: Tensor<'2 3'>) => [v, sum()(m)] as const)).is<(v: Tensor<'3'>, m: Tensor<'2 3'>) => debug.Count>()
typeOf(debug.count((v: Tensor<'3'>) => exp(v))(vector).operations).is<{ readonly [name: string]: number }>()
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
debug.count((v: Tensor<'3'>) => exp(v))(x)

// A function that is looked into has the type that it had, also where it is generic.
const gradient: (v: Tensor<'3'>) => Tensor<'3'> = debug.nonFinite(grad((v: Tensor<'3'>) => sum()(v)))
typeOf(gradient(vector)).is<Tensor<'3'>>()
const itself = debug.nonFinite(<S extends string>(v: Tensor<S>) => v)
typeOf(itself(vector)).is<Tensor<'3'>>()
const both = debug.nonFinite((v: Tensor<'3'>, m: Tensor<'2 3'>) => [v, m] as const)
typeOf(both).is<(v: Tensor<'3'>, m: Tensor<'2 3'>) => readonly [Tensor<'3'>, Tensor<'2 3'>]>()
typeOf(jit(both)(vector, x)).is<readonly [Tensor<'3'>, Tensor<'2 3'>]>()
// @ts-expect-error Type 'number' is not assignable to type 'object'.
debug.nonFinite((v: Tensor<'3'>) => v.sizes.length)

// Values go through unchanged, whatever tree they are.
typeOf(debug.print('loss {a}')({ a: vector, b: [x] as const })).is<{ a: Tensor<'3'>; b: readonly [Tensor<'2 3'>] }>()
typeOf(debug.name('hidden')(vector)).is<Tensor<'3'>>()
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type 'string'.
debug.print(vector)
// @ts-expect-error Argument of type 'number' is not assignable to parameter of type 'object'.
debug.print('x')(3)
// @ts-expect-error Object literal may only specify known properties, and 'sink' does not exist in type 'PrintOptions'.
debug.print('x', { sink: exp })
// @ts-expect-error Argument of type 'number' is not assignable to parameter of type 'string'.
debug.name(3)

// What is captured is a record of tensors beside the result.
typeOf(debug.capture((v: Tensor<'3'>) => ({ y: exp(v) }))(vector)[0]).is<{ y: Tensor<'3'> }>()
typeOf(debug.capture((v: Tensor<'3'>) => exp(v))(vector)[1]['hidden']).is<Tensor<string, DType> | undefined>()
typeOf(vmap('2')(debug.capture((v: Tensor<'3'>) => exp(v)))(x)[0]).is<Tensor<'2 3'>>()
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
debug.capture((v: Tensor<'3'>) => exp(v))(x)

// A profile is plain data.
typeOf(debug.profile((v: Tensor<'3'>) => exp(v), { runs: 2 })(vector).stages[0]?.timeMs).is<number | undefined>()
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
debug.profile((v: Tensor<'3'>) => exp(v))(x)
// @ts-expect-error Type 'Tensor<"3", "float32">' is missing the following properties from type 'Profile': engine, stages, totalMs
debug.table(vector)
