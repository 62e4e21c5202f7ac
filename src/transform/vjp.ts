/**
 * Reverse mode: the pullback of a function at a point, a linear map from cotangents of the result to cotangents of the argument.
 *
 * @example
 * import { mul, pipe, tensor, toNested, vjp, type Tensor } from 'pullback'
 *
 * const [y, pullback] = vjp((x: Tensor<'3'>) => pipe(x, mul(x)))(tensor([1, 2, 3]))
 * assert.deepEqual(toNested(y), [1, 4, 9])
 * assert.deepEqual(toNested(pullback(tensor([1, 1, 1]))), [2, 4, 6])
 */

import { add } from '../primitives/add.js'
import { type Atom, type Origin, type Program, pulledBackFor, sameAval, type ValueOrZero, walk } from '../program/index.js'
import {
  checkFunction,
  concrete,
  described,
  fail,
  flatten,
  isFloat,
  relabel,
  type Structure,
  sameStructure,
  typed,
  unflatten,
  type Value,
} from '../tensor/index.js'
import { bind } from '../trace/index.js'
import type { Annotated, Unannotated } from './annotated.js'
import { checkFloats, inPlaceOf, traceTree } from './typed-program.js'

/** A value, and whether it depends on what the derivative is taken of. */
interface Active {
  readonly value: Value
  readonly active: boolean
}

export interface ProgramVjp {
  readonly outputs: readonly Value[]
  /** One cotangent for each output; gives one for each wanted input, in their order. */
  readonly pullback: (cotangents: readonly ValueOrZero[]) => readonly Value[]
}

/** The vjp of a program at its inputs. Cotangents are added up variable by variable, in reverse order of the equations. */
export const vjpProgram = (program: Program, inputs: readonly Value[], wanted: readonly boolean[]): ProgramVjp => {
  const tape: {
    readonly inputs: readonly Atom[]
    readonly outputs: readonly Atom[]
    readonly origin: Origin | undefined
    readonly pullback: (cts: readonly ValueOrZero[]) => readonly ValueOrZero[]
  }[] = []
  const read = walk<Active>(
    program,
    inputs.map((value, i) => ({ value, active: wanted[i] === true })),
    value => ({ value, active: false }),
    ({ operation, inputs, outputs, origin }, operands) => {
      const values = operands.map(({ value }) => value)
      const flags = operands.map(({ value, active }) => active && isFloat(value.dtype))
      if (!flags.includes(true)) return bind(operation, values).map(value => ({ value, active: false }))
      const differentiated = operation.vjp(values, flags)
      tape.push({ inputs, outputs, origin, pullback: differentiated.pullback })
      return differentiated.outputs.map(value => ({ value, active: isFloat(value.dtype) }))
    },
  )
  const pullback = (cotangents: readonly ValueOrZero[]): readonly Value[] => {
    const sums = new Array<ValueOrZero>(program.count)
    const accumulate = (atom: Atom | undefined, ct: ValueOrZero): void => {
      if (atom?.kind !== 'variable' || ct === undefined) return
      const sum = sums[atom.id]
      sums[atom.id] = sum === undefined ? ct : add(sum, ct)
    }
    program.outputs.forEach((atom, i) => {
      if (read(atom).active) accumulate(atom, cotangents[i])
    })
    for (const { inputs, outputs, origin, pullback } of tape.toReversed()) {
      const cts = outputs.map(atom => (atom.kind === 'variable' ? sums[atom.id] : undefined))
      if (cts.every(ct => ct === undefined)) continue
      pulledBackFor(origin, () => {
        pullback(cts).forEach((ct, i) => {
          accumulate(inputs[i], ct)
        })
      })
    }
    return program.inputs.flatMap((variable, i) => (wanted[i] ? [sums[variable.id] ?? concrete(variable.sizes, variable.dtype, 0)] : []))
  }
  return { outputs: program.outputs.map(atom => read(atom).value), pullback }
}

export interface TreeVjp {
  readonly value: unknown
  readonly outputs: readonly Value[]
  readonly pullback: (cotangents: readonly ValueOrZero[]) => unknown
}

/** The vjp of a function over trees; the transformations for users are thin faces of it. */
export const vjpTree = (
  op: string,
  f: (x: unknown) => unknown,
  argument: object,
): TreeVjp & { readonly traced: ReturnType<typeof traceTree> } => {
  const { leaves, structure } = flatten(op, argument)
  checkFloats(op, argument, leaves)
  const traced = traceTree(op, f, leaves, structure)
  const inputs = [...leaves, ...traced.captured]
  const { outputs, pullback } = vjpProgram(
    traced.program,
    inputs,
    inputs.map((_, i) => i < leaves.length),
  )
  const named = outputs.map((x, i) => relabel(traced.shapes[i] ?? x.shape, x))
  return {
    traced,
    value: unflatten(traced.structure, named),
    outputs: named,
    pullback: cotangents => inPlaceOf(structure, leaves, pullback(cotangents)),
  }
}

/** The tensors of a cotangent, which has the form, the shapes and the dtypes of a function's result. */
export const cotangentsOf = (op: string, cotangent: unknown, structure: Structure, outputs: readonly Value[]): readonly Value[] => {
  const flat = flatten(op, cotangent)
  if (!sameStructure(flat.structure, structure))
    return fail({ _tag: 'TreeError', op, path: '', detail: 'is a cotangent of another form than the result' })
  return flat.leaves.map((ct, i) => {
    const output = outputs[i] ?? ct
    return sameAval(ct, output)
      ? ct
      : fail({ _tag: 'ShapeError', detail: `${op}: the cotangent is ${described(ct)}, the result is ${described(output)}` })
  })
}

/** `vjp` of a function whose argument has a type, which may be a type parameter. */
export const vjpOf = <A extends object, R extends object>(f: (x: A) => R): ((x: A) => readonly [R, (cotangent: R) => A]) => {
  checkFunction('vjp', f, 'give one of tensors')
  return x => {
    const { value, outputs, pullback, traced } = vjpTree('vjp', tree => f(typed<A>(tree)), x)
    return [typed<R>(value), cotangent => typed<A>(pullback(cotangentsOf('vjp', cotangent, traced.structure, outputs)))]
  }
}

/**
 * The value of a function at a point and its pullback there.
 *
 * **Shapes**: the cotangent has the result's type, what the pullback gives the argument's. Any tree on either side.
 * **Errors**: a leaf of the argument that is not a float; a cotangent of another shape.
 *
 * @example
 * import { matmul, pipe, tensor, toNested, vjp, type Tensor } from 'pullback'
 *
 * const x = tensor([[1, 2]])
 * const [y, pullback] = vjp((w: Tensor<'2 1'>) => pipe(x, matmul(w)))(tensor([[3], [4]]))
 * assert.deepEqual(toNested(y), [[11]])
 * assert.deepEqual(toNested(pullback(tensor([[1]]))), [[1], [2]])
 *
 * @category transformations
 */
export const vjp = <A extends object = Unannotated, R extends object = object, G = unknown>(
  f: Annotated<"vjp: annotate the argument, as in vjp((x: Tensor<'3'>) => …)", A, (x: A) => R, G>,
): ((x: A) => readonly [R, (cotangent: R) => A]) => vjpOf(typed<(x: A) => R>(f))
