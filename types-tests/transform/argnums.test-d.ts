import { type Exporting, gradOf, jit, mul, pipe, sum, type Tensor, valueAndGradOf } from 'pullback'
import { typeOf } from '../assert.js'
import { ints, scalar, vector, x } from '../given.js'

type Weights = { readonly w: Tensor<'3'>; readonly b: Tensor<''> }
declare const weights: Weights
declare const place: number
declare const risk: (w: Weights, n: number, at: Tensor<'2 3'>) => Tensor<''>

typeOf(gradOf(0)(risk)(weights, 2, x)).is<Weights>()
typeOf(gradOf(2)(risk)).is<(w: Weights, n: number, at: Tensor<'2 3'>) => Tensor<'2 3'>>()
typeOf(gradOf([2, 0])(risk)(weights, 2, x)).is<readonly [Tensor<'2 3'>, Weights]>()
typeOf(gradOf([0])(risk)(weights, 2, x)).is<readonly [Weights]>()
typeOf(valueAndGradOf([0, 2])(risk)(weights, 2, x)).is<readonly [value: Tensor<''>, gradient: readonly [Weights, Tensor<'2 3'>]]>()
typeOf(valueAndGradOf(1)((a: Tensor<'3'>, b: Tensor<'3'>) => [pipe(a, mul(b), sum()), { both: mul(a)(b) }] as const)(vector, vector)).is<
  readonly [value: readonly [Tensor<''>, { readonly both: Tensor<'3'> }], gradient: Tensor<'3'>]
>()
// A place that is known only when the program runs: the gradient is that of one of the arguments.
typeOf(gradOf(place)((a: Tensor<'3'>, b: Tensor<''>) => pipe(a, mul(b), sum()))(vector, scalar)).is<Tensor<'3'> | Tensor<''>>()
// Optional arguments are passed on.
typeOf(gradOf(0)((a: Tensor<'3'>, n?: number) => pipe(a, mul(n ?? 2), sum()))(vector)).is<Tensor<'3'>>()

// @ts-expect-error Type 'Tensor<"", "float32">' is not assignable to type '"gradOf: the function has no argument at place 3; places are counted from 0"'.
gradOf(3)(risk)
// @ts-expect-error Type 'Tensor<"", "float32">' is not assignable to type '"gradOf: the argument at place 1 is no tensor and no tree of tensors"'.
gradOf([0, 1])(risk)
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"gradOf: the function gives '3', not a scalar: reduce it with sum() or mean(), or use vjp or jacobian"'.
gradOf(1)((a: Tensor<''>, b: Tensor<'3'>) => mul(a)(b))
// @ts-expect-error Type 'Tensor<"", "int32">' is not assignable to type '"valueAndGradOf: the function gives int32: only floats have derivatives"'.
valueAndGradOf(1)((_: Tensor<''>, b: Tensor<'3', 'int32'>) => sum()(b))
// @ts-expect-error Argument of type 'string' is not assignable to parameter of type 'ArgNums'.
gradOf('0')
// @ts-expect-error Type '"int32"' is not assignable to type '"float32"'.
gradOf(1)((_: Tensor<''>, b: Tensor<'3'>) => sum()(b))(scalar, ints)

// Static arguments of jit keep their types.
typeOf(jit((a: Tensor<'3'>, options: { readonly twice: boolean }) => (options.twice ? mul(2)(a) : a), { static: [1] })).is<
  ((a: Tensor<'3'>, options: { readonly twice: boolean }) => Tensor<'3'>) &
    Exporting<[a: Tensor<'3'>, options: { readonly twice: boolean }]>
>()
// @ts-expect-error Type 'string' is not assignable to type 'number'.
jit((a: Tensor<'3'>, n: number) => mul(n)(a), { static: ['n'] })
