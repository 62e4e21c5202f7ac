/** Twenty sums of products and rearrangements as papers write them. The budget counts each line by itself; no line is like another. */
import { einsum, rearrange, reduce, repeat, type Tensor } from 'pullback'

type T<S extends string> = Tensor<S>

export const product = (x: T<'batch 784'>, w: T<'784 10'>) => einsum('b i, i o -> b o')(x, w)
export const scores = (q: T<'batch 64 8 16'>, k: T<'batch 32 8 16'>) => einsum('b q h d, b k h d -> b h q k')(q, k)
export const weighted = (a: T<'n 8 64 32'>, v: T<'n 32 8 16'>) => einsum('b h q k, b k h d -> b q h d')(a, v)
export const bilinear = (x: T<'n 12'>, w: T<'9 12 7'>, y: T<'n 7'>) => einsum('b i, o i j, b j -> b o')(x, w, y)
export const trace = (x: T<'33 33'>) => einsum('i i ->')(x)
export const batches = (x: T<'batch 6 7 8'>, y: T<'8 9'>) => einsum('... m k, ... k n -> ... m n')(x, y)
export const pointwise = (x: T<'b 3 31 31'>, w: T<'17 3'>) => einsum('b c h w, o c -> b o h w')(x, w)
export const chain = (a: T<'21 22'>, b: T<'22 23'>, c: T<'23 24'>, d: T<'24 25'>) => einsum('a b, b c, c d, d e -> a e')(a, b, c, d)
export const gram = (x: T<'batch 5 29 30'>, y: T<'batch 4 29 30'>) => einsum('b c h w, b d h w -> b c d')(x, y)
export const split = (x: T<'seq 512'>) => rearrange('seq (h d) -> h seq d', { h: 8 })(x)
export const merge = (x: T<'b 8 65 16'>) => rearrange('b h s d -> b s (h d)')(x)
export const patches = (x: T<'b 3 224 224'>) => rearrange('b c (h p) (w q) -> b (h w) (p q c)', { p: 16, q: 16 })(x)
export const pixelShuffle = (x: T<'b 12 32 48'>) => rearrange('b (c r s) h w -> b c (h r) (w s)', { r: 2, s: 2 })(x)
export const spaceToDepth = (x: T<'n 6 26 28'>) => rearrange('n c (h r) (w s) -> n (c r s) h w', { r: 2, s: 2 })(x)
export const channelShuffle = (x: T<'n 15 18 20'>) => rearrange('n (g c) h w -> n (c g) h w', { g: 3 })(x)
export const channelsLast = (x: T<'b 30 40 3'>) => rearrange('b ... c -> b c ...')(x)
export const pool = (x: T<'b 3 8 6'>) => reduce('b c (h 2) (w 2) -> b c h w', 'max')(x)
export const global = (x: T<'b 5 14 14'>) => reduce('b c h w -> b c', 'mean')(x)
export const squeezed = (x: T<'m 5 13 14'>) => reduce('b c h w -> b c 1 1', 'mean')(x)
export const colour = (x: T<'30 41'>) => repeat('h w -> h w c', { c: 3 })(x)
