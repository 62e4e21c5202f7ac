/** Something done wrong, and the error that says so. */
export type Mistake = readonly [mistake: string, make: () => unknown, tag: string, message: string]
