/** Functions of lists of tensors on an engine: in one program, and with each operation in a program of its own. */
import { reference } from '../../../src/engine/reference/index.js'
import { type Engine, type Program, simplify, walk } from '../../../src/program/index.js'
import type { Value } from '../../../src/tensor/index.js'
import { trace } from '../../../src/trace/index.js'

export type Flat = (inputs: readonly Value[]) => readonly Value[]

interface Closed {
  readonly program: Program
  readonly inputs: readonly Value[]
}

/** The simplified program of a function, and all that it is given: the arguments, then what the function captured. */
export const closed = (f: Flat, inputs: readonly Value[]): Closed => {
  const { program, captured } = trace(f, inputs)
  return { program: simplify(program), inputs: [...inputs, ...captured] }
}

/** The plain loops, which other engines are compared with. */
export const interpreted = ({ program, inputs }: Closed): readonly Value[] => reference.prepare(program).run(inputs)

/** Runs the whole program at once, so that the engine fuses what it can. */
export const whole = (engine: Engine, { program, inputs }: Closed): readonly Value[] => engine.prepare(program).run(inputs)

/** Runs every equation as a program of its own, so that nothing is fused. */
export const piecewise = (engine: Engine, { program, inputs }: Closed): readonly Value[] =>
  program.outputs.map(
    walk(
      program,
      inputs,
      value => value,
      ({ operation, outputs }, values) => {
        const variables = values.map(({ sizes, dtype }, id) => ({ kind: 'variable', id, sizes, dtype }) as const)
        const results = outputs.map((variable, i) => ({ ...variable, id: variables.length + i }))
        const count = variables.length + results.length
        return engine
          .prepare({ inputs: variables, equations: [{ operation, inputs: variables, outputs: results }], outputs: results, count })
          .run(values)
      },
    ),
  )
