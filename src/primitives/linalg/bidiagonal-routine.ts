/** Implicit QR steps that make an upper bidiagonal matrix diagonal; see svd-routine.ts for their source. */
import { type ArrayRef, type LocalRef, routine as r, type Statement, type Term } from '../../kernel/index.js'

const dtype = 'float64'
const epsilon = 2 ** -52
/** Steps for each singular value, of which there are mostly two, before the routine gives up and gives NaN. */
export const mostSteps = 60

const number = (value: number): Term => r.float(dtype, value)
const abs = (x: Term): Term => r.scalar('abs', dtype, x)
const sqrt = (x: Term): Term => r.scalar('sqrt', dtype, x)
const times = (x: Term, y: Term): Term => r.mul(x, y)

interface Entry {
  readonly array: ArrayRef
  readonly at: Term
}

interface Bidiagonal {
  readonly n: number
  readonly diagonal: (i: Term) => Entry
  /** Entry i stands beside diagonal entry i, above i + 1. */
  readonly off: (i: Term) => Entry
  /** Set to 1 where a singular value is not found. */
  readonly failed: LocalRef
  /** Turn rows i and i + 1 of either basis: to c · first + s · second, and c · second - s · first. */
  readonly turnLeft: (i: Term, c: Term, s: Term) => readonly Statement[]
  readonly turnRight: (i: Term, c: Term, s: Term) => readonly Statement[]
}

/** A turn that takes (y, z) to (length, 0). */
interface Turn {
  readonly c: LocalRef
  readonly s: LocalRef
  readonly length: LocalRef
}

const turnFor = ({ c, s, length }: Turn, y: Term, z: Term): readonly Statement[] => [
  r.set(length, sqrt(r.add(times(y, y), times(z, z)))),
  r.when(r.equal(length, number(0)), [r.set(c, number(1)), r.set(s, number(0))], [r.set(c, r.div(y, length)), r.set(s, r.div(z, length))]),
]

const turn = (): Turn => ({ c: r.local(dtype), s: r.local(dtype), length: r.local(dtype) })

export const bidiagonalSteps = ({ n, diagonal, off, failed, turnLeft, turnRight }: Bidiagonal): readonly Statement[] => {
  const d = (i: Term): Term => r.load(diagonal(i).array, diagonal(i).at)
  const e = (i: Term): Term => r.load(off(i).array, off(i).at)
  const setD = (i: Term, value: Term): Statement => r.store(diagonal(i).array, diagonal(i).at, value)
  const setE = (i: Term, value: Term): Statement => r.store(off(i).array, off(i).at, value)
  const [low, high, k, steps, going, singular] = [r.local(), r.local(), r.local(), r.local(), r.local(), r.local()]
  const [norm, y, z] = [r.local(dtype), r.local(dtype), r.local(dtype)]
  const [right, left] = [turn(), turn()]
  const next = r.add(k, 1)
  const before = r.sub(high, 1)
  const isNegligible = (i: Term): Term => r.operate('lessEqual', abs(e(i)), times(number(epsilon), r.add(abs(d(i)), abs(d(r.add(i, 1))))))

  const greatest = [
    r.set(norm, number(0)),
    r.loop(k, 0, n, [r.when(r.less(norm, abs(d(k))), [r.set(norm, abs(d(k)))])]),
    r.loop(k, 0, n - 1, [r.when(r.less(norm, abs(e(k))), [r.set(norm, abs(e(k)))])]),
  ]
  /** The rows from low to high are those above high that are not cut off by a negligible entry. */
  const findLow = [
    r.set(low, high),
    r.set(going, 1),
    r.during(r.and(going, r.less(0, low)), [
      r.when(isNegligible(r.sub(low, 1)), [setE(r.sub(low, 1), number(0)), r.set(going, 0)], [r.set(low, r.sub(low, 1))]),
    ]),
    r.set(singular, 0),
    r.loop(k, low, r.add(high, 1), [
      r.when(r.operate('lessEqual', abs(d(k)), times(number(epsilon), norm)), [setD(k, number(0)), r.set(singular, 1)]),
    ]),
  ]
  /** The step without a shift, after which a diagonal entry of 0 has moved to the end, and the entry beside it is 0. */
  const unshifted = [
    r.set(right.c, number(1)),
    r.set(left.c, number(1)),
    r.set(left.s, number(0)),
    r.loop(k, low, high, [
      r.set(y, times(d(k), right.c)),
      ...turnFor(right, y, e(k)),
      r.when(r.less(low, k), [setE(r.sub(k, 1), times(left.s, right.length))]),
      ...turnRight(k, right.c, right.s),
      r.set(y, times(left.c, right.length)),
      r.set(z, times(d(next), right.s)),
      ...turnFor(left, y, z),
      setD(k, left.length),
      ...turnLeft(k, left.c, left.s),
    ]),
    r.set(y, times(d(high), right.c)),
    setD(high, times(y, left.c)),
    setE(before, times(y, left.s)),
  ]
  // The shift is the eigenvalue of the last two rows of bᵀb that is nearer to the last diagonal entry.
  const [t0, t1, cross, half, root] = [r.local(dtype), r.local(dtype), r.local(dtype), r.local(dtype), r.local(dtype)]
  const shift = [
    r.set(t0, times(d(before), d(before))),
    r.when(r.less(low, before), [r.set(t0, r.add(t0, times(e(r.sub(high, 2)), e(r.sub(high, 2)))))]),
    r.set(t1, r.add(times(d(high), d(high)), times(e(before), e(before)))),
    r.set(cross, times(times(d(before), e(before)), times(d(before), e(before)))),
    r.set(half, times(r.sub(t0, t1), number(0.5))),
    r.set(root, sqrt(r.add(times(half, half), cross))),
    r.when(r.less(half, number(0)), [r.set(root, r.scalar('neg', dtype, root))]),
    r.set(half, r.add(half, root)),
    r.when(r.notEqual(half, number(0)), [r.set(t1, r.sub(t1, r.div(cross, half)))]),
  ]
  const shifted = [
    ...shift,
    r.set(y, r.sub(times(d(low), d(low)), t1)),
    r.set(z, times(d(low), e(low))),
    r.loop(k, low, high, [
      ...turnFor(right, y, z),
      r.when(r.less(low, k), [setE(r.sub(k, 1), right.length)]),
      r.set(y, r.add(times(right.c, d(k)), times(right.s, e(k)))),
      setE(k, r.sub(times(right.c, e(k)), times(right.s, d(k)))),
      r.set(z, times(right.s, d(next))),
      setD(next, times(right.c, d(next))),
      ...turnRight(k, right.c, right.s),
      ...turnFor(left, y, z),
      setD(k, left.length),
      r.set(y, r.add(times(left.c, e(k)), times(left.s, d(next)))),
      setD(next, r.sub(times(left.c, d(next)), times(left.s, e(k)))),
      r.when(r.less(next, high), [r.set(z, times(left.s, e(next))), setE(next, times(left.c, e(next)))]),
      ...turnLeft(k, left.c, left.s),
    ]),
    setE(before, y),
  ]
  return [
    ...greatest,
    r.set(high, n - 1),
    r.set(steps, 0),
    r.during(r.and(r.less(0, high), r.equal(failed, 0)), [
      ...findLow,
      r.when(
        r.equal(low, high),
        [r.set(high, before), r.set(steps, 0)],
        [r.when(r.less(mostSteps, steps), [r.set(failed, 1)], [r.when(singular, unshifted, shifted)]), r.set(steps, r.add(steps, 1))],
      ),
    ]),
  ]
}
