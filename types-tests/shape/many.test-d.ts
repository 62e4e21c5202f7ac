/** A shape has at most 64 axes, as in numpy. */
import { expandDims, oneHot, type Tensor, zeros } from 'pullback'
import { typeOf } from '../assert.js'

type SixteenOnes = '1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1'
type SixtyFour = `${SixteenOnes} ${SixteenOnes} ${SixteenOnes} ${SixteenOnes}`
declare const sixtyFour: Tensor<SixtyFour, 'int32'>

typeOf(
  zeros('1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1'),
).is<Tensor<SixtyFour>>()
// @ts-expect-error Argument of type '"1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"' is not assignable to parameter of type '"shape: a shape has at most 64 axes"'.
zeros('1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1')
// @ts-expect-error Argument of type 'Tensor<"1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "int32">' is not assignable to parameter of type '"expandDims: there are 64 axes already, a shape has no more"'.
expandDims(0)(sixtyFour)
// @ts-expect-error Argument of type 'Tensor<"1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "int32">' is not assignable to parameter of type '"oneHot: there are 64 axes already, a shape has no more"'.
oneHot(3)(sixtyFour)
