/** What `jit(f).export()` writes, for which arguments, and what it and the loader refuse. Bits are compared in test/engine/standalone.test.ts. */
import {
  add,
  arange,
  cast,
  debug,
  evalShape,
  exp,
  fori,
  jit,
  matmul,
  mul,
  pipe,
  random,
  reference,
  reshape,
  sum,
  type Tensor,
  tensor,
  toArray,
  vmap,
  wasmEngine,
  withEngine,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { type Buffer, typed } from '../../src/tensor/index.js'
import { loaded, loaderOf } from '../engine/support/alone.js'
import { loose } from '../support/loose.js'

const weight = tensor([
  [1, 2],
  [3, 4],
  [5, 6],
])
const predict = jit((x: Tensor<'1 3'>) => pipe(x, matmul(weight)))
const total = jit((p: { readonly w: Tensor<'3'>; readonly on: Tensor<'2', 'bool'> }, list: readonly [Tensor<''>]) =>
  pipe(p.w, add(list[0]), sum(), add(pipe(p.on, cast('float32'), sum()))),
)
const example = { w: zeros('3'), on: tensor([true, false]) }

describe('the WebAssembly file', () => {
  test('has what the function closes over, and no imports', async () => {
    const { wasm } = await predict.export(zeros('1 3'))
    const module = new WebAssembly.Module(wasm)
    expect(WebAssembly.Module.imports(module)).toEqual([])
    expect(WebAssembly.Module.exports(module).map(({ name }) => name)).toEqual(['run', 'memory'])
    const alone = await loaded(await predict.export(zeros('1 3')))
    // (1, 2, 3) by the columns (1, 3, 5) and (2, 4, 6).
    expect(alone(Float32Array.of(1, 2, 3))).toEqual(Float32Array.of(22, 28))
  })

  test('says in JSON what it takes and gives', async () => {
    const { wasm } = await jit((x: Tensor<'größe 2', 'int32'>) => ({ y: [x] as const })).export({
      shape: 'größe 2',
      sizes: [3, 2],
      dtype: 'int32',
    })
    const [note = new ArrayBuffer()] = WebAssembly.Module.customSections(new WebAssembly.Module(wasm), 'pullback')
    const [x] = [{ shape: 'größe 2', sizes: [3, 2], dtype: 'int32', offset: 64 }]
    expect(JSON.parse(new TextDecoder().decode(note))).toEqual({
      version: 1,
      arguments: [0],
      result: { y: [0] },
      inputs: [x],
      outputs: [x],
      reports: {},
    })
  })

  test('grows by the bytes of the numbers that it brings along', async () => {
    const sizeFor = async (rows: number): Promise<number> => {
      const table = random.normal('n 4', { n: rows })(random.key(0))
      return (await jit((x: Tensor<'4'>) => pipe(table, matmul(x))).export(zeros('4'))).wasm.length
    }
    // Two numbers of the file, its length and that of its data, may have a byte more each; so may numbers of the code.
    const grown = (await sizeFor(4096)) - (await sizeFor(2048))
    expect(grown).toBeGreaterThanOrEqual(2048 * 16)
    expect(grown).toBeLessThan(2048 * 16 + 64)
  })
})

describe('entries that repeat', () => {
  test('are in the file once, as under vmap, where a bias is repeated for each example', async () => {
    const bias = tensor([1, 2, 3, 4, 5, 6, 7, 8])
    const shifted = jit(vmap('1000')((x: Tensor<'8'>) => pipe(x, add(bias))))
    const files = await shifted.export(zeros('1000 8'))
    expect(files.wasm.length).toBeLessThan(2000)
    const x = pipe(arange(8000), cast('float32'), reshape('1000 8'))
    expect((await loaded(files))(toArray(x))).toEqual(toArray(shifted(x)))
  })

  test('along any axes, and 0 is not -0', async () => {
    const held = [
      tensor([
        [1, 1, 1],
        [2, 2, 2],
      ]),
      tensor([
        [1, 2, 3],
        [1, 2, 3],
      ]),
      tensor([
        [
          [1, 2],
          [1, 2],
        ],
        [
          [1, 2],
          [1, 2],
        ],
      ]),
      tensor([
        [0, -0],
        [0, 0],
      ]),
      tensor([[Number.NaN, Number.NaN]]),
      tensor([true, true, true]),
      tensor([7, 7], 'float64'),
      tensor([[5], [5]], 'int32'),
    ]
    const files = await jit((x: Tensor<''>) => [x, held] as const).export(zeros(''))
    const [, alone] = typed<readonly [unknown, readonly Buffer[]]>((await loaded(files))(Float32Array.of(1)))
    expect(alone).toEqual(held.map(x => toArray(x)))
    expect(Object.is(alone[3]?.[1], -0)).toBe(true)
  })
})

describe('examples', () => {
  test('may be tensors or their shapes, whose numbers are not looked at', async () => {
    const files = await Promise.all([
      predict.export(zeros('1 3')),
      predict.export(tensor([[7, 8, 9]])),
      predict.export({ shape: '1 3', sizes: [1, 3], dtype: 'float32' }),
      predict.export(evalShape((x: Tensor<'1 3'>) => exp(x))(zeros('1 3'))),
    ])
    for (const { wasm } of files) expect(wasm).toEqual(files[0]?.wasm)
  })

  test('of static arguments are those arguments, which the program does not take', async () => {
    const power = jit((x: Tensor<''>, n: number): Tensor<''> => (n === 1 ? x : mul(power(x, n - 1))(x)), { static: [1] })
    const [cube, fourth] = await Promise.all([power.export(zeros(''), 3), power.export(zeros(''), 4)])
    expect((await loaded(cube))(Float32Array.of(2))).toEqual(Float32Array.of(8))
    expect((await loaded(fourth))(Float32Array.of(2))).toEqual(Float32Array.of(16))
  })

  test('that are none are refused', async () => {
    const give = loose(total.export)
    const refused = (...given: readonly unknown[]): Promise<unknown> =>
      Promise.resolve(give(...given)).then(
        () => 'nothing',
        (error: Error) => error.message,
      )
    expect(await refused()).toBe(
      'export: the function takes 2 arguments and there are 0 examples: give a tensor, or its shape, sizes and dtype, for each',
    )
    expect(await refused(example)).toMatch(/^export: the function takes 2 arguments and there is 1 example: /)
    expect(await refused({ ...example, w: 3 }, [zeros('')])).toBe("export: '0.w' is a number, not a tensor or a record or tuple of tensors")
    expect(await refused({ ...example, w: new Map() }, [zeros('')])).toMatch(/^export: '0\.w' is a Map/)
    const shapes: readonly (readonly [object, string])[] = [
      [{ shape: '3', sizes: [4], dtype: 'float32' }, "export: '3' is 3 in one place and 4 in another: one name has one size"],
      [{ shape: '3', sizes: [3, 1], dtype: 'float32' }, "export: [3,1] are no sizes of '3': give one for each axis, as evalShape does"],
      [{ shape: 'n', sizes: [-1], dtype: 'float32' }, "export: [-1] are no sizes of 'n': give one for each axis, as evalShape does"],
      [{ shape: 'n', dtype: 'float32' }, "export: undefined are no sizes of 'n': give one for each axis, as evalShape does"],
      [{ shape: '3', sizes: [3], dtype: 'f32' }, "export: 'f32' is no dtype: use float32, float64, int32, uint32, bool"],
    ]
    for (const [shape, message] of shapes) expect(await refused({ ...example, w: shape }, [zeros('')])).toBe(message)
    const endless: { self?: object } = {}
    endless.self = endless
    expect(await refused(endless, [zeros('')])).toMatch(/does the tree hold itself\?$/)
    const throwing = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no')
        },
      },
    )
    expect(await refused(throwing, [zeros('')])).toMatch(/^export: the data cannot be read/)
  })
})

