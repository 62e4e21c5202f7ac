import { einsum, pipe, rearrange, reduce, repeat, softmax, type Tensor } from 'pullback'
import { type Any, typeOf } from '../assert.js'
import { either, flags, gradual, images, ints, vector, x } from '../given.js'

declare const photos: Tensor<'batch 3 224 224'>
declare const maps: Tensor<'batch 12 32 48'>
declare const tokens: Tensor<'batch seq 512'>
declare const heads: Tensor<'batch 8 seq 64'>
declare const grey: Tensor<'30 40'>
declare const video: Tensor<'batch 16 3 56 56'>
declare const pattern: string
declare const size: number
declare const unknown: Any

// Heads split and merged (Vaswani et al. 2017), patches (Dosovitskiy et al. 2020), windows (Liu et al. 2021), pixel shuffle (Shi et al. 2016),
// space to depth (Redmon and Farhadi 2016), channel shuffle (Zhang et al. 2017), pools, squeeze and excitation (Hu et al. 2017).
typeOf(rearrange('b s (h d) -> b h s d', { h: 8 })(tokens)).is<Tensor<'batch 8 seq 64'>>()
typeOf(rearrange('b h s d -> b s (h d)')(heads)).is<Tensor<'batch seq 512'>>()
typeOf(rearrange('b s (three h d) -> three b h s d', { three: 2, h: 4 })(tokens)).is<Tensor<'2 batch 4 seq 64'>>()
typeOf(rearrange('b c (h p) (w q) -> b (h w) (p q c)', { p: 16, q: 16 })(photos)).is<Tensor<'batch 196 768'>>()
typeOf(rearrange('b c (h p) (w q) -> b h w p q c', { p: 7, q: 7 })(photos)).is<Tensor<'batch 32 32 7 7 3'>>()
typeOf(rearrange('b (c r s) h w -> b c (h r) (w s)', { r: 2, s: 2 })(maps)).is<Tensor<'batch 3 64 96'>>()
typeOf(rearrange('b c (h r) (w s) -> b (c r s) h w', { r: 2, s: 2 })(maps)).is<Tensor<'batch 48 16 24'>>()
typeOf(rearrange('b (g c) h w -> b (c g) h w', { g: 3 })(maps)).is<Tensor<'batch 12 32 48'>>()
typeOf(rearrange('b t c ... -> b (t c) ...')(video)).is<Tensor<'batch 48 56 56'>>()
typeOf(rearrange('b c h w -> b h w c')(photos)).is<Tensor<'batch 224 224 3'>>()
typeOf(rearrange('b ... -> b (...)')(photos)).is<Tensor<'batch 150528'>>()
typeOf(rearrange('h w -> 1 h w 1')(grey)).is<Tensor<'1 30 40 1'>>()
typeOf(reduce('b c (h 2) (w 2) -> b c h w', 'max')(maps)).is<Tensor<'batch 12 16 24'>>()
typeOf(reduce('b c h w -> b c', 'mean')(photos)).is<Tensor<'batch 3'>>()
typeOf(reduce('b c h w -> b c 1 1', 'mean')(photos)).is<Tensor<'batch 3 1 1'>>()
typeOf(reduce('b t c (h p) w -> b c h w', 'sum', { p: 7 })(video)).is<Tensor<'batch 3 8 56'>>()
typeOf(reduce('... ->', 'max')(photos)).is<Tensor<''>>()
typeOf(repeat('h w -> h w c', { c: 3 })(grey)).is<Tensor<'30 40 3'>>()
typeOf(repeat('h w -> (h 2) (w 2)')(grey)).is<Tensor<'60 80'>>()
typeOf(repeat('h w -> batch h w', { batch: 5 })(grey)).is<Tensor<'5 30 40'>>()

// A whole attention: split, score, weigh, merge.
const split = rearrange('b s (h d) -> b h s d', { h: 8 })
typeOf(
  pipe(
    einsum('b h q d, b h k d -> b h q k')(split(tokens), split(tokens)),
    softmax(-1),
    weight => einsum('b h q k, b h k d -> b h q d')(weight, split(tokens)),
    rearrange('b h q d -> b q (h d)'),
  ),
).is<Tensor<'batch seq 512'>>()

// dtypes, unions, and what is not known.
typeOf(rearrange('a -> a 1')(ints)).is<Tensor<'3 1', 'int32'>>()
typeOf(reduce('a -> ', 'any')(flags)).is<Tensor<'', 'bool'>>()
typeOf(repeat('a -> a 2')(either)).is<Tensor<'3 2' | '4 2'>>()
typeOf(rearrange('a b -> b a')(gradual)).is<Tensor<string>>()
typeOf(rearrange('(a b) -> b a', { a: size })(gradual)).is<Tensor<string>>()
typeOf(reduce('a b -> b', 'sum')(gradual)).is<Tensor<string>>()
typeOf(repeat('a -> a 2')(gradual)).is<Tensor<string>>()
typeOf(rearrange(pattern)(x)).is<Tensor<string>>()
typeOf(rearrange('(a b) -> b a', unknown)(vector)).is<Tensor<string>>()
typeOf(rearrange('a b -> b a', undefined)(x)).is<Tensor<'3 2'>>()

// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"rearrange: 'a (b c) -> a b c' of '2 3': with the sizes given '(b c)' does not make '3'"'.
rearrange('a (b c) -> a b c', { b: 2 })(x)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"rearrange: 'a (b c) -> a b c' of '2 3': the sizes of 'b' and 'c' are not known: give one, as in { b: 2 }"'.
rearrange('a (b c) -> a b c')(x)
typeOf(rearrange('(a b) c -> a b c', { a: 2 })(images)).is<Tensor<'2 batch//2 784'>>()
typeOf(rearrange('a b -> (a b)')(images)).is<Tensor<'batch*784'>>()
typeOf(pipe(images, repeat('a b -> (a 2) b'), rearrange('(a r) b -> r a b', { r: 2 }))).is<Tensor<'2 batch 784'>>()
// @ts-expect-error Argument of type 'Tensor<"batch 784", "float32">' is not assignable to parameter of type '"rearrange: '(a b) c -> a b c' of 'batch 784': 'batch' is a name, whose size is known only when it runs: as or rename gives it one that '(a b)' can split"'.
rearrange('(a b) c -> a b c', { a: 2, b: 4 })(images)
// @ts-expect-error Argument of type 'Tensor<"3", "float32">' is not assignable to parameter of type '"rearrange: 'a b -> b a' of '3': it has fewer axes than are written"'.
rearrange('a b -> b a')(vector)
// @ts-expect-error Type 'Tensor<"2 3", "float32">' is not assignable to type '"rearrange: 'a -> a' of '2 3': it has more axes than are written, '...' stands for the others"'.
pipe(x, rearrange('a -> a'))
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"rearrange: 'a b -> a' of '2 3': 'b' is not on the right, reduce takes axes away"'.
rearrange('a b -> a')(x)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"rearrange: the size of 'a' is not one number to the compiler: write it out, as in { h: 4 }, or give a Tensor<string> and check the result with as"'.
rearrange('(a b) c -> a b c', { a: size })(x)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"reduce: needs numbers, not bool: cast('float32') or cast('int32') first"'.
reduce('a ->', 'sum')(flags)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"reduce: 'a b -> c' of '2 3': 'c' is not on the left"'.
reduce('a b -> c', 'sum')(x)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"repeat: 'a b -> a b c' of '2 3': 'c' is new and has no size: give one, as in { c: 2 }"'.
repeat('a b -> a b c')(x)
