export { decode, decodeOrThrow, encode } from './tree.js'
