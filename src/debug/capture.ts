/**
 * Named values from inside a function, as a further result.
 *
 * @example
 * import { debug, matmul, pipe, relu, softmax, tensor, zeros, type Tensor } from 'pullback'
 *
 * const model = (x: Tensor<'2'>) => pipe(x, matmul(zeros('2 4')), relu, debug.name('hidden'), matmul(zeros('4 3')), softmax(0))
 * const [probabilities, captured] = debug.capture(model)(tensor([1, 2]))
 * assert.equal(probabilities.shape, '3')
 * assert.equal(captured['hidden']?.shape, '4')
 */
import { type Operation, watched } from '../program/index.js'
import { checkFunction, type DType, fail, flatten, relabel, show, type Tensor, tree, typed, type Value } from '../tensor/index.js'
import { bind, effect, interpret } from '../trace/index.js'
import type { Annotated, Unannotated } from '../transform/annotated.js'
import { resultOf, traceTree } from '../transform/index.js'
import { type Tag, taken } from './taken.js'

/**
 * Values by the names that they have in a function. Names are only known when it runs, and so are shapes: `as` and `refine` give them.
 *
 * @category model
 */
export interface Captured {
  readonly [name: string]: Tensor<string, DType>
}

/** Stands in the operations that name a value, which are made only where somebody captures. */
const naming = {}

/** How many functions are being captured from. */
let capturing = 0

const tagged = ({ name, shape }: Tag): Operation =>
  effect({
    name: 'debug.name',
    params: { name, shape },
    identity: naming,
    run: () => undefined,
    batch: (params, _, size) => ({ ...params, shape: params.shape === '' ? String(size) : `${size} ${params.shape}` }),
  })

/** What an operation names, if it is one that names its operand. */
const tagOf = ({ identity, params: { name, shape } }: Operation): Tag | undefined =>
  identity === naming ? { name: String(name), shape: String(shape) } : undefined

/**
 * The identity, which names its value for `debug.capture`. Everywhere else it is nothing at all: the value itself, and no operation. The tensors of a
 * tree have the name and their place in the tree, as in 'attention.weights'.
 *
 * **Errors**: a name that is no text, or empty.
 * **Source**: `sow` of Flax.
 *
 * @example
 * import { debug, tensor } from 'pullback'
 *
 * const x = tensor([1, 2])
 * assert.equal(debug.name('x')(x), x)
 *
 * @category debugging
 */
export const name = (label: string) => {
  if (typeof label !== 'string' || label === '')
    fail({ _tag: 'ArgumentError', op: 'debug.name', detail: `${show(label)} is no name: give a text, as in debug.name('hidden')(x)` })
  return <A extends object>(x: A): A => {
    if (capturing === 0) return x
    const { leaves } = flatten('debug.name', x)
    const paths = tree.paths(x)
    leaves.forEach((leaf, i) => {
      bind(tagged({ name: paths[i] ? `${label}.${paths[i]}` : label, shape: leaf.shape }), [leaf])
    })
    return x
  }
}

/** Names that are met again have a number after them, the next one that makes a name which no other value has. */
const numbered = (found: readonly Tag[]): readonly string[] => {
  const counts = new Map<string, number>()
  const keys = new Set<string>()
  for (const { name } of found) {
    let count = counts.get(name) ?? 0
    const key = (): string => (count === 0 ? name : `${name}.${count}`)
    while (keys.has(key())) count += 1
    keys.add(key())
    counts.set(name, count + 1)
  }
  return [...keys]
}

/**
 * The same function, with the values that it names by `debug.name` as a second result: a record of tensors, by name. A name that is met again, as in
 * each layer of a network, has a number: 'hidden', 'hidden.1', 'hidden.2'. In a `scan` there is one value for each round, stacked along a first
 * axis; under `vmap` inside the function the axis of the examples comes first. The functions of a `cond` must name the same values.
 * Where a `vmap` around a `cond` has a predicate that differs by example, both functions are computed for all examples: what each of them names is
 * captured for all examples, of the function for false first, and the other's names are met again. To capture what is chosen, name the result.
 *
 * The captured values are results like any other: they may be compiled, differentiated and mapped over. Of a gradient inside the function the values
 * computed forward are captured.
 *
 * **Errors**: a name in one function of a `cond` alone.
 * **Source**: `capture_intermediates` of Flax.
 *
 * @example
 * import { debug, grad, jit, mul, pipe, scan, sum, tensor, toNested, type Tensor } from 'pullback'
 *
 * const powers = (x: Tensor<''>) =>
 *   scan('3')((p: Tensor<''>, _: Tensor<''>) => [pipe(p, mul(x), debug.name('power')), []], tensor(1))(tensor([0, 0, 0]))[0]
 * const [[gradient], captured] = jit(debug.capture((x: Tensor<''>) => [grad(powers)(x)]))(tensor(2))
 * assert.equal(toNested(gradient ?? tensor(0)), 12)
 * assert.deepEqual(captured['power'] && toNested(captured['power']), [2, 4, 8])
 *
 * @category debugging
 */
export const capture = <A extends readonly object[] = Unannotated[], R extends object = object, G = unknown>(
  f: Annotated<"debug.capture: annotate the argument, as in debug.capture((x: Tensor<'3'>) => …)", A[number], (...args: A) => R, G>,
): ((...args: A) => readonly [result: R, captured: Captured]) => {
  checkFunction('debug.capture', f, 'give one of tensors')
  return (...args) => {
    const { leaves, structure } = flatten('debug.capture', args)
    const traced = watched({ lines: false, observe: undefined }, () => {
      capturing += 1
      try {
        return traceTree('debug.capture', tuple => typed<(...args: A) => R>(f)(...typed<A>(tuple)), leaves, structure)
      } finally {
        capturing -= 1
      }
    })
    const { program, tags: found } = taken(traced.program, tagOf)
    const outputs = interpret(program, [...leaves, ...traced.captured])
    const count = traced.program.outputs.length
    const values = outputs.slice(count).map((x: Value, i) => relabel(found[i]?.shape ?? x.shape, x))
    const captured = Object.fromEntries(numbered(found).map((key, i) => [key, values[i]]))
    return [typed<R>(resultOf(traced, outputs.slice(0, count))), typed<Captured>(captured)]
  }
}
