/** One of several functions of a tree, chosen by a number: what `cond` and `switchCase` are faces of. */
import { sameAval } from '../program/index.js'
import { described, fail, flatten, sameStructure, tree, unflatten, type Value } from '../tensor/index.js'
import { bind } from '../trace/index.js'
import { resultOf, traceTree } from '../transform/index.js'
import { sharing } from './captured.js'
import { condPrimitive } from './cond-operation.js'

/** The result of the function whose number is `index`, an int32. `names` say in messages what each function is. */
export const choose = (
  op: string,
  names: (place: number) => string,
  index: Value,
  functions: readonly ((x: unknown) => unknown)[],
  argument: object,
): unknown => {
  const { leaves, structure } = flatten(op, argument)
  const traced = functions.map(f => traceTree(op, f, leaves, structure))
  const [first] = traced
  if (first === undefined) return fail({ _tag: 'ArgumentError', op, detail: 'there is no function to choose: give at least one' })
  const paths = tree.paths(typedTree(unflatten(first.structure, first.outputs)))
  traced.forEach((other, k) => {
    if (!sameStructure(other.structure, first.structure))
      fail({ _tag: 'ArgumentError', op, detail: `${names(k)} gives a result of another form than ${names(0)}` })
    other.outputs.forEach((y, i) => {
      const expected = first.outputs[i]
      const at = paths[i] ? ` at '${paths[i]}'` : ''
      if (expected && !sameAval(y, expected))
        fail({ _tag: 'ShapeError', detail: `${op}: ${names(0)} gives ${described(expected)}${at}, ${names(k)} gives ${described(y)}` })
    })
  })
  const { programs: cases, captured: all } = sharing(traced)
  return resultOf(first, bind(condPrimitive.of({}, cases), [index, ...leaves, ...all]))
}

const typedTree = (x: unknown): object => (typeof x === 'object' && x !== null ? x : {})
