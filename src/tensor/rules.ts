/**
 * The rules of shapes for users, who may call them without types. Each function checks its arguments and then calls the rule of the same
 * name in `shape/`, whose types go with it. The library itself calls the rules of `shape/` directly, because its operations have checked
 * the arguments already.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.matMul('batch 784', '784 10'), { shape: 'batch 10' })
 * assert.throws(() => shape.rank('batch,784'), { message: "shape 'batch,784': write one space between axes" })
 */
import * as rules from '../shape/index.js'
import { reading } from './either.js'
import { fail } from './error.js'
import { show } from './show.js'
import { wellFormed } from './sizes.js'

export type * from '../shape/index.js'

/** The most characters of a text, and the most entries of a list of axes: some rules compare every axis with every other. */
const most = 4096

const wrong = (op: string, detail: string): never => fail({ _tag: 'ArgumentError', op, detail })

const counted = <T extends string | readonly unknown[]>(op: string, x: T, what: string): T =>
  x.length <= most ? x : wrong(op, `${x.length} ${what}: a rule takes ${most} at most`)

/** Any text: the name of an operation, an axis, a pattern. */
const word = (op: string, x: string): string => (typeof x === 'string' ? counted(op, x, 'characters') : wrong(op, `${show(x)} is no text`))

/** A dimension string. */
const text = (op: string, x: string): string => wellFormed(op, typeof x === 'string' ? counted(op, x, 'characters') : x)

const operation = (op: string, x: rules.RearrangeOp): rules.RearrangeOp =>
  x === 'rearrange' || x === 'reduce' || x === 'repeat' ? x : wrong(op, `${show(x)} is no operation: give rearrange, reduce or repeat`)

const number = (op: string, x: number): number => (typeof x === 'number' ? x : wrong(op, `${show(x)} is no number`))

/** An axis that is no text may be anything: the rule itself has an answer for it. */
const axis = (op: string, x: rules.Axis): rules.Axis => (typeof x === 'string' ? word(op, x) : x)

const list = <T>(op: string, x: readonly T[], each: (op: string, entry: T) => T): readonly T[] =>
  Array.isArray(x) ? Array.from(x, entry => each(op, entry)) : wrong(op, `${show(x)} is no list`)

const words = (op: string, x: readonly string[]): readonly string[] => counted(op, list(op, x, word), 'axes')

const numbers = (op: string, x: readonly number[]): readonly number[] => counted(op, list(op, x, number), 'numbers')

const size = (op: string, x: string): string => (/^\d+$/.test(word(op, x)) ? x : wrong(op, `${show(x)} is no size: give digits`))

const axesOf = (op: string, x: rules.Axes): rules.Axes =>
  x === undefined || typeof x === 'number' || typeof x === 'string' ? x : counted(op, list<rules.Axis>(op, [...[x].flat()], axis), 'axes')

const isRecord = (x: unknown): x is object => typeof x === 'object' && x !== null

const record = <T extends object>(op: string, x: T, what: string): T => (isRecord(x) ? x : wrong(op, `${show(x)} is no record of ${what}`))

const params = (op: string, x: rules.WindowParams): rules.WindowParams => {
  const { stride, padding, dilation } = record(op, x, 'stride, padding and dilation')
  return { stride, padding, dilation }
}

const pair = (op: string, [low, high]: readonly number[]): readonly [low: number, high: number] =>
  low === undefined || high === undefined ? wrong(op, 'a padding has two ends, before and after') : [low, high]

const perAxis = (op: string, given: rules.PerAxis): rules.PerAxis => (typeof given === 'number' ? given : numbers(op, given))

type End = number | readonly [low: number, high: number]

const atEnd = (op: string, given: End): End => (typeof given === 'number' ? given : pair(op, list(op, given, number)))

/** A part of an index: the rule itself has an answer for what is none. */
const part = (op: string, given: rules.IndexPart): rules.IndexPart =>
  typeof given === 'object' && given !== null
    ? { shape: text(op, given.shape), dtype: word(op, given.dtype) }
    : typeof given === 'string'
      ? word(op, given)
      : given

/** Window parameters for functions that only read them. No rule judges these, so they are checked here. */
const placed = (op: string, x: rules.WindowParams): rules.WindowParams => {
  const { stride, padding, dilation } = params(op, x)
  const around = (given: rules.Padding): rules.Padding =>
    given === 'same' || given === 'valid' || typeof given === 'number' ? given : list(op, given, atEnd)
  return { stride: perAxis(op, stride), padding: around(padding), dilation: perAxis(op, dilation) }
}

