/**
 * A gradient for every example, by `vmap` of `grad`. Training looks at the mean of the examples' gradients; here each is kept, as one more
 * axis of the same tree, so that one can ask which example pulls hardest. One label in the data is wrong: its gradient is the longest.
 * Clipping every gradient to the same length before they are averaged, as differentially private descent does (Abadi et al. 2016, before
 * its noise is added), bounds what any one example can do.
 *
 *   npx tsx examples/per-example-gradients.ts
 */
import { fileURLToPath } from 'node:url'
import {
  add,
  argmax,
  cast,
  div,
  full,
  grad,
  jit,
  layer,
  loss,
  matmul,
  mean,
  minimum,
  mul,
  pipe,
  random,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  toNested,
  toNumber,
  tree,
  vmap,
} from 'pullback'

const model = pipe(layer.input('3'), layer.dense(1))
