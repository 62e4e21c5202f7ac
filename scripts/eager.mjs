/**
 * Marks functions that V8 is to compile while it parses the file. It parses a file twice: all of it when it is loaded, to find the errors, and each
 * function again when it is first called. Functions that every program calls are spared the second time if they are written in parentheses,
 * as `(function (x) { … })`, which V8 takes for one that is called at once. Arrow functions have no such form, so they become functions like
 * that; one that speaks of `this` or `arguments`, which a function has for itself, stays as it is.
 */
import { parseAst } from 'vite'

const isNode = x => typeof x === 'object' && x !== null
const childrenOf = node => Object.values(node).filter(isNode)

/** Whether code speaks of what a function has and an arrow function takes from outside. */
const isBound = node =>
  ['ThisExpression', 'Super', 'MetaProperty'].includes(node.type) ||
  (node.type === 'Identifier' && node.name === 'arguments') ||
  (!['FunctionExpression', 'FunctionDeclaration', 'ClassBody'].includes(node.type) && childrenOf(node).some(isBound))

/** A file's text with those of its arrow functions marked that are among the places given, pairs of begin and end. */
export const withEager = (text, places) => {
  const wanted = new Set(places.map(place => place.join(' ')))
  const edits = []
  const insert = (place, added, removed = 0) => edits.push({ place, added, removed })
  const visit = node => {
    const { type, start, end, params, body } = node
    const marked =
      type === 'ArrowFunctionExpression' &&
      !node.async &&
      wanted.has(`${start} ${end}`) &&
      !childrenOf(params).some(isBound) &&
      !isBound(body)
    const isBlock = body?.type === 'BlockStatement'
    if (marked) {
      insert(start, '(function')
      if (text[start] !== '(') {
        insert(start, '(')
        insert(params[0].end, ')')
      }
      insert(text.lastIndexOf('=>', body.start), isBlock ? '' : '{return(', 2)
    }
    childrenOf(node).forEach(visit)
    if (marked) insert(end, isBlock ? ')' : ')})')
  }
  visit(parseAst(text))
  // Edits of one place stay in the order in which they were made: what is inside is visited between the begin and the end of what is around it.
  const sorted = edits.map((edit, i) => ({ ...edit, i })).sort((a, b) => a.place - b.place || a.i - b.i)
  let done = 0
  const parts = sorted.map(({ place, added, removed }) => {
    const before = text.slice(done, place)
    done = place + removed
    return before + added
  })
  return parts.join('') + text.slice(done)
}
