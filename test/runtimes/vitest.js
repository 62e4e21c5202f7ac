/**
 * What the tests import from 'vitest', for runtimes in which vitest itself does not run. The runner and the matchers are vitest's own packages,
 * which ask nothing of the runtime; snapshots are compared with what is written, and never rewritten.
 */

import { golden } from 'virtual:tests'
import { ASYMMETRIC_MATCHERS_OBJECT, chai, customMatchers, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect'

export { afterAll, afterEach, beforeAll, beforeEach, describe, test } from '@vitest/runner'

/** An inline snapshot of lines, without the margins that the formatter gives them. */
const lines = text =>
  text
    .trim()
    .split('\n')
    .map(line => line.trim())

const snapshots = ({ Assertion }, { addMethod, flag }) => {
  addMethod(Assertion.prototype, 'toMatchInlineSnapshot', function (written) {
    const list = flag(this, 'object')
    new Assertion(['[', ...list.map(line => `"${line}",`), ']']).deep.equal(lines(written))
  })
  addMethod(Assertion.prototype, 'toMatchFileSnapshot', function (path) {
    new Assertion(flag(this, 'object')).equal(golden[path.split('/').at(-1)])
  })
}

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers, snapshots]) chai.use(plugin)

export const expect = Object.assign((value, message) => chai.expect(value, message), chai.expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT])
expect.extend = matchers => chai.expect.extend(expect, matchers)
expect.extend(customMatchers)

/** What it says is the compiler's matter. */
export const expectTypeOf = () => ({ toEqualTypeOf: () => undefined })

/** Globals that a test has replaced, and what they were. */
const replaced = new Map()

export const vi = {
  stubGlobal: (name, value) => {
    if (!replaced.has(name)) replaced.set(name, Object.getOwnPropertyDescriptor(globalThis, name))
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true })
  },
  unstubAllGlobals: () => {
    for (const [name, descriptor] of replaced) Object.defineProperty(globalThis, name, descriptor)
    replaced.clear()
  },
}
