/**
 * A user's module: it exports every public function of the library, called with some of its arguments or wrapped, and annotates nothing. The
 * compiler must be able to write declarations for all of it that name the library's own entry and no file inside it.
 */
import * as p from 'pullback'
import { pipe, type Tensor } from 'pullback'

type V = Tensor<'2'>
const square = (x: V) => pipe(x, p.mul(x))
const energy = (x: V) => pipe(x, p.mul(x), p.sum())
const matrix = p.zeros('3 4')
const ints = p.tensor([1, 2], 'int32')
const key = p.random.key(0)

// ---------------------------------------------------------------- tensors
export const made = {
  tensor: p.tensor([[1, 2]]),
  zeros: p.zeros('batch 3', { batch: 2 }),
  ones: p.ones('3', {}, 'float64'),
  full: p.full(3),
  arange: p.arange(3),
  linspace: p.linspace(0, 1, 3),
  eye: p.eye(2),
  fromArray: p.fromArray('batch 3'),
  fromArrayOrThrow: p.fromArrayOrThrow('batch 3'),
  as: p.as('batch 3'),
  asLike: p.asLike(p.zeros('batch 3', { batch: 2 })),
  refine: p.refine('batch 3'),
  refineOrThrow: p.refineOrThrow('batch 3'),
  rename: p.rename('batch 3'),
  toArray: p.toArray(matrix),
  toNested: p.toNested(matrix),
  toNumber: p.toNumber(p.tensor(1)),
  isTensor: p.isTensor,
  isPullbackError: p.isPullbackError,
}

// ---------------------------------------------------------------- one operand
export const unary = {
  abs: p.abs,
  acos: p.acos,
  acosh: p.acosh,
  asin: p.asin,
  asinh: p.asinh,
  atan: p.atan,
  atanh: p.atanh,
  cast: p.cast('int32'),
  cbrt: p.cbrt,
  ceil: p.ceil,
  clip: p.clip(0, 1),
  cos: p.cos,
  cosh: p.cosh,
  degrees: p.degrees,
  digamma: p.digamma,
  erf: p.erf,
  erfc: p.erfc,
  erfInv: p.erfInv,
  exp2: p.exp2,
  exp: p.exp,
  expm1: p.expm1,
  floor: p.floor,
  isFinite: p.isFinite,
  isInf: p.isInf,
  isNaN: p.isNaN,
  leadingZeros: p.leadingZeros,
  lgamma: p.lgamma,
  log10: p.log10,
  log1p: p.log1p,
  log2: p.log2,
  log: p.log,
  nanToNum: p.nanToNum({ nan: 1 }),
  neg: p.neg,
  not: p.not,
  populationCount: p.populationCount,
  radians: p.radians,
  reciprocal: p.reciprocal,
  round: p.round,
  rsqrt: p.rsqrt,
  sigmoid: p.sigmoid,
  sign: p.sign,
  signBit: p.signBit,
  sin: p.sin,
  sinc: p.sinc,
  sinh: p.sinh,
  sqrt: p.sqrt,
  square: p.square,
  stopGradient: p.stopGradient,
  tan: p.tan,
  tanh: p.tanh,
  trunc: p.trunc,
}
export const { exp } = p

// ---------------------------------------------------------------- two operands
export const twice = p.mul(2)
export const plus = p.add(matrix)
export const binary = {
  add: p.add(1),
  allClose: p.allClose(2),
  and: p.and(1),
  atan2: p.atan2(2),
  copySign: p.copySign(2),
  div: p.div(2),
  equal: p.equal(2),
  floorDiv: p.floorDiv(2),
  gcd: p.gcd(2),
  greater: p.greater(2),
  greaterEqual: p.greaterEqual(2),
  heaviside: p.heaviside(2),
  hypot: p.hypot(2),
  isClose: p.isClose(2),
  lcm: p.lcm(2),
  less: p.less(matrix),
  lessEqual: p.lessEqual(2),
  logAddExp2: p.logAddExp2(2),
  logAddExp: p.logAddExp(2),
  maximum: p.maximum(0),
  minimum: p.minimum(0),
  mod: p.mod(2),
  mul: p.mul(matrix),
  nextAfter: p.nextAfter(2),
  notEqual: p.notEqual(0),
  or: p.or(1),
  pairwise: p.pairwise(p.sub),
  pow: p.pow(2),
  rem: p.rem(2),
  shiftLeft: p.shiftLeft(1),
  shiftRight: p.shiftRight(1),
  sub: p.sub(matrix),
  xlog1py: p.xlog1py(2),
  xlogy: p.xlogy(2),
  xor: p.xor(1),
}

