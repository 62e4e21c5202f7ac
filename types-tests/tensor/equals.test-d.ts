/** Equality of tensors and trees of one type, and fp-ts' instances. */
import type { Eq } from 'fp-ts/lib/Eq.js'
import type { Show } from 'fp-ts/lib/Show.js'
import { equals, type Tensor, tree } from 'pullback'
import { typeOf } from '../assert.js'
import { doubles, vector, x } from '../given.js'

const params = { w: vector, b: [x] } as const

typeOf(equals(vector, vector)).is<boolean>()
typeOf(equals(params, params)).is<boolean>()
typeOf(equals<object>(vector, params)).is<boolean>()
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
equals(vector, x)
// @ts-expect-error Type '"float64"' is not assignable to type '"float32"'.
equals(vector, doubles)

// What compares all trees compares those of one type.
export const ofVectors: Eq<Tensor<'3'>> = tree.Eq
export const ofParams: Eq<typeof params> = tree.Eq
export const shown: Show<typeof params> = tree.Show

typeOf(tree.Functor.map(tree.flatten('example', params), leaf => leaf.shape)).is<tree.Flat<string>>()
