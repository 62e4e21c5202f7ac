export { type Count, count } from './count.js'
