/** Arguments of a jitted function that are not tensors: for each combination of their values the function of the other arguments is jitted. */
import { fail, isRecord, isTensor } from '../tensor/index.js'
import type { Exported } from './export/exported.js'

type Call = (...args: readonly unknown[]) => object

/** A jitted function without types, and its method that writes it into files. */
export interface Jitted extends Call {
  readonly export: (...examples: readonly unknown[]) => Promise<Exported>
}

/** The most levels of a static argument. */
const deepest = 100

/** A record that is all that one sees of it: one with symbols for keys is compared by identity, as other objects are. */
const isPlain = (x: unknown): x is { readonly [key: string]: unknown } => isRecord(x) && Object.getOwnPropertySymbols(x).length === 0

/** Whether two static arguments are one: plain data by what it holds, everything else by identity. */
const same = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((x, i) => same(x, b[i]))
  if (!isPlain(a) || !isPlain(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every(key => Object.hasOwn(b, key) && same(a[key], b[key]))
}

/**
 * A copy of plain data, which stays as it is when the caller changes theirs. A tensor in it is refused: a program is made for the value of a static
 * argument, and a tensor's shape suffices.
 */
const kept = (x: unknown, path: string, level = 0): unknown => {
  const refuse = (detail: string): never => fail({ _tag: 'TreeError', op: 'jit', path, detail })
  if (isTensor(x)) return refuse('is a tensor in a static argument: leave its place out of static')
  if (level > deepest) return refuse('is too deep for a static argument: does it hold itself?')
  if (Array.isArray(x)) return x.map((child: unknown, i) => kept(child, `${path}.${i}`, level + 1))
  return isPlain(x) ? Object.fromEntries(Object.entries(x).map(([key, child]) => [key, kept(child, `${path}.${key}`, level + 1)])) : x
}

/** How many combinations are kept. The one that has not been used for the longest time is dropped first. */
const capacity = 64

/**
 * A function some of whose arguments are static. `make` is given the function of the other arguments, for one combination of static ones, with the
 * places of these arguments in the call.
 */
export const perStatic = (f: Call, places: readonly number[], make: (rest: Call, names: readonly string[]) => Jitted): Jitted => {
  let known: readonly { readonly count: number; readonly values: readonly unknown[]; readonly jitted: Jitted }[] = []
  /** The jitted function for the static arguments of a call, and the other arguments. */
  const split = (args: readonly unknown[]): { readonly jitted: Jitted; readonly given: readonly unknown[] } => {
    const values = places.map(place => args[place])
    const others = args.flatMap((_, place) => (places.includes(place) ? [] : [place]))
    const found = known.find(other => other.count === args.length && same(other.values, values))
    const given = others.map(place => args[place])
    if (found) {
      if (known[0] !== found) known = [found, ...known.filter(other => other !== found)]
      return { jitted: found.jitted, given }
    }
    const held = values.map((value, i) => kept(value, String(places[i])))
    const rest: Call = (...tensors) => {
      const all: unknown[] = new Array(args.length)
      places.forEach((place, i) => {
        if (place < args.length) all[place] = held[i]
      })
      others.forEach((place, i) => {
        all[place] = tensors[i]
      })
      return f(...all)
    }
    // How many arguments it takes at least, which the export of its program says where some are missing.
    const needed = f.length - places.filter(place => place < f.length).length
    Object.defineProperty(rest, 'length', { value: needed })
    const jitted = make(rest, others.map(String))
    known = [{ count: args.length, values: held, jitted }, ...known].slice(0, capacity)
    return { jitted, given }
  }
  const call: Call = (...args) => {
    const { jitted, given } = split(args)
    return jitted(...given)
  }
  const exported: Jitted['export'] = async (...examples) => {
    const { jitted, given } = split(examples)
    return jitted.export(...given)
  }
  return Object.assign(call, { export: exported })
}
