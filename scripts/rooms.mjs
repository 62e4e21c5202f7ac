/**
 * The rooms of src/ in their order, and what each may import: those above it in the list, but for the exceptions. Writes them into biome.json,
 * which enforces them.
 *
 * node scripts/rooms.mjs          writes biome.json
 * node scripts/rooms.mjs --check  fails where biome.json is not what the script would write
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'

/** From the first, which imports no other, to the last. docs/architecture.md says what each is for. */
const rooms = [
  'shape',
  'tensor',
  'kernel',
  'math',
  'program',
  'engine',
  'trace',
  'primitives',
  'transform',
  'control',
  'debug',
  'derived',
  'ops',
  'linalg',
  'fft',
  'random',
  'layer',
  'loss',
  'optimizer',
  'train',
  'data',
  'codec',
  'testing',
  'laws',
]

/** Rooms above it that a room may not import all the same. */
const exceptions = {
  // Formulas know the names of scalar functions, and else nothing but numbers.
  math: ['shape', 'tensor'],
  // They meet shape strings through tensor/ alone.
  program: ['shape'],
  trace: ['shape'],
  // Three kinds of parts of a model that do not know one another.
  loss: ['layer'],
  optimizer: ['layer', 'loss'],
  // The borders stand alone.
  data: ['layer', 'loss', 'optimizer', 'train'],
  codec: ['layer', 'loss', 'optimizer', 'train', 'data'],
  // What tests compare tensors with needs nothing but tensors.
  testing: rooms.slice(rooms.indexOf('kernel'), rooms.indexOf('testing')),
}

/** Packages that only some rooms may import. */
const packages = [
  { group: ['io-ts', 'io-ts/**'], only: ['data', 'codec'], message: 'io-ts is for data/ and codec/, the borders' },
  { group: ['fast-check'], only: ['laws'], message: 'fast-check is for laws/ and tests' },
  { group: ['node:*'], only: [], message: 'the library runs in browsers too' },
  { group: ['fp-ts/*', '!fp-ts/lib', '!fp-ts/lib/**'], only: [], message: 'fp-ts/lib/*.js is the path that works in Node' },
]

/** The way up to src/ from a file of a room: rooms have folders, and these have folders. */
const ups = ['..', '../..', '../../..']

const override = (room, place) => {
  const open = rooms.slice(0, place).filter(other => !exceptions[room]?.includes(other))
  const closed = rooms.filter(other => other !== room && !open.includes(other))
  const others = {
    group: [
      ...closed.flatMap(other => ups.map(up => `${up}/${other}/**`)),
      ...['index', 'core'].flatMap(face => [`../${face}.js`, `../../${face}.js`]),
    ],
    message: `${room}/ may import ${open.length === 0 ? 'no other room' : `only ${open.join(', ')}`}: see scripts/rooms.mjs`,
  }
  const patterns = [others, ...packages.filter(({ only }) => !only.includes(room)).map(({ group, message }) => ({ group, message }))]
  return {
    includes: [`src/${room}/**`],
    linter: { rules: { style: { noRestrictedImports: { level: 'error', options: { patterns } } } } },
  }
}

const root = fileURLToPath(new URL('..', import.meta.url))

/** The rooms that the plan at the head of docs/architecture.md names, line by line. */
const told = () => {
  const [, plan = ''] = readFileSync(`${root}/docs/architecture.md`, 'utf8').split('```')
  return plan.split('\n').flatMap(line => (/^(?:\w+\/\s+)+/.exec(`${line} `)?.[0] ?? '').match(/\w+/g) ?? [])
}

const folders = readdirSync(`${root}/src`, { withFileTypes: true }).flatMap(entry => (entry.isDirectory() ? entry.name : []))
for (const [where, names] of [
  ['the folders of src/', folders.sort((a, b) => rooms.indexOf(a) - rooms.indexOf(b))],
  ['the plan in docs/architecture.md', told()],
])
  if (names.join() !== rooms.join()) {
    console.error(`scripts/rooms.mjs lists ${rooms.join(', ')}; ${where}: ${names.join(', ')}`)
    process.exit(1)
  }

const file = `${root}/biome.json`
const now = JSON.parse(readFileSync(file, 'utf8'))
const isOfRoom = ({ includes }) => includes.every(path => path.startsWith('src/'))
const wanted = { ...now, overrides: [...rooms.map(override), ...now.overrides.filter(entry => !isOfRoom(entry))] }

if (!isDeepStrictEqual(now, wanted)) {
  if (process.argv.includes('--check')) {
    console.error('biome.json does not say what scripts/rooms.mjs says of the rooms: run node scripts/rooms.mjs')
    process.exit(1)
  }
  writeFileSync(file, `${JSON.stringify(wanted, undefined, 2)}\n`)
  execFileSync(process.execPath, [`${root}/node_modules/@biomejs/biome/bin/biome`, 'format', '--write', file], { cwd: root })
}
