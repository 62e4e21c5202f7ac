/** Exported programs run by their loader alone: the loader is evaluated as a module of its own, which has nothing of this library. */
import type { Exported } from 'pullback'
import { type Buffer, bufferOf, flatten, typed, unflatten } from '../../../src/tensor/index.js'

/** A tree with arrays in the place of tensors. */
export type Arrays = Buffer | readonly Arrays[] | { readonly [key: string]: Arrays }
type Run = (...args: readonly unknown[]) => Arrays

interface Loader {
  readonly load: (source: unknown) => Promise<Run>
}

/** The module of a loader. Its address is its text, so that it is the same in Node and in pages. */
export const loaderOf = async ({ js }: Pick<Exported, 'js'>): Promise<Loader> =>
  typed<Loader>(await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(js)}`))

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
