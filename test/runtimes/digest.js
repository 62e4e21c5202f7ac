/** The digests of test/engine/support/digest.ts, each kept with the name of its test, so that those that nothing records are compared between runtimes too. */
import { getCurrentTest } from '@vitest/runner'
import { digest as digestOf } from '../engine/support/digest.js?plain'

export { grid } from '../engine/support/digest.js?plain'

export const digests = []

export const digest = async x => {
  const place = digests.push(undefined) - 1
  const { fullName } = getCurrentTest()
  const bits = await digestOf(x)
  digests[place] = [`${fullName}, hash ${place + 1}`, bits]
  return bits
}
