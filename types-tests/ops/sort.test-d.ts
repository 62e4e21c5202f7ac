import { argsort, lexsort, pipe, searchsorted, sort, sortBy, type Tensor, topK, unique } from 'pullback'
import { typeOf } from '../assert.js'
import { doubles, flags, gradual, images, ints, vector, x } from '../given.js'

typeOf(sort(-1)(x)).is<Tensor<'2 3'>>()
typeOf(sort(0)(doubles)).is<Tensor<'3', 'float64'>>()
typeOf(pipe(images, sort('batch'))).is<Tensor<'batch 784'>>()
typeOf(argsort(-1)(x)).is<Tensor<'2 3', 'int32'>>()
typeOf(argsort('batch')(gradual)).is<Tensor<string, 'int32'>>()

// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"sort: axis 2 is out of range for '2 3', which has 2 axes (-2 to 1)"'.
sort(2)(x)
// @ts-expect-error Argument of type 'Tensor<"batch 784", "float32">' is not assignable to parameter of type '"argsort: 'batch 784' has no axis 'rows'"'.
argsort('rows')(images)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"sort: needs numbers, not bool: cast('float32') or cast('int32') first"'.
sort(0)(flags)

typeOf(argsort(-1, { descending: true })(x)).is<Tensor<'2 3', 'int32'>>()
typeOf(topK(2, 'batch')(images)).is<readonly [values: Tensor<'2 784'>, indices: Tensor<'2 784', 'int32'>]>()
typeOf(lexsort(0)([vector, ints])).is<Tensor<'3', 'int32'>>()
typeOf(pipe(x, searchsorted(vector, { side: 'right' }))).is<Tensor<'2 3', 'int32'>>()
typeOf(sortBy(ints)({ a: vector, b: [doubles] })).is<{ a: Tensor<'3'>; b: Tensor<'3', 'float64'>[] }>()
typeOf(unique(5)(ints).values).is<Tensor<'5', 'int32'>>()

// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"topK: 4 of axis 1 of '2 3', which has 3 entries"'.
topK(4, -1)(x)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"topK: 0 entries, give a whole number from 1 up"'.
topK(0, -1)(x)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"searchsorted: the sorted tensor is '2 3', give one with one axis"'.
searchsorted(x)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"searchsorted: int32 and float32: dtypes differ, cast one of them"'.
searchsorted(vector)(ints)
// @ts-expect-error Argument of type '{ a: Tensor<"3", "float32">; b: Tensor<"2 3", "float32">; }' is not assignable to parameter of type '"sortBy: '2 3' does not begin with '3', the axis of the key"'.
sortBy(ints)({ a: vector, b: x })
// @ts-expect-error Argument of type '(Tensor<"2 3", "float32"> | Tensor<"3", "float32">)[]' is not assignable to parameter of type '"lexsort: '2 3' and '3': all keys have one shape"'.
lexsort(0)([x, vector])
// @ts-expect-error Argument of type '1.5' is not assignable to parameter of type '"unique: 1.5 entries, give a whole number from 1 up"'.
unique(1.5)
