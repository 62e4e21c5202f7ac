export type { Annotated, Known, Plain } from './annotated.js'
export { type Batched, type BatchedArguments, checkAxis, leadingSize, vmapProgram, vmapRows } from './batching.js'
export { evalShape, type Shapes, type TensorShape } from './eval-shape.js'
export type { ExampleOf } from './export/example.js'
export type { Exported, Exporting } from './export/exported.js'
export { type Forall, forall, type Pattern, type Patterned, type Polymorphic1, type Polymorphic2, type Polymorphic3 } from './forall.js'
export { grad, type Scalar, type ValueAndGrad, valueAndGrad } from './grad.js'
export { gradOf, valueAndGradOf } from './grad-of.js'
export { hvp } from './hvp.js'
export * as program from './inspect.js'
export { hessian, type Jacobian, jacobian, jacobianForward, jacobianReverse } from './jacobian.js'
export { type Exportable, type JitOptions, type Jittable, jit } from './jit.js'
export { loopOf, type StepLoop } from './jit-loop.js'
export { jvp, jvpOf, jvpProgram } from './jvp.js'
export { linearTranspose } from './linear-transpose.js'
export { because, dependsIn, isZero, linearity, reaches } from './linearity.js'
export { linearize } from './linearize.js'
export { type MappedAxis, oneExample } from './mapped-axis.js'
export type { Polymorphic, Subst } from './pattern.js'
export type {
  PlacedArguments,
  PlacedTree,
  PlacedWithin,
  Places,
  PlacesIn,
  PlacesRule,
  PlacesRuleWithin,
  SomePlace,
  VmapOptions,
} from './places.js'
export { resultOf, traceTree } from './typed-program.js'
export { vjp, vjpOf, vjpProgram } from './vjp.js'
export { type Vmap, vmap } from './vmap.js'
export { type VmapWithAxis, vmapWithAxis } from './vmap-with-axis.js'
