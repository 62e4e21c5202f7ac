/**
 * `jit(f).export()`: a compiled function as files that run without this library.
 *
 * The WebAssembly file is the whole program: the code that the engine itself runs, on one thread, the numbers that the function closes over, and a
 * note in JSON of what it takes and gives. The loader reads that note, so it is one text for all programs, and its declarations are what differs.
 *
 * @example
 * import { jit, matmul, pipe, tensor, type Tensor, zeros } from 'pullback'
 *
 * const weight = tensor([[1, 2], [3, 4], [5, 6]])
 * const predict = jit((x: Tensor<'1 3'>) => pipe(x, matmul(weight)))
 * const { wasm, js, types } = await predict.export(zeros('1 3'))
 * assert.ok(WebAssembly.validate(wasm) && js.includes('export const load'))
 * assert.ok(types.includes("(input: Float32<'1 3', 3>) => Float32<'1 2', 2>"))
 */
import type { Bytes, ModuleLayout, ModulePlace, Program } from '../../program/index.js'
import { fail, flatten, type Structure, show, unflatten } from '../../tensor/index.js'
import type { Form } from '../jit-form.js'
import type { LeafShape } from '../typed-program.js'
import { declarationOf } from './declaration.js'
import { type ExampleOf, tensorsOf } from './example.js'
import { loaderSource } from './loader.js'
import { withoutRepeats } from './repeated.js'

/** What is written into files of the reader's choice. @category model */
export interface Exported {
  /** The program, with the numbers that the function closes over. */
  readonly wasm: Bytes
  /** A module in JavaScript whose `load` makes a function of the program. It is the same text for all programs. */
  readonly js: string
  /** The declarations of that module for this program. */
  readonly types: string
}

/** A compiled function that can be written into files. @category type-level */
export interface Exporting<A extends readonly unknown[]> {
  /**
   * The compiled function as files that run without this library, for arguments of the form of these examples: tensors, or the shape, sizes
   * and dtype of tensors as `evalShape` gives them. Numbers are looked at in neither.
   *
   * The loaded function takes and gives arrays of entries in the place of tensors, and has the bits of the compiled function.
   *
   * **Errors**: those of the function; an engine that writes no files, such as `reference`; a function that closes over traced values, or prints.
   */
  readonly export: (...examples: { readonly [K in keyof A]: ExampleOf<A[K]> }) => Promise<Exported>
}

const op = 'export'

/** Each tensor's shape string beside its place in memory. */
const labelledPlaces = (places: readonly ModulePlace[], shapes: readonly string[]): readonly (ModulePlace & LeafShape)[] =>
  places.map((place, i) => ({ shape: shapes[i] ?? '', ...place }))

/** A tree's form as JSON writes it: lists, records, and the number of each tensor in its place. */
const formOf = (structure: Structure, count: number): unknown =>
  unflatten(
    structure,
    Array.from({ length: count }, (_, i) => i),
  )

/** The note that the loader reads, in ASCII. */
const noteOf = ({ structure, arguments: given, resultStructure, resultShapes }: Form, { inputs, outputs, reports }: ModuleLayout): string =>
  JSON.stringify({
    version: 1,
    arguments: formOf(structure, inputs.length),
    result: formOf(resultStructure, outputs.length),
    inputs: labelledPlaces(
      inputs,
      given.map(({ shape }) => shape),
    ),
    outputs: labelledPlaces(outputs, resultShapes),
    reports,
  }).replace(/[\u0080-\uffff]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

const exportedOf = (form: Form): Exported => {
  const { engine, program, captured, structure, resultStructure, resultShapes } = form
  if (engine.standalone === undefined)
    return fail({
      _tag: 'ArgumentError',
      op,
      detail: `the engine ${show(engine.name)} runs programs and writes none into files: give jit one that does, as in jit(f, { engine: wasmEngine() })`,
    })
  const effect = effectIn(program)
  if (effect !== undefined)
    return fail({
      _tag: 'ArgumentError',
      op,
      detail: `a file gives results and does nothing else, and the function calls ${effect}: leave it out`,
    })
  const file = withoutRepeats({ program, held: captured })
  const results = program.outputs.map(({ sizes, dtype }, i) => ({ sizes, dtype, shape: resultShapes[i] ?? '' }))
  return {
    wasm: engine.standalone(file.program, file.held, layout => noteOf(form, layout)),
    js: loaderSource,
    types: declarationOf({ structure, leaves: form.arguments }, { structure: resultStructure, leaves: results }),
  }
}

/** The name of the first operation that does something outside of a program; undefined where none does. */
const effectIn = ({ equations }: Program): string | undefined => {
  for (const { operation } of equations) {
    const found = operation.effect === undefined ? operation.programs.map(effectIn).find(name => name !== undefined) : operation.name
    if (found !== undefined) return found
  }
  return undefined
}

/** The files of a function that takes at least so many arguments. `formFor` compiles it for arguments of one form. */
export const exportAs = (least: number, examples: readonly unknown[], formFor: (args: readonly unknown[]) => Form): Exported => {
  if (examples.length < least)
    fail({
      _tag: 'ArgumentError',
      op,
      detail: `the function takes ${least} ${least === 1 ? 'argument' : 'arguments'} and there ${examples.length === 1 ? 'is 1 example' : `are ${examples.length} examples`}: give a tensor, or its shape, sizes and dtype, for each`,
    })
  const args = examples.map(example => tensorsOf(op, example))
  flatten(op, args)
  return exportedOf(formFor(args))
}
