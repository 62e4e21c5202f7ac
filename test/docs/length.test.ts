/** Small files, one idea each. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const src = fileURLToPath(new URL('../../src', import.meta.url))

/** Files that may be longer, and why. */
const exceptions: { readonly [path: string]: string } = {
  'pipe.ts': 'one list of overloads, each an argument longer than the one before',
}

test('no file of src has more than 300 lines', () => {
  const long = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts'))
    .filter(path => readFileSync(`${src}/${path}`, 'utf8').split('\n').length > 301)
  expect(long).toEqual(Object.keys(exceptions))
})
