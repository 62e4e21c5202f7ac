/** The io-ts codec of a tensor has its type, alone and in larger codecs. */
import * as t from 'io-ts'
import { codec, type DType, type Tensor } from 'pullback'
import { typeOf } from '../assert.js'

typeOf(codec.tensor('784')).is<codec.TensorCodec<Tensor<'784'>>>()
typeOf(codec.tensor('batch 784', 'int32')).is<codec.TensorCodec<Tensor<'batch 784', 'int32'>>>()
typeOf(codec.tensor('', undefined)).is<codec.TensorCodec<Tensor<''>>>()
declare const dtype: DType
typeOf(codec.tensor('3', dtype)).is<codec.TensorCodec<Tensor<'3', DType>>>()

const Example = t.type({ image: codec.tensor('28 28'), label: codec.tensor('', 'int32') })
declare const example: t.TypeOf<typeof Example>
typeOf(example.image).is<Tensor<'28 28'>>()
typeOf(example.label).is<Tensor<'', 'int32'>>()

// @ts-expect-error Argument of type '"2  3"' is not assignable to parameter of type '"shape '2  3': write one space between axes, and none before or after"'.
codec.tensor('2  3')

// @ts-expect-error Argument of type '"bfloat16"' is not assignable to parameter of type '"codec.tensor: 'bfloat16' is no dtype: use float32, which holds every number of it"'.
codec.tensor('3', 'bfloat16')