describe('an engine', () => {
  test('that writes no files is named', async () => {
    const slow = jit((x: Tensor<'3'>) => exp(x), { engine: reference })
    await expect(slow.export(zeros('3'))).rejects.toThrow(
      'export: the engine "reference" runs programs and writes none into files: give jit one that does, as in jit(f, { engine: wasmEngine() })',
    )
  })

  test('is the one in force when export is called', async () => {
    const f = jit((x: Tensor<'3'>) => exp(x))
    let plain: Promise<unknown> = Promise.resolve()
    withEngine(reference)(() => {
      plain = f.export(zeros('3'))
    })
    await expect(plain).rejects.toThrow('export: the engine "reference"')
    await expect(jit((x: Tensor<'3'>) => exp(x), { engine: wasmEngine() }).export(zeros('3'))).resolves.toBeDefined()
  })
})

test('a function that closes over a traced value has no numbers to write', async () => {
  let inner: Promise<unknown> = Promise.resolve()
  jit((x: Tensor<'3'>) => {
    inner = jit((y: Tensor<'3'>) => add(x)(y)).export(zeros('3'))
    return x
  })(zeros('3'))
  await expect(inner).rejects.toThrow(/^add: a traced '3' float32 was kept|^export: a traced '3' float32 has no value yet/)
})

test('a function that prints, also inside of a loop, is refused', async () => {
  const shown = (x: Tensor<''>): Tensor<''> => debug.print('x', { to: () => undefined })(x)
  const message = 'export: a file gives results and does nothing else, and the function calls debug.print: leave it out'
  await expect(jit(shown).export(zeros(''))).rejects.toThrow(message)
  const looped = jit((x: Tensor<''>) => fori(3)((_: Tensor<'', 'int32'>, y: Tensor<''>) => shown(y))(x))
  await expect(looped.export(zeros(''))).rejects.toThrow(message)
})

