/** Files as values: failures are `Left`s, and a file is written whole or not at all. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as TE from 'fp-ts/lib/TaskEither.js'

const attempt = <A>(what: string, action: () => Promise<A>): TE.TaskEither<Error, A> =>
  TE.tryCatch(action, error => new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`))

export const read = (path: string): TE.TaskEither<Error, string> => attempt(`cannot read ${path}`, () => readFile(path, 'utf8'))

/** Written beside its place first and then moved there, so that a reader sees the old file or the new one. */
export const write = (path: string, text: string): TE.TaskEither<Error, void> =>
  attempt(`cannot write ${path}`, async () => {
    const beside = `${path}.${process.pid}.part`
    await mkdir(dirname(path), { recursive: true })
    try {
      await writeFile(beside, text)
      await rename(beside, path)
    } finally {
      await rm(beside, { force: true })
    }
  })