// ---------------------------------------------------------------- reductions
export const last = p.sum(-1)
export const reductions = {
  all: p.all(),
  any: p.any(-1),
  argmax: p.argmax(-1),
  argmin: p.argmin('batch'),
  argsort: p.argsort('batch'),
  cumLogSumExp: p.cumLogSumExp(-1),
  cumMax: p.cumMax('batch'),
  cumMin: p.cumMin(0, { reverse: true }),
  cumProd: p.cumProd(-1),
  cumSum: p.cumSum(-1, { exclusive: true }),
  countNonzero: p.countNonzero(),
  logSumExp: p.logSumExp(0),
  max: p.max([0, 1]),
  mean: p.mean(-1, { keepDims: true }),
  weighted: p.mean(0, { weights: p.zeros('3'), where: p.zeros('3', {}, 'bool') }),
  median: p.median(-1),
  min: p.min(),
  nanArgmax: p.nanArgmax(),
  nanArgmin: p.nanArgmin(0),
  nanMax: p.nanMax(0),
  nanMean: p.nanMean(0),
  nanMedian: p.nanMedian(0),
  nanMin: p.nanMin(0),
  nanProd: p.nanProd(0),
  nanQuantile: p.nanQuantile(0.5),
  nanStd: p.nanStd(0, { correction: 1 }),
  nanSum: p.nanSum(),
  nanVariance: p.nanVariance(0),
  norm: p.norm(-1, { ord: 1 }),
  ptp: p.ptp(0),
  quantile: p.quantile(0.5)(-1, { method: 'lower' }),
  prod: p.prod(0),
  lexsort: p.lexsort('batch'),
  searchsorted: p.searchsorted(p.zeros('3')),
  sort: p.sort(-1, { descending: true }),
  sortBy: p.sortBy(p.zeros('3')),
  topK: p.topK(3, 'batch'),
  unique: p.unique(4, { fill: 0 }),
  std: p.std(0),
  sum: p.sum('batch'),
  variance: p.variance(),
}

// ---------------------------------------------------------------- products and windows
export const products = {
  matmul: (w: Tensor<'3 4'>) => p.matmul(w),
  dot: p.dot(p.zeros('3')),
  outer: p.outer(p.zeros('3')),
  einsum: p.einsum('b i, i o -> b o'),
  conv: p.conv(p.zeros('6 1 5 5'), { stride: 2, padding: 'same' }),
  maxPool: p.maxPool([2, 2]),
  meanPool: p.meanPool([2], { stride: 1 }),
}

// ---------------------------------------------------------------- shapes and choices
export const shapes = {
  at: p.at(0, '1:'),
  atAdd: p.at(ints).add(1),
  atSet: p.at(0).set(p.zeros('3')),
  broadcastTo: p.broadcastTo('2 3'),
  concat: p.concat(0),
  diag: p.diag(1),
  diagonal: p.diagonal(),
  dynamicSlice: p.dynamicSlice([0, 0], '1 2'),
  dynamicUpdate: p.dynamicUpdate([0, 0], p.zeros('1 2')),
  expandDims: p.expandDims(0),
  flatten: p.flatten,
  kron: p.kron(p.zeros('2')),
  meshgrid: p.meshgrid('ij'),
  moveAxis: p.moveAxis(0, 1),
  oneHot: p.oneHot(3),
  pad: p.pad([1, [0, 2]], { mode: 'edge' }),
  permute: p.permute([1, 0]),
  putAlongAxis: p.putAlongAxis(ints, p.zeros('2'), 0),
  ravel: p.ravel('n'),
  rearrange: p.rearrange('a b -> (a b)'),
  reduce: p.reduce('a b -> b', 'sum'),
  repeatInterleave: p.repeatInterleave(2, 0),
  repeat: p.repeat('a b -> a b c', { c: 2 }),
  reshape: p.reshape('6'),
  reverse: p.reverse(0),
  roll: p.roll(1, 0),
  rot90: p.rot90(1, 0, 1),
  slice: p.slice('0, 1:'),
  split: p.split(2, 0),
  squeeze: p.squeeze(0),
  stack: p.stack(0),
  swapAxes: p.swapAxes(0, 1),
  take: p.take(ints, 0),
  takeAlongAxis: p.takeAlongAxis(ints, 0),
  tile: p.tile([2, 1]),
  trace: p.trace,
  transpose: p.transpose,
  tril: p.tril(),
  triu: p.triu(1),
  unstack: p.unstack(0),
  unravel: p.unravel([p.zeros('3'), p.zeros('')]),
  where: p.where(p.zeros('3'), 0),
}