const bindings = (op: string, x: rules.Ok<rules.Bindings>): rules.Ok<rules.Bindings> => {
  const { shape } = record(op, x, 'bindings, such as unify gives')
  const bound = Object.entries(record(op, shape, 'axes by their names'))
  return rules.ok(Object.fromEntries(counted(op, bound, 'names').map(([name, meant]) => [name, word(op, meant)])))
}

/** The result of a rule, whose errors are given the name by which its user knows it. */
const called = <A>(name: string, rule: (op: string) => A): A => {
  const op = `shape.${name}`
  return reading(op, () => rule(op))
}

export const ok: typeof rules.ok = rules.ok
export const err: typeof rules.err = rules.err
export const isErr: typeof rules.isErr = <R>(result: R): result is Extract<R, rules.Err<string>> =>
  called('isErr', () => rules.isErr(result))

export const shape: typeof rules.shape = s => called('shape', op => rules.shape(word(op, s)))
export const dims: typeof rules.dims = s => called('dims', op => rules.dims(text(op, s)))
export const join: typeof rules.join = axes => called('join', op => rules.join(words(op, axes)))
export const rank: typeof rules.rank = s => called('rank', op => rules.rank(text(op, s)))
export const literalShape: typeof rules.literalShape = data => called('literalShape', () => rules.literalShape(data))
export const isNumeral: typeof rules.isNumeral = s => called('isNumeral', op => rules.isNumeral(word(op, s)))
export const product: typeof rules.product = sizes => called('product', op => rules.product(counted(op, list(op, sizes, size), 'sizes')))
export const namesOf: typeof rules.namesOf = axes => called('namesOf', op => rules.namesOf(words(op, axes)))
export const sizesOf: typeof rules.sizesOf = axes => called('sizesOf', op => rules.sizesOf(words(op, axes)))
export const addSizes: typeof rules.addSizes = (x, y) => called('addSizes', op => rules.addSizes(text(op, x), text(op, y)))
export const options: typeof rules.options = <const O extends object | undefined>(name: string, given: O, names: readonly string[]) =>
  called('options', op => rules.options(word(op, name), given, words(op, names)))

export const position: typeof rules.position = (count, at) => called('position', op => rules.position(number(op, count), number(op, at)))
export const span: typeof rules.span = count => called('span', op => rules.span(number(op, count)))
export const axisIndex: typeof rules.axisIndex = (name, s, at) =>
  called('axisIndex', op => rules.axisIndex(word(op, name), text(op, s), axis(op, at)))
export const axisOf: typeof rules.axisOf = (name, s, at) => called('axisOf', op => rules.axisOf(word(op, name), text(op, s), axis(op, at)))
export const axisPositions: typeof rules.axisPositions = (name, s, axes) =>
  called('axisPositions', op => rules.axisPositions(word(op, name), text(op, s), axesOf(op, axes)))
export const oneAxis: typeof rules.oneAxis = (name, at, before) =>
  called('oneAxis', op => rules.oneAxis(word(op, name), word(op, at), word(op, before)))
export const replaceAt: typeof rules.replaceAt = (axes, positions, by) =>
  called('replaceAt', op => rules.replaceAt(words(op, axes), numbers(op, positions), words(op, by)))
export const insertAt: typeof rules.insertAt = (axes, at, inserted) =>
  called('insertAt', op => rules.insertAt(words(op, axes), number(op, at), word(op, inserted)))

export const broadcast: typeof rules.broadcast = (name, a, b) =>
  called('broadcast', op => rules.broadcast(word(op, name), text(op, a), text(op, b)))
export const pairwise: typeof rules.pairwise = (name, a, b) =>
  called('pairwise', op => rules.pairwise(word(op, name), text(op, a), text(op, b)))
export const fits: typeof rules.fits = (from, to) => called('fits', op => rules.fits(words(op, from), words(op, to)))
export const broadcastTo: typeof rules.broadcastTo = (from, to) =>
  called('broadcastTo', op => rules.broadcastTo(text(op, from), word(op, to)))
export const where: typeof rules.where = (condition, x, y) =>
  called('where', op => rules.where(text(op, condition), text(op, x), text(op, y)))

export const matMul: typeof rules.matMul = (a, b) => called('matMul', op => rules.matMul(text(op, a), text(op, b)))
export const dotRule: typeof rules.dotRule = (a, b) => called('dotRule', op => rules.dotRule(text(op, a), text(op, b)))
export const outerRule: typeof rules.outerRule = (a, b) => called('outerRule', op => rules.outerRule(text(op, a), text(op, b)))

const sizesByName = (op: string, x: { readonly [name: string]: number } | undefined): { readonly [name: string]: number } | undefined =>
  x === undefined
    ? x
    : Object.fromEntries(
        counted(op, Object.entries(record(op, x, 'sizes by their names')), 'names').map(([name, size]) => [name, number(op, size)]),
      )

