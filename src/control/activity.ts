/** Which carries of a loop a derivative reaches. */

/**
 * Marks of a loop's carry that stay as they are from one round to the next: `next` gives the marks after a round for those before it, and a
 * mark that has been set once stays. There are at most as many changes as there are marks.
 */
export const settled = (marks: readonly boolean[], next: (marks: readonly boolean[]) => readonly boolean[]): readonly boolean[] => {
  const after = next(marks)
  const both = marks.map((mark, i) => mark || after[i] === true)
  return both.every((mark, i) => mark === marks[i]) ? marks : settled(both, next)
}
