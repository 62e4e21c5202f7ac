/** Reading where there is no value is an error in every test; vitest loads this file before each of them. */
import { absent } from '../../src/tensor/dtype.js'

absent.value = (values, index) => {
  const length: unknown = Reflect.get(values, 'length')
  throw new RangeError(`at: no entry ${index} of ${String(length)}`)
}
