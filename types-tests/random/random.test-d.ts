import { random, type Tensor, zeros } from 'pullback'
import { typeOf } from '../assert.js'
import { key, vector } from '../given.js'

declare const count: number
declare const text: string

typeOf(random.key(0)).is<Tensor<'2', 'uint32'>>()
typeOf(key).is<random.Key>()
typeOf(random.split()(key)).is<readonly [random.Key, random.Key]>()
typeOf(random.split(3)(key)).is<readonly [random.Key, random.Key, random.Key]>()
typeOf(random.split(count)(key)).is<readonly random.Key[]>()
typeOf(random.keys(10)(key)).is<Tensor<'10 2', 'uint32'>>()
typeOf(random.foldIn(7)(key)).is<random.Key>()
// @ts-expect-error Argument of type 'string' is not assignable to parameter of type 'number'.
random.key('0')
// @ts-expect-error Type '"3"' is not assignable to type '"2"'.
random.split()(vector)
// @ts-expect-error Type '"float32"' is not assignable to type '"uint32"'.
random.keys(3)(zeros('2'))
// @ts-expect-error Type '"3"' is not assignable to type '""'.
random.foldIn(vector)

typeOf(random.uniform('2 3')(key)).is<Tensor<'2 3'>>()
typeOf(random.normal('batch 3', { batch: 2 })(key)).is<Tensor<'batch 3'>>()
typeOf(random.normal('3', {}, 'float64')(key)).is<Tensor<'3', 'float64'>>()
typeOf(random.normal(text)(key)).is<Tensor<string>>()
typeOf(random.truncatedNormal(-2, 2)('3')(key)).is<Tensor<'3'>>()
typeOf(random.bernoulli(0.5)('batch', { batch: 2 })(key)).is<Tensor<'batch', 'bool'>>()
typeOf(random.bits('3')(key)).is<Tensor<'3', 'uint32'>>()
typeOf(random.permutation(5)(key)).is<Tensor<'5', 'int32'>>()
// @ts-expect-error Argument of type '"batch 3"' is not assignable to parameter of type '"uniform: 'batch' in 'batch 3' has no size: give one, as in uniform('batch 3', { batch: 32 })"'.
random.uniform('batch 3')(key)
// @ts-expect-error Argument of type '"3,4"' is not assignable to parameter of type '"shape '3,4': write one space between axes"'.
random.normal('3,4')(key)
// @ts-expect-error Argument of type '"int32"' is not assignable to parameter of type 'Float | undefined'.
random.normal('3', {}, 'int32')
// @ts-expect-error Argument of type '"n"' is not assignable to parameter of type '"truncatedNormal: 'n' in 'n' has no size: give one, as in truncatedNormal('n', { n: 32 })"'.
random.truncatedNormal(-2, 2)('n')(key)
// @ts-expect-error Argument of type '"n"' is not assignable to parameter of type '"bernoulli: 'n' in 'n' has no size: give one, as in bernoulli('n', { n: 32 })"'.
random.bernoulli(0.5)('n')(key)
// @ts-expect-error Argument of type '"03"' is not assignable to parameter of type '"shape '03': write '03' as '3'"'.
random.bits('03')(key)
// @ts-expect-error Argument of type 'string' is not assignable to parameter of type 'number'.
random.permutation('5')
// @ts-expect-error Type '"3"' is not assignable to type '"2"'.
random.uniform('3')(vector)

// @ts-expect-error Argument of type '-2' is not assignable to parameter of type '"permutation: -2 is not a length: give a whole number from 0 up"'.
random.permutation(-2)
// @ts-expect-error Argument of type '1.5' is not assignable to parameter of type '"random.keys: 1.5 is no number of keys: give a whole number from 0 up"'.
random.keys(1.5)
// @ts-expect-error Argument of type '-1' is not assignable to parameter of type '"random.split: -1 is no number of keys: give a whole number from 0 up"'.
random.split(-1)

const rates = zeros('batch 3', { batch: 2 })
typeOf(random.poisson(rates)('batch 3')(key)).is<Tensor<'batch 3', 'int32'>>()
typeOf(random.gamma(zeros('3', {}, 'float64'))('n 3', { n: 2 })(key)).is<Tensor<'n 3', 'float64'>>()
typeOf(random.gamma(2)('3', {}, 'float64')(key)).is<Tensor<'3', 'float64'>>()
typeOf(random.beta(rates, 2)('4 batch 3')(key)).is<Tensor<'4 batch 3'>>()
typeOf(random.randint(0, zeros('3', {}, 'uint32'))('2 3')(key)).is<Tensor<'2 3', 'uint32'>>()
typeOf(random.categorical(zeros('10 batch', { batch: 2 }), 0)('batch')(key)).is<Tensor<'batch', 'int32'>>()
typeOf(random.dirichlet(zeros('k', { k: 3 }))('5')(key)).is<Tensor<'5 k'>>()
// @ts-expect-error Argument of type '"4"' is not assignable to parameter of type '"gamma: a parameter '3' does not broadcast to '4'"'.
random.gamma(zeros('3'))('4')(key)
// @ts-expect-error Argument of type '"n 3"' is not assignable to parameter of type '"poisson: 'n' in 'n 3' has no size: give one, as in poisson('n 3', { n: 32 })"'.
random.poisson(zeros('3'))('n 3')(key)
// @ts-expect-error Type '"int32"' is not assignable to type 'Float'.
random.studentT(zeros('3', {}, 'int32'))
// @ts-expect-error Argument of type 'Tensor<"3", "float64">' is not assignable to parameter of type '"beta: float32 and float64: dtypes differ, cast one of them"'.
random.beta(zeros('3'), zeros('3', {}, 'float64'))('3')(key)
// @ts-expect-error Type '"float32"' is not assignable to type 'Integer'.
random.randint(0, zeros('3'))
// @ts-expect-error Argument of type 'Tensor<"2 0", "float32">' is not assignable to parameter of type '"categorical: '2 0' has no entries along axis 1"'.
random.categorical(zeros('2 0'), 1)
// @ts-expect-error Argument of type '{ p: Tensor<"2", "float32">; }' is not assignable to parameter of type '"choice: the weights are '2', not '3'"'.
random.choice(3, { p: zeros('2') })
// @ts-expect-error Argument of type 'Tensor<"2 3", "float32">' is not assignable to parameter of type '"permutation: '2 3' has no axis 'batch'"'.
random.permutation(zeros('2 3'), 'batch')
// @ts-expect-error Argument of type 'Tensor<"3", "int32">' is not assignable to parameter of type '"dirichlet: needs a float dtype, not int32: cast('float32') first"'.
random.dirichlet(zeros('3', {}, 'int32'))
typeOf(random.multivariateNormal(zeros('n 3', { n: 2 }), zeros('3 3'))('n')(key)).is<Tensor<'n 3'>>()
// @ts-expect-error Argument of type 'Tensor<"2 2", "float32">' is not assignable to parameter of type '"multivariateNormal: the mean is '3' and the covariance '2 2': its last two axes are the last axis of the mean"'.
random.multivariateNormal(zeros('3'), zeros('2 2'))
