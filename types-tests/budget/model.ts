/** A model of forty dense layers and as many activations, composed by pipes of eight inside pipes of five. */
import { layer, loss, optimizer, pipe, random, type Tensor, train, zeros } from 'pullback'

const part0 = pipe(
  layer.input('64'),
  layer.dense(67),
  layer.tanh,
  layer.dense(70),
  layer.relu,
  layer.dense(73),
  layer.gelu,
  layer.dense(76),
  layer.silu,
  layer.dense(79),
  layer.tanh,
  layer.dense(82),
  layer.relu,
  layer.dense(85),
  layer.gelu,
  layer.dense(88),
  layer.silu,
)
const part1 = pipe(
  layer.input('88'),
  layer.dense(91),
  layer.tanh,
  layer.dense(94),
  layer.relu,
  layer.dense(97),
  layer.gelu,
  layer.dense(100),
  layer.silu,
  layer.dense(103),
  layer.tanh,
  layer.dense(106),
  layer.relu,
  layer.dense(109),
  layer.gelu,
  layer.dense(112),
  layer.silu,
)
const part2 = pipe(
  layer.input('112'),
  layer.dense(115),
  layer.tanh,
  layer.dense(118),
  layer.relu,
  layer.dense(121),
  layer.gelu,
  layer.dense(124),
  layer.silu,
  layer.dense(127),
  layer.tanh,
  layer.dense(130),
  layer.relu,
  layer.dense(133),
  layer.gelu,
  layer.dense(136),
  layer.silu,
)
const part3 = pipe(
  layer.input('136'),
  layer.dense(139),
  layer.tanh,
  layer.dense(142),
  layer.relu,
  layer.dense(145),
  layer.gelu,
  layer.dense(148),
  layer.silu,
  layer.dense(151),
  layer.tanh,
  layer.dense(154),
  layer.relu,
  layer.dense(157),
  layer.gelu,
  layer.dense(160),
  layer.silu,
)
const part4 = pipe(
  layer.input('160'),
  layer.dense(163),
  layer.tanh,
  layer.dense(166),
  layer.relu,
  layer.dense(169),
  layer.gelu,
  layer.dense(172),
  layer.silu,
  layer.dense(175),
  layer.tanh,
  layer.dense(178),
  layer.relu,
  layer.dense(181),
  layer.gelu,
  layer.dense(184),
  layer.silu,
)

export const model = pipe(
  part0,
  layer.sequential(part1),
  layer.sequential(part2),
  layer.sequential(part3),
  layer.sequential(part4),
  layer.dense(10),
)
const params = model.init(random.key(0))
export const last: Tensor<'184 10'> = params[40].weight
export const first: Tensor<'64 67'> = params[0].weight
const adam = optimizer.adam(1e-3)
const step = train.step(model, loss.softmaxCrossEntropy, adam)
export const next = step(train.init(model, adam)(random.key(0)), { input: zeros('32 64'), target: zeros('32', {}, 'int32') })
export const moment: Tensor<'64 67'> = next[0].optimizer[0].mu[0].weight
