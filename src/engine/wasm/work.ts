/**
 * What a module does in order, and the two functions that do it. `run` does everything on one thread. `share` is called by each of several
 * threads: they divide the phases that are worth it, and meet at barriers.
 *
 * Threads go through loops and cases together. Each has the round in a local of its own, and all of them read the number of a case from memory.
 */
import type { Code, Local } from './encoder.js'
import type { Division, Phase, StagePhase } from './phase.js'
import { setPieces } from './threads.js'

interface Rounds {
  readonly kind: 'loop'
  readonly length: number
  /** Where in memory the rounds are counted, for the copies of rows. */
  readonly counter: number
  readonly works: readonly Work[]
}

interface While {
  readonly kind: 'while'
  readonly most: number
  readonly predicate: readonly Work[]
  /** Where in memory the predicate leaves a bool. */
  readonly flag: number
  readonly works: readonly Work[]
}

interface Choice {
  readonly kind: 'choice'
  /** Where in memory the number of the case lies. */
  readonly index: number
  readonly cases: readonly (readonly Work[])[]
}

/** A phase, a loop of work with so many rounds or while something holds, or a choice among works. */
export type Work = ({ readonly kind: 'phase' } & StagePhase) | Rounds | While | Choice

/** How many threads can have a share of a phase that is worth more than their meeting costs. */
const worth = ({ units, multiple, weight }: Division, leastShare: number): number =>
  Math.min(Math.ceil(units / multiple), Math.floor((units * weight) / leastShare))

/** Sets the locals `low` and `high` to the first unit of a piece and the one after its last. */
const setPiece = (code: Code, { units, multiple }: Division, piece: Local, pieces: Local, low: Local, high: Local): void => {
  const blocks = Math.ceil(units / multiple)
  const least = (a: Local, pushOther: () => void): void => {
    code.get(a)
    pushOther()
    code.get(a)
    pushOther()
    code.do('i32.lt_u', 'select')
  }
  const bound = (target: Local, number: Local): void => {
    // With blocks = pieces · each + left, the first `left` pieces have one block more than the others. The shorter formula, number · blocks /
    // pieces, would leave the range of 32 bits.
    code.get(number).i32(blocks).get(pieces).do('i32.div_u', 'i32.mul')
    least(number, () => code.i32(blocks).get(pieces).do('i32.rem_u'))
    code.do('i32.add').i32(multiple).do('i32.mul').set(target)
    least(target, () => code.i32(units))
    code.set(target)
  }
  const next = code.local('i32')
  bound(low, piece)
  code.get(piece).i32(1).do('i32.add').set(next)
  bound(high, next)
  code.release(next)
}

/** What the work that several threads can share costs on one thread, in nanoseconds. */
export const costOf = (works: readonly Work[], leastShare: number): number =>
  works.reduce((sum, work) => {
    if (work.kind === 'loop') return sum + work.length * costOf(work.works, leastShare)
    // How many rounds there will be is not known: one at least, or the threads are not needed.
    if (work.kind === 'while') return sum + costOf([...work.predicate, ...work.works], leastShare)
    if (work.kind === 'choice') return sum + Math.max(...work.cases.map(works => costOf(works, leastShare)))
    const { units, weight } = work.division
    return sum + (worth(work.division, leastShare) > 1 ? units * weight : 0)
  }, 0)

const writeRounds = (code: Code, length: number, body: () => void): void => {
  const round = code.local('i32')
  code.i32(length).set(round)
  code.loop(() => {
    body()
    code.get(round).i32(1).do('i32.sub').tee(round).brIf(0)
  })
  code.release(round)
}

/** Does the work of a round while the work of the predicate, and then `ask`, leave true on the stack, but at most so many times. */
const writeWhile = (code: Code, most: number, ask: () => void, body: () => void): void => {
  const round = code.local('i32')
  code.i32(0).set(round)
  code.block(() =>
    code.loop(() => {
      if (Number.isFinite(most)) code.get(round).i32(most).do('i32.ge_u').brIf(1)
      ask()
      code.do('i32.eqz').brIf(1)
      body()
      if (Number.isFinite(most)) code.get(round).i32(1).do('i32.add').set(round)
      code.br(0)
    }),
  )
  code.release(round)
}

