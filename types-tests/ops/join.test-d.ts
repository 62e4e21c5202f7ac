import { concat, type DType, pipe, stack, type Tensor, zeros } from 'pullback'
import { type Any, typeOf } from '../assert.js'
import { anything, either, gradual, ints, vector, x } from '../given.js'

declare const three: Tensor<'3'>
declare const many: readonly Tensor<'3'>[]
declare const rows: readonly Tensor<'batch 3'>[]
declare const oneOrMore: readonly [Tensor<'3'>, ...Tensor<'3'>[]]
declare const differing: readonly (Tensor<'2 3'> | Tensor<'4 3'>)[]
declare const twoDTypes: readonly (Tensor<'3'> | Tensor<'3', 'int32'>)[]
declare const gradualMany: readonly Tensor<string>[]
declare const unknown: Any
declare const first: 0 | 1
declare const pair: readonly [Tensor<'3'>] | readonly [Tensor<'3'>, Tensor<'3'>]
declare const text: string

typeOf(concat(0)([x, zeros('4 3')])).is<Tensor<'6 3'>>()
typeOf(concat(-1)([x, zeros('2 1'), x])).is<Tensor<'2 7'>>()
typeOf(concat('batch')([zeros('batch 3', { batch: 2 }), zeros('4 3')])).is<Tensor<'batch+4 3'>>()
typeOf(concat(0)([ints, ints])).is<Tensor<'6', 'int32'>>()
typeOf(concat(0)([vector, gradual])).is<Tensor<string>>()
typeOf(concat(0)([vector, anything])).is<Tensor<string>>()
typeOf(concat(0)([either, vector])).is<Tensor<'6' | '7'>>()
typeOf(concat(0)(gradualMany)).is<Tensor<string>>()
typeOf(concat(0)(unknown)).is<Tensor<string, DType>>()
typeOf(concat(first)([x, x])).is<Tensor<'4 3' | '2 6'>>()
typeOf(concat(0)(pair)).is<Tensor<'6' | '3'>>()
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
typeOf(stack(0)(gradualMany)).is<Tensor<string>>()
typeOf(stack(first)([vector, vector])).is<Tensor<'2 3' | '3 2'>>()
typeOf(pipe([vector, vector] as const, stack(0))).is<Tensor<'2 3'>>()
// @ts-expect-error Argument of type 'readonly Tensor<"3", "float32">[]' is not assignable to parameter of type '"stack: how many tensors there are is not known, give them as in stack(0)([a, b]) or [a, b] as const, or name the axis, as in stack(0, 'n')"'.
stack(0)(many)
// @ts-expect-error Type 'Tensor<"3", "float32">[]' is not assignable to type '"stack: how many tensors there are is not known, give them as in stack(0)([a, b]) or [a, b] as const, or name the axis, as in stack(0, 'n')"'.
pipe([three, three], stack(0))
// @ts-expect-error Argument of type '(Tensor<"2 3", "float32"> | Tensor<"2 4", "float32">)[]' is not assignable to parameter of type '"stack: '2 3' and '2 4' differ, all shapes must be equal"'.
stack(0)([x, zeros('2 4')])
// @ts-expect-error Argument of type 'Tensor<"3", "float32">[]' is not assignable to parameter of type '"stack: axis 3 is out of range for the result of '3', which has 2 axes (-2 to 1)"'.
stack(3)([vector, vector])
// @ts-expect-error Argument of type '(Tensor<"3", "float32"> | Tensor<"3", "int32">)[]' is not assignable to parameter of type '"stack: float32 and int32: dtypes differ, cast one of them"'.
stack(0)([vector, ints])

// A list of a length that the compiler does not know is no shape: it says so, or the axis has a name.
// @ts-expect-error Argument of type 'readonly Tensor<"3", "float32">[]' is not assignable to parameter of type '"concat: how many tensors there are is not known, give them as in concat(0)([a, b]) or [a, b] as const, or name the axis, as in concat(0, 'n')"'.
concat(0)(many)
// @ts-expect-error Argument of type 'readonly [Tensor<"3", "float32">, ...Tensor<"3", "float32">[]]' is not assignable to parameter of type '"concat: how many tensors there are is not known, give them as in concat(0)([a, b]) or [a, b] as const, or name the axis, as in concat(0, 'n')"'.
concat(0)(oneOrMore)
// @ts-expect-error Type 'Tensor<"3", "float32">[]' is not assignable to type '"concat: how many tensors there are is not known, give them as in concat(0)([a, b]) or [a, b] as const, or name the axis, as in concat(0, 'n')"'.
pipe([three, three], concat(0))
typeOf(pipe([three, three], concat(0, 'n'))).is<Tensor<'n'>>()
typeOf(concat(0, 'n')(rows)).is<Tensor<'n 3'>>()
typeOf(concat('batch', 'n')(rows)).is<Tensor<'n 3'>>()
typeOf(concat(0, '12')(rows)).is<Tensor<'12 3'>>()
typeOf(concat(0, 'n')(differing)).is<Tensor<'n 3'>>()
typeOf(concat(0, 'n')([x, zeros('4 3')])).is<Tensor<'n 3'>>()
typeOf(concat(0, 'n')(gradualMany)).is<Tensor<string>>()
typeOf(concat(0, text)(many)).is<Tensor<string>>()
typeOf(pipe([three, three], stack(0, 'n'))).is<Tensor<'n 3'>>()
typeOf(stack(-1, 'n')(rows)).is<Tensor<'batch 3 n'>>()
typeOf(stack(0, 'n')([ints, ints])).is<Tensor<'n 3', 'int32'>>()
typeOf(stack(0, 'n')(gradualMany)).is<Tensor<string>>()
// @ts-expect-error Argument of type 'readonly (Tensor<"2 3", "float32"> | Tensor<"4 3", "float32">)[]' is not assignable to parameter of type '"concat: the tensors of the list have more than one shape, give them as a tuple: [a, b] as const"'.
concat(1, 'n')(differing)
// @ts-expect-error Argument of type 'readonly (Tensor<"2 3", "float32"> | Tensor<"4 3", "float32">)[]' is not assignable to parameter of type '"stack: the tensors of the list have more than one shape, give them as a tuple: [a, b] as const"'.
stack(0, 'n')(differing)
// @ts-expect-error Argument of type 'readonly Tensor<"3", "float32">[]' is not assignable to parameter of type '"concat: axis 1 is out of range for '3', which has 1 axis (-1 to 0)"'.
concat(1, 'n')(many)
// @ts-expect-error Argument of type 'readonly (Tensor<"3", "float32"> | Tensor<"3", "int32">)[]' is not assignable to parameter of type '"stack: the list has tensors of float32 or int32: dtypes differ, cast one of them"'.
stack(0, 'n')(twoDTypes)
// @ts-expect-error Argument of type '(Tensor<"2 3", "float32"> | Tensor<"2 4", "float32">)[]' is not assignable to parameter of type '"concat: '2 3' and '2 4': '3' is not '4', only axis 0 may differ"'.
concat(0, 'n')([x, zeros('2 4')])
// @ts-expect-error Argument of type '"a b"' is not assignable to parameter of type '"concat: 'a b' is not one axis: give a name or a size, as in concat(0, 'batch')"'.
concat(0, 'a b')
// @ts-expect-error Argument of type '""' is not assignable to parameter of type '"stack: '' is not one axis: give a name or a size, as in stack(0, 'batch')"'.
stack(0, '')
