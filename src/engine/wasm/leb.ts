/** Integers of the binary format. Source: WebAssembly Core Specification 2.0, section 5.2.2. */

/** Unsigned LEB128. */
export const unsigned = (bytes: number[], value: number): void => {
  let rest = value >>> 0
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  bytes.push(rest)
}

/** Signed LEB128 of 32 bits. */
export const signed = (bytes: number[], value: number): void => {
  let rest = value | 0
  for (;;) {
    const byte = rest & 0x7f
    rest >>= 7
    if ((rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0)) {
      bytes.push(byte)
      return
    }
    bytes.push(byte | 0x80)
  }
}
