/**
 * A second printer of formulas, which computes them at once in JavaScript, one number at a time. It shares nothing with the printer of
 * vector code: a value is the result itself and not the code for it, floats, words and masks are of three types, and branches are taken or
 * not.
 *
 * JavaScript's sums, products, quotients and roundings of float64 are those of IEEE 754. Of two float32s they are exact enough that
 * `Math.fround` gives the sum, product, quotient or root rounded once (Figueroa, When is double rounding innocuous?, 1995).
 */
import { double, type Float64Part, type Format, type Formula, type Slot, single, type WideFormula } from '../../src/math/index.js'

export interface NumberKinds {
  readonly float: number
  readonly word: bigint
  readonly mask: boolean
  readonly flag: boolean
}

/** What a formula did. */
export interface Observed {
  /** Whether a float32 formula began a part in float64. */
  float64: boolean
  /** Which ways its branches went. */
  readonly branches: Set<boolean>
}

const view = new DataView(new ArrayBuffer(8))

const halfToEven = (x: number): number => {
  const below = Math.floor(x)
  const rest = x - below
  const nearest = rest < 0.5 || (rest === 0.5 && below % 2 === 0) ? below : below + 1
  // The sign of a zero is the number's own.
  return Number.isFinite(x) ? (nearest === 0 ? x * 0 : nearest) : x
}

const slot = <V>(initial: V): Slot<V> => {
  let value = initial
  return {
    get value() {
      return value
    },
    set: next => {
      value = next
    },
  }
}

/** Computes in one format. Numbers that this format does not have are not let in. */
export const interpreter = (format: Format, observed: Observed): Formula<NumberKinds> => {
  const isSingle = format.name === 'float32'
  const rounded = isSingle ? Math.fround : (x: number): number => x
  const own = (x: number): number => {
    if (!Object.is(rounded(x), x)) throw new Error(`${x} is no ${format.name}`)
    return x
  }
  const ownWord = (word: bigint): bigint => {
    if (word !== BigInt.asUintN(format.bits, word)) throw new Error(`${word} has more than ${format.bits} bits`)
    return word
  }
  const cut = (word: bigint): bigint => BigInt.asUintN(format.bits, word)
  const isTaken = (mask: boolean): boolean => {
    observed.branches.add(mask)
    return mask
  }
  return {
    format,
    number: rounded,
    add: (a, b) => rounded(own(a) + own(b)),
    sub: (a, b) => rounded(own(a) - own(b)),
    mul: (a, b) => rounded(own(a) * own(b)),
    div: (a, b) => rounded(own(a) / own(b)),
    multiplyAdd: (a, b, c) => rounded(rounded(own(a) * own(b)) + own(c)),
    sqrt: a => rounded(Math.sqrt(own(a))),
    floor: a => Math.floor(own(a)),
    nearest: a => halfToEven(own(a)),
    trunc: a => Math.trunc(own(a)),
    atMost: (x, limit) => (rounded(limit) < own(x) ? rounded(limit) : x),
    atLeast: (x, limit) => (rounded(limit) > own(x) ? rounded(limit) : x),
    lt: (a, b) => own(a) < own(b),
    le: (a, b) => own(a) <= own(b),
    gt: (a, b) => own(a) > own(b),
    ge: (a, b) => own(a) >= own(b),
    eq: (a, b) => own(a) === own(b),
    ne: (a, b) => own(a) !== own(b),
    bits: x => {
      if (isSingle) {
        view.setFloat32(0, own(x))
        return BigInt(view.getUint32(0))
      }
      view.setFloat64(0, x)
      return view.getBigUint64(0)
    },
    float: word => {
      if (isSingle) {
        view.setUint32(0, Number(ownWord(word)))
        return view.getFloat32(0)
      }
      view.setBigUint64(0, ownWord(word))
      return view.getFloat64(0)
    },
    word: cut,
    addWords: (a, b) => cut(ownWord(a) + ownWord(b)),
    subWords: (a, b) => cut(ownWord(a) - ownWord(b)),
    andWords: (a, b) => ownWord(a) & ownWord(b),
    orWords: (a, b) => ownWord(a) | ownWord(b),
    xorWords: (a, b) => ownWord(a) ^ ownWord(b),
    clearWords: (a, b) => ownWord(a) & ~ownWord(b),
    shiftLeft: (a, count) => cut(ownWord(a) << BigInt(count)),
    shiftRight: (a, count) => ownWord(a) >> BigInt(count),
    isOdd: a => (ownWord(a) & 1n) === 1n,
    andMasks: (a, b) => a && b,
    orMasks: (a, b) => a || b,
    xorMasks: (a, b) => a !== b,
    exceptMasks: (a, b) => a && !b,
    select: (mask, then, otherwise) => own(mask ? then : otherwise),
    selectWords: (mask, then, otherwise) => ownWord(mask ? then : otherwise),
    where: (mask, x) => (mask ? own(x) : 0),
    whereWords: (mask, x) => (mask ? ownWord(x) : 0n),
    whereNot: (mask, x) => (mask ? 0 : own(x)),
    keep: own,
    keepWord: ownWord,
    keepMask: mask => mask,
    variable: initial => slot(own(initial)),
    wordVariable: initial => slot(ownWord(initial)),
    any: isTaken,
    anyNot: mask => isTaken(!mask),
    when: (flag, body) => {
      if (flag) body()
    },
    repeatWhile: body => {
      while (isTaken(body()));
    },
    times: (count, body) => {
      for (let i = 0; i < count; i += 1) body()
    },
    stepsAbove: (a, b, bits) => (ownWord(a) < b ? 0n : (a - b) >> BigInt(bits)),
    reader: (table, place) => {
      let next = Number(ownWord(place))
      const byte = (i: number): bigint => BigInt(table[next + i] ?? 0)
      return {
        get word() {
          return (byte(0) << 16n) | (byte(1) << 8n) | byte(2)
        },
        advance: () => {
          next += 3
        },
      }
    },
  }
}

/** Of float32, with parts in float64. */
export const wideInterpreter = (observed: Observed): WideFormula<NumberKinds> => {
  const wide = interpreter(double, observed)
  const reduced: Float64Part<NumberKinds>['reduced'] = (x, body) => {
    const { word, r } = body(wide, x)
    return { word: BigInt.asUintN(32, word), r: Math.fround(r) }
  }
  return {
    ...interpreter(single, observed),
    inFloat64: part => {
      observed.float64 = true
      return part({ rounded: (x, y, body) => Math.fround(body(wide, x, y)), reduced, reducedRarely: reduced })
    },
  }
}
