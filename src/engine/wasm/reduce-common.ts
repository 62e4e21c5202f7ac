/** What reductions by rows and by columns have in common. */
import { type MonoidName, monoids } from '../../kernel/index.js'
import { at, type DType } from '../../tensor/index.js'
import type { Expression, Load } from '../fusion/expression.js'
import type { ReduceStage } from '../fusion/stage.js'
import type { Access } from './access.js'
import type { Code, Instruction, Local } from './encoder.js'
import { arithmeticInstruction, combining } from './instructions.js'
import { rounds } from './map.js'
import { advance, type collapse, stepBytes, type Walk } from './nest.js'
import { inShares, type Share } from './reduce-totals.js'
import type { Lanes } from './scalar.js'

export interface ReduceForm {
  readonly stage: ReduceStage
  readonly loads: readonly Load[]
  readonly expression: Expression
  /** What the stage's stores write. */
  readonly stored: readonly Expression[]
  readonly lanes: Lanes
  readonly dtype: DType
  readonly outer: ReturnType<typeof collapse>
  readonly inner: ReturnType<typeof collapse>
}

export const accessesOf = (
  loads: readonly Load[],
  walks: readonly Walk[],
  pointers: readonly Local[],
  axis: number,
): ReadonlyMap<Load, Access> =>
  new Map(
    loads.flatMap((load, k) => {
      const [walk, pointer] = [walks[k], pointers[k]]
      return walk && pointer ? [[load, { dtype: walk.dtype, stride: at(walk.strides, axis), pointer }] as const] : []
    }),
  )

export const instruction = (by: MonoidName, dtype: DType): Instruction => arithmeticInstruction(combining[monoids[by].scalar], dtype)

/** Axes to loop over, and what to do after each share of the rounds along one of them. */
interface Span {
  readonly from: number
  readonly until: number
  readonly share?: Share | undefined
  readonly after?: () => void
}

/** Loops over axes with the pointers of the loads moved along and brought back. */
export const nested = (code: Code, nest: ReturnType<typeof collapse>, pointers: readonly Local[], span: Span, body: () => void): void => {
  const { from, until, share, after = () => {} } = span
  if (from === until) {
    body()
    return
  }
  const size = at(nest.sizes, from)
  const move = (count: number): void => {
    nest.walks.forEach((walk, k) => {
      const pointer = pointers[k]
      if (pointer) advance(code, pointer, count * stepBytes(walk, from))
    })
  }
  const one = (): void => {
    nested(code, nest, pointers, { ...span, from: from + 1 }, body)
    move(1)
  }
  if (share?.axis === from) {
    inShares(code, size, share.rounds, one, after)
    after()
  } else rounds(code, () => code.i32(size), size, one)
  move(-size)
}

/** Loops over the kept axes: over the first of them from low to high, over the others as a whole. */
export const overKept = (
  code: Code,
  nest: ReturnType<typeof collapse>,
  pointers: readonly Local[],
  until: number,
  body: () => void,
): void => {
  const i = code.local('i32')
  const [low, high] = [code.parameter(1), code.parameter(2)]
  code.for(
    i,
    () => code.get(low),
    () => code.get(high),
    1,
    () => {
      nested(code, nest, pointers, { from: 1, until }, body)
      nest.walks.forEach((walk, k) => {
        const pointer = pointers[k]
        if (pointer) advance(code, pointer, stepBytes(walk, 0))
      })
    },
  )
  code.release(i)
}
