/** Every public function that makes tensors, and how it is called on tensors drawn from those made so far. */
import * as pullback from 'pullback'
import { isTensor, layer, ones, type Tensor, zeros } from 'pullback'
import { type Loose, loose } from './loose.js'

type Value = Tensor<string, pullback.DType>

/** How a function is called on tensors drawn from those made so far. */
export type Call = (f: Loose, draw: Draw) => unknown
export interface Draw {
  readonly x: () => Value
  readonly of: (dtype: pullback.DType) => Value
  /** A tensor with the same dimension string; its sizes may be others. */
  readonly like: (x: Value) => Value
  readonly axis: () => string | number
  readonly position: () => number
  readonly shape: () => string
  readonly sizes: () => { readonly [name: string]: number }
  readonly key: () => Value
}

const unary: Call = (f, { x }) => f(x())
const ofFloats: Call = (f, { of }) => f(of('float32'))
const ofIntegers: Call = (f, { of }) => f(of('int32'))
const ofFlags: Call = (f, { of }) => f()(of('bool'))
const alike: Call = (f, { of, like }) => {
  const x = of('float32')
  return f(like(x))(x)
}
const binary: Call = (f, { of }) => f(of('float32'))(of('float32'))
const binaryOfIntegers: Call = (f, { of }) => f(of('int32'))(of('int32'))
const along: Call = (f, { of, axis }) => f(axis())(of('float32'))
const reduction: Call = (f, { of, axis, position }) => f(axis(), { keepDims: position() > 0 })(of('float32'))
const made: Call = (f, { shape, sizes }) => f(shape(), sizes())
const drawn: Call = (f, { shape, sizes, key }) => f(shape(), sizes())(key())
/** A draw with as many parameters. */
const drawnBy =
  (...parameters: readonly unknown[]): Call =>
  (f, draw) =>
    drawn(loose(f(...parameters)), draw)
const retyped: Call = (f, { x, shape }) => f(shape())(x())
const pooled: Call = (f, { of, position }) => f([2], { stride: 1, padding: position() > 0 ? 'same' : 'valid' })(of('float32'))
/** Labels of the rows of a tensor, all of them 0. */
const segmented: Call = (f, { of, sizes }) => {
  const x = of('float32')
  const [first = ''] = x.shape.split(' ')
  return f(loose(zeros)(first, { ...sizes(), [first]: x.sizes[0] ?? 0 }, 'int32'), 'k', { ...sizes(), k: 4 })(x)
}
const paired: Call = (f, { of, like }) => {
  const x = of('float32')
  return f(x, like(x))
}
/** Logits, and labels of their rows. */
const labelling: Call = (f, { of, like }) => {
  const logits = of('float32')
  const rows = loose(pullback.argmax)(-1)(logits)
  return f(logits, isTensor(rows) ? like(rows) : rows)
}
const both = (x: Value, y: Value): readonly Value[] => [x, y]
const member = (x: unknown, name: string): Loose => loose(Reflect.get(Object(x), name))
const initial: Call = (f, { shape, key }) => f(shape())(key())
const initialOf: Call = (f, { shape, key }) => f(1)(shape())(key())
const layered: Call = (f, { of }) => {
  const x = of('float32')
  return member(f(layer.input<string>(x.shape)), 'apply')([])(x)
}
const updated =
  (make: (f: Loose) => Loose): Call =>
  (f, { of, like }) => {
    const [optimizer, params] = [make(f), { x: of('float32') }]
    return member(optimizer, 'update')({ x: like(params.x) }, member(optimizer, 'init')(params), params)
  }

const elementwise =
  'abs ceil cos exp expm1 floor gelu geluTanh log log1p log2 logSigmoid neg reciprocal relu rsqrt selu sigmoid sign silu sin softplus sqrt square stopGradient tan tanh erf erfc transpose flatten'
const reductions =
  'sum mean prod max min variance std logSumExp argmax argmin norm ptp countNonzero median nanSum nanProd nanMax nanMin nanMean nanVariance nanStd nanMedian nanArgmax nanArgmin'
