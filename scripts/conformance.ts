/** Writes docs/conformance.md: runs the cases that others made, and sets the tables of names beneath them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type Outcome, passedOf, reasonsOf, type Suite } from '../test/conformance/files.js'
import { onnxNodes } from '../test/conformance/onnx/cases.js'
import { torchGradients } from '../test/conformance/ops/cases.js'
import { missingIn, modules, pageOf } from '../test/conformance/page.js'

/** What a run of a suite's cases has given, for the page. @throws where a case fails, with its name. */
const resultOf = ({ title, cases }: Suite): string => {
  const outcomes = new Map<string, Outcome>()
  for (const [name, run] of cases) {
    try {
      outcomes.set(name, run())
    } catch (cause) {
      throw new Error(`${title}: the case ${name} fails`, { cause })
    }
  }
  const [passed, skipped] = [passedOf(outcomes), outcomes.size - passedOf(outcomes)]
  const reasons = [...reasonsOf(outcomes)].map(([reason, names]) => `- ${reason}: ${names.map(name => `\`${name}\``).join(', ')}`)
  return skipped === 0
    ? `All of ${outcomes.size} cases pass.`
    : [`Of ${outcomes.size} cases ${passed} pass, and ${skipped} are skipped:`, '', ...reasons].join('\n')
}

const missing = modules.flatMap(missingIn)
if (missing.length > 0) throw new Error(`the tables name what is not exported:\n${missing.join('\n')}`)

const path = new URL('../docs/conformance.md', import.meta.url)
const before = existsSync(path) ? readFileSync(path, 'utf8') : ''
const here = [onnxNodes, torchGradients].filter(({ isHere }) => isHere)
writeFileSync(path, pageOf(before, new Map(here.map(suite => [suite.title, resultOf(suite)]))))
console.info('docs/conformance.md is written')
