export type { Decoder } from 'io-ts'
export { type Batches, type BatchOptions, batches, type Rows, shuffle, size, split } from './batches.js'
export {
  type Decoded,
  decodeRows,
  describeRejected,
  type Json,
  parseJson,
  parseJsonOrThrow,
  type Rejected,
  rowsOf,
  rowsOfOrThrow,
  someRows,
  someRowsOrThrow,
} from './decode.js'
export { type Standardiser, standardise } from './standardise.js'
