/**
 * In which places of its arguments `vmap` finds its axis, and in which of its results it puts it. The places are a tree: one for each tensor, or one
 * for all of a tree that it stands in the place of.
 */
import { moveAxis } from '../primitives/permute.js'
import { broadcastAxes } from '../primitives/sum.js'
import type { Row } from '../program/index.js'
import {
  dims,
  type Err,
  join,
  type Ok,
  type Option,
  type Place,
  type PlacedAt,
  placeAmong,
  placedAt,
  type ShapeOf,
} from '../shape/index.js'
import {
  type DType,
  deepest,
  fail,
  flatten,
  heldArgument,
  labelled,
  reading,
  relabel,
  type Structure,
  show,
  type Tensor,
  tree,
  typed,
  unflatten,
  type Value,
} from '../tensor/index.js'
import { type Batched, leadingSize, overExamples } from './batching.js'

/** A place, or a tree of them. @category model */
export type Places = Place | readonly Places[] | { readonly [key: string]: Places }

/** @category model */
export interface VmapOptions {
  /** Where the arguments have the axis: 0 unless given; null for what all examples share. A list has an entry for each argument. */
  readonly in?: Places | undefined
  /** Where the results get it: 0 unless given; null for what is the same for all examples. */
  readonly out?: Places | undefined
}

/** A tree whose tensors have the axis `B` in the places `P`. @category type-level */
export type PlacedTree<B extends string, T, P> = [P] extends [0] ? Batched<B, T> : PlacedWithin<B, T, P>

/**
 * The same where some place is not the first. It asks for nothing but the tree, so that of a tree that is a type parameter a declaration names it,
 * and does not write out the levels that the tree might have.
 *
 * @category type-level
 */
export type PlacedWithin<B extends string, T, P> =
  T extends Tensor<infer S, infer D extends DType>
    ? Tensor<ShapeOf<PlacedAt<'vmap', 'in', S, B, P & Place>>, D>
    : { readonly [K in keyof T]: PlacedTree<B, T[K], P extends Place ? P : K extends keyof P ? P[K] : 0> }

/** The same for the arguments of a function, which are known from the function alone. */
export type PlacedArguments<B extends string, A extends readonly object[], P> = [A] extends [infer T extends readonly object[]]
  ? PlacedTree<B, T, P> extends infer G extends readonly unknown[]
    ? G
    : never
  : never

type Entries<T> = T extends readonly unknown[] ? T[number] : T[keyof T]

type OtherForm<
  Op extends string,
  What extends string,
> = Err<`${Op}: '${What}' has another form than ${What extends 'in' ? 'the arguments' : 'the result'}: give one place, or a list or record of them in that form`>

/** Whether places have as many entries, or the same names, as a tree. */
type SameForm<T, P> = T extends readonly unknown[]
  ? P extends readonly unknown[]
    ? number extends T['length'] | P['length']
      ? true
      : T['length'] extends P['length']
        ? true
        : false
    : false
  : P extends readonly unknown[]
    ? false
    : [keyof T, keyof P] extends [keyof P, keyof T]
      ? true
      : false

/** The rule for places of a tree. @category type-level */
export type PlacesRule<Op extends string, What extends 'in' | 'out', B extends string, T, P> = [P] extends [0 | null]
  ? Ok<''>
  : [Places] extends [P]
    ? Ok<''>
    : PlacesRuleWithin<Op, What, B, T, P>

/** The same where some place is not the first; declarations name it, as they do `PlacedWithin`. @category type-level */
export type PlacesRuleWithin<Op extends string, What extends 'in' | 'out', B extends string, T, P> =
  T extends Tensor<infer S, DType>
    ? P extends Place
      ? PlacedAt<Op, What, S, B, P>
      : OtherForm<Op, What>
    : P extends Place
      ? Entries<{ readonly [K in keyof T]: PlacesRule<Op, What, B, T[K], P> }>
      : SameForm<T, P> extends true
        ? Entries<{ readonly [K in keyof T]: PlacesRule<Op, What, B, T[K], K extends keyof P ? P[K] : 0> }>
        : OtherForm<Op, What>

/** The rule that not all arguments are shared. @category type-level */
export type SomePlace<Op extends string, P> = [PlaceIn<P>] extends [null]
  ? Err<`${Op}: 'in' shares all arguments: give the position of the axis in one`>
  : Ok<''>

type PlaceIn<P> = [Places] extends [P] ? Place : P extends Place ? P : PlaceIn<Entries<P>>

/** An option of `O`, or 0 where it is not given. @category type-level */
export type PlacesIn<O, Name extends 'in' | 'out'> = Name extends keyof O ? Option<O, Name, 0> : 0

export const vmapOptions = ['in', 'out'] as const

/** Where the axis is in the arguments, and where it comes in the results. */
interface Placing {
  readonly in: Places
  readonly out: Places
}

const refuse = (op: string, detail: string): never => fail({ _tag: 'ArgumentError', op, detail })

/** The entries of a list or a record of places. */
const entriesOf = (places: Places): readonly Places[] => (typeof places === 'object' && places !== null ? Object.values(places) : [])

const hasPlace = (places: Places): boolean => (places === null ? false : typeof places === 'number' || entriesOf(places).some(hasPlace))

/**
 * Places as they are when they are given, so that what the caller does to a list or record of them afterwards changes no function. What is given for
 * a place is a number or null, and what is given for several a list or a record.
 */
