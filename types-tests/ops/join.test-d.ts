import { concat, stack, type Tensor, zeros } from 'pullback'
import { typeOf } from '../assert.js'
import { anything, either, gradual, ints, vector, x } from '../given.js'

declare const many: readonly Tensor<'3'>[]

typeOf(concat(0)([x, zeros('4 3')])).is<Tensor<'6 3'>>()
typeOf(concat(-1)([x, zeros('2 1'), x])).is<Tensor<'2 7'>>()
typeOf(concat('batch')([zeros('batch 3', { batch: 2 }), zeros('4 3')])).is<Tensor<'batch+4 3'>>()
typeOf(concat(0)([ints, ints])).is<Tensor<'6', 'int32'>>()
typeOf(concat(0)([vector, gradual])).is<Tensor<string>>()
typeOf(concat(0)([vector, anything])).is<Tensor<string>>()
typeOf(concat(0)([either, vector])).is<Tensor<'6' | '7'>>()
typeOf(concat(0)(many)).is<Tensor<string>>()
// @ts-expect-error Argument of type '(Tensor<"2 3", "float32"> | Tensor<"2 4", "float32">)[]' is not assignable to parameter of type '"concat: '2 3' and '2 4': '3' is not '4', only axis 0 may differ"'.
concat(0)([x, zeros('2 4')])
// @ts-expect-error Argument of type 'Tensor<"3", "float32">[]' is not assignable to parameter of type '"concat: axis 1 is out of range for '3', which has 1 axis (-1 to 0)"'.
concat(1)([vector, vector])
// @ts-expect-error Argument of type '(Tensor<"3", "float32"> | Tensor<"3", "int32">)[]' is not assignable to parameter of type '"concat: float32 and int32: dtypes differ, cast one of them"'.
concat(0)([vector, vector, ints])
// @ts-expect-error Argument of type 'never[]' is not assignable to parameter of type '"concat: give one tensor at least"'.
concat(0)([])

typeOf(stack(0)([vector, vector])).is<Tensor<'2 3'>>()
typeOf(stack(-1)([x, x, x])).is<Tensor<'2 3 3'>>()
typeOf(stack(1)([ints])).is<Tensor<'3 1', 'int32'>>()
typeOf(stack(0)([vector, gradual])).is<Tensor<string>>()
typeOf(stack(0)(many)).is<Tensor<string>>()
// @ts-expect-error Argument of type '(Tensor<"2 3", "float32"> | Tensor<"2 4", "float32">)[]' is not assignable to parameter of type '"stack: '2 3' and '2 4' differ, all shapes must be equal"'.
stack(0)([x, zeros('2 4')])
// @ts-expect-error Argument of type 'Tensor<"3", "float32">[]' is not assignable to parameter of type '"stack: axis 3 is out of range for the result of '3', which has 2 axes (-2 to 1)"'.
stack(3)([vector, vector])
// @ts-expect-error Argument of type '(Tensor<"3", "float32"> | Tensor<"3", "int32">)[]' is not assignable to parameter of type '"stack: float32 and int32: dtypes differ, cast one of them"'.
stack(0)([vector, ints])
