/** One case run: its results, or why the library does not offer them. */
import { isPullbackError, isTensor, type Value } from '../../../src/tensor/index.js'
import { NotOffered } from '../files.js'
import { type Node, readerOf } from './node.js'
import { operators } from './operators.js'

/** Whether a case has operands that are no floats: for many of those this library refuses what ONNX defines. */
const hasNonFloats = ({ inputs }: Node): boolean => inputs.some(({ dtype }) => !dtype.startsWith('float'))

/** ONNX's own operators, and those of its optimizers. */
const domains: ReadonlySet<string> = new Set(['ai.onnx', 'ai.onnx.preview.training'])

/** @throws where the run leaves an attribute, an input or an output of the case aside. */
export const attempt = (node: Node): readonly Value[] | NotOffered => {
  const run = domains.has(node.domain) ? operators[node.op] : undefined
  if (run === undefined) return new NotOffered(`no ${node.op}`)
  const reader = readerOf(node)
  try {
    const found = run(reader)
    const results = isTensor(found) ? [found] : found
    const [unread] = reader.unread()
    if (unread !== undefined) throw new Error(`${node.op}: nobody reads ${unread}`)
    if (node.outputNames.length > results.length) throw new Error(`${node.op}: nobody computes ${node.outputNames[results.length]}`)
    return results
  } catch (error) {
    if (error instanceof NotOffered) return error
    // A dtype that an operation refuses is a limit of the library; a refused float32 would be a fault of it.
    if (isPullbackError(error) && error._tag === 'DTypeError' && hasNonFloats(node)) return new NotOffered(error.message)
    throw error
  }
}
