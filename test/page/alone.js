/** Runs an exported program in a page that has its two files, and leaves the bits of its results in the window. */

// The loader lies beside this file in the page alone, so its address is made at run time.
const { load } = await import(new URL('./program.js', import.meta.url).href)
const run = await load(new URL('./program.wasm', import.meta.url))
const input = Float32Array.from({ length: 32 * 200 }, (_, i) => (((i * 7919) % 33) - 16) / 128)
const { probabilities, best } = run(input)
globalThis.report = [probabilities, best].map(array => [...new Uint8Array(array.buffer)])
