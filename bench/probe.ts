/**
 * The machine's own limits, as WebAssembly reaches them: a loop of 4-lane multiply and add, and streams through memory.
 * Run as a process, it prints them as a line of JSON; its workers are this same file.
 */
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { Code, Local } from '#pullback/engine/wasm/encoder.js'
import { ModuleBuilder } from '#pullback/engine/wasm/module-builder.js'

export const kernelNames = ['multiplyAdd', 'scale4', 'scale40', 'read40'] as const
export type Kernel = (typeof kernelNames)[number]
/** Flops or bytes per second, in 1e9, on one thread and on two. */
export type Limits = { readonly [K in Kernel]: readonly number[] }

const megabyte = 1 << 20
const accumulators = 12

/** Entries of a stream: arrays of 4 MB stay in the caches of most machines, arrays of 40 MB do not. */
const streamBytes: { readonly [K in Kernel]: number } = {
  multiplyAdd: 0,
  scale4: 4 * megabyte,
  scale40: 40 * megabyte,
  read40: 40 * megabyte,
}

/** acc ← acc · x + y on independent accumulators: more of them than the latency needs, no more than there are registers. */
const multiplyAdd = (code: Code): void => {
  const rounds = code.parameter(0)
  const [x, y] = [code.local('v128'), code.local('v128')]
  code.f32(0.999).do('f32x4.splat').set(x)
  code.f32(0.001).do('f32x4.splat').set(y)
  const sums = Array.from({ length: accumulators }, () => code.local('v128'))
  for (const [i, sum] of sums.entries()) code.f32(i).do('f32x4.splat').set(sum)
  const i = code.local('i32')
  const zero = (): void => void code.i32(0)
  const all = (): void => void code.get(rounds)
  code.for(i, zero, all, 1, () => {
    for (const sum of sums) code.get(sum).get(x).do('f32x4.mul').get(y).do('f32x4.add').set(sum)
  })
  total(code, sums)
}

const total = (code: Code, sums: readonly Local[]): void => {
  sums.forEach((sum, i) => {
    code.get(sum)
    if (i > 0) code.do('f32x4.add')
  })
  code.lane('f32x4.extract_lane', 0)
}

const width = 64

/** b ← a · s, or only Σ a, over an array at 0 and one after it. */
const stream = (code: Code, bytes: number, writes: boolean): void => {
  const i = code.local('i32')
  const s = code.local('v128')
  code.f32(1.5).do('f32x4.splat').set(s)
  const sums = Array.from({ length: width / 16 }, () => code.local('v128'))
  const zero = (): void => void code.i32(0)
  const end = (): void => void code.i32(bytes)
  code.for(i, zero, end, width, () => {
    sums.forEach((sum, k) => {
      if (writes)
        code
          .get(i)
          .get(i)
          .at('v128.load', 16 * k)
          .get(s)
          .do('f32x4.mul')
          .at('v128.store', bytes + 16 * k)
      else
        code
          .get(sum)
          .get(i)
          .at('v128.load', 16 * k)
          .do('f32x4.add')
          .set(sum)
    })
  })
  total(code, sums)
}

/** A call of the kernel, and what it does in it. */
const prepare = (kernel: Kernel): readonly [call: () => void, work: number] => {
  const bytes = streamBytes[kernel]
  const rounds = 200_000
  const builder = new ModuleBuilder()
  builder.add(
    { parameters: ['i32'], results: ['f32'] },
    code => (kernel === 'multiplyAdd' ? multiplyAdd(code) : stream(code, bytes, kernel !== 'read40')),
    { name: 'run', exported: true },
  )
  const memory = new WebAssembly.Memory({ initial: Math.ceil((2 * bytes) / 65536) + 1 })
  new Uint8Array(memory.buffer).fill(0)
  const { run } = new WebAssembly.Instance(new WebAssembly.Module(builder.encode(undefined)), { env: { memory } }).exports
  if (typeof run !== 'function') throw new Error('no run')
  const work = kernel === 'multiplyAdd' ? rounds * accumulators * 8 : kernel === 'read40' ? bytes : 2 * bytes
  return [() => void run(rounds), work]
}

interface Job {
  readonly kernel: Kernel
  readonly ms: number
  /** How many stretches are tried, of which the best counts. */
  readonly stretches: number
  readonly together: SharedArrayBuffer
  readonly threads: number
}

/** The best rate of some stretches, begun when all threads are ready. */
const measure = ({ kernel, ms, stretches, together, threads }: Job): number => {
  const [call, work] = prepare(kernel)
  for (const start = performance.now(); performance.now() - start < ms; ) call()
  const arrived = new Int32Array(together)
  Atomics.add(arrived, 0, 1)
  while (Atomics.load(arrived, 0) < threads);
  let best = 0
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const start = performance.now()
    let calls = 0
    while (performance.now() - start < ms) {
      call()
      calls += 1
    }
    best = Math.max(best, (calls * work) / (performance.now() - start) / 1e6)
  }
  return best
}

const together = async (kernel: Kernel, threads: number, ms: number, stretches: number): Promise<number> => {
  const job: Job = { kernel, ms, stretches, together: new SharedArrayBuffer(4), threads }
  const rates = Array.from(
    { length: threads },
    () =>
      new Promise<number>((resolve, reject) => {
        const worker = new Worker(fileURLToPath(import.meta.url), { workerData: job })
        worker.on('message', resolve)
        worker.on('error', reject)
      }),
  )
  return (await Promise.all(rates)).reduce((sum, rate) => sum + rate, 0)
}

const main = async (ms: number): Promise<void> => {
  const limits: [Kernel, readonly number[]][] = []
  for (const kernel of kernelNames) {
    const rates: number[] = []
    for (let threads = 1; threads <= Math.min(2, availableParallelism()); threads += 1) rates.push(await together(kernel, threads, ms, 3))
    limits.push([kernel, rates])
  }
  process.stdout.write(`@${JSON.stringify(Object.fromEntries(limits))}\n`)
}

/** `ms` for all limits at their best, `ms multiplyAdd threads` for one as it is now. */
const [, , ms = '200', kernel, threads = '1'] = process.argv
if (isMainThread && kernel === undefined) await main(Number(ms))
else if (isMainThread) {
  const asked = kernelNames.find(name => name === kernel)
  if (asked === undefined) throw new Error(`no limit '${kernel}'`)
  process.stdout.write(`@${await together(asked, Number(threads), Number(ms), 1)}\n`)
} else parentPort?.postMessage(measure(workerData))
