/** Comparison of trees of tensors within a tolerance, which reports the worst entry. */
import {
  at,
  bufferOf,
  type DType,
  described,
  fail,
  flatten,
  formDifference,
  heldOptions,
  show as showAny,
  sizeOf,
  tree,
  type Value,
} from '../tensor/index.js'

/** How far numbers may be apart: up to atol + rtol · |expected|. @category model */
export interface Tolerance {
  /** In proportion to the expected number. */
  readonly rtol?: number
  /** Whatever the expected number is. */
  readonly atol?: number
}

/**
 * The default tolerances: those of `torch.testing.assert_close`, which for float32 are some ten roundings, and none for integers and bools.
 */
const defaults: { readonly [D in DType]: Required<Tolerance> } = {
  float32: { rtol: 1.3e-6, atol: 1e-5 },
  float64: { rtol: 1e-7, atol: 1e-7 },
  int32: { rtol: 0, atol: 0 },
  uint32: { rtol: 0, atol: 0 },
  bool: { rtol: 0, atol: 0 },
}

/** What a comparison has found: `message` says why it passes or fails. */
export interface Comparison {
  readonly pass: boolean
  readonly message: string
}

interface Entry {
  readonly leaf: number
  readonly place: number
  readonly actual: number
  readonly expected: number
  readonly difference: number
  readonly allowed: number
}

/** How many times a difference is as large as allowed; infinite where one side alone is NaN or infinite. */
const excess = ({ difference, allowed }: Entry): number => (Number.isFinite(difference) ? difference / allowed : Number.POSITIVE_INFINITY)

/** The worse of two; of two that are equally bad the one with the greater difference. */
const isWorse = (a: Entry, b: Entry): boolean => {
  const [x, y] = [excess(a), excess(b)]
  return x > y || (x === y && a.difference > b.difference)
}

const show = (x: number): string => (Object.is(x, -0) ? '-0' : String(x))
/** Three digits are enough for a difference and a bound. */
const brief = (x: number): string => (Number.isFinite(x) ? String(Number(x.toPrecision(3))) : String(x))

/** Where a number stands: 'weight[1, 2]', '[1, 2]' in a lone tensor, 'weight' for a scalar. */
const placeText = (path: string, sizes: readonly number[], place: number): string => {
  let rest = place
  const index = sizes.toReversed().map(size => {
    const i = rest % size
    rest = (rest - i) / size
    return i
  })
  const text = `${path}${sizes.length === 0 ? '' : `[${index.toReversed().join(', ')}]`}`
  return text === '' ? 'the scalar' : text
}

const checkTolerance = (op: string, name: string, value: number | undefined): void => {
  if (value !== undefined && !(typeof value === 'number' && value >= 0))
    fail({ _tag: 'ArgumentError', op, detail: `${name} is ${showAny(value)}: give a number from 0 up` })
}

const isLike = (x: Value, y: Value): boolean =>
  x.shape === y.shape && x.dtype === y.dtype && x.sizes.every((size, axis) => size === y.sizes[axis])

/** Whether two trees have one form, tensors of the same shapes and dtypes, and numbers within a tolerance of those expected. */
export const compare = (op: string, actual: object, expected: object, options?: Tolerance): Comparison => {
  const tolerance = heldOptions(op, options, ['rtol', 'atol'])
  checkTolerance(op, 'rtol', tolerance.rtol)
  checkTolerance(op, 'atol', tolerance.atol)
  const [given, wanted] = [flatten(op, actual), flatten(op, expected)]
  const refused = (detail: string): Comparison => ({ pass: false, message: `${op}: ${detail}` })
  const title = (path: string): string => (path === '' ? 'the argument' : `'${path}'`)
  const difference = formDifference(given.structure, wanted.structure)
  if (difference) return refused(`${title(difference.path)} is ${difference.first} where ${difference.second} is expected`)
  const paths = tree.paths(expected)
  const odd = given.leaves.findIndex((x, i) => !isLike(x, wanted.leaves[i] ?? x))
  const [first, second] = [given.leaves[odd], wanted.leaves[odd]]
  if (first && second) return refused(`${title(paths[odd] ?? '')} is ${described(first)} where ${described(second)} is expected`)

  let [wrong, total] = [0, 0]
  let worst: Entry | undefined
  wanted.leaves.forEach((y, leaf) => {
    const { rtol, atol } = { ...defaults[y.dtype], ...tolerance }
    const [ours, theirs] = [bufferOf(op, given.leaves[leaf] ?? y), bufferOf(op, y)]
    total += sizeOf(y.sizes)
    for (let place = 0; place < theirs.length; place += 1) {
      const [a, b] = [at(ours, place), at(theirs, place)]
      // In this comparison NaN equals NaN, an infinity equals only itself, and the two zeros are equal.
      if (a === b || (Number.isNaN(a) && Number.isNaN(b))) continue
      const entry = { leaf, place, actual: a, expected: b, difference: Math.abs(a - b), allowed: atol + rtol * Math.abs(b) }
      if (Number.isFinite(entry.difference) && entry.difference <= entry.allowed) continue
      wrong += 1
      if (worst === undefined || isWorse(entry, worst)) worst = entry
    }
  })
  if (worst === undefined) return { pass: true, message: `${op}: all ${total} entries are within the tolerance of those expected` }
  const like = wanted.leaves[worst.leaf]
  const { rtol, atol } = { ...defaults[like?.dtype ?? 'float32'], ...tolerance }
  const where = placeText(paths[worst.leaf] ?? '', like?.sizes ?? [], worst.place)
  return refused(
    `${wrong} of ${total} entries ${wrong === 1 ? 'is' : 'are'} beyond the tolerance, the worst is ${where}: ${show(worst.actual)} where ${show(worst.expected)} is expected, a difference of ${brief(worst.difference)} where ${brief(worst.allowed)} is allowed (atol ${atol} + rtol ${rtol} · |expected|)`,
  )
}
