/**
 * What a worker runs, as text: it is started without a file of its own, so that bundlers have nothing to find. The text names nothing of
 * Node or of a page; the platform adds the line that calls `serve`.
 *
 * A worker waits for a change of the control block's job number. It first looks at the word again and again for a while, since the next step of
 * a loop follows within microseconds, and then sleeps.
 *
 * The job number has 32 bits and wraps from the greatest to the least; `seen` wraps in the same way. A worker begins with the number that it
 * finds, for no job is given before all workers have counted themselves ready. A job also lists modules to be dropped. The next job is given
 * only when all workers are known to have read this one.
 *
 * Almost all that a worker allocates are modules, and most of a module is machine code, which its garbage collector does not count. So after it has
 * dropped some modules it allocates a large array that nobody touches: that takes no memory of the machine, but makes the collector run.
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
