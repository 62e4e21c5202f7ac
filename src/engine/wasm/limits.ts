/** What the machine's numbers of 32 bits reach: how many bytes a memory has at most, and how far a loop counts. */
import { fail } from '../../tensor/index.js'

/** The most bytes that addresses of 32 bits reach. */
export const mostBytes = 2 ** 32

/** Refuses a program that needs more memory than there is. */
export const refuseBytes = (bytes: number): never =>
  fail({
    _tag: 'ArgumentError',
    op: 'wasm engine',
    detail: `a program needs ${Number.isFinite(bytes) ? bytes : `more than ${mostBytes}`} bytes of memory, more than the runtime gives`,
  })

/** The most rounds of one loop: its counter is a number of 32 bits without a sign. */
const mostRounds = 2 ** 32 - 1

/**
 * Refuses more rounds than a loop can count; `what` says what has so many. An array in memory is never so long. But a broadcast may repeat
 * entries as often, and a sum goes through them without writing them anywhere.
 */
export const checkRounds = (rounds: number, what: string): void => {
  if (!(rounds <= mostRounds))
    fail({
      _tag: 'PlatformError',
      op: 'wasm engine',
      detail: `${what}, more than the engine can count in 32 bits: work through them in parts`,
    })
}
