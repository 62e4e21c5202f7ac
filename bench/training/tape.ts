/** Reverse-mode differentiation of plain float64 loops, for the numbers that every side must find. */

export interface Node {
  readonly data: Float64Array
  /** The derivative of the loss by each entry, once the tape has run backward. */
  readonly ct: Float64Array
}

export const at = (x: ArrayLike<number>, i: number): number => x[i] ?? Number.NaN

export const addTo = (x: Float64Array, i: number, value: number): void => {
  x[i] = at(x, i) + value
}

export class Tape {
  readonly #pullbacks: (() => void)[] = []

  leaf(values: ArrayLike<number>): Node {
    return { data: Float64Array.from(values), ct: new Float64Array(values.length) }
  }

  /** A new node; the pullback adds to the cotangents of what it was made from. */
  node(data: Float64Array, pullback: (ct: Float64Array) => void): Node {
    const ct = new Float64Array(data.length)
    this.#pullbacks.push(() => pullback(ct))
    return { data, ct }
  }

  backward(loss: Node): void {
    loss.ct[0] = 1
    for (const pullback of this.#pullbacks.reverse()) pullback()
  }
}
