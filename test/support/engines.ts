/** The laws hold on every engine: on the one that users get and on the oracle. */
import { test } from 'vitest'
import { currentEngine, withEngine } from '../../src/engine/current.js'
import { reference } from '../../src/engine/reference/index.js'
import type { Engine } from '../../src/program/index.js'

export const engines: readonly (readonly [name: string, engine: Engine])[] = [currentEngine(), reference].map(engine => [
  engine.name,
  engine,
])

/** A test on each engine. */
export const testOnEach = (name: string, body: () => void): void => {
  for (const [engineName, engine] of engines) test(`${name}, on the ${engineName} engine`, () => withEngine(engine)(body))
}
