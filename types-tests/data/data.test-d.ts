import type { Either } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { codec, data, type PullbackError, pipe, random, type Tensor } from 'pullback'
import { typeOf } from '../assert.js'
import { doubles, gradual, ints, vector } from '../given.js'

type Flowers = { readonly input: Tensor<'flower 4'>; readonly target: Tensor<'flower', 'int32'> }
declare const flowers: Flowers
const key = random.key(0)

typeOf(data.shuffle(key)(flowers)).is<Flowers>()
typeOf(data.split({ fraction: 0.8, key })(flowers)).is<readonly [Flowers, Flowers]>()
typeOf(data.batches({ size: 8, epochs: 2, key, last: 'drop' })(flowers)).is<data.Batches<Flowers>>()
// a leading number was the length of the whole
declare const table: { readonly x: Tensor<'150 4'>; readonly y: Tensor<'150', 'int32'> }
type Part = { readonly x: Tensor<`${number} 4`>; readonly y: Tensor<`${number}`, 'int32'> }
typeOf(data.shuffle(key)(table)).is<typeof table>()
typeOf(data.split({ fraction: 0.8, key })(table)).is<readonly [Part, Part]>()
typeOf(data.batches({ size: 8 })(table)).is<data.Batches<typeof table>>()
typeOf([...data.batches({ size: 8 })(table)]).is<Part[]>()
typeOf(data.batches({ size: 8 })(table).count).is<number>()
typeOf([...data.batches({ size: 8 })(gradual)]).is<Tensor<string>[]>()
typeOf(data.size(flowers)).is<number>()
// @ts-expect-error Type '"pad"' is not assignable to type '"drop" | "keep" | undefined'.
data.batches({ size: 8, last: 'pad' })
// @ts-expect-error Property 'size' is missing in type '{ epochs: number; }' but required in type 'BatchOptions'.
data.batches({ epochs: 8 })
// @ts-expect-error Argument of type 'number' is not assignable to parameter of type 'object'.
data.shuffle(key)(3)
// @ts-expect-error Type '"3"' is not assignable to type '"2"'.
data.shuffle(vector)
// @ts-expect-error Property 'key' is missing in type '{ fraction: number; }' but required in type '{ readonly fraction: number; readonly key: Key; }'.
data.split({ fraction: 0.8 })

typeOf(data.standardise(flowers.input)).is<data.Standardiser<'4', 'float32'>>()
typeOf(data.standardise(flowers.input).mean).is<Tensor<'4'>>()
typeOf(data.standardise(doubles).std).is<Tensor<'', 'float64'>>()
typeOf(data.standardise(gradual).mean).is<Tensor<string>>()
typeOf(data.standardise(flowers.input).apply(flowers.input)).is<Tensor<'flower 4'>>()
// @ts-expect-error Type '"int32"' is not assignable to type 'Float'.
data.standardise(ints)

const Flower = t.type({ petal: t.number, species: t.string })
typeOf(pipe('[]', data.parseJson('flowers.json'))).is<Either<PullbackError, data.Json>>()
typeOf(data.rowsOf('flowers.json')([1])).is<Either<PullbackError, readonly data.Json[]>>()
typeOf(data.decodeRows(Flower)([{}])).is<data.Decoded<{ petal: number; species: string }>>()
typeOf(data.someRows('flowers.json')(data.decodeRows(Flower)([{}]))).is<
  Either<PullbackError, data.Decoded<{ petal: number; species: string }>>
>()
typeOf(pipe('[]', data.parseJsonOrThrow('flowers.json'), data.rowsOfOrThrow('flowers.json'))).is<readonly data.Json[]>()
typeOf(data.someRowsOrThrow('flowers.json')(data.decodeRows(Flower)([{}]))).is<data.Decoded<{ petal: number; species: string }>>()
typeOf(data.describeRejected(data.decodeRows(Flower)([{}]).rejected)).is<string>()
// @ts-expect-error Argument of type 'number' is not assignable to parameter of type 'string'.
data.parseJson('flowers.json')(3)

typeOf(codec.encode(flowers)).is<string>()
typeOf(codec.decode(flowers)('{}')).is<Either<PullbackError, Flowers>>()
typeOf(codec.decodeOrThrow(flowers)('{}')).is<Flowers>()
// @ts-expect-error Argument of type 'string' is not assignable to parameter of type 'object'.
codec.encode('flowers')
// @ts-expect-error Argument of type 'number' is not assignable to parameter of type 'object'.
codec.decode(3)
