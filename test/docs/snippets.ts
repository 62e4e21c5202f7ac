/** Code inside documentation: the `@example`s of docstrings and the fences of Markdown pages. */

export interface Snippet {
  /** The file it stands in, relative to the repository. */
  readonly file: string
  /** The line of its first line of code there, from 1. */
  readonly line: number
  readonly code: string
  /** Whether it shows a mistake that the compiler must explain. */
  readonly mistaken: boolean
}

/** A run of lines from the first after `start` to the last before `end`. */
const runs = (
  lines: readonly string[],
  start: (line: string) => boolean,
  end: (line: string) => boolean,
): readonly { readonly opening: string; readonly first: number; readonly lines: readonly string[] }[] =>
  lines.flatMap((opening, i) => {
    if (!start(opening)) return []
    const length = lines.slice(i + 1).findIndex(end)
    return [{ opening, first: i + 1, lines: lines.slice(i + 1, length < 0 ? undefined : i + 1 + length) }]
  })

/** Every `@example` of a source file. */
export const examplesOf = (file: string, text: string): readonly Snippet[] =>
  runs(
    text.split('\n'),
    line => /^\s*\* @example\s*$/.test(line),
    line => /^\s*(\*\/|\* @\w)/.test(line),
  ).map(({ first, lines }) => ({
    file,
    line: first + 1,
    code: lines.map(line => line.replace(/^\s*\* ?/, '')).join('\n'),
    mistaken: false,
  }))

/** Every fence of TypeScript in a Markdown page; one that opens with `ts error` shows a mistake. */
export const fencesOf = (file: string, text: string): readonly Snippet[] => {
  const lines = text.split('\n')
  // Fences open and close in turn, so that a closing fence opens nothing.
  const marks = lines.flatMap((line, i) => (/^\s*```/.test(line) ? [i] : []))
  return marks.flatMap((open, k) => {
    const language = lines[open]?.trim().slice(3).trim() ?? ''
    const close = marks[k + 1] ?? lines.length
    return k % 2 === 0 && /^(ts|typescript)\b/.test(language)
      ? [{ file, line: open + 2, code: lines.slice(open + 1, close).join('\n'), mistaken: /\berror\b/.test(language) }]
      : []
  })
}

/** What the comments of a snippet say, each paragraph of them as one line. */
export const commentsOf = (code: string): readonly string[] =>
  code
    .split('\n')
    .map(line => /(?:^|\s)\/\/ ?(.*)$/.exec(line)?.[1]?.trim() ?? '\n')
    .join(' ')
    .split('\n')
    .map(paragraph => paragraph.trim())
    .filter(paragraph => paragraph !== '')

/** A snippet as a module whose lines have the numbers that they have in its file. */
export const moduleOf = ({ file, line, code }: Snippet, root: string): string => {
  const beside = `${root}/${file.split('/').slice(0, -1).join('/')}/`
  const located = code.replaceAll(/from '\.\//g, `from '${beside}`)
  const needsAssert = /\bassert\b/.test(code) && !/^import assert\b/m.test(code)
  return `${needsAssert ? "import assert from 'node:assert/strict'" : ''}${'\n'.repeat(line - 1)}${located}\nexport {}\n`
}