describe('the loader', () => {
  test('is one text for all programs, and takes no import', async () => {
    const [first, second] = [await predict.export(zeros('1 3')), await total.export(example, [zeros('')])]
    expect(first.js).toBe(second.js)
    expect(first.js).not.toMatch(/^\s*import\b|\brequire\(|import\(/m)
    expect(Object.keys(await loaderOf(first))).toEqual(['load'])
  })

  test('refuses arguments of another form', async () => {
    const alone = await loaded(await total.export(example, [zeros('')]))
    const good = { w: Float32Array.of(1, 2, 3), on: Uint8Array.of(1, 0) }
    // 3 · 10 + (1 + 2 + 3) + 1
    expect(alone(good, [Float32Array.of(10)])).toEqual(Float32Array.of(37))
    const cases: readonly (readonly [readonly unknown[], string])[] = [
      [[], 'run: takes 2 arguments and was given 0'],
      [[good], 'run: takes 2 arguments and was given 1'],
      [[good, Float32Array.of(1)], 'run: argument 1 must be a list of 1'],
      [[good, []], 'run: argument 1 must be a list of 1'],
      [[good, [1]], "run: argument 1.0 must be Float32Array(1), for float32 '', and is Number"],
      [[null, [Float32Array.of(1)]], 'run: argument 0 must be a record of on, w'],
      [[{ w: good.w }, [Float32Array.of(1)]], 'run: argument 0 must be a record of on, w'],
      [[{ ...good, more: 1 }, [Float32Array.of(1)]], 'run: argument 0 must be a record of on, w'],
      [[{ ...good, w: [1, 2, 3] }, [Float32Array.of(1)]], "run: argument 0.w must be Float32Array(3), for float32 '3', and is Array(3)"],
      [
        [{ ...good, w: new Float64Array(3) }, [Float32Array.of(1)]],
        "run: argument 0.w must be Float32Array(3), for float32 '3', and is Float64Array",
      ],
      [
        [{ ...good, w: new Float32Array(4) }, [Float32Array.of(1)]],
        "run: argument 0.w must be Float32Array(3), for float32 '3', and is Float32Array(4)",
      ],
      [[{ ...good, w: undefined }, [Float32Array.of(1)]], "run: argument 0.w must be Float32Array(3), for float32 '3', and is Undefined"],
      [[{ ...good, on: Uint8Array.of(0, 2) }, [Float32Array.of(1)]], 'run: argument 0.on is bool, of entries 0 and 1'],
    ]
    for (const [given, message] of cases) expect(() => alone(...given)).toThrow(new TypeError(message))
    expect(alone(good, [Float32Array.of(0)])).toEqual(Float32Array.of(7))
  })

  test('names the sizes of a shape with names', async () => {
    const { js, wasm } = await jit((x: Tensor<'batch 2'>) => exp(x)).export(zeros('batch 2', { batch: 3 }))
    const alone = await loaded({ js, wasm })
    expect(() => alone(new Float32Array(2))).toThrow("must be Float32Array(6), for float32 'batch 2' (3 2), and is Float32Array(2)")
  })

  test('takes bytes, responses, blobs and addresses', async () => {
    const { js, wasm } = await predict.export(zeros('1 3'))
    const { load } = await loaderOf({ js })
    const blob = new Blob([wasm])
    const address = URL.createObjectURL(blob)
    const sources = [wasm, wasm.buffer.slice(0), new Response(wasm), Promise.resolve(new Response(wasm)), blob, address, new URL(address)]
    for (const source of sources) expect((await load(source))(Float32Array.of(1, 2, 3))).toEqual(Float32Array.of(22, 28))
    await expect(load(new Response('', { status: 404 }))).rejects.toThrow('load:  was answered with status 404')
    await expect(load(undefined)).rejects.toThrow('load: give the bytes of the program, its address, or a response that has it')
  })

  test('refuses a module that is no exported program', async () => {
    const { js } = await predict.export(zeros('1 3'))
    const { load } = await loaderOf({ js })
    const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)
    await expect(load(empty)).rejects.toThrow('load: this is not a program that jit(f).export() has written for this loader')
    await expect(load(Uint8Array.of(1, 2, 3))).rejects.toThrow(WebAssembly.CompileError)
  })
})

test('keys and shapes of any kind reach both sides', async () => {
  const odd = JSON.parse('{"__proto__": 1, "a b": 2, "10": 3, "9": 4}') as object
  const given = Object.fromEntries(Object.keys(odd).map((key, i) => [key, tensor([i])]))
  const files = await jit((p: { readonly [key: string]: Tensor<'1'> }) => p).export(given)
  const arrays = Object.fromEntries(Object.entries(given).map(([key, x]) => [key, toArray(x)]))
  expect((await loaded(files))(arrays)).toEqual(arrays)
})
