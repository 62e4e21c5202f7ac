import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AddSizes, addSizes, type DivideSize, divideSize, type MultiplySizes, multiplySizes } from '../../src/shape/arithmetic.js'
import { type AxisForm, axisForm, evaluated, type Normal, normal } from '../../src/shape/expression.js'
import {
  type Broadcast,
  broadcast,
  type Concat,
  concat,
  type DotRule,
  dotRule,
  type Einsum,
  einsum,
  type MatMul,
  matMul,
  type Stack,
  stack,
} from '../../src/shape/index.js'
import { expressions, sized } from './expressions.js'
import { twin } from './twin.js'

describe('the normal form of an expression', () => {
  test('of sums and products', () => {
    twin<Normal<'b+a'>>()(normal('b+a'), 'a+b')
    twin<Normal<'4+n'>>()(normal('4+n'), 'n+4')
    twin<Normal<'n+n'>>()(normal('n+n'), 'n*2')
    twin<Normal<'2*n'>>()(normal('2*n'), 'n*2')
    twin<Normal<'b*a*b'>>()(normal('b*a*b'), 'a*b*b')
    twin<Normal<'a+a*b+3+a*b'>>()(normal('a+a*b+3+a*b'), 'a*b*2+a+3')
    twin<Normal<'(a+b)*(a-b)'>>()(normal('(a+b)*(a-b)'), 'a*a-b*b')
    twin<Normal<'(n+1)*3-n*3'>>()(normal('(n+1)*3-n*3'), '3')
    twin<Normal<'n-n'>>()(normal('n-n'), '0')
    twin<Normal<'5-n'>>()(normal('5-n'), '-n+5')
    twin<Normal<'-n+5'>>()(normal('-n+5'), '-n+5')
    twin<Normal<'n-2-3'>>()(normal('n-2-3'), 'n-5')
    twin<Normal<'n-(2-3)'>>()(normal('n-(2-3)'), 'n+1')
    twin<Normal<'n*0'>>()(normal('n*0'), '0')
    twin<Normal<'ö+b'>>()(normal('ö+b'), 'b+ö')
    twin<Normal<'ö+ä'>>()(normal('ö+ä'), 'ö+ä')
    twin<Normal<'n'>>()(normal('n'), 'n')
    twin<Normal<'784'>>()(normal('784'), '784')
  })
  test('of quotients', () => {
    twin<Normal<'n*4//2'>>()(normal('n*4//2'), 'n*2')
    twin<Normal<'n//2*2'>>()(normal('n//2*2'), '(n//2)*2')
    twin<Normal<'n*3//2'>>()(normal('n*3//2'), 'n+n//2')
    twin<Normal<'(n*2)//4'>>()(normal('(n*2)//4'), 'n//2')
    twin<Normal<'(n*2+3)//4'>>()(normal('(n*2+3)//4'), '(n+1)//2')
    twin<Normal<'n//2//3'>>()(normal('n//2//3'), 'n//6')
    twin<Normal<'(n//2+1)//2'>>()(normal('(n//2+1)//2'), '(n+2)//4')
    twin<Normal<'(h-3)//2+1'>>()(normal('(h-3)//2+1'), '(h+1)//2-1')
    twin<Normal<'(h-2)//2+1'>>()(normal('(h-2)//2+1'), 'h//2')
    twin<Normal<'w*(h//2)'>>()(normal('w*(h//2)'), '(h//2)*w')
    twin<Normal<'7//2'>>()(normal('7//2'), '3')
    twin<Normal<'(0-7)//2'>>()(normal('(0-7)//2'), '-4')
    twin<Normal<'n//1'>>()(normal('n//1'), 'n')
    twin<Normal<'(a*b*2+c)//2'>>()(normal('(a*b*2+c)//2'), 'a*b+c//2')
    twin<Normal<'a*b//4'>>()(normal('a*b//4'), '(a*b)//4')
  })
  test('of what is no expression there is none', () => {
    const form = <const A extends string>(axis: A): unknown => axisForm(axis)
    twin<AxisForm<'a+'>>()(form('a+'), { message: "'a+' has a '+' with nothing beside it" })
    twin<AxisForm<'a*'>>()(form('a*'), { message: "'a*' has a '*' with nothing beside it" })
    twin<AxisForm<'*a'>>()(form('*a'), { message: "'*a' has a '*' with nothing beside it" })
    twin<AxisForm<'a--b'>>()(form('a--b'), { message: "'a--b' has a '-' with nothing beside it" })
    twin<AxisForm<'(a'>>()(form('(a'), { message: "'(a' has a bracket without its partner" })
    twin<AxisForm<'a)'>>()(form('a)'), { message: "'a)' has a bracket without its partner" })
    twin<AxisForm<'()'>>()(form('()'), { message: "'()' has a ')' with nothing beside it" })
    twin<AxisForm<'a(b)'>>()(form('a(b)'), { message: "'a(b)' has '(' where '+', '-', '*' or '//' is expected" })
    twin<AxisForm<'(a)b'>>()(form('(a)b'), { message: "'(a)b' has 'b' where '+', '-', '*' or '//' is expected" })
    twin<AxisForm<'a/2'>>()(form('a/2'), { message: "'a/2' has '/', a quotient that is rounded down is written '//'" })
    twin<AxisForm<'a//b'>>()(form('a//b'), { message: "'a//b' is divided by something else than a whole number from 1 up" })
    twin<AxisForm<'a//0'>>()(form('a//0'), { message: "'a//0' is divided by something else than a whole number from 1 up" })
    const long = `(${'abcdefghi'.split('').join('+')})*(${'abcdefghi'.split('').join('+')})` as const
    expect(form(long)).toEqual({ message: `'${long}' has more than 64 terms once it is multiplied out` })
  })
})

