/**
 * The entry `pullback/core`: all of Pullback except the WebAssembly engine. It is for bundles that bring an engine of their own, or that
 * use the reference engine alone.
 */
export type { Either } from 'fp-ts/lib/Either.js'
export { flow } from 'fp-ts/lib/function.js'
export * as codec from './codec/index.js'
export {
  type AssociativeScanOptions,
  associativeScan,
  type CotangentRule,
  checkpoint,
  cond,
  customVjp,
  type Decides,
  fori,
  type KeepsForm,
  map,
  type ScanOptions,
  type Stacked,
  scan,
  switchCase,
  type WhileOptions,
  whileLoop,
} from './control/index.js'
export * as data from './data/index.js'
export * as debug from './debug/index.js'
export { setDefaultEngine, withEngine } from './engine/current.js'
export { reference } from './engine/reference/index.js'
export * as layer from './layer/index.js'
export * as initializer from './layer/initializer.js'
export * as loss from './loss/index.js'
export * from './ops/index.js'
export * as optimizer from './optimizer/index.js'
export { type Pipe, pipe } from './pipe.js'
export type {
  Apply,
  Atom,
  Constant,
  Engine,
  Equation,
  Executable,
  Loop,
  Operation,
  Param,
  Params,
  Program,
  Variable,
} from './program/index.js'
export * as random from './random/index.js'
export {
  type AnyDType,
  arange,
  as,
  asLike,
  type BitsDType,
  type Buffer,
  type Constructor,
  type DefaultDType,
  type DeviceBuffer,
  type DType,
  type DTypeText,
  deviceBufferOf,
  type ExactDType,
  equals,
  eye,
  type Failure,
  type Float,
  type FloatDType,
  fromArray,
  fromArrayOrThrow,
  full,
  type IndexDType,
  type Integer,
  type IntegerDType,
  isPullbackError,
  isTensor,
  linspace,
  type Nested,
  type NestedOf,
  type Numeric,
  type NumericDType,
  onDevice,
  ones,
  type PullbackError,
  type Renaming,
  refine,
  refineOrThrow,
  rename,
  type SameDType,
  type Settled,
  type Sized,
  type Sizes,
  type SizesOf,
  type Tensor,
  type Tree,
  tensor,
  toArray,
  toHost,
  toNested,
  toNumber,
  tree,
  type Value,
  type WellFormed,
  zeros,
} from './tensor/index.js'
export * as shape from './tensor/rules.js'
export * as train from './train/index.js'
export * as metric from './train/metric.js'
export {
  type Batched,
  evalShape,
  type Forall,
  forall,
  grad,
  gradOf,
  hessian,
  hvp,
  type Jacobian,
  type JitOptions,
  type Jittable,
  jacobian,
  jacobianForward,
  jacobianReverse,
  jit,
  jvp,
  linearize,
  linearTranspose,
  type MappedAxis,
  oneExample,
  type Pattern,
  type Patterned,
  type Polymorphic,
  type Polymorphic1,
  type Polymorphic2,
  type Polymorphic3,
  program,
  type Scalar,
  type Shapes,
  type Subst,
  type TensorShape,
  type ValueAndGrad,
  valueAndGrad,
  valueAndGradOf,
  vjp,
  vmap,
  vmapWithAxis,
} from './transform/index.js'
