/** How the public functions are made from untyped ones: they check their arguments, and their errors carry their names. */
import { checkTensor, held, stretch } from '../ops/apply-rule.js'
import { besideOne } from '../primitives/linalg/matrices.js'
import { reshapeTo } from '../primitives/reshape.js'
import { broadcast, dims, type Expect, join, type ShapeOf } from '../shape/index.js'
import {
  calledAs,
  checkSizes,
  type DType,
  type FloatDType,
  floatDType,
  heldDType,
  relabel,
  type SameDType,
  sameDType,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { type Solution, type SquareMatrices, solution, squareMatrices } from './rules.js'

/** A parameter that must be square matrices of floats. @category type-level */
export type SquareTensor<Op extends string, S extends string, D extends DType> = Expect<
  FloatDType<Op, D>,
  Expect<SquareMatrices<Op, S>, Tensor<S, D>>
>

/** A function of square matrices that keeps the shape. @category type-level */
export type OfSquare<Op extends string> = <S extends string, D extends DType>(a: SquareTensor<Op, S, D>) => Tensor<S, D>

/** A function of square matrices that gives a number for each. @category type-level */
export type NumberOfSquare<Op extends string> = <S extends string, D extends DType>(
  a: SquareTensor<Op, S, D>,
) => Tensor<ShapeOf<SquareMatrices<Op, S>>, D>

/** What takes the right sides that belong to square matrices. @category type-level */
export type Solver<Op extends string, SA extends string, DA extends DType> = <SB extends string, DB extends DType>(
  b: Expect<SameDType<Op, DA, DB>, Expect<Solution<Op, SA, SB>, Tensor<SB, DB>>>,
) => Tensor<ShapeOf<Solution<Op, SA, SB>>, DB>

/** A function of square matrices, and then of right sides. @category type-level */
export type Solving<Op extends string> = <SA extends string, DA extends DType>(a: SquareTensor<Op, SA, DA>) => Solver<Op, SA, DA>

/** Checks the argument of a function of square matrices, and gives the leading axes. */
export const checkSquare = (op: string, a: Value): string => {
  checkTensor(op, a)
  heldDType(floatDType(op, a.dtype))
  return held(squareMatrices(op, a.shape))
}

export const ofSquare = <Op extends string>(op: Op, apply: (a: Value) => Value): OfSquare<Op> =>
  typed((a: Value): Value => {
    checkSquare(op, a)
    return calledAs(op, () => relabel(a.shape, apply(a)))
  })

export const numberOfSquare = <Op extends string>(op: Op, apply: (a: Value) => Value): NumberOfSquare<Op> =>
  typed((a: Value): Value => {
    const lead = checkSquare(op, a)
    return calledAs(op, () => relabel(lead, apply(a)))
  })

const leadOf = (x: Value): string => join(dims(x.shape).slice(0, -2))

/** The matrices of both sides with the same leading axes, and the solution: several right sides of one matrix become columns beside each other. */
const solvedPairs = (op: string, a: Value, b: Value, apply: (a: Value, b: Value) => Value): Value => {
  const [leadA, leadB] = [a.sizes.slice(0, -2), b.sizes.slice(0, -2)]
  if (leadA.length === 0 && leadB.length > 0) {
    const size = leadB.reduce((product, n) => product * n, 1)
    const examples = reshapeTo(b, [size, ...b.sizes.slice(-2)])
    return reshapeTo(
      besideOne(examples, columns => apply(a, columns)),
      b.sizes,
    )
  }
  const common = held(broadcast(op, leadOf(a), leadOf(b)))
  const sizes = common === leadOf(a) && leadA.length >= leadB.length ? leadA : leadB
  const widen = (x: Value): Value => stretch(x, [...sizes, ...x.sizes.slice(-2)], join([...dims(common), ...dims(x.shape).slice(-2)]))
  return apply(widen(a), widen(b))
}

/** The solutions for matrices and right sides that have been checked: a vector is one column. */
export const solved = (op: string, a: Value, b: Value, apply: (a: Value, b: Value) => Value): Value => {
  const shape = held(solution(op, a.shape, b.shape))
  checkSizes(op, [a, b])
  if (b.sizes.length > 1) return relabel(shape, solvedPairs(op, a, b, apply))
  const column = relabel(join([b.shape, '1']), reshapeTo(b, [...b.sizes, 1]))
  const found = solvedPairs(op, a, column, apply)
  return relabel(shape, reshapeTo(found, found.sizes.slice(0, -1)))
}

/** Checks the right sides. */
export const checkSides = (op: string, a: Value, b: Value): void => {
  checkTensor(op, b)
  heldDType(sameDType(op, a.dtype, b.dtype))
}

export const solving = <Op extends string>(op: Op, apply: (a: Value, b: Value) => Value): Solving<Op> =>
  typed((a: Value) => {
    checkSquare(op, a)
    return (b: Value): Value => {
      checkSides(op, a, b)
      return calledAs(op, () => solved(op, a, b, apply))
    }
  })