export const einsum: typeof rules.einsum = (pattern, shapes) =>
  called('einsum', op => rules.einsum(word(op, pattern), counted(op, list(op, shapes, text), 'shapes')))
export const rearrange: typeof rules.rearrange = (name, pattern, s, sizes) =>
  called('rearrange', op => rules.rearrange(operation(op, name), word(op, pattern), text(op, s), sizesByName(op, sizes)))

export const reduce: typeof rules.reduce = (name, s, axes, keep) =>
  called('reduce', op => rules.reduce(word(op, name), text(op, s), axesOf(op, axes), keep))
export const reduceSome: typeof rules.reduceSome = (name, s, axes, keep) =>
  called('reduceSome', op => rules.reduceSome(word(op, name), text(op, s), axesOf(op, axes), keep))
export const segments: typeof rules.segments = (name, s, labels, count) =>
  called('segments', op => rules.segments(word(op, name), text(op, s), text(op, labels), word(op, count)))
export const covariance: typeof rules.covariance = (name, s, at) =>
  called('covariance', op => rules.covariance(word(op, name), text(op, s), axis(op, at)))
export const binsBetween: typeof rules.binsBetween = (name, edges) =>
  called('binsBetween', op => rules.binsBetween(word(op, name), text(op, edges)))
export const pointsAlong: typeof rules.pointsAlong = (name, s, at, points) =>
  called('pointsAlong', op => rules.pointsAlong(word(op, name), text(op, s), axis(op, at), text(op, points)))
export const stretched: typeof rules.stretched = (name, what, m, s) =>
  called('stretched', op => rules.stretched(word(op, name), word(op, what), text(op, m), text(op, s)))
export const squeeze: typeof rules.squeeze = (s, axes) => called('squeeze', op => rules.squeeze(text(op, s), axesOf(op, axes)))
export const expandDims: typeof rules.expandDims = (s, at) => called('expandDims', op => rules.expandDims(text(op, s), number(op, at)))
export const insertedAt: typeof rules.insertedAt = (name, s, at, inserted) =>
  called('insertedAt', op => rules.insertedAt(word(op, name), text(op, s), number(op, at), word(op, inserted)))

export const permute: typeof rules.permute = (s, axes) =>
  called('permute', op => rules.permute(text(op, s), counted(op, list(op, axes, axis), 'axes')))
export const transpose: typeof rules.transpose = s => called('transpose', op => rules.transpose(text(op, s)))
export const swapAxes: typeof rules.swapAxes = (s, a, b) => called('swapAxes', op => rules.swapAxes(text(op, s), axis(op, a), axis(op, b)))
export const moveAxis: typeof rules.moveAxis = (s, from, to) =>
  called('moveAxis', op => rules.moveAxis(text(op, s), axis(op, from), axis(op, to)))
export const reshape: typeof rules.reshape = (s, t) => called('reshape', op => rules.reshape(text(op, s), word(op, t)))
export const flatten: typeof rules.flatten = s => called('flatten', op => rules.flatten(text(op, s)))
export const rename: typeof rules.rename = (name, s, t) => called('rename', op => rules.rename(word(op, name), text(op, s), text(op, t)))

export const concat: typeof rules.concat = (at, shapes, name) =>
  called('concat', op => rules.concat(axis(op, at), list(op, shapes, text), name === undefined ? name : word(op, name)))
export const stack: typeof rules.stack = (at, shapes, name) =>
  called('stack', op => rules.stack(number(op, at), list(op, shapes, text), name === undefined ? name : word(op, name)))
export const slice: typeof rules.slice = (s, pattern) => called('slice', op => rules.slice(text(op, s), word(op, pattern)))
export const sliceRanges: typeof rules.sliceRanges = (sizes, pattern) =>
  called('sliceRanges', op => rules.sliceRanges(numbers(op, sizes), word(op, pattern)))
export const take: typeof rules.take = (name, s, at, indices) =>
  called('take', op => rules.take(word(op, name), text(op, s), axis(op, at), text(op, indices)))
export const oneHot: typeof rules.oneHot = (s, classes) => called('oneHot', op => rules.oneHot(text(op, s), classes))

export const countOf: typeof rules.countOf = (name, k) => called('countOf', op => rules.countOf(word(op, name), k))
export const topK: typeof rules.topK = (name, s, k, at) => called('topK', op => rules.topK(word(op, name), text(op, s), k, axis(op, at)))
export const vectorShape: typeof rules.vectorShape = (name, what, s) =>
  called('vectorShape', op => rules.vectorShape(word(op, name), word(op, what), text(op, s)))
export const ledBy: typeof rules.ledBy = (name, what, n, s) =>
  called('ledBy', op => rules.ledBy(word(op, name), word(op, what), word(op, n), text(op, s)))
