import type { Broadcast, BroadcastTo, Err, MatMul, Ok, Where } from '../../src/shape/index.js'
import type { Any, Assert, Equal } from '../assert.js'

export type BroadcastCases = [
  Assert<Equal<Broadcast<'add', 'batch 10', '10'>, Ok<'batch 10'>>>,
  Assert<
    Equal<
      Broadcast<'add', 'n', 'n 1'>,
      Err<"add: 'n' and 'n 1': neither broadcasts to the other: pairwise(add) gives 'n n', squeeze or reshape aligns them">
    >
  >,
  Assert<Equal<Broadcast<'add', '3' | '4', '3'>, Ok<'3'> | Err<"add: '4' and '3': neither broadcasts to the other">>>,
  Assert<Equal<Broadcast<'add', '3', '3' | '2 3'>, Ok<'3'> | Ok<'2 3'>>>,
  Assert<Equal<Broadcast<'add', Any, '3'>, Ok<string>>>,
  Assert<Equal<Broadcast<'add', '3', Any>, Ok<string>>>,
  Assert<Equal<Broadcast<'add', never, '3'>, never>>,
  Assert<Equal<Broadcast<'add', '3', never>, never>>,
  Assert<Equal<Broadcast<'add', string, '3'>, Ok<string>>>,
  Assert<Equal<Broadcast<'add', '3', string>, Ok<string>>>,
  Assert<Equal<Broadcast<'add', string, string>, Ok<string>>>,
  Assert<Equal<Broadcast<'add', `${number} 4`, '3'>, Ok<string>>>,
]

export type BroadcastToCases = [
  Assert<Equal<BroadcastTo<'3', '2 3'>, Ok<'2 3'>>>,
  Assert<Equal<BroadcastTo<'2 3', '3 2'>, Err<"broadcastTo: '2 3' does not broadcast to '3 2': '3' is neither '1' nor '2'">>>,
  Assert<Equal<BroadcastTo<'2' | '3', '2 3'>, Ok<'2 3'> | Err<"broadcastTo: '2' does not broadcast to '2 3': '2' is neither '1' nor '3'">>>,
  Assert<Equal<BroadcastTo<Any, '3'>, Ok<'3'>>>,
  Assert<Equal<BroadcastTo<'3', Any>, Ok<string>>>,
  Assert<Equal<BroadcastTo<never, '3'>, never>>,
  Assert<Equal<BroadcastTo<string, '3'>, Ok<'3'>>>,
  Assert<Equal<BroadcastTo<'3', string>, Ok<string>>>,
]

export type WhereCases = [
  Assert<Equal<Where<'2 3', '', '3'>, Ok<'2 3'>>>,
  Assert<Equal<Where<'2', '3', ''>, Err<"where: '2', '3' and '': no two of them broadcast to the third">>>,
  Assert<Equal<Where<'2', '2' | '3', ''>, Ok<'2'> | Err<"where: '2', '3' and '': no two of them broadcast to the third">>>,
  Assert<Equal<Where<Any, '2', '3'>, Ok<string>>>,
  Assert<Equal<Where<'2', never, '3'>, never>>,
  Assert<Equal<Where<'2', '2', string>, Ok<string>>>,
]

export type MatMulCases = [
  Assert<Equal<MatMul<'batch 784', '784 10'>, Ok<'batch 10'>>>,
  Assert<Equal<MatMul<'3', '3'>, Ok<''>>>,
  Assert<Equal<MatMul<'batch 784', '128 10'>, Err<"matmul: 'batch 784' by '128 10': inner axes differ, '784' is not '128'">>>,
  Assert<Equal<MatMul<'2 3' | '2 4', '3 5'>, Ok<'2 5'> | Err<"matmul: '2 4' by '3 5': inner axes differ, '4' is not '3'">>>,
  Assert<Equal<MatMul<Any, '3 5'>, Ok<string>>>,
  Assert<Equal<MatMul<'2 3', Any>, Ok<string>>>,
  Assert<Equal<MatMul<never, '3 5'>, never>>,
  Assert<Equal<MatMul<'2 3', never>, never>>,
  Assert<Equal<MatMul<string, '3 5'>, Ok<string>>>,
  Assert<Equal<MatMul<'2 3', string>, Ok<string>>>,
  Assert<Equal<MatMul<`${string} 4`, '4 5'>, Ok<string>>>,
]
