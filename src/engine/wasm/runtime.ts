/** The part of WebAssembly's JavaScript interface that the engine uses, declared so that neither Node's types nor a browser's are needed. */
import { fail, show, typed } from '../../tensor/index.js'
import type { Arithmetic, Code } from './encoder.js'
import { ModuleBuilder } from './module-builder.js'

export interface Memory {
  readonly buffer: ArrayBuffer
  readonly grow: (pages: number) => number
}

export interface Runtime {
  readonly Memory: new (descriptor: { readonly initial: number; readonly maximum?: number; readonly shared?: boolean }) => Memory
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: { readonly [name: string]: unknown } }
  readonly validate: (bytes: Uint8Array) => boolean
}

/** The smallest module that a runtime without SIMD refuses. */
const vectorModule = (): Uint8Array => {
  const builder = new ModuleBuilder()
  builder.add({ parameters: [], results: [] }, code => code.v128(new Uint8Array(16)).do('drop'), { name: 'vector' })
  return builder.encode(undefined)
}

/** The smallest module that a runtime without relaxed SIMD refuses. */
const relaxedModule = (): Uint8Array => {
  const builder = new ModuleBuilder([], 'relaxed')
  const write = (code: Code): void => {
    const zero = (): void => void code.v128(new Uint8Array(16))
    code.multiplyAdd('f32x4', zero, zero, zero).do('drop')
  }
  builder.add({ parameters: [], results: [] }, write, { name: 'relaxed' })
  return builder.encode(undefined)
}

/** Relaxed arithmetic if it is asked for and the runtime has it, else strict arithmetic. */
export const arithmeticIn = (runtime: Pick<Runtime, 'validate'>, relaxed: boolean): Arithmetic =>
  relaxed && runtime.validate(relaxedModule()) ? 'relaxed' : 'strict'

const missing = (detail: string): never => fail({ _tag: 'PlatformError', op: 'wasm engine', detail })
const otherwise = 'or put the reference engine in force, which needs none: withEngine(reference)(() => …)'

/** Asks a runtime to make something. If it throws, the error is one of this library that says what to do instead. */
const made = <T>(make: () => T, sentence: (error: string) => string): T => {
  try {
    return make()
  } catch (error) {
    return missing(sentence(show(error)))
  }
}

/** Makes a memory. **Errors**: the process may have no more memory, or no more addresses. */
export const makeMemory = ({ Memory }: Runtime, descriptor: ConstructorParameters<Runtime['Memory']>[0]): Memory =>
  made(
    () => new Memory(descriptor),
    error =>
      `this runtime gives WebAssembly no memory (${error}): a limit on the addresses of a process (ulimit -v) must leave some 12 GB for it, and each engine takes as much; raise it, use fewer engines, ${otherwise}`,
  )

/** Compiles a module. **Errors**: it is larger than the runtime compiles, or there is no memory for its code. */
export const compileModule = ({ Module }: Runtime, bytes: Uint8Array): object =>
  made(
    () => new Module(bytes),
    error => `this runtime does not compile a program of ${bytes.length} bytes (${error}): jit smaller parts of the function, ${otherwise}`,
  )

/** Instantiates a module and gives what it exports. **Errors**: there is no memory for it. */
export const instantiate = ({ Instance }: Runtime, module: object, env: object): { readonly [name: string]: unknown } =>
  made(
    () => new Instance(module, { env }).exports,
    error => `this runtime does not start a compiled program (${error}): keep fewer jitted functions, ${otherwise}`,
  )

/**
 * The WebAssembly of a global object. It is tried at once, so that a runtime which cannot run the engine is known before anything is computed.
 *
 * **Errors**: there is no WebAssembly, its SIMD is missing, or it may not compile.
 */
export const findRuntime = (global: object): Runtime => {
  const runtime = typed<Runtime | undefined>(Reflect.get(global, 'WebAssembly'))
  if (runtime === undefined)
    return missing(`this JavaScript runtime has no WebAssembly: run it in Node 20 or in a current browser, ${otherwise}`)
  const bytes = vectorModule()
  if (!runtime.validate(bytes))
    return missing(`this runtime has WebAssembly without SIMD: run it in Node 20 or in a current browser, ${otherwise}`)
  try {
    new runtime.Module(bytes)
  } catch (error) {
    return missing(
      `this runtime does not compile WebAssembly (${show(error)}): a page's policy must have 'wasm-unsafe-eval' in script-src, ${otherwise}`,
    )
  }
  return runtime
}
