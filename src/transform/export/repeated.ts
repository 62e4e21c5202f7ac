/**
 * Held tensors that repeat their entries along axes. A function under `vmap` closes over one bias and is traced with as many as there are examples,
 * because what does not depend on an argument is computed while it is traced. A file brings such a tensor along once, and the program repeats it,
 * which engines do where it is read and without a copy. No bit of a result depends on how an operand came about.
 */
import { broadcastPrimitive } from '../../primitives/sum.js'
import { type Equation, type Program, simplify, type Variable } from '../../program/index.js'
import { allocate, at, type Buffer, bufferOf, concrete, rowMajor, sizeOf, type Value } from '../../tensor/index.js'

/** Whether every entry is the one before it along an axis, bit for bit but for NaN. */
const repeatsAlong = (data: Buffer, size: number, step: number): boolean => {
  for (let i = step; i < data.length; i += 1) if (Math.floor(i / step) % size !== 0 && !Object.is(data[i], data[i - step])) return false
  return true
}

/** The axes along which a tensor repeats its entries. */
const repeatedAxes = (data: Buffer, sizes: readonly number[]): readonly number[] => {
  const steps = rowMajor(sizes)
  return sizes.flatMap((size, axis) => (size > 1 && data.length > 0 && repeatsAlong(data, size, at(steps, axis)) ? [axis] : []))
}

/** The entries whose index is 0 along some axes, without these. */
const firstAlong = (x: Value, data: Buffer, axes: readonly number[]): Value => {
  const steps = rowMajor(x.sizes)
  const kept = x.sizes.map((_, axis) => axis).filter(axis => !axes.includes(axis))
  const sizes = kept.map(axis => at(x.sizes, axis))
  const base = allocate(x.dtype, sizeOf(sizes), 'export')
  const own = rowMajor(sizes)
  for (let i = 0; i < base.length; i += 1)
    base[i] = at(
      data,
      kept.reduce((place, axis, k) => place + (Math.floor(i / at(own, k)) % at(sizes, k)) * at(steps, axis), 0),
    )
  return concrete(sizes, x.dtype, base)
}

export interface Holding {
  readonly program: Program
  /** The values of the program's last inputs. */
  readonly held: readonly Value[]
}

/** The same program with repeated entries held once. */
export const withoutRepeats = ({ program, held }: Holding): Holding => {
  const given = program.inputs.length - held.length
  const inputs: Variable[] = program.inputs.slice(0, given)
  const repeats: Equation[] = []
  const bases = held.map((x, i) => {
    const variable = program.inputs[given + i]
    const data = bufferOf('export', x)
    const axes = repeatedAxes(data, x.sizes)
    if (variable === undefined) return x
    if (axes.length === 0) {
      inputs.push(variable)
      return x
    }
    const base = firstAlong(x, data, axes)
    const input: Variable = { kind: 'variable', id: program.count + i, sizes: base.sizes, dtype: base.dtype }
    inputs.push(input)
    repeats.push({ operation: broadcastPrimitive.of({ sizes: x.sizes, axes }), inputs: [input], outputs: [variable] })
    return base
  })
  if (repeats.length === 0) return { program, held }
  const repeating = { ...program, inputs, equations: [...repeats, ...program.equations], count: program.count + held.length }
  return { program: simplify(repeating), held: bases }
}
