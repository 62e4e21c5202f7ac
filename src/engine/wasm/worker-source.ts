/**
 * What a worker runs, as text. A worker is started from this text and not from a file of its own, so that bundlers have no file to find. The
 * text names nothing of Node or of a page; the platform adds the line that calls `serve`.
 *
 * A worker waits until the job number in the control block changes. It first looks at the word again and again for a while, because the next
 * step of a loop follows within microseconds, and then sleeps.
 *
 * The job number has 32 bits and wraps from the greatest to the least; `seen` wraps in the same way. A worker begins with the number that it
 * finds, for no job is given before all workers have counted themselves ready. The next job is given only when all workers are known to have
 * read this one.
 *
 * A job either brings a piece of a module or runs a module. The pieces of one module come one after another, and with the last of them the
 * worker compiles it. A job also lists modules to be dropped.
 *
 * Almost all that a worker allocates are modules. Most of a module is machine code, which the garbage collector does not count, so the
 * collector sees no reason to run. After a worker has dropped some modules, it therefore allocates a large array that nobody touches. That
 * takes no memory of the machine, but makes the collector run.
 */
export const workerSource = `
const serve = ({ memory, control, code, thread, threads, words, kinds, failed }) => {
  const env = { memory, now: () => performance.now() }
  const state = new Int32Array(control)
  const programs = new Map()
  const looks = 8000
  let uncollected = 0
  let incoming
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
        const [offset, length, total] = [words.offset, words.length, words.total].map(word => Atomics.load(state, word))
        if (offset === 0) incoming = new Uint8Array(total)
        incoming.set(new Uint8Array(code, 0, length), offset)
        if (offset + length === total) {
          const { exports } = new WebAssembly.Instance(new WebAssembly.Module(incoming), { env })
          programs.set(program, exports.share)
          incoming = undefined
        }
        Atomics.add(state, words.loaded, 1)
      } else programs.get(program)(Atomics.load(state, words.base), thread, threads)
    } catch {
      Atomics.store(new Int32Array(memory.buffer, 0, 16), failed, 1)
    }
  }
}
`
