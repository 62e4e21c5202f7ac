/**
 * Threads over one shared memory: how they meet inside a program, and how they wait for one.
 *
 * The memory's first bytes belong to the threads: a counter of arrivals, the number of the barrier, and a word that
 * says that something went wrong.
 */
import type { Code } from './encoder.js'
import type { Imported } from './module-builder.js'

/** 4 GiB, the most that 32-bit addresses reach; shared memory must name its maximum. */
export const maximumPages = 65536

export const words = { arrivals: 0, round: 4, failed: 8 } as const
/** Bytes at the beginning of a memory that are no program's. */
export const reservedBytes = 64

/** Rounds of looking before a thread sleeps, or looks at the clock, */
const looks = 4096
/** and for how long it sleeps at most, in nanoseconds. */
const napNs = 200_000

/** The clock of a module with threads: the index of the imported function, which gives milliseconds. */
export const clock: Imported = { name: 'now', signature: { parameters: [], results: ['f64'] } }
const now = 0

/** How the calling thread, 0, waits at a barrier; the others may always sleep. */
export interface Waiting {
  /** Whether it may sleep. A page's main thread may not, and looks on. */
  readonly maySleep: boolean
  /** How long it waits for a worker that may have died. */
  readonly patienceSeconds: number
}

/**
 * `(thread, threads)`: returns when all have arrived. The last to arrive sets the count back and opens the next round, so that nothing has to be
 * set back between programs, when a thread may still be on its way out. The calling thread gives the others up after a while, workers wait
 * until somebody has failed. Then a worker traps, so that it writes nothing more, and the caller goes on, looks at the word and reports it.
 */
export const writeBarrier = (code: Code, { maySleep, patienceSeconds }: Waiting): void => {
  const [thread, threads] = [code.parameter(0), code.parameter(1)]
  const [round, looked, start] = [code.local('i32'), code.local('i32'), code.local('f64')]
  const nap = (): void => void code.i32(words.round).get(round).i64(napNs).atomicAt('memory.atomic.wait32').do('drop')
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
          if (maySleep) nap()
          else code.get(thread).if(nap)
          code.get(thread).brIf(0)
          // No clock says 0 while a program runs: it is what the local holds before the first look at the clock.
          code
            .get(start)
            .f64(0)
            .do('f64.eq')
            .if(() => code.call(now).set(start))
          code
            .call(now)
            .get(start)
            .do('f64.sub')
            .f64(patienceSeconds * 1000)
            .do('f64.lt')
            .brIf(0)
          code.i32(words.failed).i32(1).atomicAt('i32.atomic.store')
        })
      }),
  )
  code.get(thread).if(() =>
    code
      .i32(words.failed)
      .atomicAt('i32.atomic.load')
      .if(() => code.do('unreachable')),
  )
}
