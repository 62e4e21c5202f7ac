/** `npm run bench -- [--quick] [--only W3,W5] [--case 512] [--sides ours,jax]`: everything without arguments, in half an hour or more. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { examine } from './machine.js'
import { report, type Section } from './report.js'
import { measureCase, median, type Row } from './rounds.js'
import { type SideName, sideNames } from './workload.js'
import { workloads } from './workloads/index.js'

const { values: asked } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' }, case: { type: 'string' }, sides: { type: 'string' } },
})

const say = (text: string): void => console.error(text)
const listed = (text: string | undefined): readonly string[] | undefined => text?.split(',').map(name => name.trim())
const names = listed(asked.only)
const sides: readonly SideName[] = sideNames.filter(side => listed(asked.sides)?.includes(side) ?? true)
const chosen = workloads.filter(({ name }) => names?.includes(name) ?? true)
if (chosen.length === 0 || sides.length === 0)
  throw new Error(`nothing to do: workloads ${workloads.map(w => w.name).join(' ')}, sides ${sideNames.join(' ')}`)

say('the machine …')
const machine = await examine(asked.quick)
const pace = asked.quick
  ? { rounds: 3, roundMs: 40, enoughMs: 1000, leastRounds: 1 }
  : { rounds: 15, roundMs: 250, enoughMs: 10000, leastRounds: 3 }
const sections: Section[] = []
for (const workload of chosen) {
  const rows: Row[] = []
  for (const work of workload.cases) {
    if (asked.quick && work.long) continue
    if (asked.case !== undefined && !work.name.includes(asked.case)) continue
    say(`${workload.name} ${work.name}`)
    const row = await measureCase(workload, work, { ...pace, sides, missing: machine.missing, say })
    rows.push(row)
    for (const side of sides) {
      const outcome = row.outcomes[side]
      say(
        `  ${side.padEnd(9)} ${outcome.kind === 'timed' ? `${median(outcome.ms).toPrecision(4)} ms, ${outcome.threads} threads` : outcome.reason}`,
      )
    }
  }
  sections.push({ workload, rows })
}

const whole = !asked.quick && !names && asked.case === undefined && asked.sides === undefined
const how = `${pace.rounds} rounds of ${pace.roundMs} ms each, fewer where they last longer${whole ? '' : ' — not a whole run, and no result'}`
const path = new URL(whole ? 'RESULTS.md' : '.build/RESULTS.md', import.meta.url)
mkdirSync(new URL('.', path), { recursive: true })
writeFileSync(path, report(machine, sections, sides, how))
say(`written: ${path.pathname}`)
