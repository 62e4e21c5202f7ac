/** Results that are looked at: their numbers say that a matrix was singular or not positive definite. */
import { bufferOf, sizeOf, type Value } from '../tensor/index.js'

/** The first of the matrices along the leading axes whose result holds a NaN or an infinity, in words. */
export const firstBad = (op: string, result: Value, leading: number): string | undefined => {
  const data = bufferOf(op, result)
  const bad = data.findIndex(value => !Number.isFinite(value))
  if (bad < 0) return undefined
  const count = sizeOf(result.sizes.slice(0, leading))
  return leading === 0 ? 'the matrix' : `matrix ${Math.floor((bad / data.length) * count)} of ${count}`
}
