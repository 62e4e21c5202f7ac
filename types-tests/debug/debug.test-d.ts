import { debug, exp, sum, type Tensor } from 'pullback'
import { typeOf } from '../assert.js'
import { vector, x } from '../given.js'

// What is counted takes the arguments of the function.
typeOf(debug.count((v: Tensor<'3'>, m: Tensor<'2 3'>) => [v, sum()(m)] as const)).is<(v: Tensor<'3'>, m: Tensor<'2 3'>) => debug.Count>()
typeOf(debug.count((v: Tensor<'3'>) => exp(v))(vector).operations).is<{ readonly [name: string]: number }>()
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
debug.count((v: Tensor<'3'>) => exp(v))(x)
