/**
 * What a worker runs, as text: it is started without a file of its own, so that bundlers have nothing to find. The text names nothing of
 * Node or of a page; the platform adds the line that calls `serve`.
 *
 * It waits for jobs on the control block: first looking for a while, since the next step of a loop follows within microseconds, then asleep.
 */
export const workerSource = `
const serve = ({ memory, control, code, thread, threads, words, kinds, failed }) => {
  const env = { memory, now: () => performance.now() }
  const state = new Int32Array(control)
  const programs = new Map()
  const looks = 8000
  let seen = 0
  Atomics.add(state, words.ready, 1)
  for (;;) {
    for (let i = 0; i < looks && Atomics.load(state, words.job) === seen; i += 1);
    while (Atomics.load(state, words.job) === seen) Atomics.wait(state, words.job, seen)
    seen += 1
    const program = Atomics.load(state, words.program)
    try {
      if (Atomics.load(state, words.kind) === kinds.load) {
        const bytes = new Uint8Array(code, 0, Atomics.load(state, words.length)).slice()
        const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env })
        programs.set(program, exports.share)
        Atomics.add(state, words.loaded, 1)
      } else programs.get(program)(Atomics.load(state, words.base), thread, threads)
    } catch {
      Atomics.store(new Int32Array(memory.buffer, 0, 16), failed, 1)
    }
  }
}
`
