/**
 * Where an equation comes from: the line of the user's source that wrote it, and whether it belongs to a derivative. It is looked up only while
 * somebody watches, as `debug.nonFinite` does, because a stack costs more than an equation.
 *
 * An equation that a transformation makes has the origin of the equation that it was made for. Whoever goes through a program says which that is.
 */
import { callerFrame, type Value } from '../tensor/index.js'
import type { Operation } from './operation.js'

export interface Origin {
  /** The frame of the user's function that wrote the equation, as a stack shows it. */
  readonly frame: string
  /** Whether it computes values, or cotangents for one that does. */
  readonly part: 'forward' | 'backward'
}

/** Is told of an operation that is done at once. */
type Observer = (operation: Operation, inputs: readonly Value[], outputs: readonly Value[], origin: Origin) => void

interface Watch {
  /** Whether equations are to have origins. */
  readonly lines: boolean
  readonly observe: Observer | undefined
}

/** The innermost call of `watched` that is running. */
let watch: Watch | undefined
/** The origin of the equation that is being gone through. */
let current: Origin | undefined

/** Whether somebody looks into the function that is running: then it is traced afresh, also where a program of it is known. */
export const isWatched = (): boolean => watch !== undefined

/** Calls a function that somebody looks into. */
export const watched = <T>(how: Watch, f: () => T): T => {
  const before = watch
  watch = { lines: how.lines || before?.lines === true, observe: how.observe ?? before?.observe }
  try {
    return f()
  } finally {
    watch = before
  }
}

const here = (): Origin => ({ frame: callerFrame(), part: 'forward' })

/** The origin of an equation that is made now. */
export const originHere = (): Origin | undefined => current ?? (watch?.lines ? here() : undefined)

/** Tells whoever watches of an operation that was done at once. */
export const observe = (operation: Operation, inputs: readonly Value[], outputs: readonly Value[]): void =>
  watch?.observe?.(operation, inputs, outputs, current ?? here())

/** Calls a function that makes equations for one of this origin. */
export const madeFor = <T>(origin: Origin | undefined, f: () => T): T => {
  if (origin === undefined) return f()
  const before = current
  current = origin
  try {
    return f()
  } finally {
    current = before
  }
}

/** The same for equations of the pullback. */
export const pulledBackFor = <T>(origin: Origin | undefined, f: () => T): T => madeFor(origin && { ...origin, part: 'backward' }, f)
