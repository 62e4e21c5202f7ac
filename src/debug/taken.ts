/**
 * A traced program whose named values are results: each is a further output of the program, and of the programs that hold it. In a loop there is
 * one for each round, stacked.
 */
import {
  type Atom,
  describe,
  type Equation,
  type Operation,
  type Program,
  sameAval,
  type Variable,
  withoutEffects,
} from '../program/index.js'
import { fail } from '../tensor/index.js'

/** What a value is called, and its dimension string. */
export interface Tag {
  readonly name: string
  readonly shape: string
}

export interface Taken {
  readonly program: Program
  /** One for each of the program's last outputs. */
  readonly tags: readonly Tag[]
}

const refuse = (name: string, detail: string): never => fail({ _tag: 'ArgumentError', op: 'debug.capture', detail: `'${name}' ${detail}` })

/** All cases give what each of them names, in the order of the first. */
const alike = (cases: readonly Taken[], counts: readonly number[]): readonly Taken[] => {
  const all = new Map(cases.flatMap(({ tags }) => tags.map(tag => [tag.name, tag] as const)))
  return cases.map(({ program, tags }, k) => {
    const count = counts[k] ?? 0
    const outputs = [...all.keys()].map(name => {
      const place = tags.findIndex(tag => tag.name === name)
      const atom = program.outputs[count + place]
      return place >= 0 && atom && tags.findLastIndex(tag => tag.name === name) === place
        ? atom
        : refuse(name, 'is not named once in each function of a cond: only one of them runs, so name the result of the cond')
    })
    return { program: { ...program, outputs: [...program.outputs.slice(0, count), ...outputs] }, tags: [...all.values()] }
  })
}

const stacked = ({ name, shape }: Tag, length: number): Tag => ({ name, shape: shape === '' ? String(length) : `${length} ${shape}` })

/** `tagOf` says what an operation names, if it is one that names its operand. */
export const taken = (program: Program, tagOf: (operation: Operation) => Tag | undefined): Taken => {
  const tags: Tag[] = []
  const values: Atom[] = []
  const equations: Equation[] = []
  let { count } = program
  const further = (
    equation: Equation,
    operation: Operation,
    own: readonly Tag[],
    avals: readonly Pick<Variable, 'sizes' | 'dtype'>[],
  ): void => {
    const outputs = avals.map(({ sizes, dtype }): Variable => ({ kind: 'variable', id: count++, sizes, dtype }))
    equations.push({ ...equation, operation, outputs: [...equation.outputs, ...outputs] })
    tags.push(...own)
    values.push(...outputs)
  }
  const untagged = (body: Program): Program => withoutEffects(body, operation => tagOf(operation) !== undefined)
  /** The equations of a held program in the place of what is applied to these atoms, for the values that it names. */
  const besides = (body: Program, atoms: readonly Atom[]): void => {
    const inner = taken(body, tagOf)
    const names = new Map<number, Atom>(body.inputs.flatMap(({ id }, i) => (atoms[i] ? [[id, atoms[i]]] : [])))
    const renamed = (atom: Atom): Atom => (atom.kind === 'variable' ? (names.get(atom.id) ?? atom) : atom)
    // What else it does outside is done by the operation that stays.
    for (const equation of withoutEffects(inner.program).equations) {
      const inputs = equation.inputs.map(renamed)
      const outputs = equation.outputs.map((variable): Variable => ({ ...variable, id: count++ }))
      equation.outputs.forEach(({ id }, i) => {
        names.set(id, outputs[i] ?? fail({ _tag: 'InternalError', detail: 'an output is missing' }))
      })
      equations.push({ ...equation, inputs, outputs })
    }
    tags.push(...inner.tags)
    values.push(...inner.program.outputs.slice(body.outputs.length).map(renamed))
  }
  const intoHolder = (equation: Equation): void => {
    const { operation, inputs } = equation
    const bodies = operation.programs.map(body => taken(body, tagOf))
    const [named] = bodies.flatMap(body => body.tags)
    if (named === undefined) {
      equations.push(equation)
      return
    }
    const lowered = operation.lower(inputs)
    const own = (body: Taken, place: number) => body.program.outputs.slice(operation.programs[place]?.outputs.length)
    switch (lowered.kind) {
      case 'loop': {
        const { length } = lowered
        const avals = bodies.flatMap(own).map(({ sizes, dtype }) => ({ sizes: [length, ...sizes], dtype }))
        const stacks = bodies.flatMap(body => body.tags.map(tag => stacked(tag, length)))
        further(equation, operation.withPrograms(bodies.map(body => body.program)), stacks, avals)
        return
      }
      case 'branch': {
        const cases = alike(
          bodies,
          operation.programs.map(body => body.outputs.length),
        )
        const [first, ...others] = cases.map(own)
        for (const other of others)
          other.forEach((atom, i) => {
            const expected = first?.[i]
            const name = cases[0]?.tags[i]?.name ?? ''
            if (expected && !sameAval(atom, expected))
              refuse(name, `is ${describe(expected)} in one function of a cond and ${describe(atom)} in another`)
          })
        further(equation, operation.withPrograms(cases.map(body => body.program)), cases[0]?.tags ?? [], first ?? [])
        return
      }
      case 'call':
      case 'block':
        // The operation stays, with its derivative; what it names is computed beside it, and an engine joins what is equal.
        equations.push({ ...equation, operation: operation.withPrograms(operation.programs.map(untagged)) })
        besides(lowered.program, inputs)
        return
      default:
        refuse(named.name, `is named inside ${operation.name}, whose rounds are not counted: name what it gives`)
    }
  }
  for (const equation of program.equations) {
    const tag = tagOf(equation.operation)
    const [value] = equation.inputs
    if (tag && value) {
      tags.push(tag)
      values.push(value)
    } else if (equation.operation.programs.length > 0) intoHolder(equation)
    else equations.push(equation)
  }
  return { program: { ...program, equations, outputs: [...program.outputs, ...values], count }, tags }
}
