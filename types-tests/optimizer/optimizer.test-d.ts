import { optimizer, type Tensor } from 'pullback'
import { type Assert, type Equal, typeOf } from '../assert.js'
import { vector, x } from '../given.js'

type Params = { readonly w: Tensor<'2 3'>; readonly b: readonly [Tensor<'3'>] }
declare const params: Params

// The state has the form of the parameters; a chain's state is the tuple of its parts' states.
typeOf(optimizer.sgd(0.1).init(params)).is<readonly [readonly []]>()
typeOf(optimizer.momentum(0.1).init(params)).is<readonly [optimizer.Trace<Params>, readonly []]>()
typeOf(optimizer.nesterov(0.1, 0.9).init(params)).is<readonly [optimizer.Trace<Params>, readonly []]>()
typeOf(optimizer.adam(1e-3).init(params)).is<readonly [optimizer.Moments<Params>, readonly []]>()
typeOf(optimizer.adam(1e-3).init(params)[0].nu.b[0]).is<Tensor<'3'>>()
typeOf(optimizer.adam(1e-3).init(params)[0].count).is<Tensor<'', 'int32'>>()
typeOf(optimizer.scaleByAdam().init(vector)).is<optimizer.Moments<Tensor<'3'>>>()
typeOf(optimizer.trace(0.9).init(vector)).is<optimizer.Trace<Tensor<'3'>>>()
typeOf(optimizer.identity.init(params)).is<readonly []>()
typeOf(optimizer.scale(2).init(params)).is<readonly []>()
typeOf(optimizer.scaleByLearningRate(2).init(params)).is<readonly []>()
typeOf(optimizer.stateless(gradients => gradients).init(params)).is<readonly []>()

const chained = optimizer.chain(optimizer.trace(0.9), optimizer.chain(optimizer.scaleByAdam(), optimizer.identity), optimizer.scale(2))
type Chained<P> = readonly [optimizer.Trace<P>, readonly [optimizer.Moments<P>, readonly []], readonly []]
typeOf(chained.init(params)).is<Chained<Params>>()
typeOf(chained.update(params, chained.init(params), params)).is<readonly [updates: Params, state: Chained<Params>]>()
typeOf(optimizer.applyUpdates(params, params)).is<Params>()

export type ApplyCases = [
  Assert<Equal<optimizer.State<optimizer.AdamState, Params>, optimizer.Moments<Params>>>,
  Assert<Equal<optimizer.State<optimizer.NoState, Params>, readonly []>>,
  Assert<Equal<optimizer.State<optimizer.TraceState, Params>, optimizer.Trace<Params>>>,
]

// @ts-expect-error Source has 1 element(s) but target requires 2.
optimizer.momentum(0.1).update(params, optimizer.sgd(0.1).init(params), params)
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
optimizer.sgd(0.1).update(vector, optimizer.sgd(0.1).init(vector), x)
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
optimizer.applyUpdates(vector, x)
// @ts-expect-error Argument of type 'string' is not assignable to parameter of type 'number'.
optimizer.adam('1e-3')
// @ts-expect-error Object literal may only specify known properties, and 'beta' does not exist in type 'AdamOptions'.
optimizer.adam(1e-3, { beta: 0.9 })
// @ts-expect-error Argument of type 'number' is not assignable to parameter of type 'object'.
optimizer.chain(optimizer.scale(2), 3)