export const alikeAll: typeof rules.alikeAll = (name, shapes) =>
  called('alikeAll', op => rules.alikeAll(word(op, name), list(op, shapes, text)))

export const besideAlong: typeof rules.besideAlong = (name, s, at, indices) =>
  called('besideAlong', op => rules.besideAlong(word(op, name), text(op, s), axis(op, at), text(op, indices)))
export const at: typeof rules.at = (s, parts) => called('at', op => rules.at(text(op, s), counted(op, list(op, parts, part), 'parts')))
export const valuesAt: typeof rules.valuesAt = (values, places) =>
  called('valuesAt', op => rules.valuesAt(text(op, values), text(op, places)))
export const block: typeof rules.block = (name, s, starts, b) =>
  called('block', op => rules.block(word(op, name), text(op, s), number(op, starts), text(op, b)))
export const matrices: typeof rules.matrices = (name, s) => called('matrices', op => rules.matrices(word(op, name), text(op, s)))
export const diagonal: typeof rules.diagonal = (name, s, k) =>
  called('diagonal', op => rules.diagonal(word(op, name), text(op, s), number(op, k)))
export const diag: typeof rules.diag = (s, k) => called('diag', op => rules.diag(text(op, s), number(op, k)))
export const trace: typeof rules.trace = s => called('trace', op => rules.trace(text(op, s)))
export const kron: typeof rules.kron = (a, b) => called('kron', op => rules.kron(text(op, a), text(op, b)))
export const meshgrid: typeof rules.meshgrid = (indexing, shapes) =>
  called('meshgrid', op => rules.meshgrid(indexing, counted(op, list(op, shapes, text), 'shapes')))
export const rot90: typeof rules.rot90 = (s, turns, a, b) =>
  called('rot90', op => rules.rot90(text(op, s), number(op, turns), axis(op, a), axis(op, b)))
export const split: typeof rules.split = (s, parts, at) =>
  called('split', op => rules.split(text(op, s), typeof parts === 'number' ? parts : numbers(op, parts), axis(op, at)))
export const unstacked: typeof rules.unstacked = (s, at) => called('unstacked', op => rules.unstacked(text(op, s), axis(op, at)))
export const pad: typeof rules.pad = (s, widths) => called('pad', op => rules.pad(text(op, s), list(op, widths, atEnd)))
export const tile: typeof rules.tile = (s, counts) => called('tile', op => rules.tile(text(op, s), numbers(op, counts)))
export const repeatInterleave: typeof rules.repeatInterleave = (s, n, at) =>
  called('repeatInterleave', op => rules.repeatInterleave(text(op, s), n, axis(op, at)))
export const resize: typeof rules.resize = (s, target) => called('resize', op => rules.resize(text(op, s), text(op, target)))

export const convTranspose: typeof rules.convTranspose = (a, b, spreading, groups) =>
  called('convTranspose', op => {
    const { stride, padding, dilation } = record(op, spreading, 'stride, padding and dilation')
    const around = typeof padding === 'number' ? padding : list(op, padding, atEnd)
    return rules.convTranspose(
      text(op, a),
      text(op, b),
      { stride: perAxis(op, stride), padding: around, dilation: perAxis(op, dilation) },
      number(op, groups),
    )
  })
export const unfold: typeof rules.unfold = (s, sizes, windows) =>
  called('unfold', op => rules.unfold(text(op, s), numbers(op, sizes), params(op, windows)))
export const conv: typeof rules.conv = (a, b, windows, groups) =>
  called('conv', op => rules.conv(text(op, a), text(op, b), params(op, windows), groups))
export const placedAt: typeof rules.placedAt = (op, what, s, at, place) =>
  called('placedAt', own =>
    rules.placedAt(word(own, op), word(own, what), text(own, s), word(own, at), place === null ? null : number(own, place)),
  )
export const placeAmong: typeof rules.placeAmong = (op, what, count, at, place) =>
  called('placeAmong', own => rules.placeAmong(word(own, op), word(own, what), number(own, count), word(own, at), number(own, place)))
export const pool: typeof rules.pool = (name, s, sizes, windows) =>
  called('pool', op => rules.pool(word(op, name), text(op, s), numbers(op, sizes), params(op, windows)))
export const windowAxis: typeof rules.windowAxis = (length, sizes, windows, i) =>
  called('windowAxis', op => rules.windowAxis(number(op, length), numbers(op, sizes), placed(op, windows), number(op, i)))

export const unify: typeof rules.unify = (pattern, actual, env) =>
  called('unify', op => rules.unify(text(op, pattern), text(op, actual), env === undefined || rules.isErr(env) ? env : bindings(op, env)))
export const substShape: typeof rules.substShape = (s, env) => called('substShape', op => rules.substShape(text(op, s), bindings(op, env)))
