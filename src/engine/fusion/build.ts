/**
 * Turns a program into stages. Scalar code and changes of index stay expressions until something needs the value in a buffer.
 *
 * A value is put into a buffer in three cases: it is used more than once and takes longer to compute than to read; it took work to compute and a
 * broadcast would repeat that work; or a stage reads it that cannot read an expression, such as a product's side or indices. Afterwards `merge.ts`
 * joins stages over the same index space.
 */
import { type Kernel, monoids, type Routine } from '../../kernel/index.js'
import { type Atom, type Equation, inlineCalls, type Program, simplify } from '../../program/index.js'
import { at, type DType, fail, rowMajor, sizeOf } from '../../tensor/index.js'
import { contractStage, others, type Side } from './contract.js'
import { depthOf, dtypesIn, type Expression, isCheap, isContiguous, isPlain, type Load, mapLoads, reshaped, viewed } from './expression.js'
import { holdingStages } from './holding.js'
import { merge } from './merge.js'
import { type BareReduce, partsOf } from './parts.js'
import { madeBy } from './sources.js'
import type { BufferInfo, Graph, Stage } from './stage.js'
import type { FusionTarget } from './target.js'

/** A value of the program: an expression over an index space of its sizes. */
interface Virtual {
  readonly sizes: readonly number[]
  readonly dtype: DType
  readonly expression: Expression
}

const defect = (detail: string): never => fail({ _tag: 'InternalError', detail: `fusion: ${detail}` })

const usesOf = (program: Program): readonly number[] => {
  const uses = new Array<number>(program.count).fill(0)
  const use = (atom: Atom): void => {
    if (atom.kind === 'variable') uses[atom.id] = at(uses, atom.id) + 1
  }
  for (const { inputs } of program.equations) inputs.forEach(use)
  program.outputs.forEach(use)
  return uses
}

class Builder {
  readonly target: FusionTarget
  /** The stages of a program that an operation holds. */
  readonly held: (body: Program) => Graph
  readonly buffers: BufferInfo[] = []
  readonly stages: Stage[] = []
  /** The equation that is being lowered. */
  source: Equation | undefined = undefined
  /** Depths of expressions met so far. */
  readonly depths = new Map<Expression, number>()
  /** The loads of expressions that were computed into a buffer, so that none is computed into two. */
  readonly #loaded = new Map<Expression, Virtual>()

  constructor(target: FusionTarget, held: (body: Program) => Graph) {
    this.target = target
    this.held = held
  }

  buffer(sizes: readonly number[], dtype: DType): number {
    this.buffers.push({ sizes, dtype })
    return this.buffers.length - 1
  }

  load(buffer: number): Virtual {
    const { sizes, dtype } = this.buffers[buffer] ?? defect('no such buffer')
    return { sizes, dtype, expression: { kind: 'load', dtype, buffer, start: 0, strides: rowMajor(sizes) } }
  }

  /** The buffer that holds exactly this value. */
  materialise({ sizes, dtype, expression }: Virtual): number {
    if (
      expression.kind === 'load' &&
      isContiguous(expression, sizes) &&
      sizeOf(this.buffers[expression.buffer]?.sizes ?? []) === sizeOf(sizes)
    )
      return expression.buffer
    const buffer = this.buffer(sizes, dtype)
    this.stages.push({ kind: 'map', sizes, stores: [{ buffer, start: 0, strides: rowMajor(sizes), expression }] })
    return buffer
  }

  /** The value as a load, computed into a buffer first if it is more. */
  loaded(value: Virtual): Virtual {
    if (value.expression.kind === 'load') return value
    const known = this.#loaded.get(value.expression)
    if (known && known.sizes.join() === value.sizes.join()) return known
    const loaded = { ...this.load(this.materialise(value)), sizes: value.sizes }
    this.#loaded.set(value.expression, loaded)
    return loaded
  }

  /**
   * The value as one side of a product. The kernels of products reach neighbours by offsets, which cannot be negative. So a side that was reversed is
   * copied; an entry that a broadcast repeats is copied once.
   */
  side(value: Virtual): Side {
    const { expression } = this.loaded(value)
    if (expression.kind !== 'load') return defect('not a load')
    if (expression.strides.every(stride => stride >= 0)) return { sizes: value.sizes, load: expression }
    const sizes = value.sizes.map((size, axis) => (at(expression.strides, axis) === 0 ? 1 : size))
    const buffer = this.materialise({ ...value, sizes, expression })
    const strides = rowMajor(sizes).map((stride, axis) => (sizes[axis] === 1 ? 0 : stride))
    return { sizes: value.sizes, load: { kind: 'load', dtype: value.dtype, buffer, start: 0, strides } }
  }
}

