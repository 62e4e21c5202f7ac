/** Packed copies of a product's sides: panels as wide as the register block, in the order in which it reads them. */
import { at, sizeOf } from '../../tensor/index.js'
import { byLength } from './contract-loops.js'
import type { Kind, PanelSide } from './contract-panels.js'
import { transposePanel } from './contract-transpose.js'
import { addPlace } from './counted.js'
import type { Code, Local } from './encoder.js'
import type { Division } from './phase.js'

/** A side and the panels that it is cut into. */
export interface Packing {
  readonly kind: Kind
  readonly source: PanelSide
  /** The offset of the copy. */
  readonly target: number
  /** Entries along the axis that is cut (`size`), and in a panel (`width`). */
  readonly size: number
  readonly width: number
}

/**
 * Copies one contracted entry of a panel, from `from` to `to`. Nobody uses what lies beyond its last column, so vectors may read and write
 * there, but not beyond the panel's width, where the panel that another thread copies may begin.
 */
const copyEntry = (code: Code, { kind, source, width }: Packing, count: number, from: Local, to: Local): void => {
  if (source.within === kind.bytes && (width * kind.bytes) % 16 === 0) {
    for (let offset = 0; offset < count * kind.bytes; offset += 16) code.get(to).get(from).at('v128.load', offset).at('v128.store', offset)
    return
  }
  for (let i = 0; i < Math.min(count, width); i += 1) {
    code.get(to).get(from)
    if (kind.bytes === 4) code.at('i32.load', i * source.within).at('i32.store', i * 4)
    else code.at('f64.load', i * source.within).at('f64.store', i * 8)
  }
}

/**
 * Writes `(base, low, high)`, which copies panels from low to high, those of all matrices one after another. Where several axes are
 * contracted, the work is cut further: each panel is as many parts as there are places along the first of them.
 */
export const writePack = (code: Code, packing: Packing): Division => {
  const { kind, source, target, size, width } = packing
  const parts = source.inner.sizes.length > 1 ? at(source.inner.sizes, 0) : 1
  const partStep = at(source.inner.steps, 0)
  const within = <A>(list: readonly A[]): readonly A[] => (parts > 1 ? list.slice(1) : list)
  const [sizes, steps] = [within(source.inner.sizes), within(source.inner.steps)]
  const inner = sizeOf(sizes)
  const perMatrix = sizeOf(source.panels.sizes)
  const rowBytes = width * kind.bytes
  const [base, low, high] = [code.parameter(0), code.parameter(1), code.parameter(2)]
  const [unit, panel, from, to] = [code.local('i32'), code.local('i32'), code.local('i32'), code.local('i32')]
  const last = sizes.length - 1

  const copyPanel = (count: number): void => {
    const turned = kind.bytes === 4 && at(steps, last) === 4 && source.within > 0 && count === width && width % 4 === 0
    const walk = (axis: number): void => {
      const [length, step] = [at(sizes, axis), at(steps, axis)]
      if (axis === last && turned) {
        transposePanel(code, { from, to, width, within: source.within }, length)
        code
          .get(to)
          .i32(length * rowBytes)
          .do('i32.add')
          .set(to)
        return
      }
      const k = code.local('i32')
      const [start, none, stop] = [code.local('i32'), (): void => void code.i32(0), (): void => void code.i32(length)]
      code.get(from).set(start)
      code.for(k, none, stop, 1, () => {
        code.get(start).set(from)
        if (axis < last) walk(axis + 1)
        else {
          copyEntry(code, packing, count, from, to)
          code.get(to).i32(rowBytes).do('i32.add').set(to)
        }
        code.get(start).i32(step).do('i32.add').set(start)
      })
      code.release(k, start)
    }
    walk(0)
  }

  code.for(
    unit,
    () => code.get(low),
    () => code.get(high),
    1,
    () => {
      code
        .get(base)
        .i32(target)
        .do('i32.add')
        .get(unit)
        .i32(inner * rowBytes)
        .do('i32.mul', 'i32.add')
        .set(to)
      code.get(base).i32(source.start).do('i32.add')
      if (parts > 1) code.get(unit).i32(parts).do('i32.rem_u').i32(partStep).do('i32.mul', 'i32.add')
      code
        .get(unit)
        .i32(parts * perMatrix)
        .do('i32.div_u')
        .set(panel)
      addPlace(code, panel, source.batch)
      code.set(from).get(unit).i32(parts).do('i32.div_u').i32(perMatrix).do('i32.rem_u').set(panel).get(from)
      addPlace(code, panel, source.panels)
      code.set(from)
      byLength(code, size, width, panel, copyPanel)
    },
  )
  return { units: sizeOf(source.batch.sizes) * perMatrix * parts, multiple: 1, weight: inner * width * code.target.costs.times.copy }
}