// ---------------------------------------------------------------- activations
export const activations = {
  elu: p.elu(),
  gelu: p.gelu,
  geluTanh: p.geluTanh,
  leakyRelu: p.leakyRelu(0.1),
  logSigmoid: p.logSigmoid,
  logSoftmax: p.logSoftmax(-1),
  relu: p.relu,
  selu: p.selu,
  silu: p.silu,
  softmax: p.softmax(-1),
  softplus: p.softplus,
}

// ---------------------------------------------------------------- transformations
export const project = p.forall((x: Tensor<'seq d'>, w: Tensor<'d k'>) => pipe(x, p.matmul(w), p.softmax(-1)))
export const gradient = p.grad(energy)
export const gradientOf = p.gradOf(0)(energy)
export const valueAndGradientOf = p.valueAndGradOf(0)(energy)
export const looped = {
  associativeScan: p.associativeScan('seq')((x: Tensor<'8'>, y: Tensor<'8'>) => pipe(x, p.mul(y))),
  cond: p.cond(p.tensor(true), square, square),
  fori: p.fori(3)((_, x: Tensor<''>) => p.sin(x)),
  map: p.map('seq')(square),
  scan: p.scan('seq')((h: Tensor<'8'>, x: Tensor<'8'>) => [pipe(h, p.add(x)), h], p.zeros('8')),
  switchCase: p.switchCase(p.tensor(0, 'int32'), [square]),
  whileLoop: p.whileLoop(
    (x: Tensor<''>) => p.less(3)(x),
    (x: Tensor<''>) => p.sin(x),
  ),
}
export const transformed = {
  checkpoint: p.checkpoint(square),
  customJvp: p.customJvp(square, (x, t) => [square(x), pipe(t, p.mul(x), p.mul(2))]),
  customVjp: p.customVjp(square, x => [square(x), ct => pipe(ct, p.mul(x), p.mul(2))]),
  evalShape: p.evalShape(square),
  hessian: p.hessian(energy),
  hvp: p.hvp(energy),
  jacobian: p.jacobian(square),
  jacobianForward: p.jacobianForward(square),
  jacobianReverse: p.jacobianReverse(square),
  jit: p.jit(square),
  jvp: p.jvp(square),
  linearize: p.linearize(square),
  linearTranspose: p.linearTranspose(square),
  valueAndGrad: p.valueAndGrad(energy),
  vjp: p.vjp(square),
  vmap: p.vmap('8')(energy),
  vmapPartly: [p.vmap('8'), p.vmap('n', { in: [1, null] }), p.vmapWithAxis('8'), p.vmapWithAxis('8', { out: 1 })] as const,
  vmapPlaces: p.vmap('n', { in: [1, null], out: null })((x: Tensor<'8'>, w: Tensor<'8'>) => [p.tensor(1), x, w] as const),
  vmapWithAxis: p.vmapWithAxis('8')(axis => (x: Tensor<'8'>) => axis.mean(x)),
  oneExample: [
    p.oneExample.sum,
    p.oneExample.mean,
    p.oneExample.max,
    p.oneExample.min,
    p.oneExample.gather,
    p.oneExample.permute([0]),
  ] as const,
  print: p.program.print(square),
  mermaid: p.program.mermaid(square),
  dot: p.program.dot(square),
  of: p.program.of(square),
  capture: p.debug.capture(square),
  count: p.debug.count(square),
  name: p.debug.name('hidden'),
  nonFinite: p.debug.nonFinite(square),
  printed: p.debug.print('loss'),
  profile: p.debug.profile(square),
  table: p.debug.table,
  chart: p.debug.chart,
  deviceBufferOf: p.deviceBufferOf,
  onDevice: p.onDevice({ sizes: [2], dtype: 'float32' }),
  setDefaultEngine: p.setDefaultEngine,
  toHost: p.toHost(p.tensor([1, 2])),
  withEngine: p.withEngine(p.reference),
  wasmEngine: p.wasmEngine(),
  prepare: p.reference.prepare,
  apply: p.reference.apply,
  flow: p.flow(square, energy),
  pipe: p.pipe,
}

// ---------------------------------------------------------------- random numbers
export const random = {
  key,
  bernoulli: p.random.bernoulli(0.5),
  bits: p.random.bits('3'),
  foldIn: p.random.foldIn(1),
  keys: p.random.keys(8),
  normal: p.random.normal('3'),
  permutation: p.random.permutation(3),
  split: p.random.split(3),
  truncatedNormal: p.random.truncatedNormal(-1, 1),
  uniform: p.random.uniform('batch 3', { batch: 2 }),
}

