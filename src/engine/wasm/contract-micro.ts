/** The innermost loop of a product: some rows by some vectors of columns, kept in registers. */
import { at, sizeOf } from '../../tensor/index.js'
import type { Kind } from './contract-panels.js'
import { clearTotals, giveTotals, type Sums, takeSums } from './contract-totals.js'
import { turned } from './contract-transpose.js'
import type { Code, Local } from './encoder.js'
import type { ModuleBuilder } from './module-builder.js'

/** What a register block reads and writes; steps are in bytes. */
export interface Micro {
  readonly kind: Kind
  readonly rows: number
  readonly columns: number
  /** From entry to entry of each contracted axis of a block, on either side. */
  readonly leftSteps: readonly number[]
  readonly rightSteps: readonly number[]
  /** Entries along these axes, without the first: how many it has is an argument. */
  readonly lengths: readonly number[]
  /** From the first row to each row of the left side. */
  readonly leftRows: readonly number[]
  /** From column to column of the result. */
  readonly resultColumn: number
  /** Whether rows of the result are neighbours. */
  readonly adjacentRows: boolean
  /**
   * For sums that are carried in float64: after so many rounds along the first axis of a block they are added to their totals. Without it,
   * the sums of a block go to the result.
   */
  readonly share?: number
}

/**
 * The first axis whose rounds, with those of the axes behind it, are few enough to be written out; an axis beyond the last if there is
 * none.
 */
const straightFrom = (lengths: readonly number[], mostStraight: number): number => {
  let [axis, rounds] = [lengths.length + 1, 1]
  while (axis > 1 && rounds * at(lengths, axis - 2) <= mostStraight) {
    axis -= 1
    rounds *= at(lengths, axis - 1)
  }
  return axis
}

/**
 * Writes the function of a register block: `(left, right, result, count, first, bytes from row to row of the result)`. It adds to what the
 * result holds, unless `first` says that this is the first block of contracted entries. One with totals is also given `(totals, last)`: it
 * adds to the totals, and writes the result with the last block.
 */
