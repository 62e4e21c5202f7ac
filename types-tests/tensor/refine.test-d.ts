import type { Either } from 'fp-ts/lib/Either.js'
import { as, grad, jit, matmul, type PullbackError, pipe, refine, refineOrThrow, rename, sum, type Tensor, vmap, zeros } from 'pullback'
import { typeOf } from '../assert.js'
import { anything, either, gradual, images, ints, mixed, nothing, scalar, vector, x } from '../given.js'

declare const text: string

// The way back from a shape that the compiler does not know.
typeOf(refine('batch 784')(gradual)).is<Either<PullbackError, Tensor<'batch 784'>>>()
typeOf(refine(text)(gradual)).is<Either<PullbackError, Tensor<string>>>()
typeOf(refine('n')(ints)).is<Either<PullbackError, Tensor<'n', 'int32'>>>()
// @ts-expect-error Argument of type '"batch,784"' is not assignable to parameter of type '"shape 'batch,784': write one space between axes"'.
refine('batch,784')(x)

// The same in a pipe and in a traced function; what the compiler knows of the tensor's own shape it checks.
typeOf(pipe(gradual, as('24 24'))).is<Tensor<'24 24'>>()
typeOf(pipe(gradual, as('24 24'), matmul(zeros('24 3')))).is<Tensor<'24 3'>>()
typeOf(pipe(anything, as('24 24'))).is<Tensor<'24 24'>>()
typeOf(pipe(nothing, as('24 24'))).is<Tensor<'24 24'>>()
typeOf(pipe(mixed, as('n'))).is<Tensor<'n', 'float32' | 'int32'>>()
typeOf(pipe(ints, as(text))).is<Tensor<string, 'int32'>>()
typeOf(pipe(vector, as('3'))).is<Tensor<'3'>>()
typeOf(pipe(images, as('32 784'))).is<Tensor<'32 784'>>()
typeOf(jit((v: Tensor<string>) => pipe(v, as('4'), sum()))(gradual)).is<Tensor<''>>()
typeOf(grad((v: Tensor<string>) => pipe(v, as('4'), sum()))(gradual)).is<Tensor<string>>()
typeOf(vmap('batch')((v: Tensor<string>) => pipe(v, as('4')))(gradual)).is<Tensor<'batch 4'>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"as: '2 3' does not fit '2 4': '3' is not '4'"'.
pipe(x, as('2 4'))
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"as: '3' does not fit '3 1': it has 1 axis, not 2"'.
pipe(vector, as('3 1'))
// @ts-expect-error Type 'Tensor<"", "float32">' is not assignable to type '"as: '' does not fit 'n': it has 0 axes, not 1"'.
pipe(scalar, as('n'))
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"as: '2 3' does not fit 'n n': 'n' is already '2', not '3'"'.
pipe(x, as('n n'))
// @ts-expect-error Type 'Tensor<"batch 784", "float32">' is not assignable to type '"as: 'batch 784' does not fit 'batch 785': '784' is not '785'"'.
pipe(images, as('batch 785'))
// @ts-expect-error Argument of type '"24,24"' is not assignable to parameter of type '"shape '24,24': write one space between axes"'.
pipe(gradual, as('24,24'))
typeOf(pipe(gradual, refineOrThrow('24 24'))).is<Tensor<'24 24'>>()
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"refineOrThrow: '3' does not fit '4': '3' is not '4'"'.
pipe(vector, refineOrThrow('4'))

// From sizes to names and back.
typeOf(pipe(x, rename('n 3'))).is<Tensor<'n 3'>>()
typeOf(pipe(x, rename('n m'), rename('a b'), rename('2 3'))).is<Tensor<'2 3'>>()
typeOf(pipe(images, rename('n n'))).is<Tensor<'n n'>>()
typeOf(pipe(either, rename('n'))).is<Tensor<'n'>>()
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"rename: '2 3' does not fit 'batch 4': '3' is not '4'"'.
pipe(x, rename('batch 4'))
// @ts-expect-error Type 'Tensor<"3" | "4", "float32">' is not assignable to type '"rename: '4' does not fit '3': '4' is not '3'"'.
pipe(either, rename('3'))
