/** Bytes of all array buffers there are, which a page does not tell: 0 there. */
export const arrayBytes = (): number => (typeof process === 'undefined' ? 0 : process.memoryUsage().arrayBuffers)
