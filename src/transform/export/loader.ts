/**
 * The JavaScript that runs an exported program, as text. It is the same for every program, because a program's WebAssembly file says itself what it
 * takes and gives. The text names nothing of this library, and of Node only what it asks for at run time, as a bundler for pages could not resolve an
 * import of it.
 *
 * A program's memory never grows, so the arrays that show its arguments and results are made once. Arguments are copied in only when all of them
 * have been looked at, and every result is a copy. The messages about an index are those of this library.
 */
export const loaderSource = `/** Runs a program that jit(f).export() of pullback has written, without that library. */
const arrays = { float32: Float32Array, float64: Float64Array, int32: Int32Array, uint32: Uint32Array, bool: Uint8Array }

/** The class of a value, of whichever page or context. */
const classOf = value => Object.prototype.toString.call(value).slice(8, -1)

const fileSystem = () => globalThis.process?.getBuiltinModule?.('node:fs/promises')

const bytesOf = async given => {
  const source = await given
  if (ArrayBuffer.isView(source) || classOf(source) === 'ArrayBuffer') return source
  if (typeof source?.arrayBuffer === 'function') {
    if (source.ok === false) throw new Error('load: ' + source.url + ' was answered with status ' + source.status)
    return source.arrayBuffer()
  }
  const address = source?.href ?? source
  if (typeof address !== 'string') throw new TypeError('load: give the bytes of the program, its address, or a response that has it')
  const files = /^(https?|data|blob):/.test(address) ? undefined : fileSystem()
  return files ? files.readFile(address.startsWith('file:') ? new URL(address) : address) : bytesOf(fetch(address))
}

const countOf = sizes => sizes.reduce((count, size) => count * size, 1)

const described = ({ dtype, shape, sizes }) =>
  dtype + " '" + shape + "'" + (sizes.join(' ') === shape ? '' : ' (' + sizes.join(' ') + ')')

/** Checks what stands in the place of a tensor. */
const checkEntries = (form, given, path) => {
  const { name } = arrays[form.dtype]
  const count = countOf(form.sizes)
  const isArray = classOf(given) === name
  if (!isArray || given.length !== count) {
    const found = classOf(given) + (isArray || Array.isArray(given) ? '(' + given.length + ')' : '')
    throw new TypeError('run: ' + path + ' must be ' + name + '(' + count + '), for ' + described(form) + ', and is ' + found)
  }
  if (form.dtype === 'bool' && given.some(entry => entry > 1)) throw new TypeError('run: ' + path + ' is bool, of entries 0 and 1')
}

/** Goes along a form, in which a number stands for a tensor, and what was given for it. */
const visit = (form, given, path, visitLeaf) => {
  if (typeof form === 'number') return visitLeaf(form, given, path)
  const keys = Object.keys(form)
  const isAlike = classOf(given) === classOf(form) && Object.keys(given).length === keys.length
  if (!isAlike || !keys.every(key => Object.hasOwn(given, key)))
    throw new TypeError(
      'run: ' + path + ' must be ' + (Array.isArray(form) ? 'a list of ' + keys.length : 'a record of ' + (keys.join(', ') || 'nothing')),
    )
  for (const key of keys) visit(form[key], given[key], path + '.' + key, visitLeaf)
}

const build = (form, leafOf) => {
  if (typeof form === 'number') return leafOf(form)
  if (Array.isArray(form)) return form.map(part => build(part, leafOf))
  return Object.fromEntries(Object.entries(form).map(([key, part]) => [key, build(part, leafOf)]))
}

const wrongIndex = ([op, what], index, size) =>
  new RangeError(
    op + ': ' + what + ' ' + index + (size === 0
      ? ' points into an axis of size 0'
      : ' is outside 0 to ' + (size - 1) + ': indices and class labels count from 0'),
  )

export const load = async source => {
  const module = await WebAssembly.compile(await bytesOf(source))
  const [note] = WebAssembly.Module.customSections(module, 'pullback')
  const program = note && JSON.parse(new TextDecoder().decode(note))
  if (program?.version !== 1) throw new TypeError('load: this is not a program that jit(f).export() has written for this loader')
  const { memory, run } = (await WebAssembly.instantiate(module, {})).exports
  const viewOf = ({ dtype, sizes, offset }) => new arrays[dtype](memory.buffer, offset, countOf(sizes))
  const [inputs, outputs] = [program.inputs.map(viewOf), program.outputs.map(viewOf)]
  const report = new Int32Array(memory.buffer, 0, 3)
  return (...args) => {
    const forms = program.arguments
    if (args.length !== forms.length) throw new TypeError('run: takes ' + forms.length + ' arguments and was given ' + args.length)
    const given = []
    const take = (i, entries, path) => {
      checkEntries(program.inputs[i], entries, path)
      given[i] = entries
    }
    forms.forEach((form, i) => visit(form, args[i], 'argument ' + i, take))
    given.forEach((entries, i) => inputs[i].set(entries))
    run(0)
    const [flag, index, size] = report
    report[0] = 0
    if (flag !== 0) throw wrongIndex(program.reports[flag >>> 2], flag & 2 ? index >>> 0 : index, size)
    return build(program.result, i => outputs[i].slice())
  }
}
`
