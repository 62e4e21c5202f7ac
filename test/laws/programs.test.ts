/** What every primitive in the registry must obey, by enrolment alone: programs of it and of its derivatives are valid, and simplification and jit change no bit. */
import * as fc from 'fast-check'
import { describe } from 'vitest'
import { sameBits } from '../../src/laws/compare.js'
import { jitChangesNothing } from '../../src/laws/index.js'
import { concatAxis, repeatLeading } from '../../src/primitives/index.js'
import { check, type Program, simplify } from '../../src/program/index.js'
import { isFloat, type Value } from '../../src/tensor/index.js'
import { interpret, trace } from '../../src/trace/index.js'
import { vmap } from '../../src/transform/index.js'
import { cases, partial, singleCases } from '../support/cases.js'
import { derivedFrom, type Flat } from '../support/derived.js'
import { draws } from '../support/draws.js'
import { testOnEach } from '../support/engines.js'
import { drawn, drawnAll } from '../support/samples.js'

const few = draws(23, 3)

/** The program of a function is valid, it and its simplified form give the function's bits, and so does jit. */
const isFaithful = (f: Flat, inputs: readonly Value[]): void => {
  const expected = f(...inputs)
  const { program, captured } = trace(values => f(...values), inputs)
  const run = (checked: Program): readonly Value[] => interpret(check(checked), [...inputs, ...captured])
  sameBits('trace', 'the function and its program', expected, run(program))
  sameBits('simplify', 'the function and its simplified program', expected, run(simplify(program)))
  sameBits('simplify', 'the program simplified once and twice', run(simplify(program)), run(simplify(simplify(program))))
  jitChangesNothing(f)(...inputs)
}

/** A batch of two equal examples. */
const twice = (values: readonly Value[]): readonly Value[] => values.map(x => concatAxis([repeatLeading(x, 1), repeatLeading(x, 1)], 0))

describe.each([...cases, ...singleCases].map(sample => [sample.title, sample] as const))('%s', (_, sample) => {
  const all = drawnAll(sample.inputs)
  const differentiable = sample.inputs.some(({ dtype }) => isFloat(dtype))

  testOnEach('its program is faithful', () => {
    fc.assert(
      fc.property(all, inputs =>
        isFaithful(
          partial(
            sample,
            inputs,
            inputs.map(() => true),
          ),
          inputs,
        ),
      ),
      few,
    )
  })

  if (sample.inputs.length > 0)
    testOnEach('the program of its vmap is faithful', () => {
      const rows = fc.tuple(...sample.inputs.map(input => drawn(input, [3])))
      const every = sample.inputs.map(() => true)
      fc.assert(
        fc.property(rows, inputs => isFaithful((...values) => vmap('3')(partial(sample, values, every))(...values), inputs)),
        few,
      )
    })

  if (differentiable)
    testOnEach('the programs of its vjp, its jvp and their vmap are faithful', () => {
      fc.assert(
        fc.property(derivedFrom(sample, all), ({ pulled, pushed }) => {
          for (const [f, inputs] of [pulled, pushed]) {
            isFaithful(f, inputs)
            isFaithful((...values) => vmap('2')(f)(...values), twice(inputs))
          }
        }),
        few,
      )
    })
})
