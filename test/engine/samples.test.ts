/**
 * The samples of every primitive, on inputs that no function of the runtime has a part in: the same bits on one thread and on two, at once
 * and in one program. `npm run test:runtimes` compares these digests between runtimes.
 */
import { describe, expect, test } from 'vitest'
import { withEngine } from '../../src/engine/current.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import type { Value } from '../../src/tensor/index.js'
import { bind } from '../../src/trace/index.js'
import { cases, singleCases } from '../support/cases.js'
import { digest } from './support/digest.js'
import { closed, type Flat, whole } from './support/run.js'
import { spaced } from './support/spaced.js'

const all = [...cases, ...singleCases]
const names = [...new Set(all.map(({ operation }) => operation.name))]
const [one, two] = [wasmEngine({ threads: 1 }), wasmEngine({ threads: 2 })]

describe('samples have one result', () => {
  test.each(names)('of %s', async name => {
    const ways: readonly ((f: Flat, inputs: readonly Value[]) => readonly Value[])[] = [
      (f, inputs) => whole(one, closed(f, inputs)),
      (f, inputs) => whole(two, closed(f, inputs)),
      (f, inputs) => withEngine(two)(() => f(inputs)),
    ]
    const [expected, ...others] = await Promise.all(
      ways.map(way =>
        digest(
          all
            .filter(({ operation }) => operation.name === name)
            .flatMap(({ operation, inputs }) => way(given => bind(operation, given), inputs.map(spaced))),
        ),
      ),
    )
    expect(others).toEqual([expected, expected])
  })
})