const heldPlaces = (op: string, what: string, places: unknown, level = 0): Places => {
  if (places === null || typeof places === 'number') return places
  if (typeof places !== 'object')
    return refuse(op, `'${what}' has ${show(places)}: give the position of the axis, or null for what is the same for all examples`)
  if (level > deepest) return refuse(op, `'${what}' is more than ${deepest} levels deep: does it hold itself?`)
  const held = (entry: unknown): Places => heldPlaces(op, what, entry, level + 1)
  if (Array.isArray(places)) return Array.from(places, held)
  return Object.fromEntries(Object.entries(places).map(([key, entry]) => [key, held(entry)]))
}

/** The options of a call with everything said in them, or undefined where the axis comes first everywhere. */
export const checkPlaces = (op: string, options: VmapOptions): Placing | undefined => {
  const { in: given = 0, out = 0 } = options
  if (given === 0 && out === 0) return undefined
  const placing = reading(op, () => ({ in: heldPlaces(op, 'in', given), out: heldPlaces(op, 'out', out) }))
  const isShared = !hasPlace(placing.in) && (placing.in === null || entriesOf(placing.in).length > 0)
  return isShared ? refuse(op, "'in' shares all arguments: give the position of the axis in one") : placing
}

/** The places of the tensors of a tree. */
const placesOf = (op: string, what: 'in' | 'out', places: Places, form: Structure): readonly Place[] => {
  const otherForm = (): never =>
    refuse(
      op,
      `'${what}' has another form than ${what === 'in' ? 'the arguments' : 'the result'}: give one place, or a list or record of them in that form`,
    )
  const walk = (own: Structure, at: Places): readonly Place[] => {
    if (own.kind === 'leaf') return at === null || typeof at === 'number' ? [at] : otherForm()
    if (at === null || typeof at === 'number') return own.children.flatMap(child => walk(child, at))
    const keys = own.kind === 'tuple' ? own.children.map((_, i) => String(i)) : own.keys
    const given = Object.entries(at).sort(([a], [b]) => (own.kind === 'tuple' ? 0 : a < b ? -1 : 1))
    const isSame =
      Array.isArray(at) === (own.kind === 'tuple') && given.length === keys.length && given.every(([key], i) => key === keys[i])
    return isSame ? own.children.flatMap((child, i) => walk(child, given[i]?.[1] ?? null)) : otherForm()
  }
  return walk(form, places)
}

/** Where a tensor has the axis; undefined for what all examples share, and for a scalar, which is left to `leadingSize`. */
const axisOf = (op: string, axis: string, { sizes }: Value, place: Place): number | undefined =>
  place === null || sizes.length === 0 ? undefined : heldArgument(op, placeAmong(op, 'in', sizes.length, axis, place))

/** A tensor with the axis in a place, with the axis in front. */
const inFront = (op: string, axis: string, x: Value, place: Place): Value => {
  const from = axisOf(op, axis, x, place)
  if (from === undefined) return x
  const names = dims(x.shape)
  return relabel(join([...names.slice(from, from + 1), ...names.slice(0, from), ...names.slice(from + 1)]), moveAxis(x, from, 0))
}

/** A result with the axis in its place. */
const inPlace = (op: string, axis: string, { value, batched }: Row, shape: string, place: Place, size: number, path: string): Value => {
  if (place === null) {
    if (batched)
      refuse(op, `'out' is null for ${path === '' ? 'the result' : `'${path}'`}, which differs by example: give the position of the axis`)
    return relabel(shape, value)
  }
  const named = heldArgument(op, placedAt(op, 'out', shape, axis, place))
  const to = heldArgument(op, placeAmong(op, 'out', dims(named).length, axis, place))
  const { sizes } = value
  return labelled(
    op,
    named,
    batched ? moveAxis(value, 0, to) : broadcastAxes(value, [...sizes.slice(0, to), size, ...sizes.slice(to)], [to]),
  )
}

/** The tensors of an argument with the axis in front where they have it, and how long it is. */
const examplesOf = (op: string, axis: string, argument: object, placing: Placing) => {
  const { leaves, structure } = flatten(op, argument)
  const places = placesOf(op, 'in', placing.in, structure)
  const batched = places.map(place => place !== null)
  const fronted = leaves.map((x, i) => inFront(op, axis, x, places[i] ?? null))
  const ofMapped = <T>(list: readonly T[]): readonly T[] => list.filter((_, i) => batched[i])
  return { leaves: fronted, structure, batched, size: leadingSize(op, axis, ofMapped(tree.paths(argument)), ofMapped(fronted)) }
}

/** How long the axis is, which is found out without moving it. */
export const sizeAt = (op: string, axis: string, argument: object, placing: Placing): number => {
  const { leaves, structure } = flatten(op, argument)
  const places = placesOf(op, 'in', placing.in, structure)
  const lengths = leaves.map((x, i) => {
    const from = axisOf(op, axis, x, places[i] ?? null)
    return { sizes: from === undefined ? [] : x.sizes.slice(from, from + 1) }
  })
  const ofMapped = <T>(list: readonly T[]): readonly T[] => list.filter((_, i) => places[i] !== null)
  return leadingSize(op, axis, ofMapped(tree.paths(argument)), ofMapped(lengths))
}

/** `mapped` with the axis in given places. */
export const mappedAt = (op: string, axis: string, f: (tree: unknown) => unknown, argument: object, placing: Placing): unknown => {
  const { batched, size, ...flat } = examplesOf(op, axis, argument, placing)
  const { traced, rows } = overExamples(op, f, flat, batched, size)
  const outs = placesOf(op, 'out', placing.out, traced.structure)
  const paths = tree.paths(typed<object>(unflatten(traced.structure, traced.outputs)))
  const results = rows.map((row, i) => inPlace(op, axis, row, traced.shapes[i] ?? '', outs[i] ?? null, size, paths[i] ?? ''))
  return unflatten(traced.structure, results)
}
