/** What the run of a case does with what the case says: nothing is left aside in silence. */
import { describe, expect, test } from 'vitest'
import { bufferOf } from '../../src/tensor/index.js'
import { NotOffered } from './files.js'
import { attempt } from './onnx/attempt.js'
import type { Data, Node } from './onnx/node.js'

const base64 = (buffer: ArrayBufferView): string => Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength).toString('base64')
const floats = (name: string, shape: readonly number[], ...numbers: readonly number[]): Data => ({
  name,
  dtype: 'float32',
  shape,
  data: base64(Float32Array.from(numbers)),
})
const longs = (name: string, shape: readonly number[], ...numbers: readonly bigint[]): Data => ({
  name,
  dtype: 'int64',
  shape,
  data: base64(BigInt64Array.from(numbers)),
})
const nodeOf = (op: string, inputs: readonly Data[], attributes: Node['attributes'] = {}, rest: Partial<Node> = {}): Node => ({
  op,
  domain: 'ai.onnx',
  opset: 22,
  attributes,
  inputNames: inputs.map(({ name }) => name),
  outputNames: ['y'],
  inputs,
  outputs: [],
  ...rest,
})
const numbersOf = (node: Node): readonly (readonly number[])[] => {
  const results = attempt(node)
  if (results instanceof NotOffered) throw results
  return results.map(y => [...bufferOf('test', y)])
}
const reasonOf = (node: Node): string => {
  const results = attempt(node)
  return results instanceof NotOffered ? results.message : 'it runs'
}
const x = floats('x', [2], 1, -2)

describe('a case fails by name where nobody reads', () => {
  test.each([
    ['an attribute', nodeOf('Abs', [x], { depth: 3 }), 'Abs: nobody reads the attribute depth'],
    ['an input', nodeOf('Abs', [x, floats('further', [1], 1)]), 'Abs: nobody reads the input 1, further'],
    ['an output', nodeOf('Abs', [x], {}, { outputNames: ['y', 'sign'] }), 'Abs: nobody computes sign'],
    [
      'an attribute of another kind',
      nodeOf('LeakyRelu', [x], { alpha: [0.1] }),
      'LeakyRelu: the attribute alpha is [0.1], which is not of the kind that is read',
    ],
  ])('%s', (_, node, message) => {
    expect(() => attempt(node)).toThrow(message)
  })
})

describe('what the library does not offer is said', () => {
  test.each([
    ['an operator', nodeOf('StringConcat', [x]), 'no StringConcat'],
    ['one of an extension', nodeOf('Abs', [x], {}, { domain: 'com.example' }), 'no Abs'],
    ['an older meaning', nodeOf('Softmax', [x], {}, { opset: 11 }), 'Softmax of opset 11: it has had another meaning before 13'],
    ['operands beyond int32', nodeOf('Neg', [longs('x', [1], 2n ** 31n)]), 'numbers of int64 that do not fit into int32'],
    ['indices beyond int32', nodeOf('Gather', [x, longs('i', [1], 2n ** 32n)]), 'numbers of int64 that do not fit into int32'],
    [
      'a dtype that an operation refuses',
      nodeOf('Exp', [{ ...x, dtype: 'int32' }]),
      "exp: needs a float dtype, not int32: cast('float32') first",
    ],
    [
      'the places of maxima',
      nodeOf('MaxPool', [x], { kernel_shape: [2] }, { outputNames: ['y', 'z'] }),
      'positions of the maxima of windows',
    ],
  ])('%s', (_, node, reason) => {
    expect(reasonOf(node)).toBe(reason)
  })
})

describe('attributes have their effect', () => {
  const channel = (name: string, value: number): Data => floats(name, [1], value)
  // Two examples of one channel, 1 and 5: mean 3, variance 4.
  const batch = [floats('x', [2, 1], 1, 5), channel('s', 2), channel('b', 10), channel('mean', 1), channel('var', 16)]

  test('training_mode: by the given statistics without it, by those of the batch with it, and the running ones follow', () => {
    expect(numbersOf(nodeOf('BatchNormalization', batch, { epsilon: 0 }))).toEqual([[10, 12]])
    const trained = { training_mode: 1, momentum: 0.75, epsilon: 0 }
    expect(numbersOf(nodeOf('BatchNormalization', batch, trained, { outputNames: ['y', 'm', 'v'] }))).toEqual([[8, 12], [1.5], [13]])
  })

  // Each of 2 entries spreads over 3 places, 2 apart: 1 1 1+2 2 2.
  const spread = [floats('x', [1, 1, 2], 1, 2), floats('w', [1, 1, 3], 1, 1, 1)]
  test.each([
    ['no attribute', {}, [1, 1, 3, 2, 2]],
    ['output_padding, a place more', { output_padding: [1] }, [1, 1, 3, 2, 2, 0]],
    ['pads', { pads: [1, 1] }, [1, 3, 2]],
    ['pads and output_padding, what the padding took comes back', { pads: [1, 1], output_padding: [1] }, [1, 3, 2, 2]],
    ['output_shape, the larger half cut from the start', { output_shape: [4] }, [1, 3, 2, 2]],
    ['the larger half cut from the end', { output_shape: [4], auto_pad: 'SAME_UPPER' }, [1, 1, 3, 2]],
    ['output_shape, longer', { output_shape: [7] }, [1, 1, 3, 2, 2, 0, 0]],
    ['auto_pad, the length times the stride', { auto_pad: 'SAME_UPPER' }, [1, 1, 3, 2]],
    ['kernel_shape that agrees', { kernel_shape: [3] }, [1, 1, 3, 2, 2]],
  ])('ConvTranspose: %s', (_, attributes, expected) => {
    expect(numbersOf(nodeOf('ConvTranspose', spread, { strides: [2], ...attributes }))).toEqual([expected])
  })
  test('ConvTranspose: kernel_shape that does not agree', () => {
    expect(() => attempt(nodeOf('ConvTranspose', spread, { kernel_shape: [2] }))).toThrow('kernel_shape is 2, the kernel has 3')
  })
})
