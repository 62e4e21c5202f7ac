/** Plain loops: implicit QR steps that make an upper bidiagonal matrix diagonal; see svd-routine.ts for their source. */
import { at } from '../../tensor/index.js'
import { mostSteps } from './bidiagonal-routine.js'

/** A function of two neighbouring rows of a basis and of a turn of them. */
type TurnRows = (i: number, c: number, s: number) => void

const turnFor = (y: number, z: number): { readonly c: number; readonly s: number; readonly length: number } => {
  const length = Math.sqrt(y * y + z * z)
  return length === 0 ? { c: 1, s: 0, length } : { c: y / length, s: z / length, length }
}

/** Where the matrix is cut: the first of the rows that lead to row `high`. Entries that are negligible become 0. */
const cutAbove = (e: number[], d: readonly number[], high: number): number => {
  for (let low = high; low > 0; low -= 1)
    if (Math.abs(at(e, low - 1)) <= 2 ** -52 * (Math.abs(at(d, low - 1)) + Math.abs(at(d, low)))) {
      e[low - 1] = 0
      return low
    }
  return 0
}

/** Makes the matrix with diagonal d and e beside it diagonal; gives whether that was possible. */
export const madeDiagonal = (d: number[], e: number[], turnLeft: TurnRows, turnRight: TurnRows): boolean => {
  const norm = [...d, ...e].reduce((most, value) => (Math.abs(value) > most ? Math.abs(value) : most), 0)
  let steps = 0
  for (let high = d.length - 1; high > 0; ) {
    const low = cutAbove(e, d, high)
    let isSingular = false
    for (let k = low; k <= high; k += 1)
      if (Math.abs(at(d, k)) <= 2 ** -52 * norm) {
        d[k] = 0
        isSingular = true
      }
    if (low === high) {
      high -= 1
      steps = 0
      continue
    }
    if (steps > mostSteps) return false
    if (isSingular) unshifted(d, e, low, high, turnLeft, turnRight)
    else shifted(d, e, low, high, turnLeft, turnRight)
    steps += 1
  }
  return true
}

const unshifted = (d: number[], e: number[], low: number, high: number, turnLeft: TurnRows, turnRight: TurnRows): void => {
  let [c, leftC, leftS] = [1, 1, 0]
  for (let k = low; k < high; k += 1) {
    const right = turnFor(at(d, k) * c, at(e, k))
    c = right.c
    if (k > low) e[k - 1] = leftS * right.length
    turnRight(k, right.c, right.s)
    const left = turnFor(leftC * right.length, at(d, k + 1) * right.s)
    leftC = left.c
    leftS = left.s
    d[k] = left.length
    turnLeft(k, left.c, left.s)
  }
  const last = at(d, high) * c
  d[high] = last * leftC
  e[high - 1] = last * leftS
}

/** The eigenvalue of the last two rows of bᵀb that is nearer to the last diagonal entry. */
const shiftOf = (d: readonly number[], e: readonly number[], low: number, high: number): number => {
  const before = at(d, high - 1)
  const first = before * before + (low < high - 1 ? at(e, high - 2) * at(e, high - 2) : 0)
  const last = at(d, high) * at(d, high) + at(e, high - 1) * at(e, high - 1)
  const product = before * at(e, high - 1)
  const half = (first - last) * 0.5
  const root = Math.sqrt(half * half + product * product)
  const sum = half + (half < 0 ? -root : root)
  return sum === 0 ? last : last - (product * product) / sum
}

const shifted = (d: number[], e: number[], low: number, high: number, turnLeft: TurnRows, turnRight: TurnRows): void => {
  let y = at(d, low) * at(d, low) - shiftOf(d, e, low, high)
  let z = at(d, low) * at(e, low)
  for (let k = low; k < high; k += 1) {
    const right = turnFor(y, z)
    if (k > low) e[k - 1] = right.length
    const [dk, ek] = [at(d, k), at(e, k)]
    y = right.c * dk + right.s * ek
    const rest = right.c * ek - right.s * dk
    z = right.s * at(d, k + 1)
    const following = right.c * at(d, k + 1)
    turnRight(k, right.c, right.s)
    const left = turnFor(y, z)
    d[k] = left.length
    y = left.c * rest + left.s * following
    d[k + 1] = left.c * following - left.s * rest
    e[k] = rest
    if (k + 1 < high) {
      z = left.s * at(e, k + 1)
      e[k + 1] = left.c * at(e, k + 1)
    }
    turnLeft(k, left.c, left.s)
  }
  e[high - 1] = y
}
