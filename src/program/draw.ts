/** Programs as pictures: the computational tree, operations as nodes and shapes on the edges, for Mermaid and for Graphviz. */

import { showAtom, showOperation } from './print.js'
import { type Atom, describe, type Program } from './program.js'

interface Graph {
  readonly nodes: readonly { readonly id: string; readonly label: string; readonly kind: 'input' | 'constant' | 'operation' | 'output' }[]
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label: string }[]
}

const graphOf = (program: Program, names: readonly string[]): Graph => {
  const producer = new Map<number, string>()
  const nodes: Graph['nodes'][number][] = []
  const edges: Graph['edges'][number][] = []
  const source = (atom: Atom): string => {
    if (atom.kind === 'variable') return producer.get(atom.id) ?? ''
    const id = `c${nodes.length}`
    nodes.push({ id, label: showAtom({ ...atom, sizes: [] }), kind: 'constant' })
    return id
  }
  const connect = (atom: Atom, to: string): void => {
    edges.push({ from: source(atom), to, label: atom.sizes.length === 0 ? atom.dtype : describe(atom) })
  }
  program.inputs.forEach((variable, i) => {
    const id = `i${i}`
    producer.set(variable.id, id)
    nodes.push({ id, label: names[i] ?? showAtom(variable), kind: 'input' })
  })
  program.equations.forEach(({ operation, inputs, outputs }, i) => {
    const id = `e${i}`
    for (const variable of outputs) producer.set(variable.id, id)
    for (const atom of inputs) connect(atom, id)
    nodes.push({ id, label: showOperation(operation), kind: 'operation' })
  })
  program.outputs.forEach((atom, i) => {
    const id = `o${i}`
    connect(atom, id)
    nodes.push({ id, label: program.outputs.length === 1 ? 'result' : `result ${i}`, kind: 'output' })
  })
  return { nodes, edges }
}

const mermaidShape = { input: ['([', '])'], constant: ['((', '))'], operation: ['[', ']'], output: ['[[', ']]'] } as const

/** Text inside a quoted Mermaid label. */
const mermaidText = (text: string): string => `"${text.replaceAll('"', '#quot;')}"`

/** A Mermaid flowchart. `names` label the inputs. */
export const mermaid = (program: Program, names: readonly string[] = []): string => {
  const { nodes, edges } = graphOf(program, names)
  return [
    'flowchart TD',
    ...nodes.map(({ id, label, kind }) => `  ${id}${mermaidShape[kind][0]}${mermaidText(label)}${mermaidShape[kind][1]}`),
    ...edges.map(({ from, to, label }) => `  ${from} -->|${mermaidText(label)}| ${to}`),
    '',
  ].join('\n')
}

const dotShape = { input: 'oval', constant: 'circle', operation: 'box', output: 'doubleoctagon' } as const

/** A Graphviz digraph. `names` label the inputs. */
export const dot = (program: Program, names: readonly string[] = []): string => {
  const { nodes, edges } = graphOf(program, names)
  return [
    'digraph program {',
    ...nodes.map(({ id, label, kind }) => `  ${id} [shape=${dotShape[kind]}, label=${JSON.stringify(label)}]`),
    ...edges.map(({ from, to, label }) => `  ${from} -> ${to} [label=${JSON.stringify(label)}]`),
    '}',
    '',
  ].join('\n')
}
