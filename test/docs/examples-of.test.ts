/** Public functions and the examples in their documentation. That the examples are true, examples.test.ts finds out. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as p from 'pullback'
import { expect, test } from 'vitest'
import { functionsOf } from '../errors/explore.js'

const source = fileURLToPath(new URL('../../src/', import.meta.url))

/** Where the functions of a namespace stand; all others are in rooms of the root's. */
const rooms: { readonly [namespace: string]: readonly string[] } = {
  codec: ['codec/'],
  data: ['data/'],
  debug: ['debug/'],
  initializer: ['layer/initializer.ts'],
  layer: ['layer/activation.ts', 'layer/dense.ts', 'layer/layer.ts', 'layer/make.ts'],
  loss: ['loss/'],
  metric: ['train/metric.ts'],
  optimizer: ['optimizer/'],
  program: ['transform/inspect.ts'],
  random: ['random/'],
  train: ['train/'],
  tree: ['tensor/'],
}
const root = ['ops/', 'tensor/', 'transform/', 'control/', 'engine/', 'pipe.ts', 'derived/']

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts'))
  .map(path => ({ path: path.replaceAll('\\', '/'), text: readFileSync(`${source}${path}`, 'utf8') }))

/** Whether a file declares a function right after a comment that has an example. */
const isShown = (text: string, name: string): boolean => {
  const declared = text.search(new RegExp(`^export (?:const|function) ${name}\\b`, 'm'))
  // A remark to the linter may stand between the two.
  const before = declared < 0 ? '' : text.slice(0, declared).replace(/\n\/\/ biome-ignore .*\n$/, '\n')
  return before.endsWith('*/\n') && before.slice(before.lastIndexOf('/**')).includes(' * @example\n')
}

const hasExample = (full: string): boolean => {
  const [namespace = '', ...rest] = full.split('.')
  const places = rest.length === 0 ? root : (rooms[namespace] ?? [])
  const name = rest[0] ?? namespace
  return files.some(({ path, text }) => places.some(place => path.startsWith(place)) && isShown(text, name))
}

/** Functions that still lack an example: the list may only become shorter. */
const without: readonly string[] = []

test('every public function has an example in its documentation', () => {
  const names = functionsOf(p).map(([name]) => name)
  // A rule of shapes has its example on the type of the same name; `flow` is fp-ts' own; an engine is called by the library, and the functions of
  // an axis have their texts on its type.
  const own = names.filter(name => !/^(shape\.|flow$|reference\.|oneExample\.)/.test(name))
  expect(own.length).toBeGreaterThan(180)
  expect(own.filter(name => !hasExample(name)).sort()).toEqual(without)
})
