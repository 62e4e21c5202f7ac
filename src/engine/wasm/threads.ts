/**
 * Threads over one shared memory: how they meet inside a program, and how they wait for one.
 *
 * The memory's first bytes belong to the threads: a counter of arrivals, the number of the barrier, a word that says that something went wrong,
 * and counters of the pieces of work that were taken.
 */
import type { Code, Local } from './encoder.js'
import type { Imported } from './module-builder.js'

/** 4 GiB, the most that 32-bit addresses reach; shared memory must name its maximum. */
export const maximumPages = 65536

export const words = { arrivals: 0, round: 4, failed: 8, taken: 32 } as const
/** How many counters of taken pieces there are. If there are more threads, several share one. */
const counters = 8
/** Bytes at the beginning of a memory that are no program's. */
export const reservedBytes = 64

/** How often a thread looks at a word before it sleeps, or looks at the clock. */
const looks = 4096
/** For how long it then sleeps at most, in nanoseconds. */
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
 * `(thread, threads)`: returns when all threads have arrived. The last to arrive sets the count back and opens the next round. So nothing has to be
 * set back between programs, when a thread may still be on its way out.
 *
 * The calling thread gives up after a while and sets the word `failed`; workers wait until that word is set. A worker then traps, so that it
 * writes nothing more. The caller goes on to the end of the program, finds the word set and reports the failure.
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
      for (let byte = 0; byte < counters * 4; byte += 16)
        code
          .i32(words.taken + byte)
          .v128(new Uint8Array(16))
          .at('v128.store')
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

/** Into how many pieces a thread's part of the work is cut. More pieces let threads end at more nearly the same time; each costs some hundred nanoseconds. */
const piecesEach = 4

const leastOf = (code: Code, a: Local, b: number): void => void code.get(a).i32(b).get(a).i32(b).do('i32.lt_u', 'select')

/** Sets into how many pieces work that is worth so many threads is cut: as many for each thread. */
export const setPieces = (code: Code, pieces: Local, threads: Local, most: number): void => {
  const each = code.local('i32')
  leastOf(code, threads, counters)
  code.set(pieces)
  code.i32(most).get(pieces).do('i32.div_u').set(each)
  leastOf(code, each, piecesEach)
  code.set(each)
  code.get(pieces).get(each).do('i32.mul').i32(most).get(each).do('select').set(pieces)
  code.release(each)
}

/**
 * `(thread, threads, pieces)`: the number of a piece that nobody has taken yet, -1 if none is left. A thread first takes its own, which it
 * finds in its cache, then what others have not come to: one that the system runs late or seldom holds nobody up for long. What is computed
 * does not depend on who computes it.
 */
export const writeTake = (code: Code): void => {
  const [thread, threads, pieces] = [code.parameter(0), code.parameter(1), code.parameter(2)]
  const [groups, turn, group, first, place] = [
    code.local('i32'),
    code.local('i32'),
    code.local('i32'),
    code.local('i32'),
    code.local('i32'),
  ]
  /** The first piece of a group, or of the next. */
  const begin = (next: number): void => void code.get(group).i32(next).do('i32.add').get(pieces).do('i32.mul').get(groups).do('i32.div_u')
  leastOf(code, threads, counters)
  code.set(groups)
  code.loop(() => {
    code.get(thread).get(turn).do('i32.add').get(groups).do('i32.rem_u').set(group)
    begin(0)
    code.set(first)
    code.get(group).i32(4).do('i32.mul').i32(words.taken).do('i32.add').set(place)
    // Looked at first: the counter of a group that is done is then not written to again and again.
    code.get(place).atomicAt('i32.atomic.load').get(first).do('i32.add')
    begin(1)
    code.do('i32.lt_u').if(() => {
      code.get(place).i32(1).atomicAt('i32.atomic.rmw.add').get(first).do('i32.add').set(place)
      code.get(place)
      begin(1)
      code.do('i32.lt_u').if(() => code.get(place).do('return'))
    })
    code.get(turn).i32(1).do('i32.add').tee(turn).get(groups).do('i32.lt_u').brIf(0)
  })
  code.i32(-1)
}
