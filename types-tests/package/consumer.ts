/** A user of that package: what its declarations say is what the modules say. */
import type { Tensor } from 'pullback'
import { pipe, zeros } from 'pullback'
import { typeOf } from '../assert.js'
import { gradient, initial, model, plus, project, state, step, twice, wider } from './model.js'

typeOf(model.output).is<'3'>()
typeOf(state.params[0].weight).is<Tensor<'2 16'>>()
typeOf(initial).is<(key: Tensor<'2', 'uint32'>) => typeof state>()
typeOf(gradient(zeros('2'))).is<Tensor<'2'>>()
typeOf(twice(zeros('5 6'))).is<Tensor<'5 6'>>()
typeOf(plus(zeros('4'))).is<Tensor<'3 4'>>()
typeOf(project(zeros('64 128'), zeros('128 32'))).is<Tensor<'64 32'>>()
typeOf(pipe(model, wider).output).is<'16'>()

const batch = { input: zeros('8 2'), target: zeros('8', {}, 'int32') }
typeOf(step(state, batch)[0]).is<typeof state>()
