/**
 * Where the stack of an error begins. An error is made deep inside the library, but its user looks for the line of their own file, so the
 * library's frames at the top are left out. Nothing of this is done before something has failed.
 */

/** The file of the library that a frame is of, up to the folder of its sources or of what was compiled from them. */
const root = /([^\s(@]*[\\/])(?:tensor[\\/]frames\.[jt]s|node[\\/]shared\.js)\b/

/** Whether a frame has no file (`Array.map`), or belongs to a package that the library is built on. */
const isBetween = (frame: string): boolean =>
  /\((?:<anonymous>|native)\)$|^\s*at <anonymous>$|@?\[native code\]$|\bwasm:\/\/|[\\/]node_modules[\\/](?:fp-ts|io-ts)[\\/]/.test(frame)

/** The lines of a stack that are frames: V8 writes the message above them, other engines write frames alone. */
const framesOf = (stack: string, message: string): readonly string[] => {
  const place = message === '' ? -1 : stack.indexOf(message)
  const below = place < 0 ? stack : stack.slice(place + message.length)
  return below.split('\n').filter(line => /^\s+at |@/.test(line))
}

/**
 * An error whose stack begins with the first frame that is not the library's. The stack is left as it is where there is no such frame, or
 * where a host writes stacks in its own way.
 */
export const errorAt = (name: string, message: string): Error => {
  // V8 keeps ten frames, all of which may be the library's.
  const limit: unknown = Reflect.get(Error, 'stackTraceLimit')
  if (typeof limit === 'number' && limit > 0) Reflect.set(Error, 'stackTraceLimit', Number.POSITIVE_INFINITY)
  const error = new Error(message)
  if (typeof limit === 'number') Reflect.set(Error, 'stackTraceLimit', limit)
  const stack: unknown = error.stack
  if (typeof stack !== 'string') return error
  const frames = framesOf(stack, message)
  const [first = ''] = frames
  const own = root.exec(first)?.[1]
  const start = own === undefined ? 0 : frames.findIndex(frame => !frame.includes(own) && !isBetween(frame))
  const kept = frames.slice(Math.max(0, start)).slice(0, typeof limit === 'number' ? limit : undefined)
  const header = stack.startsWith('Error') ? `${name}: ${message}\n` : ''
  return Object.defineProperty(error, 'stack', { value: `${header}${kept.join('\n')}`, writable: true, configurable: true })
}

/** The frame of the nearest function that is not the library's, as a stack shows it: a name, a file and a line. */
export const callerFrame = (): string => {
  const [first = ''] = framesOf(String(errorAt('Error', '').stack), '')
  return first.trim().replace(/^at /, '')
}
