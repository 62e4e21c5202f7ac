/** Which results of a program a derivative reaches. */
import { dependents, type Program } from '../program/index.js'
import { isFloat } from '../tensor/index.js'

/** For each result, whether it is a float that depends on one of the marked inputs through floats. */
export const reaches = (program: Program, marked: readonly boolean[]): readonly boolean[] =>
  dependents(program, marked, ({ dtype }) => isFloat(dtype))

/**
 * Marks of a loop's carry that stay as they are from one round to the next: `next` gives the marks after a round for those before it, and a
 * mark that has been set once stays. There are at most as many changes as there are marks.
 */
export const settled = (marks: readonly boolean[], next: (marks: readonly boolean[]) => readonly boolean[]): readonly boolean[] => {
  const after = next(marks)
  const both = marks.map((mark, i) => mark || after[i] === true)
  return both.every((mark, i) => mark === marks[i]) ? marks : settled(both, next)
}
