/**
 * What is taken of the two neighbours of a place: a mean by distance, the lower, the higher, the nearer (of two equally near the one at an even place),
 * or their mean. The names are numpy's.
 *
 * @category type-level
 */
export type QuantileMethod = 'linear' | 'lower' | 'higher' | 'nearest' | 'midpoint'
export const quantileMethods: readonly QuantileMethod[] = ['linear', 'lower', 'higher', 'nearest', 'midpoint']
