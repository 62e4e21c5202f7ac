/** The declarations of a loader: what one program takes and gives, by the names and shapes of its tensors. */
import { type DType, dtypes, type Structure, sizeOf } from '../../tensor/index.js'
import type { LeafShape } from '../typed-program.js'

/** For each dtype the name of its type, and the array that holds its entries. */
const names: { readonly [D in DType]: readonly [type: string, array: string] } = {
  float32: ['Float32', 'Float32Array'],
  float64: ['Float64', 'Float64Array'],
  int32: ['Int32', 'Int32Array'],
  uint32: ['Uint32', 'Uint32Array'],
  bool: ['Bool', 'Uint8Array'],
}

const keyText = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key))

/** The type of a tree, whose leaves are taken from a list one after another. */
const typeText = (structure: Structure, leaves: Iterator<LeafShape>, indent: string): string => {
  if (structure.kind === 'leaf') {
    const { value, done } = leaves.next()
    return done === true ? 'never' : `${names[value.dtype][0]}<'${value.shape}', ${sizeOf(value.sizes)}>`
  }
  if (structure.children.length === 0) return structure.kind === 'tuple' ? 'readonly []' : 'Readonly<Record<string, never>>'
  const inner = `${indent}  `
  const parts = structure.children.map(child => typeText(child, leaves, inner))
  const lines =
    structure.kind === 'tuple'
      ? parts.map(part => `${part},`)
      : parts.map((part, i) => `readonly ${keyText(structure.keys[i] ?? '')}: ${part}`)
  const [open, close] = structure.kind === 'tuple' ? ['readonly [', ']'] : ['{', '}']
  return `${open}\n${lines.map(line => `${inner}${line}`).join('\n')}\n${indent}${close}`
}

/** A program's arguments or results: the form of their tree, and its tensors. */
export interface Typed {
  readonly structure: Structure
  readonly leaves: readonly LeafShape[]
}

export const declarationOf = (given: Typed, result: Typed): string => {
  const used = dtypes.filter(dtype => [...given.leaves, ...result.leaves].some(leaf => leaf.dtype === dtype))
  const aliases = used.map(dtype => {
    const [type, array] = names[dtype]
    return `export type ${type}<Shape extends string, Count extends number> = ${array} & { readonly shape?: Shape; readonly count?: Count }\n`
  })
  const inputs = given.leaves[Symbol.iterator]()
  const children = given.structure.kind === 'tuple' ? given.structure.children : []
  const parameters = children.map((child, i) => `${children.length === 1 ? 'input' : `input${i}`}: ${typeText(child, inputs, '')}`)
  return `/*
 * The entries of tensors, row by row; a bool is 0 or 1. An array made anew fits every shape, if it has Count entries. A result fits only where an
 * argument has its shape and count. No array has these two fields: they are said to the compiler alone.
 */
${aliases.join('')}
/**
 * The program. What it gives are new arrays at every call.
 *
 * Throws a TypeError for arguments of another form, and a RangeError for an index that points outside its axis.
 */
export type Run = (${parameters.join(', ')}) => ${typeText(result.structure, result.leaves[Symbol.iterator](), '')}

/** The bytes of the WebAssembly file, its address (in Node also a path), or a response or a blob that has it. */
export type Source = ArrayBuffer | Uint8Array | string | { readonly href: string } | { readonly arrayBuffer: () => Promise<ArrayBuffer> }

export declare const load: (source: Source | PromiseLike<Source>) => Promise<Run>
`
}
