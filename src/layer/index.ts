export * from './activation.js'
export {
  type Dense,
  type DenseLayer,
  type DenseOptions,
  type DenseParams,
  type DenseRule,
  type DenseStage,
  dense,
  type LastAxis,
  type Linear,
} from './dense.js'
export {
  type After,
  type AnyLayer,
  type Example,
  type Follows,
  input,
  type Layer,
  type ParamsOf,
  sequential,
  type Takes,
  type Then,
} from './layer.js'
export { make, type OwnLayer, type OwnRule, type OwnStage } from './make.js'
