/**
 * Threads over one shared memory: how they meet inside a program, and how they wait for one.
 *
 * The memory's first bytes belong to the threads: a counter of arrivals, the number of the barrier, and a word that
 * says that something went wrong.
 */
import type { Code } from './encoder.js'

/** 4 GiB, the most that 32-bit addresses reach; shared memory must name its maximum. */
export const maximumPages = 65536

export const words = { arrivals: 0, round: 4, failed: 8 } as const
/** Bytes at the beginning of a memory that are no program's. */
export const reservedBytes = 64

/** Rounds of looking before a thread sleeps, */
const looks = 4096
/** for at most this long at a time, in nanoseconds. */
const napNs = 200_000

/**
 * `(thread, threads)`: returns when all have arrived. The last to arrive sets the count back and opens the next round, so that nothing has to be
 * set back between programs, when a thread may still be on its way out. The calling thread (0) gives the others up after a while, workers
 * wait until somebody has failed; then all go on, and the caller looks at the word and reports it.
 *
 * @param patienceSeconds how long the calling thread waits for a worker that may have died.
 */
export const writeBarrier = (code: Code, patienceSeconds: number): void => {
  const [thread, threads] = [code.parameter(0), code.parameter(1)]
  const naps = Math.max(1, Math.round((patienceSeconds * 1e9) / napNs))
  const [round, looked, slept] = [code.local('i32'), code.local('i32'), code.local('i32')]
  code.i32(words.round).atomicAt('i32.atomic.load').set(round)
  code.i32(words.arrivals).i32(1).atomicAt('i32.atomic.rmw.add').i32(1).do('i32.add').get(threads).do('i32.eq')
  code.if(
    () => {
      code.i32(words.arrivals).i32(0).atomicAt('i32.atomic.store')
      code.i32(words.round).i32(1).atomicAt('i32.atomic.rmw.add').do('drop')
      code.i32(words.round).i32(-1).atomicAt('memory.atomic.notify').do('drop')
    },
    () =>
      code.block(() => {
        code.loop(() => {
          code.i32(words.round).atomicAt('i32.atomic.load').get(round).do('i32.ne').brIf(1)
          code.i32(words.failed).atomicAt('i32.atomic.load').brIf(1)
          code.get(looked).i32(1).do('i32.add').tee(looked).i32(looks).do('i32.lt_u').brIf(0)
          code.i32(0).set(looked)
          code.i32(words.round).get(round).i64(napNs).atomicAt('memory.atomic.wait32').do('drop')
          code.get(slept).i32(1).do('i32.add').tee(slept).i32(naps).do('i32.lt_u').get(thread).do('i32.or').brIf(0)
          code.i32(words.failed).i32(1).atomicAt('i32.atomic.store')
        })
      }),
  )
}
