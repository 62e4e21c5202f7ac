/** Halves of vectors, for float32 vectors as two float64 vectors. */

/** The upper half of a vector, in both halves. */
export const upperHalf: readonly number[] = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]
/** The low halves of two vectors. */
export const lowHalves: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]
/** The low word of each of four that are twice as wide, in two vectors. */
export const lowWords: readonly number[] = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27]
