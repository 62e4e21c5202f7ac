import { type DType, type Engine, program, reference, type Tensor, type Tree, tree } from 'pullback'
import { typeOf } from '../assert.js'
import { ints, scalar, vector, x } from '../given.js'

const params = { w: x, b: [vector, ints] } as const
type Params = { readonly w: Tensor<'2 3'>; readonly b: readonly [Tensor<'3'>, Tensor<'3', 'int32'>] }

export const trees: readonly Tree[] = [x, params, [vector, { scale: scalar }]]
// @ts-expect-error Type 'number' is not assignable to type 'Tree | undefined'.
export const noTree: Tree = { w: x, count: 3 }

typeOf(tree.map(leaf => leaf)(params)).is<Params>()
typeOf(tree.zipWith(left => left)(params, params)).is<Params>()
typeOf(tree.collect(leaf => leaf.shape)(params)).is<{ readonly w: string; readonly b: readonly [string, string] }>()
typeOf(tree.fold(0, (count, leaf) => count + leaf.sizes.length)(params)).is<number>()
typeOf(tree.leaves(params)).is<readonly Tensor<string, DType>[]>()
typeOf(tree.paths(params)).is<readonly string[]>()
typeOf(tree.size(params)).is<number>()
// @ts-expect-error Argument of type 'number' is not assignable to parameter of type 'object'.
tree.map(leaf => leaf)(3)
// @ts-expect-error Argument of type 'string' is not assignable to parameter of type 'object'.
tree.collect(leaf => leaf.shape)('w')
// @ts-expect-error Property 'b' is missing in type '{ w: Tensor<"2 3", "float32">; }' but required in type '{ readonly w: Tensor<"2 3", "float32">; readonly b: readonly [Tensor<"3", "float32">, Tensor<"3", "int32">]; }'.
tree.zipWith(left => left)(params, { w: x })

typeOf(program.of((v: Tensor<'3'>) => v)(vector).count).is<number>()

const flat = tree.flatten('example', params)
typeOf(flat.leaves).is<readonly Tensor<string, DType>[]>()
typeOf(tree.leavesAlong(flat.structure, params)).is<readonly Tensor<string, DType>[] | undefined>()
typeOf(tree.unflatten(flat.structure, flat.leaves)).is<unknown>()
typeOf(tree.sameStructure(flat.structure, flat.structure)).is<boolean>()
typeOf(reference).is<Engine>()
typeOf(reference.prepare).is<Engine['prepare']>()
