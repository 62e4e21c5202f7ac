/**
 * Values printed while a program runs, from inside traced functions.
 *
 * @example
 * import { debug, jit, mul, pipe, tensor, type Tensor } from 'pullback'
 *
 * const lines: string[] = []
 * const f = jit((x: Tensor<''>) => pipe(x, mul(2), debug.print('twice', { to: line => lines.push(line) }), mul(5)))
 * f(tensor(1))
 * f(tensor(3))
 * assert.deepEqual(lines, ['twice: 2', 'twice: 6'])
 */
import type { Params } from '../program/index.js'
import { checkFunction, fail, flatten, heldOptions, relabel, show, tree, typed, type Value } from '../tensor/index.js'
import { bind, effect } from '../trace/index.js'

/** @category model */
export interface PrintOptions {
  /** What each line is handed to, `console.log` unless told. */
  readonly to?: (line: string) => unknown
}

interface Printed extends Params {
  readonly format: string
  /** Where each tensor stands in the tree, and its dimension string. */
  readonly paths: readonly string[]
  readonly shapes: readonly string[]
}

/** The places of a format, and braces that are written twice because they are meant. */
const marks = /\{\{|\}\}|\{([^{}]*)\}/g

const isWithin = (path: string, place: string): boolean => place === '' || path === place || path.startsWith(`${place}.`)

/** A scalar as its number, any other tensor with its type. */
const textOf = (x: Value): string => String(x).replace(/^Tensor<''(?:, '\w+')?> /, '')

const lineOf = ({ format, paths, shapes }: Printed, values: readonly Value[]): string => {
  const at = (place: string): string => {
    const found = values.flatMap((x, i) => {
      const path = paths[i] ?? ''
      if (!isWithin(path, place)) return []
      const rest = path === place ? '' : path.slice(place === '' ? 0 : place.length + 1)
      return [`${rest === '' ? '' : `${rest}: `}${textOf(relabel(shapes[i] ?? x.shape, x))}`]
    })
    return found.join(', ')
  }
  return format.replaceAll(marks, (mark: string, place: string | undefined) => (place === undefined ? mark.charAt(0) : at(place)))
}

/** `console.log`, as the console is when a line is printed. Every runtime has one, but the package is built without the types of any. */
const toConsole = (line: string): unknown =>
  typed<{ readonly console: { readonly log: (line: string) => unknown } }>(globalThis).console.log(line)

/**
 * The identity, which prints what it is given whenever the program runs: under `jit` at each call, in a `scan` in each round, in the order in which
 * it was asked for. It may stand in a `pipe`, or be called for what it prints alone. It changes no bit, it is never left out and never joined with
 * another.
 *
 * A label is printed before the value. In a text with braces `{}` is the whole value and `{path}` a part of a tree; `{{` is a brace. Scalars are
 * printed as numbers, other tensors with their types, cut short.
 *
 * Under `vmap` a value that differs by example is printed once, as one tensor with the axis of the examples. Under `grad` values are printed forward,
 * once. What a `recompute` or a `checkpoint` computes again is not printed again. A program that prints is run in parts by the engine, between which
 * lines are printed. It cannot be compiled whole, so a loop that prints is gone through round by round.
 *
 * **Errors**: a format that is no text; a path that the value does not have.
 * **Source**: `jax.debug.print`.
 *
 * @example
 * import { add, debug, fori, tensor, type Tensor } from 'pullback'
 *
 * const lines: string[] = []
 * const shown = debug.print('round {i} has {total}', { to: line => lines.push(line) })
 * fori(2)((i: Tensor<'', 'int32'>, total: Tensor<''>) => add(1)(shown({ i, total }).total))(tensor(5))
 * assert.deepEqual(lines, ['round 0 has 5', 'round 1 has 6'])
 *
 * @category debugging
 */
export const print = (format = '{}', options?: PrintOptions) => {
  if (typeof format !== 'string')
    fail({
      _tag: 'ArgumentError',
      op: 'debug.print',
      detail: `${show(format)} is no text: give a label first, as in debug.print('loss')(x)`,
    })
  const { to = toConsole } = heldOptions('debug.print', options, ['to'])
  checkFunction('debug.print', to, "give one of a line, as in debug.print('loss', { to: line => lines.push(line) })")
  const places = [...format.matchAll(marks)].flatMap(([, place]) => (place === undefined ? [] : [place]))
  const whole = places.length > 0 ? format : `${format}: {}`
  return <A extends object>(x: A): A => {
    const { leaves } = flatten('debug.print', x)
    const paths = tree.paths(x)
    for (const place of places)
      if (!(place === '' || paths.some(path => isWithin(path, place))))
        fail({ _tag: 'ArgumentError', op: 'debug.print', detail: `there is nothing at '${place}' of what is printed` })
    const operation = effect<Printed>({
      name: 'debug.print',
      params: { format: whole, paths, shapes: leaves.map(leaf => leaf.shape) },
      identity: to,
      run: (values, params) => void to(lineOf(params, values)),
      batch: (params, batched, size) => ({
        ...params,
        shapes: params.shapes.map((shape, i) => (batched[i] ? (shape === '' ? String(size) : `${size} ${shape}`) : shape)),
      }),
    })
    bind(operation, leaves)
    return x
  }
}
