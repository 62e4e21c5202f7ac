import { cumLogSumExp, cumMax, cumMin, cumProd, cumSum, pipe, type Tensor } from 'pullback'
import { typeOf } from '../assert.js'
import { doubles, flags, gradual, images, ints, x } from '../given.js'

typeOf(cumSum(-1, { reverse: true, exclusive: true })(x)).is<Tensor<'2 3'>>()
typeOf(cumProd(0)(doubles)).is<Tensor<'3', 'float64'>>()
typeOf(pipe(images, cumMax('batch'))).is<Tensor<'batch 784'>>()
typeOf(cumSum(0)(ints)).is<Tensor<'3', 'int32'>>()
typeOf(cumLogSumExp('batch')(gradual)).is<Tensor<string>>()

// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"cumSum: axis 2 is out of range for '2 3', which has 2 axes (-2 to 1)"'.
cumSum(2)(x)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"cumMax: needs numbers, not bool: cast('float32') or cast('int32') first"'.
cumMax(0)(flags)
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"cumLogSumExp: needs a float dtype, not int32: cast('float32') first"'.
cumLogSumExp(0)(ints)
// @ts-expect-error Argument of type 'Tensor<"3", "bool">' is not assignable to parameter of type '"cumMin: needs numbers, not bool: cast('float32') or cast('int32') first"'.
cumMin(0)(flags)
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"cumProd: '2 3' has no axis 'n'"'.
cumProd('n')(x)