describe('sizes added, multiplied and divided', () => {
  test('by what is met most', () => {
    twin<AddSizes<'n', 'n'>>()(addSizes('n', 'n'), 'n*2')
    twin<AddSizes<'b', 'a'>>()(addSizes('b', 'a'), 'a+b')
    twin<AddSizes<'4', 'a+b'>>()(addSizes('4', 'a+b'), 'a+b+4')
    twin<AddSizes<'n-2', '2'>>()(addSizes('n-2', '2'), 'n')
    twin<MultiplySizes<'28', '28'>>()(multiplySizes('28', '28'), '784')
    twin<MultiplySizes<'1', 'n'>>()(multiplySizes('1', 'n'), 'n')
    twin<MultiplySizes<'n', '0'>>()(multiplySizes('n', '0'), '0')
    twin<MultiplySizes<'4', 'n'>>()(multiplySizes('4', 'n'), 'n*4')
    twin<MultiplySizes<'w', 'h'>>()(multiplySizes('w', 'h'), 'h*w')
    twin<MultiplySizes<'n', 'n'>>()(multiplySizes('n', 'n'), 'n*n')
    twin<MultiplySizes<'a+b', '3'>>()(multiplySizes('a+b', '3'), 'a*3+b*3')
    twin<MultiplySizes<'h//2', 'w//2'>>()(multiplySizes('h//2', 'w//2'), '(h//2)*(w//2)')
    twin<DivideSize<'n', 4>>()(divideSize('n', 4n), 'n//4')
    twin<DivideSize<'n*8', 4>>()(divideSize('n*8', 4n), 'n*2')
    twin<DivideSize<'785', 28>>()(divideSize('785', 28n), '28')
    twin<DivideSize<'n', 1>>()(divideSize('n', 1n), 'n')
  })
})