type Inputs = readonly Virtual[]
type Result = { readonly sizes: readonly number[]; readonly dtype: DType }

/** The stage of a product and the buffer that it fills. */
const contract = (build: Builder, kernel: Extract<Kernel, { kind: 'contract' }>, [x, y]: Inputs, result: Result): number => {
  if (x === undefined || y === undefined) return defect('contract needs two operands')
  const stage = contractStage(kernel, build.side(x), build.side(y), build.target.order)
  const buffer = build.buffer(result.sizes, result.dtype)
  build.stages.push({ ...stage, buffer })
  return buffer
}

const reduce = (build: Builder, kernel: Extract<Kernel, { kind: 'reduce' }>, [x]: Inputs, result: Result): number => {
  if (x === undefined) return defect('reduce needs an operand')
  const kept = others(x.sizes.length, kernel.axes)
  const order = [...kept, ...kernel.axes]
  const view = viewed(
    order.map(axis => ({ axis, step: 1 })),
    x.sizes.map(() => 0),
  )
  // A kernel with float64 in it has half as many lanes, which changes the order of the sum. So an operand that is computed with float64 is computed
  // first, and then summed like any other.
  const mixed = x.dtype === 'float32' && dtypesIn([x.expression]).has('float64')
  const source = mixed ? build.loaded(x) : x
  const expression = mapLoads(source.expression, view) ?? defect('a reduction lost a load')
  const byColumns = kept.length > 0 && !kernel.axes.includes(x.sizes.length - 1)
  const sizesOf = (axes: readonly number[]): readonly number[] => axes.map(axis => at(x.sizes, axis))
  return reduced(
    build,
    { kind: 'reduce', by: kernel.by, kept: sizesOf(kept), reduced: sizesOf(kernel.axes), byColumns, expression },
    result,
  )
}

/** The stages of a reduction, in parts where it is long, and the buffer of its results. */
const reduced = (build: Builder, reduction: BareReduce, result: Result): number => {
  const filled = (stage: BareReduce, sizes: readonly number[]): number => {
    const buffer = build.buffer(sizes, result.dtype)
    build.stages.push({ ...stage, buffer })
    return buffer
  }
  const loadOf = (buffer: number, sizes: readonly number[]): Load => ({
    kind: 'load',
    dtype: result.dtype,
    buffer,
    start: 0,
    strides: rowMajor(sizes),
  })
  const parts = partsOf(reduction, build.target.order)
  if (parts === undefined) return filled(reduction, result.sizes)
  const partial = filled(parts.partial, parts.partial.kept)
  const total = filled(parts.total(loadOf(partial, parts.partial.kept)), result.sizes)
  if (parts.rest === undefined) return total
  const rest = filled(parts.rest, result.sizes)
  const name = monoids[reduction.by].scalar
  const operands = [loadOf(total, result.sizes), loadOf(rest, result.sizes)]
  return build.materialise({ ...result, expression: { kind: 'apply', dtype: result.dtype, name, operands } })
}

const place = (build: Builder, kernel: Extract<Kernel, { kind: 'place' }>, inputs: Inputs, result: Result): number => {
  const buffer = build.buffer(result.sizes, result.dtype)
  const covered = inputs.reduce((sum, input) => sum + sizeOf(input.sizes), 0) === sizeOf(result.sizes)
  if (!covered) build.stages.push({ kind: 'zero', buffer })
  const steps = rowMajor(result.sizes)
  inputs.forEach((input, i) => {
    const part = kernel.parts[i] ?? defect('a part without a place')
    build.stages.push({
      kind: 'map',
      sizes: input.sizes,
      stores: [
        {
          buffer,
          start: part.start.reduce((sum, start, axis) => sum + start * at(steps, axis), 0),
          strides: steps.map((stride, axis) => stride * at(part.step, axis)),
          expression: input.expression,
        },
      ],
    })
  })
  return buffer
}

/** The stage of a routine, whose operands all lie in buffers, and its results. */
const routine = (build: Builder, kernel: Routine, inputs: Inputs, results: readonly Result[]): readonly Virtual[] => {
  const { name, onto, reports } = kernel
  const reads = inputs.flatMap((input, i) => (i === onto ? [] : [build.materialise(input)]))
  const writes = results.map(result => build.buffer(result.sizes, result.dtype))
  const [first] = writes
  const before = onto === undefined ? undefined : inputs[onto]
  if (before && first !== undefined) {
    const { sizes, expression } = before
    build.stages.push({ kind: 'map', sizes, stores: [{ buffer: first, start: 0, strides: rowMajor(sizes), expression }] })
  }
  build.stages.push({ kind: 'routine', name, reads, writes, isOnto: before !== undefined, reports, body: kernel.body() })
  return writes.map(buffer => build.load(buffer))
}

