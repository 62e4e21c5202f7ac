import { pipe, ravel, type Tensor, unravel, zeros } from 'pullback'
import { typeOf } from '../assert.js'
import { gradual, ints, scalar, vector, x } from '../given.js'

const params = { weight: x, inner: [vector, { scale: scalar }] as const }
typeOf(ravel('n')(params)).is<Tensor<'n'>>()
typeOf(ravel('10')(params)).is<Tensor<'10'>>()
typeOf(ravel('n')([ints])).is<Tensor<'n', 'int32'>>()
typeOf(ravel('n')(gradual)).is<Tensor<'n'>>()
typeOf(unravel(params)(zeros('10'))).is<typeof params>()
typeOf(pipe(params, ravel('n'), unravel(params))).is<typeof params>()

// @ts-expect-error Argument of type '"a b"' is not assignable to parameter of type '"ravel: 'a b' is not one axis: give a name or a size, as in ravel('batch')"'.
ravel('a b')
// @ts-expect-error Argument of type '(Tensor<"3", "float32"> | Tensor<"3", "int32">)[]' is not assignable to parameter of type '"ravel: the tree has tensors of float32 or int32: a vector has one dtype, cast some of them"'.
ravel('n')([vector, ints])
// @ts-expect-error Argument of type '(Tensor<"3", "float32"> | Tensor<"3", "int32">)[]' is not assignable to parameter of type '"unravel: the tree has tensors of float32 or int32: a vector has one dtype, cast some of them"'.
unravel([vector, ints])
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"unravel: '2 3' is not a vector: give a tensor of one axis, as ravel makes it"'.
unravel(params)(x)
// @ts-expect-error Type '"int32"' is not assignable to type '"float32"'.
unravel(params)(ints)
