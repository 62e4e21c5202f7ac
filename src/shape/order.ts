/**
 * The order in which the names of an expression are written, so that it has one text: that of their characters in ASCII, a shorter name first.
 *
 * The compiler cannot ask for the code of a character, so it looks both up in a list. What is not in the list, such as 'ö', comes after what
 * is; two such characters have no order, and names that they tell apart stay as they are written.
 *
 * @example
 * import { precedes } from './order.js'
 *
 * assert.deepStrictEqual([precedes('a', 'b'), precedes('n', 'n2'), precedes('height', 'batch')], [true, true, false])
 */
type Characters = '()*+-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'

/** Does the text X come before the text Y? They differ. */
export type Precedes<X extends string, Y extends string> = X extends `${infer A}${infer S}`
  ? Y extends `${infer B}${infer T}`
    ? A extends B
      ? Precedes<S, T>
      : IsBefore<A, B>
    : false
  : true

type IsBefore<A extends string, B extends string> = Characters extends `${string}${A}${string}${B}${string}`
  ? true
  : Characters extends `${string}${B}${string}`
    ? false
    : Characters extends `${string}${A}${string}`
      ? true
      : false

const characters: Characters = '()*+-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'

const placeOf = (text: string, i: number): number => {
  const place = characters.indexOf(text.charAt(i))
  return place < 0 ? characters.length : place
}

export const precedes = (x: string, y: string): boolean => {
  let i = 0
  while (i < x.length && x[i] === y[i]) i += 1
  return i === x.length || (i < y.length && placeOf(x, i) < placeOf(y, i))
}
