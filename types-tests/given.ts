/** Tensors that the type tests share: of every dtype, of a known and of an unknown shape. */
import type { Tensor } from 'pullback'
import type { Any } from './assert.js'

export declare const x: Tensor<'2 3'>
export declare const vector: Tensor<'3'>
export declare const scalar: Tensor<''>
export declare const images: Tensor<'batch 784'>
export declare const doubles: Tensor<'3', 'float64'>
export declare const ints: Tensor<'3', 'int32'>
export declare const words: Tensor<'3', 'uint32'>
export declare const flags: Tensor<'3', 'bool'>

export declare const key: Tensor<'2', 'uint32'>

/** Shapes that are not one literal: what the compiler does not know is checked at run time. */
export declare const either: Tensor<'3' | '4'>
export declare const anything: Tensor<Any>
export declare const nothing: Tensor<never>
export declare const gradual: Tensor<string>
export declare const mixed: Tensor<'3', 'float32' | 'int32'>
