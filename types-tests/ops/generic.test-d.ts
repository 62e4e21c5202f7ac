import type { Either } from 'fp-ts/lib/Either.js'
import {
  abs,
  add,
  as,
  asLike,
  cast,
  clip,
  div,
  equal,
  exp,
  type Float,
  greater,
  less,
  matmul,
  maximum,
  mul,
  neg,
  ones,
  type PullbackError,
  pipe,
  pow,
  random,
  refine,
  relu,
  type Sized,
  type SizesOf,
  softmax,
  sqrt,
  square,
  sum,
  type Tensor,
  tanh,
  type WellFormed,
  where,
  zeros,
} from 'pullback'
import { typeOf } from '../assert.js'
import { doubles, either, gradual, ints, key, vector, x } from '../given.js'

// Bodies on entries, for a shape that is a type parameter.
const one = <S extends string>(v: Tensor<S>): Tensor<S> => pipe(v, exp, relu, mul(2), add(1), clip(0, 1), abs)
const same = <S extends string>(v: Tensor<S>, w: Tensor<NoInfer<S>>): Tensor<S> =>
  pipe(v, add(w), mul(exp(v)), div(w), pow(v), maximum(tanh(w)))
const chosen = <S extends string>(v: Tensor<S>): Tensor<S> => pipe(v, greater(0), where(v, neg(v)))
const orNumber = <S extends string>(v: Tensor<S>): Tensor<S> => pipe(v, less(exp(v)), where(0, v))
const flags = <S extends string>(v: Tensor<S>, w: Tensor<NoInfer<S>>): Tensor<S, 'bool'> => pipe(v, equal(w))
typeOf(one(x)).is<Tensor<'2 3'>>()
typeOf(same(x, x)).is<Tensor<'2 3'>>()
typeOf(same(gradual, gradual)).is<Tensor<string>>()
typeOf(chosen(either)).is<Tensor<'3' | '4'>>()
typeOf(orNumber(vector)).is<Tensor<'3'>>()
typeOf(flags(vector, vector)).is<Tensor<'3', 'bool'>>()
// @ts-expect-error Type '"3"' is not assignable to type '"2 3"'.
same(x, vector)

// Through the gradual type, and back.
const normalised = <S extends string>(v: Tensor<S>): Tensor<S> => {
  const any: Tensor<string> = v
  return pipe(any, softmax(-1), asLike(v))
}
typeOf(normalised(x)).is<Tensor<'2 3'>>()
typeOf(pipe(gradual, asLike(doubles))).is<Tensor<'3'>>()
typeOf(pipe(ints, asLike(vector))).is<Tensor<'3', 'int32'>>()
// @ts-expect-error Argument of type 'string' is not assignable to parameter of type 'Tensor<string, DType>'.
pipe(gradual, asLike('3'))

// For either float dtype.
const norm = <D extends Float>(v: Tensor<'n', D>): Tensor<'', D> => {
  const y: Tensor<'n', Float> = v
  return pipe(y, square, sum(), sqrt, cast(v.dtype))
}
const both = <S extends string, D extends Float>(v: Tensor<S, D>): Tensor<S, D> => {
  const y: Tensor<S, Float> = v
  return pipe(y, exp, mul(y), add(1), cast(v.dtype))
}
typeOf(norm(zeros('n', { n: 2 }, 'float64'))).is<Tensor<'', 'float64'>>()
typeOf(both(doubles)).is<Tensor<'3', 'float64'>>()
typeOf(both(x)).is<Tensor<'2 3'>>()
// @ts-expect-error Type '"int32"' is not assignable to type 'Float'.
both(ints)

// Wrappers have the sentences of what they wrap.
const blank = <const S extends string>(shape: Sized<'zeros', S>): Tensor<S> => zeros(shape)
const filled = <const S extends string>(shape: WellFormed<S>, sizes: SizesOf<S>): Tensor<S> => pipe(ones(shape, sizes), mul(3))
const noise = <const S extends string>(shape: WellFormed<S>, sizes: SizesOf<S>) => random.normal(shape, sizes)
const given =
  <const S extends string>(shape: WellFormed<S>) =>
  (v: Tensor<string>): Tensor<S> =>
    as(shape)(v)
const checked =
  <const S extends string>(shape: WellFormed<S>) =>
  (v: Tensor<string>) =>
    refine(shape)(v)
typeOf(pipe(blank('2 3'), matmul(blank('3 4')))).is<Tensor<'2 4'>>()
typeOf(filled('n 3', { n: 2 })).is<Tensor<'n 3'>>()
typeOf(noise('n', { n: 2 })(key)).is<Tensor<'n'>>()
typeOf(given('n 3')(gradual)).is<Tensor<'n 3'>>()
typeOf(checked('n 3')(gradual)).is<Either<PullbackError, Tensor<'n 3'>>>()
// @ts-expect-error Argument of type '"n 2"' is not assignable to parameter of type '"zeros: 'n' in 'n 2' has no size: give one, as in zeros('n 2', { n: 32 })"'.
blank('n 2')
// @ts-expect-error Argument of type '"n,2"' is not assignable to parameter of type '"shape 'n,2': write one space between axes"'.
filled('n,2', {})
// @ts-expect-error Property 'n' is missing in type '{}' but required in type '{ readonly n: number; }'.
filled('n 2', {})
