/** Patterns: sums of products as papers write them, and axes taken apart and put together. No line is like another, so that nothing is kept. */
import { einsum, pipe, rearrange, reduce, repeat, zeros } from 'pullback'

export const e1 = einsum('b i, i o -> b o')(zeros('batch 784', { batch: 2 }), zeros('784 10'))
export const e2 = einsum('b q h d, b k h d -> b h q k')(zeros('batch 64 8 16', { batch: 2 }), zeros('batch 32 8 16', { batch: 2 }))
export const e3 = einsum('b h q k, b k h d -> b q h d')(zeros('n 8 64 32', { n: 2 }), zeros('n 32 8 16', { n: 2 }))
export const e4 = einsum('b i, o i j, b j -> b o')(zeros('n 12', { n: 2 }), zeros('9 12 7'), zeros('n 7', { n: 2 }))
export const e5 = einsum('i i ->')(zeros('33 33'))
export const e6 = einsum('... m k, ... k n -> ... m n')(zeros('batch 6 7 8', { batch: 2 }), zeros('8 9'))
export const e7 = einsum('b c h w, o c -> b o h w')(zeros('b 3 31 31', { b: 2 }), zeros('17 3'))
export const e8 = einsum('a b, b c, c d, d e -> a e')(zeros('21 22'), zeros('22 23'), zeros('23 24'), zeros('24 25'))
export const r1 = pipe(zeros('seq 512', { seq: 2 }), rearrange('seq (h d) -> h seq d', { h: 8 }))
export const r2 = pipe(zeros('b 3 224 224', { b: 2 }), rearrange('b c (h p) (w q) -> b (h w) (p q c)', { p: 16, q: 16 }))
export const r3 = pipe(zeros('b 12 32 48', { b: 2 }), rearrange('b (c r s) h w -> b c (h r) (w s)', { r: 2, s: 2 }))
export const r4 = pipe(zeros('b 8 65 16', { b: 2 }), rearrange('b h s d -> b s (h d)'))
export const r5 = pipe(zeros('b 30 40 3', { b: 2 }), rearrange('b ... c -> b c ...'))
export const r6 = pipe(zeros('b 3 8 6', { b: 2 }), reduce('b c (h 2) (w 2) -> b c h w', 'max'))
export const r7 = pipe(zeros('b 5 14 14', { b: 2 }), reduce('b c h w -> b c', 'mean'))
export const r8 = pipe(zeros('30 41'), repeat('h w -> h w c', { c: 3 }))
