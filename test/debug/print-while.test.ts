/** What loops of unknown length print: their predicates and their bodies, once in each round, under every transformation. */
import { expect, test } from 'vitest'
import {
  debug,
  grad,
  jit,
  jvp,
  less,
  mul,
  pipe,
  sum,
  type Tensor,
  tensor,
  toNested,
  valueAndGrad,
  vmap,
  whileLoop,
} from '../../src/index.js'

const recorder = () => {
  const lines: string[] = []
  return { lines, to: { to: (line: string) => lines.push(line) } }
}

test('a loop of unknown length prints in each round and each predicate, and once under a gradient', () => {
  const { lines, to } = recorder()
  const f = (x: Tensor<''>) =>
    pipe(
      x,
      whileLoop(
        (y: Tensor<''>) => less(20)(debug.print('is', to)(y)),
        (y: Tensor<''>) => debug.print('next', to)(mul(3)(y)),
        { most: 4 },
      ),
    )
  for (const run of [f, jit(f)]) {
    expect(toNested(run(tensor(5)))).toBe(45)
    expect(lines.splice(0)).toEqual(['is: 5', 'next: 15', 'is: 15', 'next: 45', 'is: 45'])
  }
  expect(toNested(grad(f)(tensor(5)))).toBe(9)
  expect(lines).toEqual(['is: 5', 'next: 15', 'is: 15', 'next: 45', 'is: 45'])
})

test('under a gradient a predicate prints as often as without one, whatever the bound', () => {
  const { lines, to } = recorder()
  for (const most of [0, 1, 2, 3, 8, 16, 20, 100]) {
    const f = whileLoop(
      (y: Tensor<''>) => less(10)(debug.print('p', to)(y)),
      (y: Tensor<''>) => mul(2)(y),
      { most },
    )
    f(tensor(3))
    const forward = lines.splice(0)
    expect(forward).toEqual(['p: 3', 'p: 6', 'p: 12'].slice(0, most))
    for (const gradient of [grad(f), jit(grad(f)), (x: Tensor<''>) => valueAndGrad(f)(x)[1]]) {
      expect(toNested(gradient(tensor(3)))).toBe(2 ** Math.min(most, 2))
      expect(lines.splice(0)).toEqual(forward)
    }
    jvp(f)(tensor(3), tensor(1))
    expect(lines.splice(0)).toEqual(forward)
  }
})

test('under vmap a predicate that differs by example prints once in each round', () => {
  const { lines, to } = recorder()
  const f = vmap('2')(
    whileLoop(
      (y: Tensor<''>) => less(10)(debug.print('p', to)(y)),
      (y: Tensor<''>) => debug.print('next', to)(mul(2)(y)),
      { most: 5 },
    ),
  )
  const expected = ['p: [3, 6]', 'next: [ 6, 12]', 'p: [ 6, 12]', 'next: [12, 24]', 'p: [12, 12]'].map(line =>
    line.replace('[', "Tensor<'2'> ["),
  )
  expect(toNested(f(tensor([3, 6])))).toEqual([12, 12])
  expect(lines.splice(0)).toEqual(expected)
  expect(toNested(grad((x: Tensor<'2'>) => sum()(f(x)))(tensor([3, 6])))).toEqual([4, 2])
  expect(lines).toEqual(expected)
})
