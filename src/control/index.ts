export { type CotangentRule, customVjp } from './custom-vjp.js'
