/** Where time goes: which stages there are, what each computes and how often; how long they take is not asserted. */
import { describe, expect, test } from 'vitest'
import {
  add,
  cond,
  debug,
  exp,
  grad,
  greater,
  less,
  matmul,
  mul,
  pipe,
  random,
  reference,
  relu,
  scan,
  softmax,
  sum,
  type Tensor,
  take,
  tanh,
  tensor,
  vmap,
  whileLoop,
  withEngine,
  zeros,
} from '../../src/index.js'
import { typed } from '../../src/tensor/index.js'
import { errorOf } from '../support/errors.js'

const operationsIn = ({ stages }: debug.Profile) => stages.map(({ equations }) => equations.map(({ operation }) => operation))

describe('stages', () => {
  test('name the equations that were fused into them, with the lines that wrote those', () => {
    const f = (x: Tensor<'32 64'>, w: Tensor<'64 8'>, b: Tensor<'8'>) => pipe(x, matmul(w), add(b), relu)
    const profile = debug.profile(f)(zeros('32 64'), zeros('64 8'), tensor([1, 2, 3, 4, 5, 6, 7, 8]))
    const all = profile.stages.flatMap(({ equations }) => equations)
    expect(profile.engine).toBe('wasm')
    expect(operationsIn(profile).flat()).toEqual(expect.arrayContaining(['contract', 'add', 'select']))
    expect(operationsIn(profile).find(names => names.includes('contract'))).toContain('add')
    expect(all.find(({ operation }) => operation === 'contract')?.text).toMatch(/^\w+: float32 '32 8' = contract\[/)
    expect(all.every(({ frame }) => /profile\.test\.ts:\d+:\d+\)?$/.test(frame))).toBe(true)
    expect(profile.stages.every(({ timeMs, rounds }) => timeMs >= 0 && Number.isFinite(timeMs) && rounds === 1)).toBe(true)
    expect(profile.totalMs).toBeCloseTo(profile.stages.reduce((total, { timeMs }) => total + timeMs, 0))
  })

  test('done in strips are one', () => {
    const profile = debug.profile((x: Tensor<'256 256'>) => softmax(-1)(mul(x)(x)))(random.normal('256 256')(random.key(0)))
    expect(operationsIn(profile).some(names => names.includes('exp') && names.includes('max'))).toBe(true)
  })

  test('of a loop run once in each round, of a choice in the case that is run', () => {
    const f = (xs: Tensor<'10 8'>) => scan('10')((h: Tensor<'8'>, x: Tensor<'8'>) => [tanh(add(x)(h)), []] as const, zeros('8'))(xs)[0]
    const rows = debug.profile(f)(random.normal('10 8')(random.key(0))).stages
    expect(rows.find(({ equations }) => equations.some(({ operation }) => operation === 'tanh'))?.rounds).toBe(10)
    const g = (x: Tensor<''>) =>
      cond(
        greater(0)(x),
        (y: Tensor<''>) => exp(y),
        (y: Tensor<''>) => tanh(y),
      )(x)
    expect(operationsIn(debug.profile(g)(tensor(1))).flat()).toContain('exp')
    expect(operationsIn(debug.profile(g)(tensor(1))).flat()).not.toContain('tanh')
    const h = (x: Tensor<''>) =>
      pipe(
        x,
        whileLoop(
          (y: Tensor<''>) => less(100)(y),
          (y: Tensor<''>) => mul(2)(y),
        ),
      )
    const doubled = debug
      .profile(h)(tensor(1))
      .stages.find(({ equations }) => equations.some(({ operation }) => operation === 'mul'))
    expect(doubled?.rounds).toBe(7)
  })

  test('of gradients and batches, with what is printed left out', () => {
    const f = (v: Tensor<'8'>) => pipe(v, tanh, debug.print('no', { to: () => expect.unreachable() }), sum())
    const x = tensor([
      [1, 2, 3, 4, 5, 6, 7, 8],
      [8, 7, 6, 5, 4, 3, 2, 1],
    ])
    expect(operationsIn(debug.profile(vmap('2')((v: Tensor<'8'>) => grad(f)(v)))(x)).flat()).toContain('tanh')
  })

  test('of an engine that has none are single operations', () => {
    const profile = withEngine(reference)(() => debug.profile((x: Tensor<'2'>) => pipe(x, exp, tanh), { runs: 2 })(tensor([1, 2])))
    expect(profile.engine).toBe('reference')
    expect(operationsIn(profile)).toEqual([['exp'], ['tanh']])
  })
})

describe('text', () => {
  const equation = (operation: string, frame: string) => ({ operation, text: '', frame })
  const profile: debug.Profile = {
    engine: 'wasm',
    totalMs: 0.04,
    stages: [
      { name: 'map 32x8', equations: [equation('add', 'f (/a/b.ts:3:1)'), equation('add', '/a/b.ts:3:9')], rounds: 1, timeMs: 0.01 },
      { name: 'contract', equations: [equation('contract', 'f (/a/c.ts:12:1)')], rounds: 2, timeMs: 0.03 },
    ],
  }

  test('has the slowest stage first', () => {
    expect(debug.table(profile)).toBe(
      [
        '  µs      %  rounds  stage       operations  lines',
        '30.0   75.0       2  contract    contract    c.ts:12',
        '10.0   25.0       1  map 32x8    2× add      b.ts:3',
        '40.0  100.0          all stages',
        '',
      ].join('\n'),
    )
  })

  test('and a picture the order in which they run', () => {
    expect(debug.chart(profile)).toBe(
      [
        'flowchart TD',
        '  s0["map 32x8<br/>2× add<br/>10.0 µs (25 %)"]',
        '  s1["contract<br/>contract<br/>30.0 µs (75 %)"]',
        '  s0 --> s1',
        '',
      ].join('\n'),
    )
  })
})

describe('what cannot be profiled is refused', () => {
  test('no function, no runs, traced arguments, wrong indices', () => {
    const message = (f: () => unknown) => errorOf(f).message
    expect(message(() => debug.profile(typed<() => Tensor<''>>(3)))).toBe('debug.profile: 3 is no function: give one of tensors')
    expect(message(() => debug.profile((x: Tensor<''>) => x, { runs: 0 }))).toContain('debug.profile: 0 runs')
    for (const [op, draw] of [
      ['debug.table', debug.table],
      ['debug.chart', debug.chart],
    ] as const) {
      const refused = (x: unknown) => message(() => draw(typed<debug.Profile>(x)))
      expect(refused({})).toBe(`${op}: {} is no profile: give one, as in ${op}(debug.profile(f)(x))`)
      expect(refused(undefined)).toBe(`${op}: undefined is no profile: give one, as in ${op}(debug.profile(f)(x))`)
      expect(refused(tensor(1))).toContain(`${op}: a tensor is no profile`)
      expect(refused({ stages: [3], totalMs: 1 })).toContain('is no profile')
      expect(refused({ stages: [{ name: 'exp', rounds: 1, timeMs: 1 }], totalMs: 1 })).toContain('is no profile')
    }
    const inside = grad((x: Tensor<''>) => {
      debug.profile((y: Tensor<''>) => exp(y))(x)
      return x
    })
    expect(message(() => inside(tensor(1)))).toBe('debug.profile: an argument is traced and has no numbers to run with: profile outside')
    const rows = (x: Tensor<'3 2'>, i: Tensor<'1', 'int32'>) => take(i, 0)(x)
    expect(message(() => debug.profile(rows)(zeros('3 2'), tensor([7], 'int32')))).toContain('7 is outside 0 to 2')
  })
})
