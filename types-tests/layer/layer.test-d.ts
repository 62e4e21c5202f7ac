import { exp, initializer, layer, matmul, mul, pipe, random, type Tensor, zeros } from 'pullback'
import { typeOf } from '../assert.js'
import { images, vector } from '../given.js'

type Layer<P extends readonly unknown[], I extends string, O extends string> = layer.Layer<P, I, O>
type Dense<I extends string, O extends string> = layer.Dense<I, O>
declare const text: string

const key = random.key(0)
const mlp = pipe(layer.input('4'), layer.dense(16), layer.tanh, layer.dense(3))

// Sizes flow from left to right, parameters are put side by side.
typeOf(layer.input('28 28')).is<Layer<[], '28 28', '28 28'>>()
typeOf(layer.input(text)).is<Layer<[], string, string>>()
typeOf(mlp).is<Layer<[Dense<'4', '16'>, Dense<'16', '3'>], '4', '3'>>()
typeOf(mlp.init(key)).is<[Dense<'4', '16'>, Dense<'16', '3'>]>()
typeOf(mlp.init(key)[0].weight).is<Tensor<'4 16'>>()
typeOf(mlp.init(key)[1].bias).is<Tensor<'3'>>()
typeOf(mlp.apply(mlp.init(key))).is<(x: layer.Example<'4'>) => Tensor<'3'>>()
typeOf(pipe(layer.input('seq 64'), layer.dense(128))).is<Layer<[Dense<'64', '128'>], 'seq 64', 'seq 128'>>()
typeOf(pipe(layer.input('4'), layer.dense(3, { bias: false }))).is<Layer<[layer.Linear<'4', '3'>], '4', '3'>>()
typeOf(pipe(layer.input('4'), layer.dense(3, { weight: initializer.heNormal, bias: initializer.ones }))).is<
  Layer<[Dense<'4', '3'>], '4', '3'>
>()
typeOf(pipe(layer.input('1 28 28'), layer.flatten, layer.dense(10))).is<Layer<[Dense<'784', '10'>], '1 28 28', '10'>>()
typeOf(pipe(layer.input(text), layer.dense(10)).output).is<string>()

// @ts-expect-error Argument of type '"4,4"' is not assignable to parameter of type '"shape '4,4': write one space between axes"'.
layer.input('4,4')
// @ts-expect-error Type 'Layer<[], "4 seq", "4 seq">' is not assignable to type '"dense(16): the size of 'seq' in '4 seq' is not known, the last axis must be a number"'.
pipe(layer.input('4 seq'), layer.dense(16))
// @ts-expect-error Type 'Layer<[], "", "">' is not assignable to type '"dense(16): a scalar has no axis to map, begin with layer.input('1')"'.
pipe(layer.input(''), layer.dense(16))
// @ts-expect-error Type 'Layer<[], "4", "4">' is not assignable to type '"dense(0): give a whole number of outputs from 1 up"'.
pipe(layer.input('4'), layer.dense(0))
// @ts-expect-error Type 'Layer<[], "4", "4">' is not assignable to type '"dense(2.5): give a whole number of outputs from 1 up"'.
pipe(layer.input('4'), layer.dense(2.5))
typeOf(pipe(layer.input('seq 4'), layer.flatten)).is<Layer<[], 'seq 4', 'seq*4'>>()
// @ts-expect-error Type 'Layer<[], "seq 4", "seq*4">' is not assignable to type '"dense(16): the size of 'seq*4' in 'seq*4' is not known, the last axis must be a number"'.
pipe(pipe(layer.input('seq 4'), layer.flatten), layer.dense(16))
// @ts-expect-error Type '"5"' is not assignable to type '"4" | "apply: the layer takes one example '4': vmap lifts it to a batch"'.
mlp.apply(mlp.init(key))(zeros('5'))
// @ts-expect-error Source has 0 element(s) but target requires 2.
mlp.apply([])
// @ts-expect-error Type '"float32"' is not assignable to type '"uint32"'.
mlp.init(zeros('2'))

