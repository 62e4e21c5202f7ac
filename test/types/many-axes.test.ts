/**
 * Shapes of a hundred axes. Rules go through axes in loops, which a compiler follows a thousand times, and not in towers, of which it climbs
 * fifty and then gives up with TS2589.
 */
import { expect, test } from 'vitest'
import { printedOf } from './compilers.js'

const program = `
import {
  add,
  argmax,
  concat,
  expandDims,
  grad,
  matmul,
  moveAxis,
  pairwise,
  reshape,
  slice,
  softmax,
  stack,
  sum,
  swapAxes,
  type Tensor,
  take,
  transpose,
  vmap,
} from 'pullback'
type Equal<X, Y> = (<T>() => T extends X ? 1 : 2) extends <T>() => T extends Y ? 1 : 2 ? true : false
declare const typeOf: <X>(value: X) => { readonly is: <Y>(...same: Equal<X, Y> extends true ? [] : [never]) => void }

type Ten<A extends string> = \`\${A}0 \${A}1 \${A}2 \${A}3 \${A}4 \${A}5 \${A}6 \${A}7 \${A}8 \${A}9\`
type Net<A extends string> = \`\${A}9 \${A}8 \${A}7 \${A}6 \${A}5 \${A}4 \${A}3 \${A}2 \${A}1 \${A}0\`
/** 98 names, and the same backwards. */
type Names =
  \`\${Ten<'a'>} \${Ten<'b'>} \${Ten<'c'>} \${Ten<'d'>} \${Ten<'e'>} \${Ten<'f'>} \${Ten<'g'>} \${Ten<'h'>} \${Ten<'i'>} j0 j1 j2 j3 j4 j5 j6 j7\`
type Backwards =
  \`j7 j6 j5 j4 j3 j2 j1 j0 \${Net<'i'>} \${Net<'h'>} \${Net<'g'>} \${Net<'f'>} \${Net<'e'>} \${Net<'d'>} \${Net<'c'>} \${Net<'b'>} \${Net<'a'>}\`

declare const x: Tensor<\`\${Names} 3 4\`>
declare const y: Tensor<\`\${Names} 4 5\`>
type SixteenOnes = '1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1'
type SixtyFour = \`\${SixteenOnes} \${SixteenOnes} \${SixteenOnes} \${SixteenOnes}\`
declare const ones: Tensor<\`\${SixtyFour} \${SixteenOnes} \${SixteenOnes} 1 1 1 1\`>
declare const row: Tensor<'4'>
declare const places: Tensor<'7', 'int32'>

typeOf(transpose(x)).is<Tensor<\`4 3 \${Backwards}\`>>()
typeOf(sum()(x)).is<Tensor<''>>()
typeOf(sum(-1)(x)).is<Tensor<\`\${Names} 3\`>>()
typeOf(sum(0, { keepDims: true })(x)).is<Tensor<Names extends \`a0 \${infer Rest}\` ? \`1 \${Rest} 3 4\` : never>>()
typeOf(argmax(-2)(x)).is<Tensor<\`\${Names} 4\`, 'int32'>>()
typeOf(softmax('i9')(x)).is<Tensor<\`\${Names} 3 4\`>>()
typeOf(reshape('')(ones)).is<Tensor<''>>()
typeOf(slice('0, 0')(ones)).is<
  Tensor<\`1 1 1 1 \${SixteenOnes} \${SixteenOnes} \${SixteenOnes} \${SixteenOnes} \${SixteenOnes} 1 1 1 1 1 1 1 1 1 1 1 1 1 1\`>
>()
typeOf(concat(-1)([x, x])).is<Tensor<\`\${Names} 3 8\`>>()
typeOf(stack(0)([row, row])).is<Tensor<'2 4'>>()
typeOf(add(row)(x)).is<Tensor<\`\${Names} 3 4\`>>()
typeOf(pairwise(add)(x, row)).is<Tensor<\`\${Names} 3 4\`>>()
typeOf(matmul(y)(x)).is<Tensor<\`\${Names} 3 5\`>>()
typeOf(swapAxes(-1, -2)(x)).is<Tensor<\`\${Names} 4 3\`>>()
typeOf(moveAxis(-1, -2)(x)).is<Tensor<\`\${Names} 4 3\`>>()
typeOf(take(places, -1)(x)).is<Tensor<\`\${Names} 3 7\`>>()
typeOf(expandDims(-1)(x)).is<Tensor<\`\${Names} 3 4 1\`>>()
typeOf(grad((at: typeof x) => sum()(at))(x)).is<Tensor<\`\${Names} 3 4\`>>()
typeOf(vmap('n')((at: typeof x) => transpose(at))).is<(args_0: Tensor<\`n \${Names} 3 4\`>) => Tensor<\`n 4 3 \${Backwards}\`>>()
`

test('operations on a hundred axes have exact types under both compilers', { timeout: 240_000 }, async () => {
  const wrong = `${program}\nexport const unlike: Tensor<'3'> = sum(-1)(x)\n`
  for (const [name, [right, unlike]] of await printedOf([program, wrong])) {
    expect([name, right]).toEqual([name, ''])
    // The check can fail: the same program with one wrong type in it does not compile.
    expect(unlike).toContain('is not assignable to type')
  }
})
