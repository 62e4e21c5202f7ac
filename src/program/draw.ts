/**
 * Programs as pictures: the computational tree, operations as nodes and shapes on the edges, for Mermaid and for Graphviz. The programs that an
 * operation holds, such as the body of a scan, are pictures in boxes of their own, with a dashed line from the operation.
 */

import { showAtom, showOperation } from './print.js'
import { type Atom, describe, type Program } from './program.js'

interface Graph {
  readonly nodes: readonly { readonly id: string; readonly label: string; readonly kind: 'input' | 'constant' | 'operation' | 'output' }[]
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label: string }[]
  /** The programs that operations hold, and which node holds each. */
  readonly held: readonly { readonly id: string; readonly by: string; readonly label: string; readonly graph: Graph }[]
}

/** The graph of a program. `path` begins the names of its nodes, so that those of a held program have names of their own. */
const graphOf = (program: Program, names: readonly string[], path = ''): Graph => {
  const producer = new Map<number, string>()
  const nodes: Graph['nodes'][number][] = []
  const edges: Graph['edges'][number][] = []
  const held: Graph['held'][number][] = []
  const source = (atom: Atom): string => {
    if (atom.kind === 'variable') return producer.get(atom.id) ?? ''
    const id = `${path}c${nodes.length}`
    nodes.push({ id, label: showAtom({ ...atom, sizes: [] }), kind: 'constant' })
    return id
  }
  const connect = (atom: Atom, to: string): void => {
    edges.push({ from: source(atom), to, label: atom.sizes.length === 0 ? atom.dtype : describe(atom) })
  }
  program.inputs.forEach((variable, i) => {
    const id = `${path}i${i}`
    producer.set(variable.id, id)
    nodes.push({ id, label: names[i] ?? showAtom(variable), kind: 'input' })
  })
  program.equations.forEach(({ operation, inputs, outputs }, i) => {
    const id = `${path}e${i}`
    for (const variable of outputs) producer.set(variable.id, id)
    for (const atom of inputs) connect(atom, id)
    nodes.push({ id, label: showOperation(operation), kind: 'operation' })
    operation.programs.forEach((body, k) => {
      const label = operation.programs.length === 1 ? operation.name : `${operation.name} ${k}`
      held.push({ id: `${id}p${k}`, by: id, label, graph: graphOf(body, [], `${id}p${k}`) })
    })
  })
  program.outputs.forEach((atom, i) => {
    const id = `${path}o${i}`
    connect(atom, id)
    nodes.push({ id, label: program.outputs.length === 1 ? 'result' : `result ${i}`, kind: 'output' })
  })
  return { nodes, edges, held }
}

const mermaidShape = { input: ['([', '])'], constant: ['((', '))'], operation: ['[', ']'], output: ['[[', ']]'] } as const

/** Text inside a quoted Mermaid label. */
const mermaidText = (text: string): string => `"${text.replaceAll('"', '#quot;')}"`

const indented = (lines: readonly string[]): readonly string[] => lines.map(line => `  ${line}`)

const mermaidLines = ({ nodes, edges, held }: Graph): readonly string[] => [
  ...nodes.map(({ id, label, kind }) => `${id}${mermaidShape[kind][0]}${mermaidText(label)}${mermaidShape[kind][1]}`),
  ...edges.map(({ from, to, label }) => `${from} -->|${mermaidText(label)}| ${to}`),
  ...held.flatMap(({ id, by, label, graph }) => [
    `subgraph ${id}[${mermaidText(label)}]`,
    ...indented(mermaidLines(graph)),
    'end',
    `${by} -.- ${id}`,
  ]),
]

/** A Mermaid flowchart. `names` label the inputs. */
export const mermaid = (program: Program, names: readonly string[] = []): string =>
  ['flowchart TD', ...indented(mermaidLines(graphOf(program, names))), ''].join('\n')

const dotShape = { input: 'oval', constant: 'circle', operation: 'box', output: 'doubleoctagon' } as const

const dotLines = ({ nodes, edges, held }: Graph): readonly string[] => [
  ...nodes.map(({ id, label, kind }) => `${id} [shape=${dotShape[kind]}, label=${JSON.stringify(label)}]`),
  ...edges.map(({ from, to, label }) => `${from} -> ${to} [label=${JSON.stringify(label)}]`),
  ...held.flatMap(({ id, by, label, graph }) => [
    `subgraph cluster_${id} {`,
    `  label=${JSON.stringify(label)}`,
    ...indented(dotLines(graph)),
    '}',
    // Graphviz draws a line to a node, and cuts it at the box.
    ...graph.nodes.slice(0, 1).map(first => `${by} -> ${first.id} [lhead=cluster_${id}, style=dashed, dir=none]`),
  ]),
]

/** A Graphviz digraph. `names` label the inputs. */
export const dot = (program: Program, names: readonly string[] = []): string => {
  const graph = graphOf(program, names)
  return ['digraph program {', ...(graph.held.length > 0 ? ['  compound=true'] : []), ...indented(dotLines(graph)), '}', ''].join('\n')
}
