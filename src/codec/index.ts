export { decode, encode } from './tree.js'