/** Does the work of the case whose number lies in memory: the first for a number below it, the last for one above it. */
const writeCases = (code: Code, { index, cases }: Choice, write: (works: readonly Work[]) => void): void => {
  const from = (i: number): void => {
    const works = cases[i]
    if (works === undefined) return
    if (i === cases.length - 1) {
      write(works)
      return
    }
    code.get(code.parameter(0)).at('i32.load', index).i32(i).do('i32.le_s')
    code.if(
      () => write(works),
      () => from(i + 1),
    )
  }
  from(0)
}

const startCounting = (code: Code, { counter }: Rounds): void => void code.get(code.parameter(0)).i32(0).at('i32.store', counter)
const countRound = (code: Code, { counter }: Rounds): void => {
  const base = code.parameter(0)
  code.get(base).get(base).at('i32.load', counter).i32(1).do('i32.add').at('i32.store', counter)
}

/** The body of `run(base)`. */
export const writeRun = (code: Code, works: readonly Work[]): void => {
  for (const work of works)
    if (work.kind === 'loop') {
      startCounting(code, work)
      writeRounds(code, work.length, () => {
        writeRun(code, work.works)
        countRound(code, work)
      })
    } else if (work.kind === 'while') {
      const ask = (): void => {
        writeRun(code, work.predicate)
        code.get(code.parameter(0)).at('i32.load8_u', work.flag)
      }
      writeWhile(code, work.most, ask, () => writeRun(code, work.works))
    } else if (work.kind === 'choice') writeCases(code, work, inner => writeRun(code, inner))
    else code.get(code.parameter(0)).i32(0).i32(work.division.units).call(work.index)
}

interface Sharing {
  /** The functions by which threads meet, and take a piece of a phase. */
  readonly barrier: number
  readonly take: number
  readonly leastShare: number
}

/** The body of `share(base, thread, threads)`; `last` writes what one thread does when all work is done. */
export const writeShare = (code: Code, works: readonly Work[], { barrier, take, leastShare }: Sharing, last: () => void): void => {
  const [base, thread, threads] = [code.parameter(0), code.parameter(1), code.parameter(2)]
  const [low, high, piece, pieces] = [code.local('i32'), code.local('i32'), code.local('i32'), code.local('i32')]
  const meet = (): void => void code.get(thread).get(threads).call(barrier)
  const alone = (body: () => void): void => void code.get(thread).do('i32.eqz').if(body)
  // What one thread has done alone is not waited for at once, but before the next phase that several threads share.
  let pending = false
  const writePhase = ({ index, division }: Phase): void => {
    const most = worth(division, leastShare)
    if (most < 2) {
      alone(() => code.get(base).i32(0).i32(division.units).call(index))
      pending = true
      return
    }
    if (pending) meet()
    pending = false
    setPieces(code, pieces, threads, most)
    code.loop(() => {
      code.get(thread).get(threads).get(pieces).call(take).tee(piece).i32(0).do('i32.ge_s')
      code.if(() => {
        setPiece(code, division, piece, pieces, low, high)
        code.get(base).get(low).get(high).call(index).br(1)
      })
    })
    meet()
  }
  const write = (all: readonly Work[]): void => {
    for (const work of all)
      if (work.kind === 'phase') writePhase(work)
      else if (work.kind === 'loop') {
        alone(() => startCounting(code, work))
        pending = true
        writeRounds(code, work.length, () => {
          write(work.works)
          alone(() => countRound(code, work))
          pending = true
        })
      } else if (work.kind === 'while') {
        const goesOn = code.local('i32')
        const ask = (): void => {
          // Before the first round, and after each, something may have been done by one thread alone.
          pending = true
          write(work.predicate)
          if (pending) meet()
          code.get(base).at('i32.load8_u', work.flag).set(goesOn)
          // The place of the flag may be written over in the round, so nobody begins it before all threads have read it.
          meet()
          pending = false
          code.get(goesOn)
        }
        writeWhile(code, work.most, ask, () => write(work.works))
        pending = true
        code.release(goesOn)
      } else {
        if (pending) meet()
        writeCases(code, work, inner => {
          pending = false
          write(inner)
          // The number of the case may be overwritten by what follows, so nobody goes on before all threads have read it.
          meet()
        })
        pending = false
      }
  }
  write(works)
  alone(last)
  meet()
}
