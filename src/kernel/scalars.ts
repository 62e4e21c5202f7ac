/**
 * Scalar functions: all that a program computes with single numbers, each with the meaning of the primitive of the same name.
 *
 * The table is the only list of their names. Those of the cost 'elementary' have formulas, in math/, which are the same for every engine; every
 * engine has a table of its own with a rule for each of the others. So a function that is added here compiles only when every engine can
 * compute it.
 */
interface Scalar {
  /**
   * Whether the result is the one number nearest to the true one, or no rounding at all: then plain JavaScript and every engine give the
   * same bits. The others are approximations, and those of plain JavaScript are not those of the formulas.
   */
  readonly exact: boolean
  /**
   * How long it takes: `quick` functions less than reading memory, `slow` ones more, and `elementary` ones many instructions, which
   * a formula in math/ says. Quick functions may be computed again at each use instead of being stored.
   */
  readonly cost: 'quick' | 'slow' | 'elementary'
  /** The sign between two operands where programs are printed; other functions are printed as calls. */
  readonly infix?: string
}

const table = {
  abs: { exact: true, cost: 'quick' },
  acos: { exact: false, cost: 'elementary' },
  acosh: { exact: false, cost: 'elementary' },
  add: { exact: true, cost: 'quick', infix: '+' },
  and: { exact: true, cost: 'quick', infix: '&' },
  asin: { exact: false, cost: 'elementary' },
  asinh: { exact: false, cost: 'elementary' },
  atan: { exact: false, cost: 'elementary' },
  atan2: { exact: false, cost: 'elementary' },
  atanh: { exact: false, cost: 'elementary' },
  cast: { exact: true, cost: 'quick' },
  cbrt: { exact: false, cost: 'elementary' },
  copySign: { exact: true, cost: 'quick' },
  cos: { exact: false, cost: 'elementary' },
  cosh: { exact: false, cost: 'elementary' },
  digamma: { exact: false, cost: 'elementary' },
  div: { exact: true, cost: 'slow', infix: '/' },
  equal: { exact: true, cost: 'quick', infix: '=' },
  erf: { exact: false, cost: 'elementary' },
  erfc: { exact: false, cost: 'elementary' },
  erfInv: { exact: false, cost: 'elementary' },
  exp: { exact: false, cost: 'elementary' },
  exp2: { exact: false, cost: 'elementary' },
  expm1: { exact: false, cost: 'elementary' },
  floor: { exact: true, cost: 'quick' },
  hypot: { exact: false, cost: 'elementary' },
  less: { exact: true, cost: 'quick', infix: '<' },
  lessEqual: { exact: true, cost: 'quick', infix: '<=' },
  lgamma: { exact: false, cost: 'elementary' },
  log: { exact: false, cost: 'elementary' },
  log10: { exact: false, cost: 'elementary' },
  log1p: { exact: false, cost: 'elementary' },
  // Exact at powers of two, whose logarithms are whole numbers, but not elsewhere.
  log2: { exact: false, cost: 'elementary' },
  maximum: { exact: true, cost: 'quick' },
  minimum: { exact: true, cost: 'quick' },
  mul: { exact: true, cost: 'quick', infix: '*' },
  neg: { exact: true, cost: 'quick' },
  nextAfter: { exact: true, cost: 'elementary' },
  normalCdf: { exact: false, cost: 'elementary' },
  not: { exact: true, cost: 'quick' },
  or: { exact: true, cost: 'quick', infix: '|' },
  pow: { exact: false, cost: 'elementary' },
  rem: { exact: true, cost: 'elementary', infix: '%' },
  round: { exact: true, cost: 'quick' },
  // Rounded twice: the root to the dtype, and then the quotient.
  rsqrt: { exact: false, cost: 'slow' },
  select: { exact: true, cost: 'quick' },
  shiftLeft: { exact: true, cost: 'quick', infix: '<<' },
  shiftRight: { exact: true, cost: 'quick', infix: '>>' },
  sigmoid: { exact: false, cost: 'elementary' },
  sign: { exact: true, cost: 'quick' },
  sin: { exact: false, cost: 'elementary' },
  sinh: { exact: false, cost: 'elementary' },
  sqrt: { exact: true, cost: 'slow' },
  sub: { exact: true, cost: 'quick', infix: '-' },
  tanh: { exact: false, cost: 'elementary' },
  trunc: { exact: true, cost: 'quick' },
  xor: { exact: true, cost: 'quick', infix: '^' },
} as const satisfies { readonly [name: string]: Scalar }

export type ScalarName = keyof typeof table
/** The functions that have formulas. */
export type ElementaryName = { readonly [N in ScalarName]: (typeof table)[N]['cost'] extends 'elementary' ? N : never }[ScalarName]
export const scalars: { readonly [N in ScalarName]: Scalar } = table
