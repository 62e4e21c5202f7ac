/**
 * The code by which the threads of one program meet and divide their work. All of them run the same module over one shared memory.
 *
 * The memory's first bytes are no program's but belong to the threads. They hold a counter of the threads that have arrived at a barrier, the
 * number of that barrier, a word that says that something went wrong, and counters of the pieces of work that were taken.
 */
import type { Code, Local } from './encoder.js'
import type { Imported } from './module-builder.js'

/** 4 GiB, the most that 32-bit addresses reach. A shared memory must say how large it may become. */
export const maximumPages = 65536

export const words = { arrivals: 0, round: 4, failed: 8, taken: 32 } as const
/** How many counters of taken pieces there are. If there are more threads than counters, several threads share one. */
const counters = 8
/** How many bytes at the beginning of a memory belong to the threads. */
export const reservedBytes = 64

/** The clock that a module with threads imports, a function that gives milliseconds. It is the only import, so its index is 0. */
export const clock: Imported = { name: 'now', signature: { parameters: [], results: ['f64'] } }
const now = 0

/** How the calling thread, whose number is 0, waits at a barrier. The other threads may always sleep. */
export interface Waiting {
  /** Whether it may sleep. The main thread of a page may not, and looks at the word again and again. */
  readonly maySleep: boolean
  /** How long it waits before it takes a worker for dead. */
  readonly patienceSeconds: number
}

/**
 * Writes the barrier, a function of `(thread, threads)` that returns when all threads have called it. The last to arrive sets the count back to
 * 0 and opens the next round. So nothing has to be set back between two programs, when a thread may still be on its way out of the first.
 *
 * If a worker does not arrive, the calling thread gives up after a while and sets the word `failed`. The workers that wait find that word set
 * and trap, so that they write nothing more. The calling thread goes on to the end of the program, where it finds the word set too and reports
 * the failure.
 */
export const writeBarrier = (code: Code, { maySleep, patienceSeconds }: Waiting): void => {
  const { looks, napNs } = code.target.costs.threads
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
          // The local holds 0 until the clock is looked at for the first time. The clock never says 0 itself while a program runs.
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

const leastOf = (code: Code, a: Local, b: number): void => void code.get(a).i32(b).get(a).i32(b).do('i32.lt_u', 'select')

/** Sets the local `pieces` to the number of pieces that work worth `most` threads is cut into: as many for each thread, if there is enough of it. */
export const setPieces = (code: Code, pieces: Local, threads: Local, most: number): void => {
  const each = code.local('i32')
  leastOf(code, threads, counters)
  code.set(pieces)
  code.i32(most).get(pieces).do('i32.div_u').set(each)
  leastOf(code, each, code.target.costs.threads.piecesEach)
  code.set(each)
  code.get(pieces).get(each).do('i32.mul').i32(most).get(each).do('select').set(pieces)
  code.release(each)
}

/**
 * Writes a function of `(thread, threads, pieces)` that gives the number of a piece that nobody has taken yet, and -1 if none is left.
 *
 * A thread first takes the pieces of its own group, whose operands its cache may still hold from the phase before. Then it takes those that
 * other threads have not come to, so that a thread which the system runs late does not hold up the others for long. What is computed does not
 * depend on who computes it.
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
  /** Pushes the number of the first piece of a group, or of the group after it. */
  const begin = (next: number): void => void code.get(group).i32(next).do('i32.add').get(pieces).do('i32.mul').get(groups).do('i32.div_u')
  leastOf(code, threads, counters)
  code.set(groups)
  code.loop(() => {
    code.get(thread).get(turn).do('i32.add').get(groups).do('i32.rem_u').set(group)
    begin(0)
    code.set(first)
    code.get(group).i32(4).do('i32.mul').i32(words.taken).do('i32.add').set(place)
    // The counter is read before it is increased, so that the counter of a group that is done is not written to again and again.
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
