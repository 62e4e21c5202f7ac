/**
 * How a tensor is shown: its type, then its values in nested brackets, as numpy does; the middle of a long axis is elided.
 *
 * @example
 * import { tensor } from 'pullback'
 *
 * assert.equal(tensor([[1, 2.5], [3, 4]]).toString(), `Tensor<'2 2'>\n[[1  , 2.5],\n [3  , 4  ]]`)
 */
import type { DType } from './dtype.js'

/** More values than this are elided, */
const threshold = 200
/** to this many at either end of each axis. */
const edge = 3

const digits: { readonly [D in DType]: number } = { float32: 6, float64: 10, int32: 0, uint32: 0, bool: 0 }

const formatNumber = (dtype: DType, value: number): string => {
  if (dtype === 'bool') return value === 0 ? 'false' : 'true'
  if (Object.is(value, -0)) return '-0'
  if (!Number.isFinite(value) || digits[dtype] === 0) return String(value)
  const magnitude = Math.abs(value)
  return magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e7)
    ? value.toExponential(digits[dtype] - 2).replace(/\.?0+e/, 'e')
    : String(Number(value.toPrecision(digits[dtype])))
}

/** A tensor's type as it is written. */
export const typeName = (shape: string, dtype: DType): string =>
  dtype === 'float32' ? `Tensor<'${shape}'>` : `Tensor<'${shape}', '${dtype}'>`

/** The sizes in brackets, where the shape has names. */
const sizesNote = (shape: string, sizes: readonly number[]): string => (shape === sizes.join(' ') ? '' : ` (${sizes.join(' ')})`)

/**
 * A tensor's shape in a message. It is followed by the sizes where the shape has names, because two shapes of the same names may differ in
 * their sizes alone.
 */
export const shapeText = (x: { readonly shape: string; readonly sizes: readonly number[] }): string =>
  `'${x.shape}'${sizesNote(x.shape, x.sizes)}`

/** The dtype, and the shape as `shapeText` gives it. */
export const described = (x: { readonly shape: string; readonly sizes: readonly number[]; readonly dtype: DType }): string =>
  `${x.dtype} ${shapeText(x)}`

/** Decimal points in one column, as far as one text can be padded to another's. */
const aligned = (texts: readonly string[]): readonly string[] => {
  const places = texts.map(text => /^(-?\d+)(\.\d+)?$/.exec(text))
  const whole = Math.max(0, ...places.map(place => place?.[1]?.length ?? 0))
  const fraction = Math.max(0, ...places.map(place => place?.[2]?.length ?? 0))
  const padded = texts.map((text, i) => {
    const place = places[i]
    return place ? (place[1] ?? '').padStart(whole) + (place[2] ?? '').padEnd(fraction) : text
  })
  const width = Math.max(0, ...padded.map(text => text.length))
  return padded.map(text => text.padStart(width))
}

/** The positions shown along an axis; `-1` stands for the elision. */
const shown = (size: number, elide: boolean): readonly number[] =>
  elide && size > 2 * edge
    ? [...Array(edge).keys(), -1, ...Array.from({ length: edge }, (_, i) => size - edge + i)]
    : [...Array(size).keys()]

/** Prints a tensor. Where there are no values to be shown, a note in their place says why. */
export const render = (
  shape: string,
  dtype: DType,
  sizes: readonly number[],
  values: ((place: number) => number) | 'traced' | 'on a device',
): string => {
  const head = `${typeName(shape, dtype)}${sizesNote(shape, sizes)}`
  if (typeof values === 'string') return `${head} (${values})`
  // An axis may be long where another is empty.
  const elide = [sizes.reduce((product, size) => product * size, 1), ...sizes].some(count => count > threshold)
  const places = sizes.reduce<readonly number[]>(
    (offsets, size) => offsets.flatMap(offset => shown(size, elide).flatMap(i => (i < 0 ? [] : [offset * size + i]))),
    [0],
  )
  const texts = aligned(places.map(place => formatNumber(dtype, values(place))))
  const next = texts[Symbol.iterator]()
  const nested = (axis: number): string => {
    const size = sizes[axis]
    if (size === undefined) return next.next().value ?? ''
    const rows = shown(size, elide).map(i => (i < 0 ? '...' : nested(axis + 1)))
    const inner = sizes.length - axis - 1
    return `[${rows.join(inner === 0 ? ', ' : `,${'\n'.repeat(inner)}${' '.repeat(axis + 1)}`)}]`
  }
  return `${head}${sizes.length > 1 ? '\n' : ' '}${nested(0)}`
}
