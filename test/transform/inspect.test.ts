/** Functions printed and drawn: golden texts, of a function and of its derivatives. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { add, matmul, mul, relu, square, sub, sum, tanh } from '../../src/ops/index.js'
import { type Tensor, tensor, zeros } from '../../src/tensor/index.js'
import { grad, jit, program, vmap } from '../../src/transform/index.js'

interface Params {
  readonly weight: Tensor<'3 2'>
  readonly bias: Tensor<'2'>
}
const params: Params = { weight: zeros('3 2'), bias: zeros('2') }
const input = zeros('3')

/** The squared distance of a small network's answer from a target it closes over. */
const target = tensor([1, -1])
const loss = ({ weight, bias }: Params, x: Tensor<'3'>): Tensor<''> => pipe(x, matmul(weight), add(bias), tanh, sub(target), square, sum())

const functions = {
  loss,
  'loss-gradient': grad(loss),
  'loss-by-row': (p: Params, rows: Tensor<'4 3'>) => vmap('4')((x: Tensor<'3'>) => loss(p, x))(rows),
}

describe.each(['print', 'mermaid', 'dot'] as const)('program.%s', kind => {
  const extension = { print: 'txt', mermaid: 'mmd', dot: 'dot' }[kind]

  test.each(['loss', 'loss-gradient'] as const)('of %s', async name => {
    await expect(program[kind](functions[name])(params, input)).toMatchFileSnapshot(`../golden/${name}.${extension}`)
  })

  test('of a batched function', async () => {
    await expect(program[kind](functions['loss-by-row'])(params, zeros('4 3'))).toMatchFileSnapshot(`../golden/loss-by-row.${extension}`)
  })

  test('does not change from call to call', () => {
    const text = program[kind](grad(loss))
    expect(text(params, input)).toBe(text(params, input))
  })

  test('sees through jit', () => {
    expect(program[kind](jit(loss))(params, input)).toBe(program[kind](loss)(params, input))
  })
})

test('one argument alone is labelled by its paths, several by their places', () => {
  const alone = program.dot(({ a, b: [c] }: { readonly a: Tensor<''>; readonly b: readonly [Tensor<''>] }) => pipe(a, mul(c)))({
    a: tensor(1),
    b: [tensor(2)],
  })
  expect(alone).toContain('label="a"')
  expect(alone).toContain('label="b.0"')
  expect(program.dot((x: Tensor<'2'>) => relu(x))(tensor([1, 2]))).toContain('label="input"')
  expect(program.dot((x: Tensor<''>, y: { readonly k: Tensor<''> }) => pipe(x, mul(y.k)))(tensor(1), { k: tensor(2) })).toContain(
    'label="1.k"',
  )
})

test('program.of gives the simplified program', () => {
  const twice = program.of((x: Tensor<''>) => [square(x), square(x)] as const)(tensor(2))
  expect(twice.equations.map(({ operation }) => operation.name)).toEqual(['mul'])
  expect(twice.outputs.length).toBe(2)
})
