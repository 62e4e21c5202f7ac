/**
 * Mistakes as a user writes them, each a whole program, with the sentence that the compiler ends with. The text of a program stands between
 * backticks as it would in a file.
 */
export interface Program {
  readonly mistake: string
  readonly code: string
  /** The end of the last line printed, without the quotes round it. */
  readonly says: string
}

export const programs: readonly Program[] = [
  {
    mistake: 'a head of another size than the body',
    code: `
      import { layer, pipe } from 'pullback'

      const head = pipe(layer.input('8'), layer.dense(32), layer.relu, layer.dense(3))
      export const model = pipe(layer.input('784'), layer.dense(16), layer.relu, layer.sequential(head))
    `,
    says: "sequential: '16' does not go into a layer that takes '8'",
  },
  {
    mistake: 'a deep head of another size than a deep body',
    code: `
      import { layer, pipe } from 'pullback'

      const tail = pipe(layer.input('784'), layer.dense(1024), layer.relu, layer.dense(512), layer.relu, layer.dense(256), layer.relu, layer.dense(128), layer.tanh)
      const head = pipe(layer.input('64'), layer.dense(512), layer.relu, layer.dense(256), layer.relu, layer.dense(10))
      export const model = pipe(tail, layer.dense(100), layer.relu, layer.sequential(head))
    `,
    says: "sequential: '100' does not go into a layer that takes '64'",
  },
  {
    mistake: 'a dense layer on an axis without a size',
    code: `
      import { layer, pipe } from 'pullback'

      export const model = pipe(
        layer.input('seq'),
        layer.dense(16),
        layer.relu,
      )
    `,
    says: "dense(16): the size of 'seq' in 'seq' is not known, the last axis must be a number",
  },
  {
    mistake: 'inner axes that differ, in a pipe',
    code: `
      import { matmul, pipe, relu, zeros } from 'pullback'

      const images = zeros('batch 784', { batch: 32 })
      export const logits = pipe(images, matmul(zeros('784 256')), relu, matmul(zeros('128 10')))
    `,
    says: "matmul: 'batch 256' by '128 10': inner axes differ, '256' is not '128'",
  },
  {
    mistake: 'inner axes that differ, in a call',
    code: `
      import { matmul, zeros } from 'pullback'

      export const logits = matmul(zeros('128 10'))(zeros('batch 784', { batch: 32 }))
    `,
    says: "matmul: 'batch 784' by '128 10': inner axes differ, '784' is not '128'",
  },
  {
    mistake: 'inner axes that differ, in the pipe of fp-ts',
    code: `
      import { matmul, relu, add, type Tensor } from 'pullback'
      import { pipe } from 'fp-ts/function'

      type Params = { readonly w1: Tensor<'784 256'>; readonly b1: Tensor<'256'>; readonly w2: Tensor<'128 10'>; readonly b2: Tensor<'10'> }
      export const predict = (p: Params) => (x: Tensor<'784'>) => pipe(x, matmul(p.w1), add(p.b1), relu, matmul(p.w2), add(p.b2))
    `,
    says: "matmul: '256' by '128 10': inner axes differ, '256' is not '128'",
  },
  {
    mistake: 'a kernel of other channels',
    code: `
      import { conv, maxPool, pipe, relu, zeros } from 'pullback'

      const images = zeros('batch 3 32 32', { batch: 8 })
      export const features = pipe(images, conv(zeros('16 3 5 5')), relu, maxPool([2, 2]), conv(zeros('32 3 5 5')), relu)
    `,
    says: "conv: 'batch 16 14 14' by the kernel '32 3 5 5': channels differ, '16' is not '3'",
  },
  {
    mistake: 'a kernel of other channels, with options',
    code: `
      import { conv, pipe, zeros } from 'pullback'

      const images = zeros('batch 3 32 32', { batch: 8 })
      export const features = pipe(images, conv(zeros('16 1 3 3'), { stride: 2, padding: 'same' }))
    `,
    says: "conv: 'batch 3 32 32' by the kernel '16 1 3 3': channels differ, '3' is not '1'",
  },
  {
    mistake: 'float labels for class indices, folded over a list',
    code: `
      import { layer, loss, optimizer, pipe, random, tensor, train } from 'pullback'

      const model = pipe(layer.input('2'), layer.dense(16), layer.tanh, layer.dense(2))
      const adam = optimizer.adam(0.05)
      const step = train.step(model, loss.softmaxCrossEntropy, adam)
      const batches = [{ input: tensor([[0, 0], [0, 1], [1, 0], [1, 1]]), target: tensor([0, 1, 1, 0]) }]
      export const [trained, history] = train.fold(step)(train.init(model, adam)(random.key(0)))(batches)
    `,
    says: "train.fold: the target is float32, the loss takes int32: cast('int32') first",
  },
  {
    mistake: 'float labels for class indices, folded in a pipe',
    code: `
      import { data, layer, loss, optimizer, pipe, random, tensor, train } from 'pullback'

      const model = pipe(layer.input('2'), layer.dense(16), layer.tanh, layer.dense(2))
      const xor = { input: tensor([[0, 0], [0, 1], [1, 0], [1, 1]]), target: tensor([0, 1, 1, 0]) }
      const adam = optimizer.adam(0.05)
      const step = train.step(model, loss.softmaxCrossEntropy, adam)
      const batches = data.batches({ size: 4, epochs: 200 })(xor)
      export const [trained, history] = pipe(batches, train.fold(step)(train.init(model, adam)(random.key(0))))
    `,
    says: "train.fold: the target is float32, the loss takes int32: cast('int32') first",
  },
  {
    mistake: 'float labels for class indices, a larger model folded in a pipe',
    code: `
      import { data, layer, loss, optimizer, pipe, random, train, zeros } from 'pullback'

      const model = pipe(layer.input('784'), layer.dense(512), layer.relu, layer.dense(256), layer.relu, layer.dense(128), layer.relu, layer.dense(10))
      const adam = optimizer.adam(0.05)
      const mnist = { input: zeros('60000 784'), target: zeros('60000') }
      const fold = train.fold(train.step(model, loss.softmaxCrossEntropy, adam))
      export const [trained, history] = pipe(mnist, data.batches({ size: 128, epochs: 2 }), fold(train.init(model, adam)(random.key(0))))
    `,
    says: "train.fold: the target is float32, the loss takes int32: cast('int32') first",
  },
  {
    mistake: 'float labels for class indices, one step',
    code: `
      import { layer, loss, optimizer, pipe, random, tensor, train } from 'pullback'

      const model = pipe(layer.input('2'), layer.dense(16), layer.tanh, layer.dense(2))
      const adam = optimizer.adam(0.05)
      const step = train.step(model, loss.softmaxCrossEntropy, adam)
      export const [next] = step(train.init(model, adam)(random.key(0)), { input: tensor([[0, 0], [0, 1], [1, 0], [1, 1]]), target: tensor([0, 1, 1, 0]) })
    `,
    says: "train.step: the target is float32, the loss takes int32: cast('int32') first",
  },
  {
    mistake: 'float labels for class indices, evaluated',
    code: `
      import { layer, metric, pipe, random, tensor, train } from 'pullback'

      const model = pipe(layer.input('2'), layer.dense(16), layer.tanh, layer.dense(2))
      const batches = [{ input: tensor([[0, 0], [0, 1], [1, 0], [1, 1]]), target: tensor([0, 1, 1, 0]) }]
      export const accuracy = train.evaluate(model, metric.accuracy)(model.init(random.key(0)))(batches)
    `,
    says: "train.evaluate: the target is float32, the loss takes int32: cast('int32') first",
  },
  {
    mistake: 'a target of another shape, folded over a list',
    code: `
      import { layer, loss, optimizer, pipe, random, tensor, train } from 'pullback'

      const model = pipe(layer.input('2'), layer.dense(16), layer.tanh, layer.dense(2))
      const adam = optimizer.adam(0.05)
      const step = train.step(model, loss.meanSquaredError, adam)
      const batches = [{ input: tensor([[0, 0], [0, 1]]), target: tensor([[0], [1]]) }]
      export const [trained, history] = train.fold(step)(train.init(model, adam)(random.key(0)))(batches)
    `,
    says: "train.fold: the target is '2 1', the loss takes '2 2'",
  },
  {
    mistake: 'a target of another shape, folded in a pipe',
    code: `
      import { data, layer, loss, optimizer, pipe, random, train, zeros } from 'pullback'

      const model = pipe(layer.input('784'), layer.dense(512), layer.relu, layer.dense(256), layer.relu, layer.dense(128), layer.relu, layer.dense(10))
      const adam = optimizer.adam(0.05)
      const mnist = { input: zeros('60000 784'), target: zeros('60000 9') }
      const fold = train.fold(train.step(model, loss.meanSquaredError, adam))
      export const [trained, history] = pipe(mnist, data.batches({ size: 128, epochs: 2 }), fold(train.init(model, adam)(random.key(0))))
    `,
    says: `train.fold: the target is '\${number} 9', the loss takes '\${number} 10'`,
  },
  {
    mistake: 'inputs of another shape, folded in a pipe',
    code: `
      import { data, layer, loss, optimizer, pipe, random, train, zeros } from 'pullback'

      const model = pipe(layer.input('784'), layer.dense(512), layer.relu, layer.dense(10))
      const adam = optimizer.adam(0.05)
      const mnist = { input: zeros('60000 783'), target: zeros('60000 10') }
      const fold = train.fold(train.step(model, loss.meanSquaredError, adam))
      export const [trained, history] = pipe(mnist, data.batches({ size: 128, epochs: 2 }), fold(train.init(model, adam)(random.key(0))))
    `,
    says: `train.fold: the input is '\${number} 783', the model takes a batch of '784'`,
  },
  {
    mistake: 'targets of another length, folded in a pipe',
    code: `
      import { data, layer, loss, optimizer, pipe, random, train, zeros } from 'pullback'

      const model = pipe(layer.input('784'), layer.dense(512), layer.relu, layer.dense(10))
      const adam = optimizer.adam(0.05)
      const mnist = { input: zeros('60000 784'), target: zeros('50000 10') }
      const fold = train.fold(train.step(model, loss.meanSquaredError, adam))
      export const [trained, history] = pipe([mnist], fold(train.init(model, adam)(random.key(0))))
    `,
    says: "train.fold: the target is '50000 10', the loss takes '60000 10'",
  },
  {
    mistake: "a target of another shape than one's own loss takes",
    code: `
      import { data, layer, optimizer, pipe, random, train, zeros, type Tensor, sub, square, mean } from 'pullback'

      const model = pipe(layer.input('784'), layer.dense(512), layer.relu, layer.dense(10))
      const adam = optimizer.adam(0.05)
      const own = (prediction: Tensor<'10'>, target: Tensor<'10'>): Tensor<''> => pipe(prediction, sub(target), square, mean())
      const mnist = { input: zeros('60000 784'), target: zeros('60000 9') }
      const fold = train.fold(train.step(model, own, adam))
      export const [trained, history] = pipe(mnist, data.batches({ size: 128, epochs: 2 }), fold(train.init(model, adam)(random.key(0))))
    `,
    says: `train.fold: the target is '\${number} 9', the loss takes '\${number} 10'`,
  },
  {
    mistake: "a loss of one's own for another model",
    code: `
      import { layer, optimizer, pipe, train, type Tensor, sub, square, mean } from 'pullback'

      const model = pipe(layer.input('784'), layer.dense(512), layer.relu, layer.dense(10))
      const own = (prediction: Tensor<'9'>, target: Tensor<'9'>): Tensor<''> => pipe(prediction, sub(target), square, mean())
      export const step = train.step(model, own, optimizer.adam(0.05))
    `,
    says: "train.step: the loss takes float32 '9', the model gives float32 '10'",
  },
  {
    mistake: 'an axis that is not there',
    code: `
      import { pipe, sum, zeros } from 'pullback'

      const images = zeros('batch 784', { batch: 32 })
      export const total = pipe(images, sum('features'))
    `,
    says: "sum: 'batch 784' has no axis 'features'",
  },
  {
    mistake: 'an axis that is not there, after other operations',
    code: `
      import { mean, pipe, square, zeros } from 'pullback'

      export const total = pipe(zeros('batch 784', { batch: 32 }), square, mean('bach'))
    `,
    says: "mean: 'batch 784' has no axis 'bach'",
  },
  {
    mistake: 'an axis that is not there, along which to normalise',
    code: `
      import { pipe, softmax, zeros } from 'pullback'

      export const p = pipe(zeros('batch 784', { batch: 32 }), softmax('rows'))
    `,
    says: "softmax: 'batch 784' has no axis 'rows'",
  },
  {
    mistake: 'a product with the weights transposed',
    code: `
      import { matmul, pipe, transpose, zeros } from 'pullback'

      const images = zeros('batch 784', { batch: 32 })
      const weights = zeros('784 256')
      export const hidden = pipe(images, matmul(transpose(weights)))
    `,
    says: "matmul: 'batch 784' by '256 784': inner axes differ, '784' is not '256'",
  },
  {
    mistake: 'a product the wrong way round',
    code: `
      import { matmul, pipe, zeros } from 'pullback'

      export const y = pipe(zeros('784 256'), matmul(zeros('batch 784', { batch: 32 })))
    `,
    says: "matmul: '784 256' by 'batch 784': inner axes differ, '256' is not 'batch'",
  },
  {
    mistake: 'one example for a batch, one step',
    code: `
      import { layer, loss, optimizer, pipe, random, tensor, train } from 'pullback'

      const model = pipe(layer.input('2'), layer.dense(16), layer.tanh, layer.dense(2))
      const adam = optimizer.adam(0.05)
      const step = train.step(model, loss.softmaxCrossEntropy, adam)
      export const [next] = step(train.init(model, adam)(random.key(0)), { input: tensor([0, 1]), target: tensor(1, 'int32') })
    `,
    says: "train.step: the input '2' is one example: a batch has a leading axis, as in 'batch 2'",
  },
  {
    mistake: 'one example for a batch, folded',
    code: `
      import { layer, loss, optimizer, pipe, random, tensor, train } from 'pullback'

      const model = pipe(layer.input('2'), layer.dense(16), layer.tanh, layer.dense(2))
      const adam = optimizer.adam(0.05)
      const step = train.step(model, loss.softmaxCrossEntropy, adam)
      export const [next] = train.fold(step)(train.init(model, adam)(random.key(0)))([{ input: tensor([0, 1]), target: tensor(1, 'int32') }])
    `,
    says: "train.fold: the input '2' is one example: a batch has a leading axis, as in 'batch 2'",
  },
  {
    mistake: 'a batch whose axis has no size',
    code: `
      import { zeros } from 'pullback'

      export const images = zeros('batch 784')
    `,
    says: "zeros: 'batch' in 'batch 784' has no size: give one, as in zeros('batch 784', { batch: 32 })",
  },
  {
    mistake: 'a batch for an example',
    code: `
      import { layer, pipe, random, zeros } from 'pullback'

      const model = pipe(layer.input('784'), layer.dense(16), layer.tanh, layer.dense(2))
      const images = zeros('batch 784', { batch: 32 })
      export const y = model.apply(model.init(random.key(0)))(images)
    `,
    says: "apply: the layer takes one example '784': vmap lifts it to a batch",
  },
  {
    mistake: 'a batch for an example, in a pipe',
    code: `
      import { layer, pipe, random, zeros, relu } from 'pullback'

      const model = pipe(layer.input('784'), layer.dense(16), layer.tanh, layer.dense(2))
      const images = zeros('batch 784', { batch: 32 })
      export const y = pipe(images, model.apply(model.init(random.key(0))), relu)
    `,
    says: "apply: the layer takes one example '784': vmap lifts it to a batch",
  },
  {
    mistake: 'a column for a vector, in a pipe',
    code: `
      import { mean, pipe, square, sub, type Tensor } from 'pullback'

      declare const prediction: Tensor<'n'>
      declare const target: Tensor<'n 1'>
      export const loss = pipe(prediction, sub(target), square, mean())
    `,
    says: "sub: 'n' and 'n 1': neither broadcasts to the other: pairwise(sub) gives 'n n', squeeze or reshape aligns them",
  },
  {
    mistake: 'a column for a vector',
    code: `
      import { add, type Tensor } from 'pullback'

      declare const a: Tensor<'n'>
      declare const b: Tensor<'n 1'>
      export const y = add(a)(b)
    `,
    says: "add: 'n 1' and 'n': neither broadcasts to the other: pairwise(add) gives 'n n', squeeze or reshape aligns them",
  },
  {
    mistake: "momentum's state for Adam's step",
    code: `
      import { layer, loss, optimizer, pipe, random, tensor, train } from 'pullback'

      const model = pipe(layer.input('2'), layer.dense(16), layer.tanh, layer.dense(2))
      const step = train.step(model, loss.softmaxCrossEntropy, optimizer.adam(0.05))
      const state = train.init(model, optimizer.momentum(0.05))(random.key(0))
      export const [next] = step(state, { input: tensor([[0, 0], [0, 1]]), target: tensor([0, 1], 'int32') })
    `,
    says: 'train.step: the state is of another optimizer than the step: make it with train.init(model, optimizer) of the same optimizer',
  },
  {
    mistake: "momentum's state for Adam's fold",
    code: `
      import { layer, loss, optimizer, pipe, random, tensor, train } from 'pullback'

      const model = pipe(layer.input('2'), layer.dense(16), layer.tanh, layer.dense(2))
      const step = train.step(model, loss.softmaxCrossEntropy, optimizer.adam(0.05))
      const state = train.init(model, optimizer.momentum(0.05))(random.key(0))
      export const [next] = pipe([{ input: tensor([[0, 0], [0, 1]]), target: tensor([0, 1], 'int32') }], train.fold(step)(state))
    `,
    says: 'train.fold: the state is of another optimizer than the step: make it with train.init(model, optimizer) of the same optimizer',
  },
  {
    mistake: "Adam's state for a step of plain descent",
    code: `
      import { layer, loss, optimizer, pipe, random, tensor, train } from 'pullback'

      const model = pipe(layer.input('2'), layer.dense(16), layer.tanh, layer.dense(2))
      const step = train.step(model, loss.softmaxCrossEntropy, optimizer.sgd(0.05))
      const state = train.init(model, optimizer.adam(0.05))(random.key(0))
      export const [next] = step(state, { input: tensor([[0, 0], [0, 1]]), target: tensor([0, 1], 'int32') })
    `,
    says: 'train.step: the state is of another optimizer than the step: make it with train.init(model, optimizer) of the same optimizer',
  },
  {
    mistake: 'a state of none of the optimizers to choose from',
    code: `
      import { layer, loss, optimizer, pipe, random, tensor, train } from 'pullback'

      declare const plain: boolean
      const model = pipe(layer.input('2'), layer.dense(16), layer.tanh, layer.dense(2))
      const step = train.step(model, loss.softmaxCrossEntropy, plain ? optimizer.sgd(0.05) : optimizer.adam(0.05))
      const state = train.init(model, optimizer.momentum(0.05))(random.key(0))
      export const [next] = step(state, { input: tensor([[0, 0], [0, 1]]), target: tensor([0, 1], 'int32') })
    `,
    says: 'train.step: the state is of another optimizer than the step: make it with train.init(model, optimizer) of the same optimizer',
  },
  {
    mistake: 'a target for none of the losses to choose from',
    code: `
      import { layer, loss, optimizer, pipe, random, tensor, train } from 'pullback'

      declare const plain: boolean
      const model = pipe(layer.input('2'), layer.dense(16), layer.tanh, layer.dense(2))
      const adam = optimizer.adam(0.05)
      const step = train.step(model, plain ? loss.meanSquaredError : loss.softmaxCrossEntropy, adam)
      const batches = [{ input: tensor([[0, 0], [0, 1]]), target: tensor([0, 1]) }]
      export const [trained] = train.fold(step)(train.init(model, adam)(random.key(0)))(batches)
    `,
    says: "train.fold: the target is float32 '2', which none of the losses to choose from takes",
  },
  {
    mistake: "another model's state",
    code: `
      import { layer, loss, optimizer, pipe, random, tensor, train } from 'pullback'

      const model = pipe(layer.input('2'), layer.dense(16), layer.tanh, layer.dense(2))
      const other = pipe(layer.input('2'), layer.dense(32), layer.tanh, layer.dense(2))
      const step = train.step(model, loss.softmaxCrossEntropy, optimizer.adam(0.05))
      const state = train.init(other, optimizer.adam(0.05))(random.key(0))
      export const [next] = step(state, { input: tensor([[0, 0], [0, 1]]), target: tensor([0, 1], 'int32') })
    `,
    says: 'train.step: the state is of another model than the step: make it with train.init(model, optimizer) of the same model',
  },
  {
    mistake: 'a cotangent that is a scalar',
    code: `
      import { customVjp, exp, mul, pipe, sum, type Tensor } from 'pullback'

      export const f = customVjp(
        (x: Tensor<'3'>) => exp(x),
        x => [exp(x), ct => pipe(ct, mul(exp(x)), sum())],
      )
    `,
    says: "customVjp: the rule's cotangent is float32 '', not float32 '3'",
  },
  {
    mistake: 'a cotangent that is a scalar, in a block',
    code: `
      import { customVjp, exp, mul, pipe, sum, type Tensor } from 'pullback'

      export const f = customVjp((x: Tensor<'3'>) => exp(x), x => {
        const y = exp(x)
        return [y, ct => pipe(ct, mul(y), sum())]
      })
    `,
    says: "customVjp: the rule's cotangent is float32 '', not float32 '3'",
  },
  {
    mistake: 'a cotangent that is a scalar, all annotated',
    code: `
      import { customVjp, exp, mul, pipe, sum, type Tensor } from 'pullback'

      export const f = customVjp((x: Tensor<'3'>) => exp(x), (x: Tensor<'3'>) => [exp(x), (ct: Tensor<'3'>) => sum()(ct)])
    `,
    says: "customVjp: the rule's cotangent is float32 '', not float32 '3'",
  },
  {
    mistake: 'a cotangent that is a scalar, in a record',
    code: `
      import { customVjp, exp, mul, pipe, sum, type Tensor } from 'pullback'

      export const f = customVjp((p: { readonly a: Tensor<'3'>; readonly b: Tensor<'3'> }) => pipe(p.a, mul(p.b)), p => [pipe(p.a, mul(p.b)), ct => ({ a: sum()(ct), b: ct })])
    `,
    says: "customVjp: the rule's cotangent is float32 '', not float32 '3'",
  },
  {
    mistake: 'an operation for a layer',
    code: `
      import { layer, pipe, relu } from 'pullback'

      export const model = pipe(layer.input('784'), layer.dense(128), relu, layer.dense(10))
    `,
    says: 'relu: the argument is not a tensor: make one with tensor or fromArray, in a model use layer.relu',
  },
  {
    mistake: 'an operation along an axis for a layer',
    code: `
      import { layer, pipe, softmax } from 'pullback'

      export const model = pipe(layer.input('784'), layer.dense(128), layer.relu, layer.dense(10), softmax(-1))
    `,
    says: 'softmax: the argument is not a tensor: make one with tensor or fromArray, in a model use layer.softmax',
  },
  {
    mistake: 'an operation with an option for a layer',
    code: `
      import { layer, leakyRelu, pipe } from 'pullback'

      export const model = pipe(layer.input('784'), layer.dense(128), leakyRelu(0.1), layer.dense(10))
    `,
    says: 'leakyRelu: the argument is not a tensor: make one with tensor or fromArray, in a model use layer.leakyRelu',
  },
  {
    mistake: 'the operation flatten for the layer',
    code: `
      import { flatten, layer, pipe } from 'pullback'

      export const model = pipe(layer.input('28 28'), flatten, layer.dense(10))
    `,
    says: 'flatten: the argument is not a tensor: make one with tensor or fromArray, in a model use layer.flatten',
  },
  {
    mistake: 'two cases with different results',
    code: `
      import { cond, neg, pipe, sum, type Tensor, tensor, zeros } from 'pullback'

      export const y = pipe(zeros('3'), cond(tensor(true), (x: Tensor<'3'>) => sum()(x), (x: Tensor<'3'>) => neg(x)))
    `,
    says: "cond: the result for true is float32 '', and for false float32 '3'",
  },
  {
    mistake: 'two cases with results of different form',
    code: `
      import { cond, pipe, type Tensor, tensor, zeros } from 'pullback'

      export const y = pipe(zeros('3'), cond(tensor(true), (x: Tensor<'3'>) => x, (x: Tensor<'3'>) => ({ x })))
    `,
    says: 'cond: the result for true has one form, and for false another',
  },
  {
    mistake: 'a carry that a round changes',
    code: `
      import { pipe, scan, type Tensor, zeros } from 'pullback'

      export const y = pipe(zeros('seq 3', { seq: 9 }), scan('seq')((h: Tensor<'4'>, x: Tensor<'3'>) => [x, h], zeros('4')))
    `,
    says: "scan: the carry is float32 '4', after a round float32 '3'",
  },
  {
    mistake: 'map of a function without a type',
    code: `
      import { map, pipe, sum, zeros } from 'pullback'

      export const y = pipe(zeros('batch 784', { batch: 32 }), map('batch')(x => pipe(x, sum())))
    `,
    says: "map: annotate the argument, as in map('batch')((x: Tensor<'3'>) => …)",
  },
  {
    mistake: 'checkpoint of a function without a type',
    code: `
      import { checkpoint, mul, pipe } from 'pullback'

      export const f = checkpoint(x => pipe(x, mul(2)))
    `,
    says: "checkpoint: annotate the argument, as in checkpoint((x: Tensor<'3'>) => …)",
  },
  {
    mistake: 'a predicate of whileLoop that gives numbers',
    code: `
      import { neg, sum, type Tensor, whileLoop } from 'pullback'

      export const f = whileLoop((x: Tensor<'3'>) => sum()(x), (x: Tensor<'3'>) => neg(x))
    `,
    says: "whileLoop: the predicate gives float32 '', not bool ''",
  },
  {
    mistake: 'a predicate of whileLoop that gives a bool for each entry',
    code: `
      import { less, neg, type Tensor, whileLoop } from 'pullback'

      export const f = whileLoop((x: Tensor<'3'>) => less(100)(x), (x: Tensor<'3'>) => neg(x), { most: 9 })
    `,
    says: "whileLoop: the predicate gives bool '3', not bool ''",
  },
  {
    mistake: 'associativeScan of functions without types',
    code: `
      import { add, associativeScan, pipe, zeros } from 'pullback'

      export const f = associativeScan('2')((a, b) => pipe(a, add(b)))(zeros('2 3'))
    `,
    says: "associativeScan: annotate the arguments, as in associativeScan('seq')((a: Tensor<'3'>, b: Tensor<'3'>) => …)",
  },
  {
    mistake: 'rows that associativeScan combines to other rows',
    code: `
      import { add, associativeScan, pipe, sum, type Tensor, zeros } from 'pullback'

      export const f = associativeScan('2')((a: Tensor<'3'>, b: Tensor<'3'>) => pipe(a, add(b), sum()))(zeros('2 3'))
    `,
    says: "associativeScan: a row is float32 '3', after it is combined float32 ''",
  },
  {
    mistake: 'customVjp of a function without a type',
    code: `
      import { customVjp, exp, mul, pipe } from 'pullback'

      export const f = customVjp(x => exp(x), x => [exp(x), ct => pipe(ct, mul(exp(x)))])
    `,
    says: "customVjp: annotate the argument, as in customVjp((x: Tensor<'3'>) => …, x => [value, ct => …])",
  },
  {
    mistake: 'customJvp of a function without a type',
    code: `
      import { customJvp, exp, mul, pipe } from 'pullback'

      export const f = customJvp(x => exp(x), (x, t) => [exp(x), pipe(t, mul(exp(x)))])
    `,
    says: "customJvp: annotate the argument, as in customJvp((x: Tensor<'3'>) => …, (x, t) => [value, tangent])",
  },
  {
    mistake: 'a tangent that is a scalar',
    code: `
      import { customJvp, exp, mul, pipe, sum, type Tensor } from 'pullback'

      export const f = customJvp((x: Tensor<'3'>) => exp(x), (x, t) => [exp(x), pipe(t, mul(exp(x)), sum())])
    `,
    says: "customJvp: the rule's tangent is float32 '', not float32 '3'",
  },
  {
    mistake: 'vmap of a function without a type, in a pipe',
    code: `
      import { pipe, sum, vmap, zeros } from 'pullback'

      export const y = pipe(zeros('batch 784', { batch: 32 }), vmap('batch')(x => pipe(x, sum())))
    `,
    says: "vmap: annotate the argument, as in vmap('batch')((x: Tensor<'3'>) => …)",
  },
  {
    mistake: 'vmap of a function without a type',
    code: `
      import { mul, vmap } from 'pullback'

      export const f = vmap('batch')(p => mul(2)(p.w))
    `,
    says: "vmap: annotate the argument, as in vmap('batch')((x: Tensor<'3'>) => …)",
  },
  {
    mistake: 'vmapWithAxis of a function without a type',
    code: `
      import { mul, vmapWithAxis } from 'pullback'

      export const f = vmapWithAxis('batch')(axis => p => mul(2)(axis.mean(p.w)))
    `,
    says: "vmapWithAxis: annotate the argument, as in vmapWithAxis('batch')(axis => (x: Tensor<'3'>) => …)",
  },
  {
    mistake: 'grad of a function without a type, in a pipe',
    code: `
      import { grad, jit, mul, pipe, sum } from 'pullback'

      export const f = pipe(grad(x => pipe(x, mul(x), sum())), jit)
    `,
    says: "grad: annotate the argument, as in grad((x: Tensor<'3'>) => …)",
  },
  {
    mistake: 'grad of a function without a type inside vmap, in a pipe',
    code: `
      import { grad, mul, pipe, sum, vmap, zeros } from 'pullback'

      export const y = pipe(zeros('batch 3', { batch: 2 }), vmap('batch')(grad(x => pipe(x, mul(x), sum()))))
    `,
    says: "grad: annotate the argument, as in grad((x: Tensor<'3'>) => …)",
  },
  {
    mistake: 'vjp of a function without a type',
    code: `
      import { mul, vjp, zeros } from 'pullback'

      export const [y, pullback] = vjp(p => mul(2)(p.w))({ w: zeros('3') })
    `,
    says: "vjp: annotate the argument, as in vjp((x: Tensor<'3'>) => …)",
  },
  {
    mistake: 'jvp of a function without a type',
    code: `
      import { exp, jvp, zeros } from 'pullback'

      export const [y, dy] = jvp(x => exp(x))(zeros('3'), zeros('3'))
    `,
    says: "jvp: annotate the argument, as in jvp((x: Tensor<'3'>) => …)",
  },
  {
    mistake: 'the linear part of a function without a type',
    code: `
      import { exp, linearize, zeros } from 'pullback'

      export const [y, push] = linearize(x => exp(x))(zeros('3'))
    `,
    says: "linearize: annotate the argument, as in linearize((x: Tensor<'3'>) => …)",
  },
  {
    mistake: 'the transpose of a function without a type',
    code: `
      import { linearTranspose, mul, zeros } from 'pullback'

      export const back = linearTranspose(x => mul(2)(x))(zeros('3'))
    `,
    says: "linearTranspose: annotate the argument, as in linearTranspose((x: Tensor<'3'>) => …)",
  },
  {
    mistake: 'the Hessian of a vector times a tangent',
    code: `
      import { exp, hvp, type Tensor, zeros } from 'pullback'

      export const product = hvp((x: Tensor<'3'>) => exp(x))(zeros('3'), zeros('3'))
    `,
    says: "hvp: the function gives '3', not a scalar: reduce it with sum() or mean(), or use vjp or jacobian",
  },
  {
    mistake: 'the Hessian of a function without a type times a tangent',
    code: `
      import { hvp, mul, sum, zeros } from 'pullback'

      export const product = hvp(x => sum()(mul(x)(x)))(zeros('3'), zeros('3'))
    `,
    says: "hvp: annotate the argument, as in hvp((x: Tensor<'3'>) => …)",
  },
  {
    mistake: 'the operations of a function without a type counted',
    code: `
      import { debug, mul, zeros } from 'pullback'

      export const { flops } = debug.count(x => mul(2)(x))(zeros('3'))
    `,
    says: "debug.count: annotate the argument, as in debug.count((x: Tensor<'3'>) => …)",
  },
  {
    mistake: 'named values of a function without a type',
    code: `
      import { debug, mul, zeros } from 'pullback'

      export const [y, captured] = debug.capture(x => mul(2)(x))(zeros('3'))
    `,
    says: "debug.capture: annotate the argument, as in debug.capture((x: Tensor<'3'>) => …)",
  },
  {
    mistake: 'the times of a function without a type',
    code: `
      import { debug, mul, zeros } from 'pullback'

      export const { totalMs } = debug.profile(x => mul(2)(x))(zeros('3'))
    `,
    says: "debug.profile: annotate the argument, as in debug.profile((x: Tensor<'3'>) => …)",
  },
  {
    mistake: 'the shapes of a function without a type',
    code: `
      import { evalShape, mul, zeros } from 'pullback'

      export const shapes = evalShape(x => mul(2)(x))(zeros('3'))
    `,
    says: "evalShape: annotate the argument, as in evalShape((x: Tensor<'3'>) => …)",
  },
  {
    mistake: 'jacobian of a function without a type',
    code: `
      import { jacobian, mul, zeros } from 'pullback'

      export const j = jacobian(x => mul(x)(x))(zeros('3'))
    `,
    says: "jacobian: annotate the argument, as in jacobian((x: Tensor<'3'>) => …)",
  },
  {
    mistake: 'jacobianForward of a function without a type',
    code: `
      import { jacobianForward, mul, zeros } from 'pullback'

      export const j = jacobianForward(x => mul(x)(x))(zeros('3'))
    `,
    says: "jacobianForward: annotate the argument, as in jacobianForward((x: Tensor<'3'>) => …)",
  },
  {
    mistake: 'jacobianReverse of a function without a type',
    code: `
      import { jacobianReverse, mul, zeros } from 'pullback'

      export const j = jacobianReverse(x => mul(x)(x))(zeros('3'))
    `,
    says: "jacobianReverse: annotate the argument, as in jacobianReverse((x: Tensor<'3'>) => …)",
  },
  {
    mistake: "a layer of one's own without a type",
    code: `
      import { layer, matmul, pipe, random } from 'pullback'

      const own = layer.make({ init: key => random.normal('4 3')(key), apply: w => x => matmul(w)(x) })
      export const model = pipe(layer.input('4'), own)
    `,
    says: "layer.make: annotate the argument of apply, as in params => (x: Tensor<'4'>) => …",
  },
  {
    mistake: "a layer of one's own for another layer",
    code: `
      import { layer, matmul, pipe, random, type Tensor } from 'pullback'

      const own = layer.make({ init: key => random.normal('4 3')(key), apply: w => (x: Tensor<'4'>) => matmul(w)(x) })
      export const model = pipe(layer.input('5'), own)
    `,
    says: "layer.make: '5' does not go into a layer that takes '4'",
  },
  {
    mistake: "a layer of one's own that does not fit the next",
    code: `
      import { layer, matmul, pipe, random, type Tensor } from 'pullback'

      const own = layer.make({ init: key => random.normal('4 3')(key), apply: w => (x: Tensor<'4'>) => matmul(w)(x) })
      export const model = pipe(layer.input('4'), own, layer.sequential(layer.input('4')))
    `,
    says: "sequential: '3' does not go into a layer that takes '4'",
  },
]
