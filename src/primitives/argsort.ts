/**
 * `argsort`: the positions of the entries along an axis in ascending or descending order. Equal entries, 0 and -0 among them, stay in their
 * order. NaN comes last, as in numpy and JAX, and first where the order is descending. int32.
 *
 * Short rows are merged, long ones sorted by digits. Gradient: none, the answer is an integer. `sort` gathers entries at these positions, and
 * so has the gradient of `gather`.
 */
import type { Routine } from '../kernel/index.js'
import { type Aval, allocate, at, sizeOf, type Value } from '../tensor/index.js'
import { apply, type Primitive, perExample, primitive } from '../trace/index.js'
import { mergeSort } from './family/merge-sort.js'
import { checkOrdered, type OrderParams, ordering } from './family/order.js'
import { leastRadix, radixSort } from './family/radix-sort.js'
import { distinct, whole } from './family/sample.js'

const routineOf = (x: Aval, params: OrderParams): Routine => ({
  kind: 'routine',
  name: 'argsort',
  body: () => (at(x.sizes, params.axis) < leastRadix ? mergeSort : radixSort)(x, params),
})

export const argsortPrimitive: Primitive<OrderParams> = primitive<readonly [Value], OrderParams>({
  name: 'argsort',
  arity: 1,
  samples: [
    { params: { axis: 1, descending: false }, inputs: [distinct([3, 5])] },
    { params: { axis: 0, descending: true }, inputs: [whole([7, 2], 0, 3)] },
    { params: { axis: 1, descending: false }, inputs: [whole([2, 6, 2], 0, 2 ** 32 - 1, 'uint32')] },
  ],
  shape: ([x], { axis }) => {
    checkOrdered('argsort', x, axis)
    return { sizes: x.sizes, dtype: 'int32' }
  },
  vjp: () => ['zero'],
  jvp: () => [],
  batch: ([x], _, { axis, descending }) => perExample(argsortAxis(x, axis + 1, descending)),
  evaluate: ([x], { axis, descending }, output) => {
    const result = allocate('int32', sizeOf(output.sizes))
    const [size, after] = [at(x.sizes, axis), sizeOf(x.sizes.slice(axis + 1))]
    const order = ordering(descending)
    for (let row = 0; row < result.length / Math.max(1, size); row += 1) {
      const start = Math.floor(row / after) * size * after + (row % after)
      const positions = Array.from({ length: size }, (_, i) => i)
      positions.sort((i, j) => order(at(x.data, start + i * after), at(x.data, start + j * after)))
      positions.forEach((position, i) => {
        result[start + i * after] = position
      })
    }
    return result
  },
  lower: ([x], params) => routineOf(x, params),
  uniform: 'no',
})

export const argsortAxis = (x: Value, axis: number, descending = false): Value => apply(argsortPrimitive.of({ axis, descending }), x)
