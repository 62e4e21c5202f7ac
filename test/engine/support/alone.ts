/** Exported programs run by their loader alone: the loader is evaluated as a module of its own, which has nothing of this library. */
import type { Exported } from 'pullback'
import { type Buffer, bufferOf, flatten, typed, unflatten } from '../../../src/tensor/index.js'

/** A tree with arrays in the place of tensors. */
export type Arrays = Buffer | readonly Arrays[] | { readonly [key: string]: Arrays }
type Run = (...args: readonly unknown[]) => Arrays

interface Loader {
  readonly load: (source: unknown) => Promise<Run>
}

/** An address of a text that every runtime imports as a module: Bun makes none of `data:`, and Node imports no `blob:`. */
const addressOf = (text: string): string =>
  'Bun' in globalThis
    ? URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
    : `data:text/javascript,${encodeURIComponent(text)}`

/** The module of a loader, made once for each text. */
export const loaderOf = ({ js }: Pick<Exported, 'js'>): Promise<Loader> => {
  const known = loaders.get(js) ?? import(/* @vite-ignore */ addressOf(js)).then(module => typed<Loader>(module))
  loaders.set(js, known)
  return known
}
const loaders = new Map<string, Promise<Loader>>()

export const loaded = async (files: Pick<Exported, 'js' | 'wasm'>): Promise<Run> => (await loaderOf(files)).load(files.wasm)

/** A tree's tensors as copies of their numbers. */
export const arraysOf = (tree: unknown): Arrays => {
  const { leaves, structure } = flatten('test', tree)
  return typed<Arrays>(
    unflatten(
      structure,
      leaves.map(x => bufferOf('test', x).slice()),
    ),
  )
}

const isArray = (x: Arrays): x is Buffer => ArrayBuffer.isView(x)

/** All arrays of a tree, by their paths. */
const flat = (tree: Arrays, path = ''): readonly (readonly [path: string, array: Buffer])[] =>
  isArray(tree) ? [[path, tree]] : Object.entries(tree).flatMap(([key, part]) => flat(part, `${path}.${key}`))

const bytesOf = ({ buffer, byteOffset, byteLength }: Buffer): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength)

/** Where the bytes of two trees of arrays differ, NaN's among them; undefined where they do not. */
export const difference = (expected: Arrays, found: Arrays): string | undefined => {
  const [left, right] = [flat(expected), flat(found)]
  if (left.length !== right.length) return `${left.length} arrays and ${right.length}`
  for (const [i, [path, array]] of left.entries()) {
    const [other, same] = right[i] ?? [undefined, new Uint8Array()]
    if (path !== other || array.constructor !== same.constructor || array.length !== same.length)
      return `${path}: ${array.constructor.name} of ${array.length}, and ${other}: ${same.constructor.name} of ${same.length}`
    const [bytes, others] = [bytesOf(array), bytesOf(same)]
    const place = bytes.findIndex((byte, at) => byte !== others[at])
    if (place >= 0) return `${path}, byte ${place}: ${array.join()} and ${same.join()}`
  }
  return undefined
}
