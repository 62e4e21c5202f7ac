import { argsort, pipe, sort, type Tensor } from 'pullback'
import { typeOf } from '../assert.js'
import { doubles, flags, gradual, images, x } from '../given.js'

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
