/**
 * Attention with several heads (Vaswani et al. 2017), written by `einsum`: each product says which axes it joins, and no tensor is reshaped or
 * transposed by hand. Axes of equal size cannot be confused, since a pattern is checked against the shapes when the file is compiled.
 *
 * The program prints how it is computed, as a Mermaid flowchart (https://mermaid.live draws it) and as text. Patterns cost nothing when it runs: the
 * program holds the same four kinds of products that one would write by `matmul` and `transpose`.
 *
 *   npx tsx examples/attention.ts
 */
import { fileURLToPath } from 'node:url'
import {
  arange,
  einsum,
  full,
  greaterEqual,
  matmul,
  mul,
  pairwise,
  permute,
  pipe,
  program,
  random,
  reshape,
  softmax,
  type Tensor,
  where,
} from 'pullback'

/** 12 places of 32 features; 4 heads of 8. */
export type Sequence = Tensor<'12 32'>
export interface Params {
  readonly query: Tensor<'32 4 8'>
  readonly key: Tensor<'32 4 8'>
  readonly value: Tensor<'32 4 8'>
  readonly out: Tensor<'4 8 32'>
}

const scale = 1 / Math.sqrt(8)

export const initial = (seed: number): Params => {
  const [query, key, value, out] = random.split(4)(random.key(seed))
  const drawn = random.normal('32 4 8')
  return {
    query: pipe(drawn(query), mul(0.2)),
    key: pipe(drawn(key), mul(0.2)),
    value: pipe(drawn(value), mul(0.2)),
    out: pipe(random.normal('4 8 32')(out), mul(0.2)),
  }
}

/** What a place may look at: itself and the places before it. */
const visible = pipe(arange(12), reshape('12 1'), rows => pairwise(greaterEqual)(rows, arange(12)))
const masked = (scores: Tensor<'4 12 12'>): Tensor<'4 12 12'> => pipe(visible, where(scores, full(Number.NEGATIVE_INFINITY)('')))

/** Words: q and k are places that look and are looked at, c features, h heads, d features of a head. */
export const attention =
  ({ query, key, value, out }: Params) =>
  (x: Sequence): Sequence => {
    const queries = einsum('q c, c h d -> h q d')(x, query)
    const keys = einsum('k c, c h d -> h k d')(x, key)
    const values = einsum('k c, c h d -> h k d')(x, value)
    const weights = pipe(einsum('h q d, h k d -> h q k')(queries, keys), mul(scale), masked, softmax(-1))
    return einsum('h q k, h k d, h d c -> q c')(weights, values, out)
  }

/** The same by products of matrices, with every reshape and transpose written out. */
export const attentionByMatmul =
  ({ query, key, value, out }: Params) =>
  (x: Sequence): Sequence => {
    const heads = (w: Tensor<'32 4 8'>): Tensor<'4 12 8'> =>
      pipe(x, matmul(pipe(w, reshape('32 32'))), reshape('12 4 8'), permute([1, 0, 2]))
    const keys = pipe(heads(key), permute([0, 2, 1]))
    const weights = pipe(heads(query), matmul(keys), mul(scale), masked, softmax(-1))
    return pipe(weights, matmul(heads(value)), permute([1, 0, 2]), reshape('12 32'), matmul(pipe(out, reshape('32 32'))))
  }

/** What the program computes, in a drawing and in words. */
export const drawn = (seed: number): { readonly mermaid: string; readonly text: string } => {
  const x = random.normal('12 32')(random.key(seed + 1))
  const params = initial(seed)
  const f = (params: Params, x: Sequence) => attention(params)(x)
  return { mermaid: program.mermaid(f)(params, x), text: program.print(f)(params, x) }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { mermaid, text } = drawn(0)
  console.log(`${mermaid}\n\n${text}`)
}
