/**
 * When the rule of a function is traced. It is traced where the function is called, because the values that it closes over may be those of a function
 * that is still running then and has returned when a derivative is taken: they become inputs of the operation. Second derivatives need the rules of
 * the functions that a rule calls, third ones the rules of those, so rules are traced one inside the other. Two things would have no end:
 *
 * - A rule calls the function that it belongs to, itself or by way of others. The same function on an argument of the same form has the same rule,
 *   which is being traced already, so the call is given the program that comes of it. That program then holds itself.
 * - A rule makes a function anew, whose rule makes one again. Nothing says that they are alike. From some depth on, such a rule is only looked at when
 *   it is called, for what it closes over, and traced once more when a derivative asks for it: in the traces of its call, whose values may be used
 *   again for that. What it then closes over must be an input of its call. The functions that it makes are given those same inputs, so
 *   there is no end to the order as long as they close over nothing else.
 */
import { type Program, sameAval } from '../program/index.js'
import { fail, payload, type Value } from '../tensor/index.js'
import { interpret, isRemembered, programOf, remembering, type TraceResult, trace } from '../trace/index.js'
import type { TracedRule } from './custom-rule.js'
import { haveAvals } from './held.js'

type Traced = Pick<TraceResult, 'program' | 'captured'>

/** A rule as a function of values, on inputs like these. Calls of one function with the same identity have the same rule. */
interface Rule {
  readonly identity: object
  readonly run: (values: readonly Value[]) => readonly Value[]
  readonly inputs: readonly Value[]
}

/** What a call needs of its rule. */
interface RuleOfCall {
  /** What the rule closes over, which becomes inputs of the operation. */
  readonly captured: readonly Value[]
  /** The rule, given the inputs of the operation that are not arguments, and how many arguments are before them. */
  readonly rule: (closed: readonly Value[], arity: number) => TracedRule
}

/** A rule that is being traced. */
interface Frame {
  /** Stands for the function, whatever the form of its argument. */
  readonly owner: object
  readonly identity: object
  /** What the rule closes over, for calls of the function inside it. */
  closed: readonly Value[]
  /** Whether there was such a call. */
  isMet: boolean
  program: Program | undefined
}

/** What is being traced: rules, one in another, and where the outermost is one that is traced once more, all that it may close over. */
interface Tracing {
  readonly frames: readonly Frame[]
  readonly known: readonly Value[] | undefined
}

let tracing: Tracing = { frames: [], known: undefined }

const during = <T>(inner: Tracing, f: () => T): T => {
  const outer = tracing
  tracing = inner
  try {
    return f()
  } finally {
    tracing = outer
  }
}

/**
 * How deep functions that rules make are traced when they are called: so many levels for their programs, and so many for what they close over. The
 * second number is larger by two, so that two kinds of functions which make each other are both looked at.
 */
const levels = { kept: 2, looked: 4 }

/** At which level a rule is that is traced once more: the functions that it makes are looked at, and those that they make are not. */
const again = levels.looked - 2

/** Traces a rule. If it calls its own function and closes over something, then twice: the second time such calls are given what the first one closed over. */
const traceRule = (op: string, owner: object, { identity, run, inputs }: Rule): Traced => {
  const frame: Frame = { owner, identity, closed: [], isMet: false, program: undefined }
  return during({ ...tracing, frames: [...tracing.frames, frame] }, () => {
    const first = trace(run, inputs)
    if (!frame.isMet || first.captured.length === 0) {
      frame.program = first.program
      return first
    }
    const arity = inputs.length
    const second = trace(
      values => {
        frame.closed = values.slice(arity)
        return run(values.slice(0, arity))
      },
      [...inputs, ...first.captured],
    )
    if (!haveAvals(second.captured, first.captured))
      fail({ _tag: 'TraceError', detail: `${op}: the rule closes over other values each time it is called: let it do the same` })
    // What its calls were given is what it closes over itself.
    const program = programOf(values => interpret(second.program, [...values, ...values.slice(arity)]), [...inputs, ...first.captured])
    frame.program = program
    return { program, captured: second.captured }
  })
}

/** Whether they are one value, or hold the same numbers: a tensor that a rule makes is another one each time. */
const isSame = (x: Value, y: Value): boolean => {
  const [a, b] = [x[payload], y[payload]]
  if (a === b) return true
  if (a.kind !== 'concrete' || b.kind !== 'concrete' || !sameAval(x, y)) return false
  const [left, right] = [a.buffer, b.buffer]
  for (let i = 0; i < left.length; i += 1) if (!Object.is(left[i], right[i])) return false
  return true
}

/** The place of a value among others, or -1. */
const placeIn = (values: readonly Value[], x: Value): number => {
  const exact = values.findIndex(other => other[payload] === x[payload])
  return exact < 0 ? values.findIndex(other => isSame(other, x)) : exact
}

/** What the inputs of a call are to have that may be asked for its rule later: what there is to close over, and what is made in the meantime. */
const within = (known: readonly Value[], looked: readonly Value[]): readonly Value[] => [
  ...known,
  ...looked.filter(x => x[payload].kind === 'traced' && !isRemembered(x)),
]

/** The rules of one function, which is made now. */
export const ruleTracing = (op: string): ((rule: Rule) => RuleOfCall) => {
  const owner = {}
  const levelOf = ({ frames, known }: Tracing): number => (known ? again : 0) + frames.length
  const made = tracing.frames.length === 0 ? 0 : levelOf(tracing)
  const places = (captured: readonly Value[], closed: readonly Value[], arity: number): readonly number[] =>
    captured.map(x => {
      const place = placeIn(closed, x)
      return place >= 0
        ? arity + place
        : fail({
            _tag: 'TraceError',
            detail: `${op}: a function that a rule has made, which another rule has made, closes over a value that those do not: make it outside of the rules, or pass the value as a part of the argument`,
          })
    })
  return rule => {
    const { frames, known } = tracing
    const around = frames.find(({ identity }) => identity === rule.identity)
    if (around) {
      around.isMet = true
      const captured = around.closed
      const program = (): Program =>
        around.program ??
        fail({ _tag: 'TraceError', detail: `${op}: the rule asks for the derivative of the function that it gives the derivative of` })
      return { captured, rule: (closed, arity) => ({ program: program(), captured: places(captured, closed, arity) }) }
    }
    const own = frames.filter(frame => frame.owner === owner).length
    const level = Math.max(made, own > 0 && known ? again : 0) + own
    const traced = (): Traced => traceRule(op, owner, rule)
    if (level < levels.kept) {
      const { program, captured } = traced()
      return { captured, rule: (closed, arity) => ({ program, captured: places(captured, closed, arity) }) }
    }
    const asNow = remembering()
    const looked = level < levels.looked ? asNow(traced).captured : []
    return {
      captured: known ? within(known, looked) : looked,
      rule: (closed, arity) => {
        const { program, captured } = asNow(() => during({ frames: [], known: closed }, traced))
        return { program, captured: places(captured, closed, arity) }
      },
    }
  }
}