const furtherElementwise =
  'acos acosh asin asinh atan atanh cbrt cosh degrees digamma erfInv exp2 isFinite isInf isNaN lgamma log10 radians round signBit sinc sinh trunc'
const furtherBinary = 'atan2 hypot logAddExp logAddExp2 xlogy xlog1py copySign nextAfter heaviside mod floorDiv isClose allClose'
/** How each public function that makes tensors is called, by its name. */
export const calls: { readonly [name: string]: Call } = {
  ...Object.fromEntries(elementwise.split(' ').map(name => [name, ofFloats])),
  ...Object.fromEntries(furtherElementwise.split(' ').map(name => [name, ofFloats])),
  ...Object.fromEntries(furtherBinary.split(' ').map(name => [name, binary])),
  ...Object.fromEntries('add sub mul div rem pow maximum minimum matmul outer'.split(' ').map(name => [name, binary])),
  ...Object.fromEntries('equal notEqual less lessEqual greater greaterEqual'.split(' ').map(name => [name, binary])),
  ...Object.fromEntries('and or xor shiftLeft shiftRight gcd lcm'.split(' ').map(name => [name, binaryOfIntegers])),
  ...Object.fromEntries(
    'softmax logSoftmax reverse squeeze sort argsort cumSum cumProd cumMax cumMin cumLogSumExp cov corrCoef trapezoid'
      .split(' ')
      .map(name => [name, along]),
  ),
  ...Object.fromEntries(reductions.split(' ').map(name => [name, reduction])),
  ...Object.fromEntries('quantile nanQuantile'.split(' ').map(name => [name, (f, draw) => reduction(f(0.25), draw)])),
  ...Object.fromEntries('zeros ones'.split(' ').map(name => [name, made])),
  ...Object.fromEntries(
    'normal uniform bits exponential gumbel laplace cauchy logistic maxwell rademacher'.split(' ').map(name => [`random.${name}`, drawn]),
  ),
  ...Object.fromEntries('reshape as refineOrThrow rename'.split(' ').map(name => [name, retyped])),
  ...Object.fromEntries('maxPool meanPool sumPool unfold'.split(' ').map(name => [name, pooled])),
  ...Object.fromEntries(
    'meanSquaredError meanAbsoluteError binaryCrossEntropy binaryCrossEntropyLogits softmaxCrossEntropyOneHot'
      .split(' ')
      .map(name => [`loss.${name}`, paired]),
  ),
  'loss.huber': (f, draw) => paired(f(), draw),
  'loss.softmaxCrossEntropy': labelling,
  'metric.accuracy': labelling,
  'metric.confusionMatrix': (f, { of, like }) => {
    const labels = of('int32')
    return f(3)(labels, like(labels))
  },
  dot: alike,
  elu: (f, { of }) => f()(of('float32')),
  any: ofFlags,
  all: ofFlags,
  not: ofIntegers,
  populationCount: ofIntegers,
  interp: (f, { of, like }) => {
    const points = of('float32')
    return f(points, like(points))(of('float32'))
  },
  leadingZeros: ofIntegers,
  nanToNum: (f, { of }) => f()(of('float32')),
  cast: (f, { x }) => f('int32')(x()),
  clip: (f, { of }) => f(0, 1)(of('float32')),
  leakyRelu: (f, { of }) => f(0.1)(of('float32')),
  full: (f, { shape, sizes }) => f(2)(shape(), sizes()),
  arange: (f, { position }) => f(Math.abs(position())),
  eye: (f, { position }) => f(Math.abs(position())),
  linspace: (f, { position }) => f(0, 1, Math.abs(position())),
  tensor: f => f([[1, 2]]),
  'random.truncatedNormal': (f, { shape, sizes, key }) => f(-1, 1)(shape(), sizes())(key()),
  ...Object.fromEntries(
    'bernoulli gamma loggamma chisquare studentT pareto rayleigh lognormal generalizedNormal wald poisson geometric'
      .split(' ')
      .map(name => [`random.${name}`, drawnBy(0.5)]),
  ),
  ...Object.fromEntries('beta f weibullMin doubleSidedMaxwell'.split(' ').map(name => [`random.${name}`, drawnBy(2, 3)])),
  'random.triangular': drawnBy(0, 1, 3),
  'random.binomial': drawnBy(9, 0.5),
  'random.randint': drawnBy(0, 9),
  'random.choice': drawnBy(3),
  'random.ball': drawnBy(3),
  'random.orthogonal': drawnBy(2),
  'random.categorical': (f, { of, shape, sizes, key }) => f(of('float32'))(shape(), sizes())(key()),
  'random.multivariateNormal': (f, { shape, sizes, key }) => f(zeros('2'), pullback.eye(2))(shape(), sizes())(key()),
  'random.dirichlet': (f, { of, shape, sizes, key }) => f(of('float32'))(shape(), sizes())(key()),
  'random.permutation': (f, { position, key }) => f(Math.abs(position()))(key()),
  'random.key': (f, { position }) => f(Math.abs(position())),
  'random.split': (f, { key }) => f()(key()),
  'random.keys': (f, { position, key }) => f(Math.abs(position()))(key()),
  'random.foldIn': (f, { position, key }) => f(Math.abs(position()))(key()),
  expandDims: (f, { x, position }) => f(position())(x()),
  broadcastTo: (f, { x, shape, sizes }) => f(shape(), sizes())(x()),
  permute: (f, { x, position }) => f([position(), position()])(x()),
  swapAxes: (f, { x, axis }) => f(axis(), axis())(x()),
  moveAxis: (f, { x, axis }) => f(axis(), axis())(x()),
  concat: (f, { of, axis }) => f(axis())(both(of('float32'), of('float32'))),
  einsum: (f, { of, like }) => {
    const x = of('float32')
    const names = x.sizes.map((_, axis) => `a${axis}`).join(' ')
    return f(`${names}, ${names} -> ${names}`)(x, like(x))
  },
  rearrange: (f, { x, position }) => f(position() > 0 ? 'a ... -> ... a' : 'a ... -> a (...)')(x()),
  reduce: (f, { of, position }) => f(position() > 0 ? 'a ... -> ...' : '... a -> ... 1', 'sum')(of('float32')),
  repeat: (f, { x, position }) => f(position() > 0 ? '... -> ... r' : '... a -> ... (r a)', { r: 2 })(x()),
  pairwise: (f, { of }) => f(pullback.add)(of('float32'), of('float32')),
  stack: (f, { of, like, position }) => {
    const x = of('float32')
    return f(position())(both(x, like(x)))
  },
  at: (f, { x, of, position }) => {
    const places = position() > 0 ? f(of('int32'), '...') : f('0:1', 'newAxis')
    return position() > 0 ? member(places, 'get')(x()) : loose(member(places, 'add')(1))(of('float32'))
  },
  dynamicSlice: (f, { x }) => {
    const y = x()
    return f(
      y.sizes.map(() => 0),
      y.shape,
    )(y)
  },
  dynamicUpdate: (f, { of, like }) => {
    const y = of('float32')
    return f(
      y.sizes.map(() => 0),
      like(y),
    )(y)
  },
  putAlongAxis: (f, { of, axis }) => {
    const indices = of('int32')
    return f(indices, loose(pullback.cast)('float32')(indices), axis())(of('float32'))
  },
  convTranspose: (f, { of, sizes }) => {
    const x = of('float32')
    const channels = x.shape.split(' ').at(-2) ?? '1'
    return f(loose(ones)(`${channels} n 2`, { ...sizes(), [channels]: x.sizes.at(-2) ?? 1 }))(x)
  },
  resize: (f, { of, position }) => {
    const x = of('float32')
    return f([...x.shape.split(' ').slice(1), `${2 + Math.abs(position())}`].join(' '), 'linear')(loose(pullback.moveAxis)(0, -1)(x))
  },
  diag: (f, { x, position }) => f(position())(x()),
  diagonal: (f, { x, position }) => f(position())(x()),
  trace: (f, { of }) => f(of('float32')),
  kron: binary,
  meshgrid: (f, { x }) => {
    // The last axis of what is drawn, at the first place of all others.
    const vector = (y: Value): unknown =>
      loose(pullback.slice)(
        y.sizes
          .slice(1)
          .map(() => '0')
          .join(', '),
      )(y)
    return f('xy')([vector(x()), vector(x())])
  },
  rot90: (f, { x, position, axis }) => f(position(), axis(), axis())(x()),
  split: (f, { x, position, axis }) => f(position() > 0 ? 2 : [1], axis())(x()),
  unstack: (f, { x, axis }) => f(axis())(x()),
  tril: (f, { x }) => f()(x()),
  triu: (f, { x }) => f()(x()),
  pad: (f, { x, position }) => {
    const y = x()
    return f(y.sizes.map(() => Math.abs(position())))(y)
  },
  tile: (f, { x, position }) => f([2, Math.abs(position())])(x()),
  repeatInterleave: (f, { x, axis }) => f(2, axis())(x()),
  roll: (f, { x, axis, position }) => f(position(), axis())(x()),
  takeAlongAxis: (f, { x, of, axis }) => f(of('int32'), axis())(x()),
  topK: (f, { of, axis }) => f(1, axis())(of('float32')),
  lexsort: (f, { of, like, axis }) => {
    const x = of('float32')
    return f(axis())(both(x, like(x)))
  },
  searchsorted: (f, { of }) => f(of('float32'))(of('float32')),
  sortBy: (f, { of }) => f(of('float32'))({ x: of('float32') }),
  unique: (f, { of }) => f(2)(of('float32')),
  ...Object.fromEntries('segmentSum segmentMean segmentProd segmentMax segmentMin'.split(' ').map(name => [name, segmented])),
  bincount: (f, { of }) => f(9)(of('int32')),
  histogram: (f, { of, position }) => f(3, { density: position() > 0 })(of('float32')),
  histogramEdges: (f, { of }) => f(3)(of('float32')),
  take: (f, { x, of, axis }) => f(of('int32'), axis())(x()),
  slice: (f, { x, position }) => f(position() > 0 ? ':, 0' : '0:1')(x()),
  oneHot: (f, { of }) => f(3)(of('int32')),
  where: (f, { of }) => f(of('float32'), of('float32'))(of('bool')),
  conv: (f, { of, sizes }) => {
    const x = of('float32')
    const channels = x.shape.split(' ').at(-2) ?? '1'
    return f(loose(ones)(`n ${channels} 1`, { ...sizes(), [channels]: x.sizes.at(-2) ?? 1 }))(x)
  },
  refine: (f, { x, shape }) => f(shape())(x()),
  asLike: (f, { x, like, position }) => {
    const y = x()
    return f(position() > 0 ? like(y) : x())(y)
  },
  fromArray: (f, { shape }) =>
    f(shape())([
      [1, 2],
      [3, 4],
    ]),
  fromArrayOrThrow: (f, { shape }) => f(shape())([1, 2, 3]),
  vmap: (f, { of, axis, x }) => {
    const closed = of('float32')
    const g = [loose(pullback.outer)(closed), loose(pullback.add)(closed), (y: unknown) => y, () => closed, () => x()]
    return f(axis())(g[Math.abs(Number(axis()) || 0) % g.length])(of('float32'))
  },
  vmapWithAxis: (f, { of, axis, position }) => {
    const names = ['sum', 'gather', 'max']
    return f(axis())((handle: unknown) => member(handle, names[Math.abs(position())] ?? 'mean'))(of('float32'))
  },
  'oneExample.sum': unary,
  'oneExample.mean': ofFloats,
  'oneExample.max': unary,
  'oneExample.min': unary,
  'oneExample.gather': unary,
  'oneExample.permute': (f, { x, position }) => f([position()])(x()),
  jit: (f, { of }) => f((x: Value, y: Value) => loose(pullback.outer)(x)(y))(of('float32'), of('float32')),
  grad: (f, { of }) => f((x: Value) => loose(pullback.sum)()(loose(pullback.mul)(of('float32'))(x)))(of('float32')),
  gradOf: (f, { of }) =>
    f([1, 0])((x: Value, y: Value) => loose(pullback.sum)()(loose(pullback.outer)(x)(y)))(of('float32'), of('float32')),
  valueAndGradOf: (f, { of }) => f(1)((n: number, x: Value) => loose(pullback.sum)()(loose(pullback.mul)(n)(x)))(2, of('float32')),
  ravel: (f, { of, axis }) => f(axis())([of('float32'), { x: of('float32') }]),
  unravel: (f, { of }) => {
    const tree = [of('float32'), { x: of('float32') }]
    return f(tree)(loose(pullback.ravel)('n')(tree))
  },
  valueAndGrad: (f, { of }) => f((x: Value) => loose(pullback.sum)()(loose(pullback.outer)(of('float32'))(x)))(of('float32')),
  jvp: (f, { of, like }) => {
    const x = of('float32')
    return f((y: Value) => loose(pullback.mul)(of('float32'))(y))(x, like(x))
  },
  vjp: (f, { of }) => f((x: Value) => loose(pullback.outer)(of('float32'))(x))(of('float32')),
  jacobian: (f, { of }) => f((x: Value) => loose(pullback.add)(loose(pullback.sum)()(x))(of('float32')))(of('float32')),
  jacobianForward: (f, { of }) => f((x: Value) => loose(pullback.add)(loose(pullback.sum)()(x))(of('float32')))(of('float32')),
  jacobianReverse: (f, { of }) => f((x: Value) => loose(pullback.outer)(x)(of('float32')))(of('float32')),
  hessian: (f, { of }) =>
    f((t: { a: Value; b: Value }) => loose(pullback.mul)(loose(pullback.sum)()(t.a))(loose(pullback.sum)()(t.b)))({
      a: of('float32'),
      b: of('float32'),
    }),
  hvp: (f, { of, like }) => {
    const x = of('float32')
    return f((y: Value) => loose(pullback.sum)()(loose(pullback.outer)(of('float32'))(y)))(x, like(x))
  },
  linearize: (f, { of, like }) => {
    const x = of('float32')
    const [y, push] = Object.values(Object(f((at: Value) => loose(pullback.outer)(of('float32'))(at))(x)))
    return [y, loose(push)(like(x))]
  },
  linearTranspose: (f, { of }) => {
    const [x, factor] = [of('float32'), of('float32')]
    const g = (at: Value) => loose(pullback.outer)(factor)(at)
    return loose(f(g)(x))(g(x))
  },
  forall: (f, { of, x, axis, shape, sizes }) => {
    const given = [of('float32'), of('float32')]
    const patterns = given.map(({ shape }) =>
      shape === ''
        ? ''
        : shape
            .split(' ')
            .map(own => [own, 'a', own, '3'][Math.abs(Number(axis()) || 2)])
            .join(' '),
    )
    const bodies = [(a: Value) => a, (a: Value, b: Value) => loose(pullback.outer)(a)(b), () => loose(zeros)(shape(), sizes()), () => x()]
    const body = bodies[Math.abs(Number(axis()) || 0) % bodies.length] ?? ((a: Value) => a)
    return f(...patterns)((a: Value, b: Value) => body(a, b))(...given)
  },
  checkpoint: (f, { of }) => f((x: Value, y: Value) => loose(pullback.outer)(x)(y))(of('float32'), of('float32')),
  scan: (f, { of, axis }) => {
    const carry = of('float32')
    return f(axis())((h: Value, row: Value) => [loose(pullback.neg)(h), loose(pullback.outer)(h)(row)], carry)(of('float32'))
  },
  fori: (f, { of }) => f(2)((_: Value, h: Value) => loose(pullback.neg)(h))(of('float32')),
  associativeScan: (f, { of, axis }) => f(axis())((x: Value, y: Value) => loose(pullback.add)(y)(x))(of('float32')),
  whileLoop: (f, { of }) =>
    f(
      (x: Value) => loose(pullback.any())(loose(pullback.greater)(0)(x)),
      (x: Value) => loose(pullback.sub)(1)(x),
      { most: 2 },
    )(of('float32')),
  map: (f, { of, axis }) => f(axis())((row: Value) => loose(pullback.sin)(row))(of('float32')),
  cond: (f, { of }) =>
    f(
      pullback.tensor(true),
      (x: Value) => loose(pullback.sin)(x),
      (x: Value) => loose(pullback.neg)(x),
    )(of('float32')),
  switchCase: (f, { of }) =>
    f(pullback.tensor(1, 'int32'), [(x: Value) => loose(pullback.neg)(x), (x: Value) => loose(pullback.sin)(x)])(of('float32')),
  customJvp: (f, { of }) => f((x: Value) => loose(pullback.outer)(of('float32'))(x), unary)(of('float32')),
  customVjp: (f, { of }) => f((x: Value) => loose(pullback.outer)(of('float32'))(x), unary)(of('float32')),
  'data.shuffle': (f, { x, key }) => f(key())({ x: x() }),
  'data.split': (f, { x, key }) => f({ fraction: 0.5, key: key() })({ x: x() }),
  'data.batches': (f, { x, key }) => Array.from(Object(f({ size: 2, key: key() })({ x: x(), y: x() }))),
  'data.standardise': (f, { of }) => {
    const scaler = f(of('float32'))
    return [member(scaler, 'mean'), member(scaler, 'apply')(of('float32'))]
  },
  'codec.decode': (f, draw) => paired((x, y) => f({ x })(pullback.codec.encode({ x: y })), draw),
  'codec.tensor': (f, { shape, of }) => member(f(shape()), 'decode')(JSON.parse(JSON.stringify(of('float32')))),
  'codec.decodeOrThrow': (f, draw) => paired((x, y) => f({ x })(pullback.codec.encode({ x: y })), draw),
  'tree.map': (f, { of }) => f(loose(pullback.add)(of('float32')))({ x: of('float32') }),
  'tree.zipWith': (f, draw) => paired((x, y) => f((a: Value, b: Value) => loose(pullback.add)(a)(b))({ x }, { x: y }), draw),
  ...Object.fromEntries(
    'glorotNormal glorotUniform heNormal heUniform lecunNormal lecunUniform ones zeros'
      .split(' ')
      .map(name => [`initializer.${name}`, initial]),
  ),
  ...Object.fromEntries('constant normal uniform truncatedNormal orthogonal'.split(' ').map(name => [`initializer.${name}`, initialOf])),
  ...Object.fromEntries(
    'gelu relu selu sigmoid silu softplus tanh softmax logSoftmax flatten'.split(' ').map(name => [`layer.${name}`, layered]),
  ),
  ...Object.fromEntries('elu leakyRelu'.split(' ').map(name => [`layer.${name}`, (f, draw) => layered(f(), draw)])),
  'layer.activation': (f, draw) =>
    layered(
      f((x: Value) => draw.like(x)),
      draw,
    ),
  'layer.make': (f, { of, like }) => {
    const x = of('float32')
    const made = f({ init: () => ({ w: x }), apply: () => (y: Value) => like(y) })(layer.input<string>(x.shape))
    return member(made, 'apply')([{ w: x }])(x)
  },
  'layer.dense': (f, { of, key }) => {
    const x = of('float32')
    const dense = f(2)(layer.input<string>(x.shape))
    return [member(dense, 'init')(key()), member(dense, 'apply')(member(dense, 'init')(key()))(x)]
  },
  ...Object.fromEntries(
    'adam momentum nesterov sgd scale scaleByLearningRate'.split(' ').map(name => [`optimizer.${name}`, updated(f => f(0.1))]),
  ),
  'optimizer.trace': updated(f => f(0.9)),
  'optimizer.scaleByAdam': updated(f => f()),
  'optimizer.applyUpdates': (f, draw) => paired((x, y) => f({ x }, { x: y }), draw),
}

/** Every public function, by its name. */
export const functions = new Map(
  Object.entries(pullback).flatMap(([name, value]): readonly (readonly [string, unknown])[] =>
    typeof value === 'function'
      ? [[name, value]]
      : Object.entries(value).flatMap(([inner, f]) => (typeof f === 'function' ? [[`${name}.${inner}`, f]] : [])),
  ),
)
