/** `vmap` over an axis in given places: the types of arguments and results, and what is refused. */
import { matmul, type Places, pipe, sum, type Tensor, vmap, vmapWithAxis } from 'pullback'
import { typeOf } from '../assert.js'
import { gradual, images, vector, x } from '../given.js'

type Params = { readonly w: Tensor<'3 4'>; readonly b: readonly [Tensor<'4'>] }
const affine = (v: Tensor<'3'>, w: Tensor<'3 4'>): Tensor<'4'> => pipe(v, matmul(w))
declare const same: (v: Tensor<'3'>) => Tensor<'3'>
declare const anywhere: number
declare const places: Places

// One position for all, one for each argument, and a tree of them.
typeOf(vmap('n', { in: 1 })(affine)).is<(v: Tensor<'3 n'>, w: Tensor<'3 n 4'>) => Tensor<'n 4'>>()
typeOf(vmap('n', { in: [0, null] })(affine)).is<(v: Tensor<'n 3'>, w: Tensor<'3 4'>) => Tensor<'n 4'>>()
typeOf(vmap('n', { in: [-1, -2], out: -1 })(affine)).is<(v: Tensor<'3 n'>, w: Tensor<'3 n 4'>) => Tensor<'4 n'>>()
typeOf(vmap('n', { in: [null, 2], out: 1 })(affine)).is<(v: Tensor<'3'>, w: Tensor<'3 4 n'>) => Tensor<'4 n'>>()
typeOf(vmap('n', { in: [1, { w: null, b: 1 }], out: { y: -1, w: null } })((v: Tensor<'3'>, p: Params) => ({ y: v, w: p.w }))).is<
  (
    v: Tensor<'3 n'>,
    p: { readonly w: Tensor<'3 4'>; readonly b: readonly [Tensor<'4 n'>] },
  ) => { readonly y: Tensor<'3 n'>; readonly w: Tensor<'3 4'> }
>()
typeOf(vmap('n', { in: [0, null] })((v: Tensor<'3'>, p: Params) => [v, p] as const)).is<
  (v: Tensor<'n 3'>, p: Params) => readonly [Tensor<'n 3'>, { readonly w: Tensor<'n 3 4'>; readonly b: readonly [Tensor<'n 4'>] }]
>()
typeOf(vmap('n', { out: null })((v: Tensor<'3'>) => [v, vector] as const)).is<(v: Tensor<'n 3'>) => readonly [Tensor<'3'>, Tensor<'3'>]>()
typeOf(vmap('n', {})(affine)).is<(v: Tensor<'n 3'>, w: Tensor<'n 3 4'>) => Tensor<'n 4'>>()
typeOf(vmap('n', { in: undefined, out: 1 })(affine)).is<(v: Tensor<'n 3'>, w: Tensor<'n 3 4'>) => Tensor<'4 n'>>()
typeOf(vmap('3', { in: 1 })((v: Tensor<'2'>) => sum()(v))(x)).is<Tensor<'3'>>()
typeOf(vmap('n', { in: 1 })((row: Tensor<'3'>) => vmap('3', { out: 0 })((v: Tensor<''>) => v)(row))).is<
  (row: Tensor<'3 n'>) => Tensor<'n 3'>
>()

// What the compiler does not know.
typeOf(vmap('n', { in: anywhere })((v: Tensor<'3'>) => v)(gradual)).is<Tensor<'n 3'>>()
typeOf(vmap('n', { in: 1, out: 1 })((v: Tensor<string>) => v)(gradual)).is<Tensor<string>>()
export const any = vmap('n', { in: [places] })((v: Tensor<'3'>) => v)

// With the axis in hand.
typeOf(vmapWithAxis('n', { in: [1, null], out: [1, null] })(axis => (v: Tensor<'3'>, w: Tensor<'3'>) => [v, axis.mean(w)] as const)).is<
  (v: Tensor<'3 n'>, w: Tensor<'3'>) => readonly [Tensor<'3 n'>, Tensor<'3'>]
>()
typeOf(vmapWithAxis('n', { in: 1 })(axis => (v: Tensor<'3'>) => axis.gather(v))).is<(v: Tensor<'3 n'>) => Tensor<'n n 3'>>()

// @ts-expect-error Type '(v: Tensor<"3", "float32">) => Tensor<"3", "float32">' is not assignable to type '"vmap: 'in' puts 'n' at position 2 of 2 axes (-2 to 1)"'.
vmap('n', { in: 2 })(same)
// @ts-expect-error Type '(v: Tensor<"3", "float32">) => Tensor<"3", "float32">' is not assignable to type '"vmap: 'out' puts 'n' at position -3 of 2 axes (-2 to 1)"'.
vmap('n', { out: -3 })(same)
// @ts-expect-error Type '(v: Tensor<"3", "float32">) => Tensor<"3", "float32">' is not assignable to type '"vmap: 'in' has another form than the arguments: give one place, or a list or record of them in that form"'.
vmap('n', { in: [0, 0] })(same)
// @ts-expect-error Type '(v: Tensor<"3", "float32">) => Tensor<"3", "float32">' is not assignable to type '"vmap: 'out' has another form than the result: give one place, or a list or record of them in that form"'.
vmap('n', { out: [0] })(same)
// @ts-expect-error Type '"2 3"' is not assignable to type '"3 n"'.
vmap('n', { in: 1 })((v: Tensor<'3'>) => v)(x)
// @ts-expect-error Argument of type '{ in: null; }' is not assignable to parameter of type '"vmap: 'in' shares all arguments: give the position of the axis in one"'.
vmap('n', { in: null })
// @ts-expect-error Argument of type '{ in: null[]; }' is not assignable to parameter of type '"vmap: 'in' shares all arguments: give the position of the axis in one"'.
vmap('n', { in: [null, null] })
// @ts-expect-error Argument of type '{ axes: number; out: number; }' is not assignable to parameter of type '"vmap: there is no option 'axes', give in or out"'.
vmap('n', { axes: 0, out: 0 })
// @ts-expect-error Type 'string' is not assignable to type 'Places | undefined'.
vmap('n', { out: 'n' })
// @ts-expect-error Argument of type '"b c"' is not assignable to parameter of type '"vmap: 'b c' is not one axis: give a name or a size, as in vmap('batch')"'.
vmap('b c', { in: 1 })
// @ts-expect-error Type '"batch 784"' is not assignable to type '"784 batch"'.
vmap('batch', { in: 1 })((v: Tensor<'784'>) => v)(images)