const lowerKernel = (build: Builder, kernel: Exclude<Kernel, Routine>, inputs: Inputs, result: Result): Virtual => {
  const [x] = inputs
  const virtual = (expression: Expression): Virtual => ({ ...result, expression })
  const first = x ?? defect(`${kernel.kind} has no operand`)
  switch (kernel.kind) {
    case 'identity':
      return first
    case 'map':
      return virtual({
        kind: 'apply',
        dtype: result.dtype,
        name: kernel.name,
        operands: inputs.map(({ expression }) => expression),
        source: build.source,
      })
    case 'view': {
      // A broadcast, or windows that overlap.
      const repeats = sizeOf(result.sizes) > sizeOf(first.sizes)
      const source = repeats && !isPlain(first.expression) ? build.loaded(first) : first
      return virtual(mapLoads(source.expression, viewed(kernel.axes, kernel.start)) ?? defect('a view lost a load'))
    }
    case 'reshape': {
      const inPlace = mapLoads(first.expression, reshaped(first.sizes, result.sizes))
      if (inPlace) return virtual(inPlace)
      const buffer = build.materialise(first)
      return virtual({ kind: 'load', dtype: result.dtype, buffer, start: 0, strides: rowMajor(result.sizes) })
    }
    case 'place':
      return build.load(place(build, kernel, inputs, result))
    case 'reduce':
      return build.load(reduce(build, kernel, inputs, result))
    case 'contract':
      return build.load(contract(build, kernel, inputs, result))
    case 'iota':
      return defect('iota has no inputs, so it is never part of a program')
  }
}

/** Runs the equations of a program on virtual values. */
const lowerProgram = (build: Builder, program: Program, inputs: Inputs): readonly Virtual[] => {
  const uses = usesOf(program)
  const costs = build.target.costs.fusion
  const environment = new Array<Virtual | undefined>(program.count)
  const read = (atom: Atom): Virtual =>
    atom.kind === 'constant'
      ? { sizes: atom.sizes, dtype: atom.dtype, expression: { kind: 'constant', dtype: atom.dtype, value: atom.value } }
      : (environment[atom.id] ?? defect('a variable is read before it is defined'))
  program.inputs.forEach((variable, i) => {
    environment[variable.id] = inputs[i]
  })
  const step = ({ operation, inputs: atoms, outputs }: Equation): readonly Virtual[] => {
    const lowered = operation.lower(atoms)
    const values = atoms.map(read)
    if (lowered.kind === 'call') return defect(`the program of ${operation.name} was not put in its place`)
    if (lowered.kind === 'routine') return routine(build, lowered, values, outputs)
    if (lowered.kind === 'block' || lowered.kind === 'loop' || lowered.kind === 'while' || lowered.kind === 'branch') {
      const operands = values.map(value => build.materialise(value))
      const made = holdingStages(lowered, operands, build)
      build.stages.push(...made.stages)
      return made.results.map(buffer => build.load(buffer))
    }
    const [output] = outputs
    if (output === undefined) return defect(`${operation.name} has no output`)
    const value = lowerKernel(build, lowered, values, output)
    const isCut =
      (at(uses, output.id) > 1 && !isPlain(value.expression) && !isCheap(value.expression, value.sizes, costs)) ||
      depthOf(value.expression, build.depths) >= costs.mostDepth
    return [isCut ? build.load(build.materialise(value)) : value]
  }
  for (const equation of program.equations) {
    const before = build.stages.length
    build.source = equation
    const results = step(equation)
    for (let i = before; i < build.stages.length; i += 1) {
      const stage = build.stages[i]
      if (stage) build.stages[i] = madeBy(stage, equation)
    }
    equation.outputs.forEach((variable, i) => {
      environment[variable.id] = results[i]
    })
  }
  return program.outputs.map(read)
}

/** The stages of a program without calls, before merging. */
export const buildGraph = (program: Program, target: FusionTarget): Graph => {
  const held = (body: Program): Graph => merge(buildGraph(inlineCalls(simplify(body)), target), target.costs.fusion)
  const build = new Builder(target, held)
  const inputs = program.inputs.map(({ sizes, dtype }) => build.buffer(sizes, dtype))
  const results = lowerProgram(
    build,
    program,
    inputs.map(buffer => build.load(buffer)),
  )
  const outputs = results.map(result => build.materialise(result))
  return { buffers: build.buffers, inputs, stages: build.stages, outputs }
}
