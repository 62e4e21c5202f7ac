/** Numbers that every side can make alike, pytorch/data.py among them: a hash of the place, so that none has to be sent. */

const hash = (i: number, seed: number): number => {
  let x = Math.imul(i + 1 + seed * 1000003, 0x9e3779b1) >>> 0
  x = Math.imul(x ^ (x >>> 15), 0x85ebca77) >>> 0
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae3d) >>> 0
  return (x ^ (x >>> 16)) >>> 0
}

/** Between -scale and scale, evenly. */
export const uniform = (length: number, seed: number, scale = 1): Float32Array<ArrayBuffer> => {
  const values = new Float32Array(length)
  for (let i = 0; i < length; i += 1) values[i] = (hash(i, seed) / 2147483648 - 1) * scale
  return values
}

/** Whole numbers below `classes`. */
export const labels = (length: number, seed: number, classes: number): Int32Array<ArrayBuffer> => {
  const values = new Int32Array(length)
  for (let i = 0; i < length; i += 1) values[i] = hash(i, seed) % classes
  return values
}

/** Places spread over an array, the first and the last among them. */
export const places = (length: number, count = 64): readonly number[] =>
  Array.from({ length: Math.min(count, length) }, (_, i) => Math.round((i * (length - 1)) / Math.max(1, Math.min(count, length) - 1)))

/** The entries at those places. */
export const sample = (values: ArrayLike<number>): readonly number[] => places(values.length).map(i => values[i] ?? Number.NaN)
