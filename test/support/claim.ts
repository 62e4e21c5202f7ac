import type { DType, Tensor } from 'pullback'
import { expect } from 'vitest'

/**
 * Checks that the dimension string at run time is the one that the compiler has: the type of the second argument demands the latter, its
 * value the former.
 */
export const claims = <S extends string, D extends DType>(x: Tensor<S, D>, shape: NoInfer<S>, sizes: readonly number[]): void => {
  expect([x.shape, x.sizes]).toEqual([shape, sizes])
}
