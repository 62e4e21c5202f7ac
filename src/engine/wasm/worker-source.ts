/**
 * What a worker runs, as text: it is started without a file of its own, so that bundlers have nothing to find. The text names nothing of
 * Node or of a page; the platform adds the line that calls `serve`.
 *
 * It waits for jobs on the control block: first looking for a while, since the next step of a loop follows within microseconds, then asleep.
 *
 * The number of the last job is a word of 32 bits, which goes on with the least when it has come to the greatest, and `seen` does the same.
 * It begins with the word as it stands, for no job is given before all workers have counted themselves ready. With a job comes a list of the
 * modules that are dropped; who gives the next job has seen that all workers have read this one.
 *
 * A worker makes little but modules, and most of a module is code, of which its collector does not know. So when it has dropped some, it asks
 * for memory, which nobody touches, and so takes none of the machine's, but so much that the collector looks what it can free.
 */
export const workerSource = `
const serve = ({ memory, control, code, thread, threads, words, kinds, failed }) => {
  const env = { memory, now: () => performance.now() }
  const state = new Int32Array(control)
  const programs = new Map()
  const looks = 8000
  let uncollected = 0
  const drop = count => {
    for (let i = 1; i <= count; i += 1) programs.delete(Atomics.load(state, words.dropped + i))
    uncollected += count
    if (uncollected < 128) return
    uncollected = 0
    try {
      new ArrayBuffer(1 << 26)
    } catch {}
  }
  let seen = Atomics.load(state, words.job)
  Atomics.add(state, words.ready, 1)
  for (;;) {
    for (let i = 0; i < looks && Atomics.load(state, words.job) === seen; i += 1);
    while (Atomics.load(state, words.job) === seen) Atomics.wait(state, words.job, seen)
    seen = (seen + 1) | 0
    drop(Atomics.load(state, words.dropped))
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
