/** How the benchmark reaches this library: everything that may still change about that is here. */
import * as pullback from '#pullback'
import { sample } from './numbers.js'
import type { Run } from './workload.js'

export { pullback }
export type AnyTensor = pullback.Tensor<string>

const asked = process.env.BENCH_ENGINE ?? 'wasm'

/** The engine under test, or with BENCH_ENGINE=reference the reference engine. */
export const engineOf = (threads: number): pullback.Engine =>
  asked === 'reference' ? pullback.reference : pullback.wasmEngine({ threads })

/** What `fromArray` decoded; the data here are right by construction. */
export const decoded = <A>(made: { readonly _tag: 'Right'; readonly right: A } | { readonly _tag: 'Left'; readonly left: unknown }): A => {
  if (made._tag === 'Left') throw made.left
  return made.right
}

/** Work that gives one tensor, its values on the JavaScript heap when it returns. */
export const oursRun = (compute: () => AnyTensor): Run => ({
  values: async () => sample(pullback.toArray(compute())),
  round: async count => {
    for (let i = 0; i < count; i += 1) compute()
  },
})
