/** The entry without an engine: what it has, and what it says until it is given one. */
import { expect, test, vi } from 'vitest'
import { errorOf } from '../support/errors.js'

/** A fresh copy of the entry, whose default engine is that of no other test. */
const fresh = async () => {
  vi.resetModules()
  return import('../../src/core.js')
}

test('the entry has all names of the root but the WebAssembly engine', async () => {
  const [core, root] = [await import('pullback/core'), await import('pullback')]
  expect(Object.keys(root).filter(name => !(name in core))).toEqual(['wasmEngine'])
  for (const [name, value] of Object.entries(core)) expect(Reflect.get(root, name), name).toBe(value)
})

test('without an engine, an operation and a jitted function say how to get one', async () => {
  const { add, isPullbackError, jit, tensor } = await fresh()
  for (const f of [add(1), jit(add(1))]) {
    const error = errorOf(() => f(tensor([1, 2])))
    expect(isPullbackError(error) && error._tag).toBe('PlatformError')
    expect(error.message).toBe(
      'pullback/core: there is no default engine: import pullback, which brings the WebAssembly engine, or give one: setDefaultEngine(reference), or withEngine(reference)(() => …)',
    )
  }
})

test('withEngine and the engine of jit need no default', async () => {
  const { add, jit, reference, tensor, toNested, withEngine } = await fresh()
  expect(withEngine(reference)(() => toNested(add(1)(tensor([1, 2]))))).toEqual([2, 3])
  expect(toNested(jit(add(1), { engine: reference })(tensor([1, 2])))).toEqual([2, 3])
})

test('the engine that was set is the default one, also where an entry brings another', async () => {
  const { add, reference, setDefaultEngine, tensor, toNested } = await fresh()
  const asked: string[] = []
  setDefaultEngine({
    ...reference,
    apply: (operation, inputs, outputs) => {
      asked.push(operation.name)
      return reference.apply(operation, inputs, outputs)
    },
  })
  expect(toNested(add(1)(tensor([1, 2])))).toEqual([2, 3])
  await import('../../src/index.js')
  add(1)(tensor([1, 2]))
  expect(asked).toEqual(['add', 'add'])
})
