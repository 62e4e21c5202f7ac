export { effect } from './effect.js'
export { type BesideHolder, besideHolder, type Holder, type HolderSample, holder } from './holder.js'
export { interpret } from './interpret.js'
export {
  apply,
  type Case,
  type LinearMap,
  type Primitive,
  perExample,
  primitive,
  type Rules,
  type Sample,
  type SampleInput,
  severalPrimitive,
} from './primitive.js'
export { programOf, unnamed } from './program-of.js'
export { bind, isRemembered, isTracing, remembering, type TraceResult, trace } from './trace.js'
