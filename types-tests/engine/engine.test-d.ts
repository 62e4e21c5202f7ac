import {
  type Apply,
  type Engine,
  type Exporting,
  exp,
  jit,
  layer,
  loss,
  optimizer,
  pipe,
  reference,
  setDefaultEngine,
  train,
  wasmEngine,
  withEngine,
} from 'pullback'
import { typeOf } from '../assert.js'
import { vector } from '../given.js'

typeOf(wasmEngine()).is<Engine>()
typeOf(wasmEngine({ threads: 2 })).is<Engine>()
typeOf(wasmEngine({ threads: 2, patienceSeconds: 5 }).name).is<string>()
// @ts-expect-error Type 'string' is not assignable to type 'number'.
wasmEngine({ threads: '2' })
typeOf(wasmEngine({ relaxed: true })).is<Engine>()
// @ts-expect-error Type 'string' is not assignable to type 'boolean | undefined'.
wasmEngine({ relaxed: 'yes' })

// An engine changes no type.
const rows = jit((x: typeof vector) => exp(x), { engine: wasmEngine() })
typeOf(rows).is<((x: typeof vector) => typeof vector) & Exporting<[x: typeof vector]>>()
const model = pipe(layer.input('4'), layer.dense(3))
const plain = train.step(model, loss.meanSquaredError, optimizer.sgd(0.1))
typeOf(train.step(model, loss.meanSquaredError, optimizer.sgd(0.1), { engine: wasmEngine() })).is<typeof plain>()

// Nor does one that is in force for a while.
typeOf(reference.apply).is<Apply>()
typeOf(withEngine(reference)(() => exp(vector))).is<typeof vector>()
typeOf(withEngine(wasmEngine())(() => 'any result')).is<string>()
// @ts-expect-error Argument of type 'string' is not assignable to parameter of type 'Engine'.
withEngine('reference')
typeOf(setDefaultEngine(reference)).is<void>()
// @ts-expect-error Argument of type 'string' is not assignable to parameter of type 'Engine'.
setDefaultEngine('reference')
