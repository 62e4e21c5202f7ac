import type { Add, Compare, FloorDivide, Multiply, Subtract } from '../../src/shape/index.js'
import type { Any, Assert, Equal } from '../assert.js'

export type AddCases = [
  Assert<Equal<Add<0, 0>, 0>>,
  Assert<Equal<Add<0, 7>, 7>>,
  Assert<Equal<Add<7, 0>, 7>>,
  Assert<Equal<Add<784, 16>, 800>>,
  Assert<Equal<Add<16, 784>, 800>>,
  Assert<Equal<Add<999, 1>, 1000>>,
  Assert<Equal<Add<99999, 99999>, 199998>>,
  Assert<Equal<Add<1 | 2, 3>, 4 | 5>>,
  Assert<Equal<Add<number, 3>, number>>,
  Assert<Equal<Add<3, Any>, number>>,
  Assert<Equal<Add<9007199254740991, 1>, 9007199254740992>>,
  // 9007199254740993 is no number of JavaScript.
  Assert<Equal<Add<9007199254740991, 2>, number>>,
]

export type SubtractCases = [
  Assert<Equal<Subtract<7, 0>, 7>>,
  Assert<Equal<Subtract<7, 7>, 0>>,
  Assert<Equal<Subtract<1000, 1>, 999>>,
  Assert<Equal<Subtract<800, 784>, 16>>,
  Assert<Equal<Subtract<100200, 100199>, 1>>,
  Assert<Equal<Subtract<number, 1>, number>>,
]

export type MultiplyCases = [
  Assert<Equal<Multiply<0, 7>, 0>>,
  Assert<Equal<Multiply<7, 0>, 0>>,
  Assert<Equal<Multiply<1, 7>, 7>>,
  Assert<Equal<Multiply<7, 1>, 7>>,
  Assert<Equal<Multiply<28, 28>, 784>>,
  Assert<Equal<Multiply<99, 99>, 9801>>,
  Assert<Equal<Multiply<100, 200>, 20000>>,
  Assert<Equal<Multiply<123456, 654321>, 80779853376>>,
  Assert<Equal<Multiply<4294967296, 4294967296>, number>>,
  Assert<Equal<Multiply<number, 2>, number>>,
]

export type FloorDivideCases = [
  Assert<Equal<FloorDivide<0, 3>, 0>>,
  Assert<Equal<FloorDivide<2, 3>, 0>>,
  Assert<Equal<FloorDivide<3, 3>, 1>>,
  Assert<Equal<FloorDivide<7, 1>, 7>>,
  Assert<Equal<FloorDivide<785, 28>, 28>>,
  Assert<Equal<FloorDivide<100, 7>, 14>>,
  Assert<Equal<FloorDivide<1000, 10>, 100>>,
  Assert<Equal<FloorDivide<999999, 7>, 142857>>,
  Assert<Equal<FloorDivide<number, 7>, number>>,
]

export type CompareCases = [
  Assert<Equal<Compare<0, 0>, 0>>,
  Assert<Equal<Compare<9, 10>, -1>>,
  Assert<Equal<Compare<10, 9>, 1>>,
  Assert<Equal<Compare<123, 123>, 0>>,
  Assert<Equal<Compare<1293, 1239>, 1>>,
  Assert<Equal<Compare<1239, 1293>, -1>>,
  Assert<Equal<Compare<number, 1>, -1 | 0 | 1>>,
]
