/** What pages name of the repository: files, and what stands in them. */

/** A name in a page that must be that of something: the page's line, from 1, the file, and what it declares where a declaration is meant. */
export interface Named {
  readonly line: number
  readonly path: string
  readonly name: string | undefined
}

/** A page without its fences, which keep their place as empty lines. */
const prose = (page: string): readonly string[] => {
  let fenced = false
  return page.split('\n').map(line => {
    const isMark = /^\s*```/.test(line)
    if (isMark) fenced = !fenced
    return fenced || isMark ? '' : line
  })
}

/** Every link to a file of the repository. One whose text is a name in backquotes, a file's own aside, says that the file declares it. */
export const linksIn = (page: string): readonly Named[] =>
  prose(page).flatMap((text, i) =>
    [...text.matchAll(/\[([^\]]*)\]\(([^)\s]+)\)/g)].flatMap(([, label = '', target = '']) => {
      if (/^(?:[a-z]+:|#)/.test(target)) return []
      const code = /^`([\w.$]+)(?:\(.*\))?`$/.exec(label)?.[1]
      const isDeclared = code !== undefined && /\.ts$/.test(target) && !/\.(?:ts|mjs|json|md)$/.test(code)
      return [{ line: i + 1, path: target.replace(/#.*$/, ''), name: isDeclared ? code.split('.').at(-1) : undefined }]
    }),
  )

/** Every file named in backquotes: of some path, or by its last parts. */
export const filesIn = (page: string): readonly Named[] =>
  prose(page).flatMap((text, i) =>
    [...text.matchAll(/`((?:[\w.-]+\/)*[\w-]+(?:\.[\w-]+)*\.(?:ts|mjs|json|txt|md|yml))`/g)].map(([, path = '']) => ({
      line: i + 1,
      path,
      name: undefined,
    })),
  )

/** Every npm script that a page tells one to run. */
export const scriptsIn = (page: string): readonly string[] => [
  ...new Set([...page.matchAll(/\bnpm run ([\w:]+)/g)].map(([, name = '']) => name)),
]

/** Whether a source file declares a name: a constant, a function, a type, a class, or a member of one. */
export const declares = (source: string, name: string): boolean => {
  const word = name.replaceAll('$', '\\$')
  return [
    `\\b(?:const|let|function|class|interface|type|enum)\\s+${word}\\b`,
    // A field of a class, of an interface, or of an object that is written out.
    `^ +(?:readonly |static )*#?${word}\\??(?:: | = )`,
    // A method with its result's type, or a constructor: what only calls it has none.
    `^ +(?:static |get |async )*#?${word}\\(.*\\)(?:: [^=]*)? \\{$`,
  ].some(pattern => new RegExp(pattern, 'm').test(source))
}
