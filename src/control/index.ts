export { customVjp } from './custom-vjp.js'