// Activations keep shape and parameters.
const line = layer.input('4')
typeOf(pipe(line, layer.relu, layer.sigmoid, layer.tanh, layer.gelu, layer.silu)).is<Layer<[], '4', '4'>>()
typeOf(pipe(line, layer.leakyRelu(0.1), layer.elu(), layer.selu, layer.softplus)).is<Layer<[], '4', '4'>>()
typeOf(pipe(mlp, layer.softmax)).is<typeof mlp>()
typeOf(pipe(mlp, layer.logSoftmax)).is<typeof mlp>()
typeOf(pipe(mlp, layer.activation(exp))).is<typeof mlp>()
// @ts-expect-error Type 'Tensor<"3", "float32">' is missing the following properties from type 'Layer<readonly unknown[], string, string>': input, output, init, apply, 'a layer is made by layer.input, and one of your own by layer.make'
layer.relu(vector)

// A layer cannot be forged: neither an object nor a copy is one.
type Forged = { input: '4'; output: '4'; init: typeof line.init; apply: typeof line.apply }
declare const forged: Forged
type Copied = Omit<typeof line, never>
declare const copied: Copied
// @ts-expect-error Property ''a layer is made by layer.input, and one of your own by layer.make'' is missing in type 'Forged' but required in type 'Layer<[], "4", "4">'.
layer.relu(forged)
// @ts-expect-error Property ''a layer is made by layer.input, and one of your own by layer.make'' is missing in type 'Copied' but required in type 'Layer<[], "4", "4">'.
layer.relu(copied)
const spread = { ...line }
typeOf<keyof typeof spread>('apply').is<'input' | 'output' | 'init' | 'apply'>()
const spreadIsLayer: typeof spread extends Layer<[], '4', '4'> ? true : false = false
typeOf(spreadIsLayer).is<false>()

// Layers of one's own: init says the parameters, apply the shapes.
const scale = layer.make({ init: key => ({ w: random.normal('4')(key) }), apply: params => (x: Tensor<'4'>) => pipe(x, mul(params.w)) })
typeOf(pipe(line, scale)).is<Layer<[{ w: Tensor<'4'> }], '4', '4'>>()
const widen = layer.make({ name: 'widen', init: key => random.normal('4 9')(key), apply: w => (x: Tensor<'4'>) => pipe(x, matmul(w)) })
typeOf(pipe(mlp, layer.dense(4), widen, layer.dense(2)).init(key)[3]).is<Tensor<'4 9'>>()
typeOf(pipe(line, widen).output).is<'9'>()
// @ts-expect-error Type 'Layer<[], "5", "5">' is not assignable to type '"layer.make: '5' does not go into a layer that takes '4'"'.
pipe(layer.input('5'), scale)
// @ts-expect-error Property 'w' does not exist on type '{ v: Tensor<"4", "float32">; }'.
layer.make({ init: key => ({ v: random.normal('4')(key) }), apply: params => (x: Tensor<'4'>) => pipe(x, mul(params.w)) })

// Models are parts of models.
const head = pipe(layer.input('16'), layer.dense(3))
const body = pipe(layer.input('4'), layer.dense(16), layer.gelu)
typeOf(pipe(body, layer.sequential(head))).is<Layer<[Dense<'4', '16'>, Dense<'16', '3'>], '4', '3'>>()
typeOf(pipe(body, layer.sequential(pipe(layer.input('16'), layer.relu)))).is<typeof body>()
// @ts-expect-error Type 'Layer<[Dense<"16", "3">], "16", "3">' is not assignable to type '"sequential: '3' does not go into a layer that takes '4'"'.
pipe(head, layer.sequential(body))

typeOf(initializer.zeros('3 4')(key)).is<Tensor<'3 4'>>()
typeOf(initializer.constant(2)('')(key)).is<Tensor<''>>()
typeOf(initializer.normal(0.1)('3')(key)).is<Tensor<'3'>>()
typeOf(initializer.uniform(0.1)('3')(key)).is<Tensor<'3'>>()
typeOf(initializer.truncatedNormal()('3')(key)).is<Tensor<'3'>>()
typeOf(initializer.glorotUniform('784 10')(key)).is<Tensor<'784 10'>>()
typeOf(initializer.glorotNormal('784 10')(key)).is<Tensor<'784 10'>>()
typeOf(initializer.heUniform('784 10')(key)).is<Tensor<'784 10'>>()
typeOf(initializer.lecunNormal('784 10')(key)).is<Tensor<'784 10'>>()
typeOf(initializer.lecunUniform('784 10')(key)).is<Tensor<'784 10'>>()
// @ts-expect-error Type '"batch 784"' is not assignable to type '"2"'.
initializer.orthogonal()('3 4')(images)
