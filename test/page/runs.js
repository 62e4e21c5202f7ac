/** Trains on 1, 2 and 7 threads, and reports what came out and how many jobs workers had in each run. */

/** What the engine gives each worker, of which the control block is memory that is shared with this thread too. */
const given = []
globalThis.Worker = class extends Worker {
  postMessage(message) {
    given.push(message)
    super.postMessage(message)
  }
}

const word = name => {
  const last = given.at(-1)
  return last === undefined ? 0 : Atomics.load(new Int32Array(last.control), last.words[name])
}

/** Until all workers wait for jobs; or for three seconds, which workers that are forbidden never do. */
const ready = async workers => {
  for (let i = 0; i < 300 && given.length > 0 && word('ready') < workers; i += 1) await new Promise(resolve => setTimeout(resolve, 10))
}

export const report = async () => {
  const runs = []
  try {
    // Its first operations already run on the engine, and so say what is missing.
    const { trained } = await import('./training.js')
    for (const threads of [1, 2, 7]) {
      given.length = 0
      const bits = await trained(threads, ready)
      runs.push({ threads, bits, workers: given.length, jobs: word('job') })
    }
    return { isolated: crossOriginIsolated, runs }
  } catch (error) {
    return { isolated: crossOriginIsolated, runs, error: error.message }
  }
}
