import { einsum, pipe, type Tensor, vmap } from 'pullback'
import { typeOf } from '../assert.js'
import { anything, doubles, either, flags, gradual, images, ints, mixed, vector, x } from '../given.js'

declare const square: Tensor<'3 3'>
declare const weights: Tensor<'784 10'>
declare const queries: Tensor<'batch 64 8 16'>
declare const keys: Tensor<'batch 32 8 16'>
declare const scores: Tensor<'batch 8 64 32'>
declare const form: Tensor<'9 12 7'>
declare const left: Tensor<'batch 12'>
declare const right: Tensor<'batch 7'>
declare const photos: Tensor<'batch 3 224 224'>
declare const mixer: Tensor<'16 3'>
declare const several: readonly Tensor<'3'>[]
declare const gradualSeveral: readonly Tensor<string>[]
declare const pattern: string

// numpy's examples: trace, diagonal, sums, transpose, inner, outer, matrix and batch products.
typeOf(einsum('i i ->')(square)).is<Tensor<''>>()
typeOf(einsum('i i -> i')(square)).is<Tensor<'3'>>()
typeOf(einsum('i j -> i')(x)).is<Tensor<'2'>>()
typeOf(einsum('... j -> ...')(images)).is<Tensor<'batch'>>()
typeOf(einsum('i j -> j i')(images)).is<Tensor<'784 batch'>>()
typeOf(einsum('i, i ->')(vector, vector)).is<Tensor<''>>()
typeOf(einsum('i, j -> i j')(vector, vector)).is<Tensor<'3 3'>>()
typeOf(einsum('i j, j -> i')(x, vector)).is<Tensor<'2'>>()
typeOf(einsum('b i, i o -> b o')(images, weights)).is<Tensor<'batch 10'>>()
typeOf(einsum('... i, i o -> ... o')(images, weights)).is<Tensor<'batch 10'>>()

// Attention (Vaswani et al. 2017), bilinear forms (Lin et al. 2015), a convolution of 1 by 1 (Lin et al. 2013), a Gram matrix (Gatys et al. 2015).
typeOf(einsum('b q h d, b k h d -> b h q k')(queries, keys)).is<Tensor<'batch 8 64 32'>>()
typeOf(einsum('b h q k, b k h d -> b q h d')(scores, keys)).is<Tensor<'batch 64 8 16'>>()
typeOf(einsum('b i, o i j, b j -> b o')(left, form, right)).is<Tensor<'batch 9'>>()
typeOf(einsum('b c h w, o c -> b o h w')(photos, mixer)).is<Tensor<'batch 16 224 224'>>()
typeOf(einsum('b c h w, b d h w -> b c d')(photos, photos)).is<Tensor<'batch 3 3'>>()

// dtypes, unions, what is not known, other functions of functions.
typeOf(einsum('i, i ->')(doubles, doubles)).is<Tensor<'', 'float64'>>()
typeOf(einsum('i -> i')(ints)).is<Tensor<'3', 'int32'>>()
typeOf(einsum('i, j -> i j')(either, vector)).is<Tensor<'3 3' | '4 3'>>()
typeOf(einsum('i, i -> i')(gradual, vector)).is<Tensor<string>>()
typeOf(einsum('i, i -> i')(vector, gradual)).is<Tensor<string>>()
typeOf(einsum('i -> i')(anything)).is<Tensor<string>>()
typeOf(einsum(pattern)(x, x)).is<Tensor<string>>()
typeOf(einsum('i, i -> i')(...gradualSeveral)).is<Tensor<string>>()
typeOf(pipe(square, einsum('i i -> i'))).is<Tensor<'3'>>()
typeOf(vmap('2')((a: Tensor<'3'>, b: Tensor<'3'>) => einsum('i, i ->')(a, b))(x, x)).is<Tensor<'2'>>()

// @ts-expect-error Argument of type 'Tensor<"batch 784", "float32">' is not assignable to parameter of type '"einsum: 'b i, i o -> b o': 'i' is '784', and '2' in '2 3'"'.
einsum('b i, i o -> b o')(images, x)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"einsum: 'i i ->': 'i' is '2', and '3' in '2 3'"'.
einsum('i i ->')(x)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"einsum: 'i -> i': '2 3' has more axes than are written for it, '...' stands for the others"'.
einsum('i -> i')(x)
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"einsum: 'i j -> j i': '3' has fewer axes than are written for it"'.
pipe(vector, einsum('i j -> j i'))
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"einsum: 'i j -> i k': 'k' in the result is no axis of an operand"'.
einsum('i j -> i k')(x)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"einsum: 'i j -> i i': 'i' stands twice in the result"'.
einsum('i j -> i i')(x)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"einsum: 'i j' has no '->': write the axes of the result behind it, as in 'i j, j k -> i k'"'.
einsum('i j')(x)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"einsum: 'i j, j k -> i k': give as many tensors as there are parts before '->', which ',' separates"'.
einsum('i j, j k -> i k')(x)
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"einsum: 'i, i -> i': give as many tensors as there are parts before '->', which ',' separates"'.
pipe(several, list => einsum('i, i -> i')(...list))
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"einsum: float32 and int32: dtypes differ, cast one of them"'.
einsum('i, i ->')(vector, ints)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"einsum: needs numbers, not bool: cast('float32') or cast('int32') first"'.
einsum('i ->')(flags)
typeOf(einsum('i ->')(mixed)).is<Tensor<'', 'float32' | 'int32'>>()
