export { beta, chisquare, f, gamma, generalizedNormal, loggamma, studentT } from './by-gamma.js'
export { type Categorical, categorical } from './categorical.js'
export { type ChoiceOptions, choice, type DrawChoice, type Weights } from './choice.js'
export {
  cauchy,
  doubleSidedMaxwell,
  exponential,
  gumbel,
  laplace,
  logistic,
  lognormal,
  maxwell,
  pareto,
  rayleigh,
  triangular,
  wald,
  weibullMin,
} from './continuous.js'
export { type Bound, type BoundChoice, type BoundDType, binomial, type CountBy, geometric, poisson, rademacher, randint } from './counts.js'
export { bernoulli, bits, normal, truncatedNormal, uniform } from './draw.js'
export type { Draw, DrawOf } from './drawing.js'
export { foldIn, type Key, key, keys, split } from './key.js'
export { type CovarianceFor, multivariateNormal } from './multivariate.js'
export type {
  DrawBy,
  DrawByOne,
  DrawByTwo,
  DrawnShape,
  DrawOfBy,
  Parameter,
  ParameterChoice,
  ParameterDType,
  ParameterShape,
  SameParameters,
} from './parameter.js'
export { type Permutation, type PermutationOptions, permutation } from './permute.js'
export type { Behind, DrawRows } from './rows.js'
export { ball, dirichlet, orthogonal } from './vectors.js'
