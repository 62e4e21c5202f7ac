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
