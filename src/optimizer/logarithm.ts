/**
 * The natural logarithm of a number from 0 to 1, in float64, by plain arithmetic. `Math.log` may give other bits in another runtime, and
 * `log` of a tensor would compile a module for one number.
 *
 * It is computed as log m·2ᵉ = e · log 2 + 2 artanh z with z = (m - 1) / (m + 1). For m from √½ to √2, z² is below 0.03, and the terms of
 * the series that are left out are below 2⁻⁵³.
 */
export const logOf = (x: number): number => {
  if (x === 0) return Number.NEGATIVE_INFINITY
  let [m, e] = [x, 0]
  while (m < Math.SQRT1_2) {
    m *= 2
    e -= 1
  }
  const z = (m - 1) / (m + 1)
  let sum = 0
  for (let k = 21; k > 0; k -= 2) sum = sum * z * z + 1 / k
  return e * Math.LN2 + 2 * z * sum
}
