/** What a training step is to every side: parameters, batches and an optimizer. The loss is each side's own, in its own words. */

export interface Parameter {
  readonly name: string
  readonly sizes: readonly number[]
  readonly values: Float32Array<ArrayBuffer>
}

export interface Batch {
  readonly input: Float32Array<ArrayBuffer>
  /** Classes; empty for a regression. */
  readonly labels: Int32Array<ArrayBuffer>
  /** One-hot rows of the classes, or the numbers of a regression. */
  readonly target: Float32Array<ArrayBuffer>
}

export interface Training {
  readonly inputSizes: readonly number[]
  readonly targetSizes: readonly number[]
  /** Made anew by each call, as the batches are: a process makes those that it wants. */
  readonly parameters: () => readonly Parameter[]
  readonly optimizer: 'adam' | 'sgd'
  readonly rate: number
  /** Steps whose losses are checked. */
  readonly checked: number
  readonly batches: () => readonly Batch[]
}

export const betas = [0.9, 0.999] as const
export const epsilon = 1e-8

/** Different batches that are taken in turn, so that nobody may keep one. */
export const batchCount = 4

export const sizeOf = (sizes: readonly number[]): number => sizes.reduce((x, y) => x * y, 1)

export const valuesOf = ({ parameters }: Training): readonly Float32Array[] => parameters().map(({ values }) => values)

/** What a side has for each parameter, by its name. */
export type Named<P> = (name: string) => P

export const named = <P>(names: readonly string[], values: readonly P[]): Named<P> => {
  const known = new Map(names.map((name, i) => [name, values[i]]))
  return name => {
    const found = known.get(name)
    if (found === undefined) throw new Error(`no parameter ${name}`)
    return found
  }
}

export const namesOf = ({ parameters }: Training): readonly string[] => parameters().map(({ name }) => name)

/** How far each parameter has gone, in learning rates: the mean over its entries, whatever their layout. */
export const distances = (rate: number, from: readonly ArrayLike<number>[], to: readonly ArrayLike<number>[]): readonly number[] =>
  from.map((values, i) => {
    let sum = 0
    for (let j = 0; j < values.length; j += 1) sum += Math.abs((to[i]?.[j] ?? Number.NaN) - (values[j] ?? Number.NaN))
    return sum / values.length / rate
  })

/** Classes as rows with a one among zeros. */
export const oneHot = (classes: Int32Array, outputs: number): Float32Array<ArrayBuffer> => {
  const rows = new Float32Array(classes.length * outputs)
  classes.forEach((label, row) => {
    rows[row * outputs + label] = 1
  })
  return rows
}
