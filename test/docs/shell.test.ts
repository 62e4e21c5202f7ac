/** The files around the source agree with one another: editor, hosted checks, licence, changelog. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8')
const manifest: {
  readonly version: string
  readonly license: string
  readonly engines: { readonly node: string }
  readonly scripts: { readonly [name: string]: string }
} = JSON.parse(read('package.json'))

test('the licence is the one that the package says', () => {
  expect(read('LICENSE').startsWith(`${manifest.license} License`)).toBe(true)
})

test('.editorconfig says what biome.json says', () => {
  const { formatter }: { readonly formatter: { readonly indentStyle: string; readonly indentWidth: number; readonly lineWidth: number } } =
    JSON.parse(read('biome.json'))
  const [, everywhere = ''] = /^\[\*\]\n([^[]*)/m.exec(read('.editorconfig')) ?? []
  const said = new Map([...everywhere.matchAll(/^(\w+) = (\S+)$/gm)].map(([, key, value]) => [key, value]))
  expect([said.get('indent_style'), said.get('indent_size'), said.get('max_line_length')]).toEqual([
    formatter.indentStyle,
    String(formatter.indentWidth),
    String(formatter.lineWidth),
  ])
})

describe('the hosted checks', () => {
  const workflow = read('.github/workflows/test.yml')
  test('call the script that a fresh clone is checked by, which can be run', () => {
    expect(workflow).toContain('run: .ci/run\n')
    expect(statSync(`${root}.ci/run`).mode & 0o111).not.toBe(0)
    expect(read('.ci/run')).toContain('npm ci && npm test')
  })
  test('run on the oldest Node that is supported', () => {
    const versions = [...workflow.matchAll(/node-version: (\S+)/g)].map(([, version]) => `>=${version}`)
    expect(new Set(versions)).toEqual(new Set([manifest.engines.node]))
  })
  test('run scripts that there are', () => {
    const names = [...workflow.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name)
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) expect(Object.keys(manifest.scripts)).toContain(name)
  })
})

describe('CHANGELOG.md', () => {
  const headings = [...read('CHANGELOG.md').matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)
  test('has the policy, and what is not released yet, before all versions', () => {
    expect(headings.slice(0, 3)).toEqual(['Versions', 'When bits may change', 'Unreleased'])
  })
  test('names versions as semver does, the latest first', () => {
    for (const heading of headings.slice(3)) expect(heading).toMatch(/^\d+\.\d+\.\d+ \(\d{4}-\d{2}-\d{2}\)$/)
    expect([undefined, `${manifest.version} `]).toContain(headings[3]?.replace(/\(.*$/, ''))
  })
})

test('the templates ask for a small program, and hold a change to the rules of the house', () => {
  expect(readdirSync(`${root}.github/ISSUE_TEMPLATE`).sort()).toEqual(['bug.yml', 'config.yml', 'proposal.yml'])
  expect(read('.github/ISSUE_TEMPLATE/bug.yml')).toContain('A small program')
  expect(read('.github/pull_request_template.md')).toContain('CONTRIBUTING.md')
})