test('rules compare expressions by their normal forms', () => {
  twin<Broadcast<'add', '4+n 3', 'n+4 3'>>()(broadcast('add', '4+n 3', 'n+4 3'), { shape: 'n+4 3' })
  twin<MatMul<'3 2*n', 'n+n 5'>>()(matMul('3 2*n', 'n+n 5'), { shape: '3 5' })
  twin<MatMul<'3 2*n', 'n 5'>>()(matMul('3 2*n', 'n 5'), {
    message: "matmul: '3 n*2' by 'n 5': inner axes differ, 'n*2' is not 'n'",
  })
  twin<DotRule<'2*n', 'n*2'>>()(dotRule('2*n', 'n*2'), { shape: '' })
  twin<Concat<0, readonly ['n 2*m', 'k m*2']>>()(concat(0, ['n 2*m', 'k m*2']), { shape: 'k+n 2*m' })
  twin<Stack<0, readonly ['b+a', 'a+b']>>()(stack(0, ['b+a', 'a+b']), { shape: '2 b+a' })
  twin<Einsum<'i j, j -> i', readonly ['3 b*a', 'a*b']>>()(einsum('i j, j -> i', ['3 b*a', 'a*b']), { shape: '3' })
})

const names = ['a', 'b', 'n', 'n2', 'Größe', 'größe']
const sizes = fc.record(Object.fromEntries(names.map(name => [name, fc.nat({ max: 9 })])))

describe('laws', () => {
  test('an expression and its normal form are one number for all sizes', () => {
    fc.assert(
      fc.property(expressions(names), sizes, (axis, own) => {
        expect(evaluated(normal(axis), sized(own))).toBe(evaluated(axis, sized(own)))
      }),
    )
  })
  test('the normal form of a normal form is itself', () => {
    fc.assert(
      fc.property(expressions(names), axis => {
        expect(normal(normal(axis))).toBe(normal(axis))
      }),
    )
  })
  // Names that differ in letters without an order keep the order in which they are written.
  const ordered = expressions(['a', 'b', 'n', 'n2', 'height'])
  test('sums and products are commutative and associative, and a product goes through a sum', () => {
    fc.assert(
      fc.property(ordered, ordered, ordered, (x, y, z) => {
        expect(normal(`(${x})+(${y})`)).toBe(normal(`(${y})+(${x})`))
        expect(normal(`(${x})*(${y})`)).toBe(normal(`(${y})*(${x})`))
        expect(normal(`(${x})+((${y})+(${z}))`)).toBe(normal(`((${x})+(${y}))+(${z})`))
        expect(normal(`(${x})*((${y})*(${z}))`)).toBe(normal(`((${x})*(${y}))*(${z})`))
        expect(normal(`(${x})*((${y})+(${z}))`)).toBe(normal(`(${x})*(${y})+(${x})*(${z})`))
        expect(normal(`(${x})-(${x})`)).toBe('0')
      }),
    )
  })
  test('a quotient takes out what its divisor goes into', () => {
    fc.assert(
      fc.property(ordered, ordered, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), (x, y, k, m) => {
        expect(normal(`((${x})*${k})//${k}`)).toBe(normal(x))
        expect(normal(`((${x})*${k}+(${y}))//${k}`)).toBe(normal(`(${x})+(${y})//${k}`))
        expect(normal(`((${x})*${m})//${k * m}`)).toBe(normal(`(${x})//${k}`))
      }),
    )
  })
  test('sizes are added and multiplied as their expressions are', () => {
    fc.assert(
      fc.property(ordered, ordered, fc.integer({ min: 1, max: 6 }), (x, y, k) => {
        const [p, q] = [normal(x), normal(y)]
        expect(addSizes(p, q)).toBe(normal(`(${x})+(${y})`))
        expect(multiplySizes(p, q) ?? normal(`(${x})*(${y})`)).toBe(normal(`(${x})*(${y})`))
        expect(divideSize(p, BigInt(k))).toBe(normal(`(${x})//${k}`))
      }),
    )
  })
})
