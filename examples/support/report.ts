/** What a person sees of a trained classifier: a confusion matrix and a loss curve, drawn with characters. */
import { plot } from 'simple-ascii-chart'

/** Rows are the true classes, columns the predicted ones. */
export const confusionTable = (names: readonly string[], counts: readonly (readonly number[])[]): string => {
  const width = Math.max(...names.map(name => name.length), 5) + 2
  const cell = (text: string | number): string => String(text).padStart(width)
  const header = `${'true \\ predicted'.padEnd(18)}${names.map(cell).join('')}`
  const rows = counts.map((row, i) => `${(names[i] ?? '').padEnd(18)}${row.map(cell).join('')}`)
  return [header, ...rows].join('\n')
}

/** Means over equal stretches, so that a long history fits a terminal. */
const thin = (values: readonly number[], points: number): [step: number, mean: number][] => {
  const stretch = Math.max(1, Math.ceil(values.length / points))
  return Array.from({ length: Math.ceil(values.length / stretch) }, (_, i) => {
    const part = values.slice(i * stretch, (i + 1) * stretch)
    return [i * stretch, part.reduce((sum, value) => sum + value, 0) / part.length]
  })
}

/** The loss against the step. */
export const lossCurve = (losses: readonly number[]): string =>
  plot(thin(losses, 60), {
    width: 60,
    height: 12,
    title: 'training loss by step',
    customXAxisTicks: [0, 0.25, 0.5, 0.75].map(part => Math.floor(losses.length * part)),
    formatter: value => Number(value.toPrecision(3)),
  })
