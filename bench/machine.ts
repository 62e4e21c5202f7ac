/** What the numbers were measured on. */
import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os'
import type { Limits } from './probe.js'
import { hasOpenMpBlas, outputOf, probe, python, timeToFirst } from './process.js'
import type { SideName } from './workload.js'

export interface Machine {
  readonly lines: readonly string[]
  readonly limits: Limits
  /** Milliseconds that Node needs to start and print a line. */
  readonly bareStart: number
  /** Sides that cannot be measured here, with the reason. */
  readonly missing: { readonly [S in SideName]?: string }
}

const packages: readonly { readonly sides: readonly SideName[]; readonly name: string }[] = [
  { sides: ['tfjs', 'tfjs-cpu'], name: '@tensorflow/tfjs' },
  { sides: ['jax'], name: '@jax-js/jax' },
  { sides: ['ort-web'], name: 'onnxruntime-web' },
  { sides: ['ort-node'], name: 'onnxruntime-node' },
]

const versionOf = (name: string): string | undefined => {
  const path = new URL(`node_modules/${name}/package.json`, import.meta.url)
  if (!existsSync(path)) return undefined
  const found: { readonly version: string } = JSON.parse(readFileSync(path, 'utf8'))
  return found.version
}

const ownVersion = async (): Promise<string> => {
  const found: { readonly version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const commit = await outputOf('git', ['rev-parse', '--short', 'HEAD'])
  const changed = await outputOf('git', ['status', '--porcelain', '--', '../src'])
  return `${found.version}${commit ? ` at ${commit}${changed ? ' with changes' : ''}` : ''}`
}

export const examine = async (quick: boolean): Promise<Machine> => {
  const torch = python && (await outputOf(python, ['-c', 'import torch; print(torch.__version__)']))
  const measured = await probe(quick ? 60 : 300)
  if (measured === undefined) throw new Error('the probe of the machine failed')
  const limits: Limits = JSON.parse(measured)
  const starts: number[] = []
  for (let i = 0; i < (quick ? 3 : 9); i += 1) starts.push(await timeToFirst('nothing', 1))
  const missing: { [S in SideName]?: string } = torch === undefined ? { torch: 'no python3 here has torch: BENCH_PYTHON names one' } : {}
  const versions: string[] = [`pullback ${await ownVersion()}`]
  for (const { sides, name } of packages) {
    const version = versionOf(name)
    if (version === undefined) for (const side of sides) missing[side] = `${name} is not installed here`
    else versions.push(`${name} ${version}`)
  }
  if (torch !== undefined) versions.push(`PyTorch ${torch}${hasOpenMpBlas ? ' on the OpenMP OpenBLAS' : ''}`)
  return {
    lines: [
      `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} threads, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}`,
      `Node ${process.versions.node}, V8 ${process.versions.v8}`,
      versions.join(', '),
      `${new Date().toISOString().slice(0, 10)}, load average at the start ${loadavg()[0]?.toFixed(1)}`,
    ],
    limits,
    bareStart: starts.sort((a, b) => a - b)[starts.length >> 1] ?? Number.NaN,
    missing,
  }
}