const writeMicro = (code: Code, micro: Micro): void => {
  const { kind, rows, columns, leftSteps, rightSteps, lengths, leftRows, resultColumn } = micro
  const { unrolled, mostStraight, farthest } = code.target.costs.products
  const [a, b, c, count] = [code.parameter(0), code.parameter(1), code.parameter(2), code.parameter(3)]
  const [first, resultRow] = [code.parameter(4), code.parameter(5)]
  const perVector = kind.columns / kind.vectors
  const vectors = Math.ceil(columns / perVector)
  const sums = Array.from({ length: rows * vectors }, () => code.local('v128'))
  const columnsNow = Array.from({ length: vectors }, () => code.local('v128'))
  const splat = code.local('v128')
  const from = (local: Local) => () => void code.get(local)

  /** Writes the products of one contracted entry: that of each row times each vector of columns. */
  const products = (offset: number): void => {
    columnsNow.forEach((local, v) => {
      code
        .get(b)
        .at('v128.load', offset + v * 16)
        .set(local)
    })
    for (let row = 0; row < rows; row += 1) {
      code.get(a).at(kind.splat, at(leftRows, row))
      if (vectors > 1) code.set(splat)
      columnsNow.forEach((local, v) => {
        const sum = sums[row * vectors + v]
        if (sum === undefined) return
        // With a single vector of columns the row's entry is still on the stack.
        const entry = (): void => {
          if (vectors > 1) code.get(splat)
        }
        code.multiplyAdd(kind.lanes, entry, from(local), from(sum)).set(sum)
      })
    }
  }
  const move = (pointer: Local, bytes: number): void => {
    if (bytes !== 0) code.get(pointer).i32(bytes).do('i32.add').set(pointer)
  }

  const last = lengths.length
  const [leftStep, rightStep] = [at(leftSteps, last), at(rightSteps, last)]
  const isNear = rightStep * unrolled < farthest
  /**
   * The loop can be left between the rounds of a turn. If it could not, V8 would load the entries of all rounds before the first product
   * and run out of registers. Each test stands behind a whole round, because that round may be the last.
   */
  const turns = (remaining: Local): void =>
    void code.block(() =>
      code.loop(() => {
        for (let round = 0; round < unrolled; round += 1) {
          products(isNear ? round * rightStep : 0)
          move(a, leftStep)
          if (!isNear) move(b, rightStep)
          if (round < unrolled - 1)
            code
              .get(remaining)
              .i32(round + 1)
              .do('i32.eq')
              .brIf(1)
        }
        if (isNear) move(b, unrolled * rightStep)
        code.get(remaining).i32(-unrolled).do('i32.add').tee(remaining).brIf(0)
      }),
    )
  /**
   * All rounds from an axis on, one after another. Between them stands a test that would leave the loop and never does, because the count of the first axis
   * is always above 0; it keeps V8 from moving loads to the front. Each test compares with another number, since V8 drops repeated ones.
   */
  const straight = (axis: number): void => {
    const sizes = lengths.slice(axis - 1)
    const place = (steps: readonly number[], round: number): number => {
      let [sum, rest] = [0, round]
      for (let i = sizes.length - 1; i >= 0; i -= 1) {
        sum += (rest % at(sizes, i)) * at(steps, axis + i)
        rest = Math.floor(rest / at(sizes, i))
      }
      return sum
    }
    const rounds = sizeOf(sizes)
    const isNear = place(rightSteps, rounds - 1) < farthest
    code.block(() => {
      for (let round = 0; round < rounds; round += 1) {
        if (round > 0) {
          code.get(count).i32(-round).do('i32.eq').brIf(0)
          move(a, place(leftSteps, round) - place(leftSteps, round - 1))
          if (!isNear) move(b, place(rightSteps, round) - place(rightSteps, round - 1))
        }
        products(isNear ? place(rightSteps, round) : 0)
      }
    })
  }
  const firstStraight = straightFrom(lengths, mostStraight)
  const nest = (axis: number, remaining: Local): void => {
    if (axis > 0) code.i32(at(lengths, axis - 1)).set(remaining)
    if (axis === last) turns(remaining)
    else {
      const [leftHere, rightHere] = [code.local('i32'), code.local('i32')]
      code.get(a).set(leftHere).get(b).set(rightHere)
      code.loop(() => {
        code.get(leftHere).set(a).get(rightHere).set(b)
        if (axis + 1 === firstStraight) straight(axis + 1)
        else {
          const rounds = code.local('i32')
          nest(axis + 1, rounds)
          code.release(rounds)
        }
        move(leftHere, at(leftSteps, axis))
        move(rightHere, at(rightSteps, axis))
        code.get(remaining).i32(-1).do('i32.add').tee(remaining).brIf(0)
      })
      code.release(leftHere, rightHere)
    }
  }
  const lanesOf = (v: number): number => Math.min(perVector, columns - v * perVector)
  const summed = sums.map((local, i): Sums => ({ local, lanes: lanesOf(i % vectors) }))
  /** Goes through the first axis `share` rounds at a time, and adds the sums to their totals after each share. */
  const inShares = (share: number, totals: Local): void => {
    const [left, now, leftHere, rightHere] = [code.local('i32'), code.local('i32'), code.local('i32'), code.local('i32')]
    code.get(first).if(() => clearTotals(code, summed, totals))
    code.get(count).set(left).get(a).set(leftHere).get(b).set(rightHere)
    code.loop(() => {
      code.get(left).i32(share).get(left).i32(share).do('i32.lt_u', 'select').set(now)
      code.get(leftHere).set(a).get(rightHere).set(b).get(left).get(now).do('i32.sub').set(left)
      nest(0, now)
      takeSums(code, summed, totals)
      move(leftHere, share * at(leftSteps, 0))
      move(rightHere, share * at(rightSteps, 0))
      code.get(left).brIf(0)
    })
    code.release(left, now, leftHere, rightHere)
  }

  const here = code.local('i32')
  const each = (visit: (sum: Local, offset: number, lanes: number) => void): void => {
    code.get(c).set(here)
    for (let row = 0; row < rows; row += 1) {
      if (row > 0) code.get(here).get(resultRow).do('i32.add').set(here)
      for (let v = 0; v < vectors; v += 1) {
        const sum = sums[row * vectors + v]
        if (sum) visit(sum, v * perVector * resultColumn, lanesOf(v))
      }
    }
  }
  const isAcross = resultColumn !== kind.bytes
  /** Writes the sums to the result. If `adds`, they are added to what it holds, except in the first block of contracted entries. */
  const writeSums = (adds: boolean): void => {
    // Rows that are neighbours in the result are written as vectors, once the sums are turned.
    if (isAcross && micro.adjacentRows && kind.bytes === 4 && rows === 4 && columns % 4 === 0) {
      const addresses = sums.map((_, i) => ((i % vectors) * perVector + Math.floor(i / vectors)) * resultColumn)
      for (let v = 0; v < vectors; v += 1) {
        const block = sums.filter((_, i) => i % vectors === v)
        turned(code, block, (lane, push) => {
          const target = block[lane]
          if (target === undefined) return
          push()
          code.set(target)
        })
      }
      const addOld = (): void => {
        for (const [i, sum] of sums.entries()) code.get(c).at('v128.load', at(addresses, i)).get(sum).do(`${kind.lanes}.add`).set(sum)
      }
      if (adds) code.get(first).do('i32.eqz').if(addOld)
      for (const [i, sum] of sums.entries()) code.get(c).get(sum).at('v128.store', at(addresses, i))
      return
    }
    const addOld = (): void =>
      each((sum, offset, lanes) => {
        if (!isAcross) code.get(here).at('v128.load', offset).get(sum).do(`${kind.lanes}.add`).set(sum)
        else {
          for (let i = 0; i < lanes; i += 1)
            code
              .get(here)
              .get(splat)
              .atLane(kind.load, i, offset + i * resultColumn)
              .set(splat)
          code.get(splat).get(sum).do(`${kind.lanes}.add`).set(sum)
        }
      })
    if (adds) code.get(first).do('i32.eqz').if(addOld)
    each((sum, offset, lanes) => {
      if (lanes === perVector && !isAcross) code.get(here).get(sum).at('v128.store', offset)
      else
        for (let i = 0; i < lanes; i += 1)
          code
            .get(here)
            .get(sum)
            .atLane(kind.store, i, offset + i * resultColumn)
    })
  }
  if (micro.share === undefined) {
    nest(0, count)
    writeSums(true)
    return
  }
  const [totals, isLast] = [code.parameter(6), code.parameter(7)]
  inShares(micro.share, totals)
  code.get(isLast).if(() => {
    giveTotals(code, summed, totals)
    writeSums(false)
  })
}

/**
 * The register blocks of a module. Products that read and write alike share one, which then runs more often, so that V8 optimises it
 * sooner.
 */
export class Micros {
  readonly #known = new Map<string, number>()

  /** The index of the function in the module. */
  of(builder: ModuleBuilder, micro: Micro): number {
    const key = JSON.stringify(micro)
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const parameters = Array.from({ length: micro.share === undefined ? 6 : 8 }, () => 'i32' as const)
    const signature = { parameters, results: [] } as const
    const index = builder.add(signature, code => writeMicro(code, micro), { name: `product ${micro.rows}x${micro.columns}` })
    this.#known.set(key, index)
    return index
  }
}

/** Heights or widths of register blocks along an axis: whole ones, and what is left at its end. */
export const blockLengths = (size: number, width: number): readonly number[] =>
  [width, size % width].filter((length, i) => length > 0 && (i > 0 || size >= width))
