/** Mistakes in transforming functions. */
import {
  argmax,
  customVjp,
  evalShape,
  grad,
  hessian,
  hvp,
  jacobian,
  jit,
  jvp,
  linearize,
  linearTranspose,
  mul,
  ones,
  pipe,
  program,
  reference,
  sum,
  type Tensor,
  tensor,
  toNumber,
  valueAndGrad,
  vjp,
  vmap,
  withEngine,
  zeros,
} from 'pullback'
import { loose } from '../support/loose.js'
import type { Mistake } from './mistake.js'

const square = (x: Tensor<'2'>): Tensor<'2'> => pipe(x, mul(x))
const kept: Tensor<''>[] = []
jit((x: Tensor<''>) => {
  kept.push(x)
  return x
})(tensor(1))
const leaked = (): Tensor<''> => kept[0] ?? tensor(0)
const noValue = "a traced '' float32 has no value yet, it stands for every input of the function: "

export const transformations: readonly Mistake[] = [
  [
    'the gradient of a vector',
    () => loose(grad)(square)(ones('2')),
    'ShapeError',
    "grad: the function gives '2', not a scalar: reduce it with sum() or mean(), or use vjp or jacobian",
  ],
  [
    'the Hessian of a vector',
    () => loose(hessian)(square)(ones('2')),
    'ShapeError',
    "hessian: the function gives '2', not a scalar: reduce it with sum() or mean(), or use vjp or jacobian",
  ],
  [
    'the gradient of an integer',
    () => loose(grad)(argmax(0))(ones('2')),
    'DTypeError',
    'grad: the function gives int32: only floats have derivatives',
  ],
  [
    'the gradient to an integer',
    () => loose(grad)((x: { n: Tensor<''> }) => x.n)({ n: zeros('', {}, 'int32') }),
    'TreeError',
    "grad: 'n' is int32: only floats have derivatives, let the function close over it or take it as a further argument",
  ],
  [
    'the Jacobian to integers',
    () => loose(jacobian(square))(ones('2', {}, 'int32')),
    'TreeError',
    'jacobian: the argument is int32: only floats have derivatives, let the function close over it or take it as a further argument',
  ],
  [
    'an auxiliary result in front',
    () => loose(valueAndGrad)((x: Tensor<'2'>) => [x, sum()(x)])(ones('2')),
    'ShapeError',
    "valueAndGrad: the function gives '2', not a scalar: reduce it with sum() or mean(), or use vjp or jacobian",
  ],
  [
    'a cotangent of another shape',
    () => loose(vjp(square)(ones('2'))[1])(ones('3')),
    'ShapeError',
    "vjp: the cotangent is float32 '3', the result is float32 '2'",
  ],
  [
    'a tangent of another shape',
    () => loose(jvp(square))(ones('2'), ones('3')),
    'TreeError',
    'jvp: the argument and the tangent differ in form, shape or dtype',
  ],
  [
    'the Hessian of a vector times a tangent',
    () => loose(hvp)(square)(ones('2'), ones('2')),
    'ShapeError',
    "hvp: the function gives '2', not a scalar: reduce it with sum() or mean(), or use vjp or jacobian",
  ],
  [
    'a tangent of another shape for a Hessian',
    () => loose(hvp((x: Tensor<'2'>) => sum()(x)))(ones('2'), [ones('2')]),
    'TreeError',
    'hvp: the argument and the tangent differ in form, shape or dtype',
  ],
  [
    'a tangent of another shape for a linear part',
    () => loose(linearize(square)(ones('2'))[1])(ones('3')),
    'TreeError',
    'linearize: the argument and the tangent differ in form, shape or dtype',
  ],
  [
    'the transpose of what is not linear',
    () => linearTranspose(square)(ones('2')),
    'ArgumentError',
    "linearTranspose: the function is not linear in its argument, because of 'mul': linearize gives the linear part at a point",
  ],
  [
    'the shapes of a number',
    () => loose(evalShape)(() => 5)(ones('2')),
    'TreeError',
    "evalShape: the function's result: the argument is a number, not a tensor or a record or tuple of tensors",
  ],
  [
    'a scalar to map over',
    () => loose(vmap('batch')(square))(ones('')),
    'TreeError',
    "vmap('batch'): '0' is a scalar, with no axis to map over: let the function close over it",
  ],
  [
    'two lengths of a batch',
    () => vmap('batch')((x: Tensor<''>, y: Tensor<''>) => pipe(x, mul(y)))(zeros('batch', { batch: 3 }), zeros('batch', { batch: 2 })),
    'SizeError',
    "vmap: 'batch' is 3 in one place and 2 in another: one name has one size",
  ],
  [
    'two axes to map over',
    () => loose(vmap<string>('a b')(square))(ones('3 2')),
    'ArgumentError',
    "vmap: 'a b' is not one axis: give a name or a size, as in vmap('batch')",
  ],
  [
    'no axis to map over',
    () => loose(vmap<string>('')(square))(ones('3 2')),
    'ArgumentError',
    "vmap: '' is not one axis: give a name or a size, as in vmap('batch')",
  ],
  [
    'a number for an argument',
    () => loose(jit(square))(5),
    'TreeError',
    "jit: '0' is a number, not a tensor or a record or tuple of tensors",
  ],
  [
    'a number for a result',
    () => loose(jit)(() => 5)(ones('2')),
    'TreeError',
    "jit: the function's result: the argument is a number, not a tensor or a record or tuple of tensors",
  ],
  [
    'an engine in force for a number',
    () => loose(withEngine(reference))(3),
    'ArgumentError',
    'withEngine: 3 is no function: give one without arguments, as in withEngine(engine)(() => exp(x))',
  ],
  [
    'an engine in force for a promise',
    () => withEngine(reference)(async () => square(ones('2'))),
    'ArgumentError',
    'withEngine: the function returned a promise: what it does later would run on another engine, so call withEngine inside it',
  ],
  [
    'if on a traced value',
    () => jit((x: Tensor<''>) => (Number(loose(x)) > 0 ? x : x))(tensor(1)),
    'TraceError',
    `${noValue}use where(a, b)(condition) in place of if, and ops such as add and less in place of + and <`,
  ],
  [
    'reading a traced value',
    () => jit((x: Tensor<''>) => (toNumber(x) > 0 ? x : x))(tensor(1)),
    'TraceError',
    `toNumber: ${noValue}return it and read the result outside, or use where(a, b)(condition) in place of if`,
  ],
  [
    'a traced value after its trace',
    () => pipe(leaked(), mul(2)),
    'TraceError',
    "mul: a traced '' float32 was kept after the function it belongs to had returned: return the value from the function, do not assign it to a variable outside",
  ],
  [
    'a rule of another form',
    () =>
      loose(grad)((x: Tensor<'2'>) =>
        loose(sum())(loose(customVjp)(square, (y: Tensor<'2'>) => [square(y), (ct: Tensor<'2'>) => [ct]])(x)),
      )(ones('2')),
    'TreeError',
    "customVjp: 'cotangent' has another form than the function has",
  ],
  [
    'a program of a number',
    () => loose(program.print(square))(5),
    'TreeError',
    "program.print: '0' is a number, not a tensor or a record or tuple of tensors",
  ],
]
