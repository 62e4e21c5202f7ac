import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Found, main } from '../../examples/export-ring.js'

let found: Found
let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ring-'))
  found = await main({ seed: 1, epochs: 400, learningRate: 0.03, folder })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a process with the three files alone gives the bits of the library', () => {
  expect(readdirSync(folder).sort()).toEqual(['package.json', 'ring.d.ts', 'ring.js', 'ring.wasm'])
  expect(found.here.length).toBe(256)
  expect(new Set(found.here).size).toBeGreaterThan(200)
  expect(found.alone).toEqual(found.here)
})

test('the loader finds the program by its path and by its address, and says which is not there', async () => {
  const { load } = await import(/* @vite-ignore */ pathToFileURL(join(folder, 'ring.js')).href)
  const [byPath, byAddress] = [await load(join(folder, 'ring.wasm')), await load(pathToFileURL(join(folder, 'ring.wasm')))]
  const points = Float32Array.from({ length: 512 }, (_, i) => Math.sin(i))
  expect(byPath(points)).toEqual(byAddress(points))
  await expect(load(join(folder, 'ring.txt'))).rejects.toThrow(/ENOENT.*ring\.txt/)
})

test('the perceptron has learnt the ring, which a third of the points are in', () => {
  expect(found.losses[1]).toBeLessThan(found.losses[0] / 2)
  expect(found.accuracy).toBeGreaterThan(0.85)
})

test('the file is small, and its weights are in it', () => {
  expect(found.bytes.weights).toBe(1348)
  expect(found.bytes.wasm).toBeGreaterThan(found.bytes.weights)
  // One bias for 256 examples has the bytes of one: 256 of each would be 33,792 bytes more.
  expect(found.bytes.wasm).toBeLessThan(16_000)
  expect(found.bytes.js).toBeLessThan(5_000)
})