// ---------------------------------------------------------------- layers
export const model = pipe(p.layer.input('2'), p.layer.dense(16), p.layer.tanh, p.layer.dense(3))
export const wider = p.layer.dense(16)
export const layers = {
  activation: p.layer.activation(p.relu),
  elu: p.layer.elu(),
  flatten: p.layer.flatten,
  gelu: p.layer.gelu,
  input: p.layer.input('28 28'),
  leakyRelu: p.layer.leakyRelu(),
  linear: p.layer.dense(3, { bias: false }),
  logSoftmax: p.layer.logSoftmax,
  make: p.layer.make({ init: at => p.random.normal('2')(at), apply: w => (x: V) => pipe(x, p.mul(w)) }),
  relu: p.layer.relu,
  selu: p.layer.selu,
  sequential: p.layer.sequential(model),
  sigmoid: p.layer.sigmoid,
  silu: p.layer.silu,
  softmax: p.layer.softmax,
  softplus: p.layer.softplus,
}
export const initializers = {
  constant: p.initializer.constant(1),
  glorotNormal: p.initializer.glorotNormal('2 3'),
  glorotUniform: p.initializer.glorotUniform,
  heNormal: p.initializer.heNormal,
  heUniform: p.initializer.heUniform,
  lecunNormal: p.initializer.lecunNormal,
  lecunUniform: p.initializer.lecunUniform,
  normal: p.initializer.normal(),
  ones: p.initializer.ones,
  orthogonal: p.initializer.orthogonal(),
  truncatedNormal: p.initializer.truncatedNormal(),
  uniform: p.initializer.uniform(),
  zeros: p.initializer.zeros('3'),
}

// ---------------------------------------------------------------- training
export const adam = p.optimizer.adam(0.05)
export const step = p.train.step(model, p.loss.softmaxCrossEntropy, adam)
export const initial = p.train.init(model, adam)
export const state = initial(key)
export const training = {
  batchLoss: p.train.batchLoss(model, p.loss.softmaxCrossEntropy),
  evaluate: p.train.evaluate(model, p.metric.accuracy),
  fold: p.train.fold(step),
  confusionMatrix: p.metric.confusionMatrix(3),
}
export const optimizers = {
  applyUpdates: p.optimizer.applyUpdates,
  chain: p.optimizer.chain(p.optimizer.scale(2), p.optimizer.trace(0.9)),
  momentum: p.optimizer.momentum(0.1),
  nesterov: p.optimizer.nesterov(0.1),
  scaleByAdam: p.optimizer.scaleByAdam(),
  scaleByLearningRate: p.optimizer.scaleByLearningRate(0.1),
  sgd: p.optimizer.sgd(0.1),
  stateless: p.optimizer.stateless(updates => updates),
}
export const losses = {
  binaryCrossEntropy: p.loss.binaryCrossEntropy,
  binaryCrossEntropyLogits: p.loss.binaryCrossEntropyLogits,
  huber: p.loss.huber(1),
  meanAbsoluteError: p.loss.meanAbsoluteError,
  meanSquaredError: p.loss.meanSquaredError,
  softmaxCrossEntropyOneHot: p.loss.softmaxCrossEntropyOneHot,
}

// ---------------------------------------------------------------- data, trees and files
const examples = { input: p.zeros('10 2'), target: p.zeros('10', {}, 'int32') }
export const fed = {
  batches: p.data.batches({ size: 4 }),
  cut: p.data.batches({ size: 4 })(examples),
  decodeRows: p.data.decodeRows,
  describeRejected: p.data.describeRejected,
  parseJson: p.data.parseJson('a file'),
  parseJsonOrThrow: p.data.parseJsonOrThrow('a file'),
  rowsOf: p.data.rowsOf('a file'),
  rowsOfOrThrow: p.data.rowsOfOrThrow('a file'),
  shuffle: p.data.shuffle(key)(examples),
  size: p.data.size,
  someRows: p.data.someRows('a file'),
  someRowsOrThrow: p.data.someRowsOrThrow('a file'),
  split: p.data.split({ fraction: 0.5, key })(examples),
  standardise: p.data.standardise(matrix),
  decode: p.codec.decode({ w: matrix }),
  decodeOrThrow: p.codec.decodeOrThrow({ w: matrix }),
  encode: p.codec.encode,
  tensor: p.codec.tensor('batch 784', 'int32'),
}
export const trees = {
  collect: p.tree.collect(x => x.shape),
  equals: p.equals,
  Eq: p.tree.Eq,
  Functor: p.tree.Functor,
  Show: p.tree.Show,
  flatten: p.tree.flatten,
  fold: p.tree.fold(0, sum => sum + 1),
  leaves: p.tree.leaves,
  leavesAlong: p.tree.leavesAlong,
  map: p.tree.map(x => x),
  paths: p.tree.paths,
  sameStructure: p.tree.sameStructure,
  size: p.tree.size,
  unflatten: p.tree.unflatten,
  zipWith: p.tree.zipWith(x => x),
}
