/**
 * One name, one meaning: a type that is exported has a name of its own. Functions may share theirs: an operation is called alike as a
 * primitive, as a derived function, as an operation on tensors, as a layer, and as the rule of its shapes.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const src = fileURLToPath(new URL('../../src', import.meta.url))

/** Types of one name in two files, and why. */
const exceptions: { readonly [name: string]: string } = {
  NamesOf: 'the names of a list of axes in shape/, where it is the twin of a function, and of a dimension string in tensor/',
  SizesOf: 'the same of sizes',
}

/** Each name of an exported type, interface or class, with the files that declare it. */
const declared = (): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, readonly string[]>()
  for (const path of readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))) {
    const names = [...readFileSync(`${src}/${path}`, 'utf8').matchAll(/^export (?:declare )?(?:interface|type|class) (\w+)/gm)]
    for (const name of new Set(names.map(([, name = '']) => name))) found.set(name, [...(found.get(name) ?? []), path])
  }
  return found
}

test('no exported type has the name of another', () => {
  const types = declared()
  expect(types.get('Program')).toEqual(['program/program.ts'])
  const shared = [...types].filter(([, files]) => files.length > 1)
  expect(shared.filter(([name]) => !(name in exceptions))).toEqual([])
  expect(Object.keys(exceptions).filter(name => !shared.some(([other]) => other === name))).toEqual([])
})

/**
 * The words for a program on its way to running, one for each step: the engine's `prepare` gives an executable; the WebAssembly engine has a
 * compiled program, an instance of its module, and a workspace for that.
 */
test('a step of a program on its way to running has one word', () => {
  const types = declared()
  expect(['Executable', 'CompiledProgram', 'Instance', 'Workspace'].map(name => types.get(name))).toEqual([
    ['program/engine.ts'],
    ['engine/wasm/compile.ts'],
    ['engine/wasm/instance.ts'],
    ['engine/wasm/workspace.ts'],
  ])
  expect(['Compiled', 'Prepared', 'Loaded', 'Ready'].filter(name => types.has(name))).toEqual([])
})
