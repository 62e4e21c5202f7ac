/**
 * How the table of another library's public names is written down: in each module every name is either here, under the same name or another
 * (`log` or `arccos=acos`), or made of what is here, or absent for a reason. Names in backquotes are this library's, and a test looks them up.
 */
export interface Module {
  readonly name: string
  readonly here: string
  /** What a function is made of, by the names of the functions that are made so. */
  readonly made: { readonly [names: string]: string }
  /** The names that are absent, by reason. */
  readonly absent: { readonly [reason: string]: string }
}

const words = (text: string): readonly string[] => text.split(/\s+/).filter(word => word !== '')

/** A name of the other library and what a reader finds of it here. */
export interface Row {
  readonly name: string
  readonly kind: 'here' | 'made' | 'absent'
  /** The name here, what it is made of, or the reason why it is absent. */
  readonly text: string
}

/** All rows of a module, by name. */
export const rowsOf = ({ here, made, absent }: Module): readonly Row[] => {
  const listed = (kind: Row['kind'], entries: { readonly [key: string]: string }, isKeyed: boolean): readonly Row[] =>
    Object.entries(entries).flatMap(([key, value]) => {
      const [names, text] = isKeyed ? [key, value] : [value, key]
      return words(names).map(name => ({ name, kind, text }))
    })
  const found = words(here).map((pair): Row => {
    const [name = pair, other = name] = pair.split('=')
    return { name, kind: 'here', text: other }
  })
  const rows = [...found, ...listed('made', made, true), ...listed('absent', absent, false)]
  return rows.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

/** The names of this library that a row speaks of. */
export const namedIn = ({ kind, text }: Row): readonly string[] =>
  kind === 'here' ? [text] : [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
