/**
 * Random tensors, key last: `random.normal('3 4')(key)`.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * const x = random.uniform('3')(random.key(0))
 * assert.ok(toNested(x).every(value => value >= 0 && value < 1))
 */
import { xor } from '../primitives/index.js'
import { fail, isTensor, show, typed } from '../tensor/index.js'
import { type Draw, type DrawOf, drawing, type Sampler, standard } from './drawing.js'
import { normalDrawn } from './normal.js'
import { type DrawOfBy, type Parameter, type ParameterShape, parameter } from './parameter.js'
import { amongLeast, amongShares } from './share.js'
import { truncated } from './truncated.js'
import { bitsOf, unit, wordsOf } from './words.js'

/**
 * Uniform on [0, 1).
 *
 * @example
 * import { random, toArray } from 'pullback'
 *
 * assert.ok(toArray(random.uniform('100')(random.key(0))).every(value => value >= 0 && value < 1))
 *
 * @category constructors
 */
export const uniform: Draw<'uniform'> = standard('uniform', unit)

/**
 * Normal with mean 0 and standard deviation 1.
 *
 * @example
 * import { random } from 'pullback'
 *
 * assert.equal(random.normal('batch 3', { batch: 2 })(random.key(0)).shape, 'batch 3')
 *
 * @category constructors
 */
export const normal: Draw<'normal'> = standard('normal', normalDrawn)

/**
 * A standard normal conditioned to lie between two bounds, either of which may be infinite. Every number is finite and strictly between them.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * const x = random.truncatedNormal(8, Infinity)('3')(random.key(0))
 * assert.ok(toNested(x).every(value => value > 8 && value < 10))
 *
 * @category constructors
 */
export const truncatedNormal = (low: number, high: number): Draw<'truncatedNormal'> =>
  typeof low === 'number' && typeof high === 'number' && low < high
    ? standard('truncatedNormal', (key, n, dtype) => truncated(low, high, dtype, wanted => unit(key, n, wanted)))
    : fail({
        _tag: 'ArgumentError',
        op: 'truncatedNormal',
        detail: `the lower bound ${show(low)} is not below the upper bound ${show(high)}`,
      })

/**
 * True with probability p, to 2^-64: 0 is never and 1 always true. p is a number or a tensor that broadcasts to the shape.
 *
 * @example
 * import { random, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(random.bernoulli(tensor([0, 1]))('2')(random.key(0))), [false, true])
 *
 * @category constructors
 */
export const bernoulli: <const P extends Parameter>(p: P) => DrawOfBy<'bernoulli', ParameterShape<P>, '', 'bool'> = typed((p: unknown) => {
  const op = 'bernoulli'
  const held = isTensor(p)
    ? parameter(op, 'p', p, {})
    : typeof p === 'number' && p >= 0 && p <= 1
      ? p
      : fail({ _tag: 'ArgumentError', op, detail: `${show(p)} is no probability: give a number from 0 to 1` })
  const sampler: Sampler = (key, n, _, each) => {
    const [high, low] = wordsOf(key, n)
    return typeof held === 'number' ? amongLeast(held, xor(high, low), low) : amongShares(each ?? high, xor(high, low), low)
  }
  return drawing(op, sampler, { parameters: typeof held === 'number' ? [] : [held], dtype: 'bool' })
})

/**
 * Random 32-bit words.
 *
 * @example
 * import { random } from 'pullback'
 *
 * assert.equal(random.bits('100')(random.key(0)).dtype, 'uint32')
 *
 * @category constructors
 */
export const bits: DrawOf<'bits', 'uint32'> = typed(drawing('bits', bitsOf, { dtype: 'uint32' }))
