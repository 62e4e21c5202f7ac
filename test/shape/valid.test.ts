import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Dims, dims, expandDims, isErr, join, oneHot, type Rank, rank, type Shape, shape, stack } from '../../src/shape/index.js'
import { shapes } from './arbitrary.js'
import { twin } from './twin.js'

describe('dims', () => {
  test('splits and joins', () => {
    twin<Dims<'batch 784'>>()(dims('batch 784'), ['batch', '784'])
    twin<Dims<''>>()(dims(''), [])
    twin<Rank<'2 3 4'>>()(rank('2 3 4'), 3)
  })
  test('join is the inverse of dims', () => {
    fc.assert(fc.property(shapes, s => join(dims(s)) === s))
  })
})

describe('shape', () => {
  test('well formed', () => {
    twin<Shape<''>>()(shape(''), { shape: '' })
    twin<Shape<'0'>>()(shape('0'), { shape: '0' })
    twin<Shape<'batch 28 28'>>()(shape('batch 28 28'), { shape: 'batch 28 28' })
    twin<Shape<'_x Größe n2 theta_1'>>()(shape('_x Größe n2 theta_1'), { shape: '_x Größe n2 theta_1' })
    twin<Shape<'batch+4 a+b+2 4+n'>>()(shape('batch+4 a+b+2 4+n'), { shape: 'batch+4 a+b+2 4+n' })
    twin<Shape<'Infinity NaN e5'>>()(shape('Infinity NaN e5'), { shape: 'Infinity NaN e5' })
  })
  test('separators', () => {
    twin<Shape<'batch,784'>>()(shape('batch,784'), { message: "shape 'batch,784': write one space between axes" })
    twin<Shape<'2\t3'>>()(shape('2\t3'), { message: "shape '2\t3': write one space between axes" })
    twin<Shape<'2  3'>>()(shape('2  3'), { message: "shape '2  3': write one space between axes, and none before or after" })
    twin<Shape<' 2'>>()(shape(' 2'), { message: "shape ' 2': write one space between axes, and none before or after" })
    twin<Shape<'2 '>>()(shape('2 '), { message: "shape '2 ': write one space between axes, and none before or after" })
    twin<Shape<' '>>()(shape(' '), { message: "shape ' ': write one space between axes, and none before or after" })
    twin<Shape<'2\n3'>>()(shape('2\n3'), { message: 'shape: a shape has no line break, write one space between axes' })
    twin<Shape<'2\u20283'>>()(shape('2\u20283'), { message: 'shape: a shape has no line break, write one space between axes' })
  })
  test('sizes that are not plain digits', () => {
    twin<Shape<'007'>>()(shape('007'), { message: "shape '007': write '007' as '7'" })
    twin<Shape<'2 00'>>()(shape('2 00'), { message: "shape '2 00': write '00' as '0'" })
    twin<Shape<'1.0'>>()(shape('1.0'), { message: "shape '1.0': write '1.0' as '1'" })
    twin<Shape<'1.5'>>()(shape('1.5'), { message: "shape '1.5': '1.5' is not a size, write a whole number in plain digits" })
    twin<Shape<'1.'>>()(shape('1.'), { message: "shape '1.': '1.' is not a size, write a whole number in plain digits" })
    twin<Shape<'.5'>>()(shape('.5'), { message: "shape '.5': '.5' is not a size, write a whole number in plain digits" })
    twin<Shape<'00.0'>>()(shape('00.0'), { message: "shape '00.0': '00.0' is not a size, write a whole number in plain digits" })
    twin<Shape<'1e3'>>()(shape('1e3'), { message: "shape '1e3': '1e3' is not a size, write a whole number in plain digits" })
    twin<Shape<'0x10'>>()(shape('0x10'), { message: "shape '0x10': '0x10' is not a size, write a whole number in plain digits" })
    twin<Shape<'-1'>>()(shape('-1'), { message: "shape '-1': '-1' is not a size, write a whole number from 0 up, or a name" })
    twin<Shape<'-0'>>()(shape('-0'), { message: "shape '-0': '-0' is not a size, write a whole number from 0 up, or a name" })
    twin<Shape<'+3'>>()(shape('+3'), { message: "shape '+3': write '+3' as '3'" })
    twin<Shape<'2 12345678901234567890'>>()(shape('2 12345678901234567890'), {
      message: "shape '2 12345678901234567890': '12345678901234567890' is not a size, write a whole number in plain digits",
    })
  })
  test('names', () => {
    twin<Shape<'2x'>>()(shape('2x'), { message: "shape '2x': '2x' is neither a size nor a name, a name starts with a letter or '_'" })
    twin<Shape<'(a b) c'>>()(shape('(a b) c'), {
      message: "shape '(a b) c': '(a' has a bracket without its partner",
    })
    twin<Shape<'...'>>()(shape('...'), { message: "shape '...': '.' cannot stand in an axis, a name has letters, digits and '_'" })
    twin<Shape<'batch.size'>>()(shape('batch.size'), {
      message: "shape 'batch.size': '.' cannot stand in an axis, a name has letters, digits and '_'",
    })
    twin<Shape<"it's">>()(shape("it's"), { message: "shape 'it's': ''' cannot stand in an axis, a name has letters, digits and '_'" })
  })
  test('sums', () => {
    twin<Shape<'2+3'>>()(shape('2+3'), { message: "shape '2+3': '2+3' has no name, write the number itself" })
    twin<Shape<'a+'>>()(shape('a+'), { message: "shape 'a+': 'a+' has a '+' with nothing beside it" })
    twin<Shape<'a++b'>>()(shape('a++b'), { message: "shape 'a++b': 'a++b' has a '+' with nothing beside it" })
    twin<Shape<'+a'>>()(shape('+a'), { message: "shape '+a': '+a' has a '+' with nothing beside it" })
    twin<Shape<'+'>>()(shape('+'), { message: "shape '+': '+' has a '+' with nothing beside it" })
    twin<Shape<'a+07'>>()(shape('a+07'), { message: "shape 'a+07': write '07' as '7'" })
    twin<Shape<'a+2x'>>()(shape('a+2x'), {
      message: "shape 'a+2x': '2x' is neither a size nor a name, a name starts with a letter or '_'",
    })
    twin<Shape<'1e+21'>>()(shape('1e+21'), {
      message: "shape '1e+21': '1e' is neither a size nor a name, a name starts with a letter or '_'",
    })
  })
  test('products, differences and quotients', () => {
    twin<Shape<'a*b n-2 h//2 (h+1)//2*w batch-size -n+5'>>()(shape('a*b n-2 h//2 (h+1)//2*w batch-size -n+5'), {
      shape: 'a*b n-2 h//2 (h+1)//2*w batch-size -n+5',
    })
    twin<Shape<'2*3'>>()(shape('2*3'), { message: "shape '2*3': '2*3' has no name, write the number itself" })
    twin<Shape<'n*'>>()(shape('n*'), { message: "shape 'n*': 'n*' has a '*' with nothing beside it" })
    twin<Shape<'n*02'>>()(shape('n*02'), { message: "shape 'n*02': write '02' as '2'" })
    twin<Shape<'n*1.5'>>()(shape('n*1.5'), { message: "shape 'n*1.5': '1.5' is not a size, write a whole number in plain digits" })
    twin<Shape<'n/2'>>()(shape('n/2'), { message: "shape 'n/2': 'n/2' has '/', a quotient that is rounded down is written '//'" })
    twin<Shape<'3 n//m'>>()(shape('3 n//m'), {
      message: "shape '3 n//m': 'n//m' is divided by something else than a whole number from 1 up",
    })
    twin<Shape<'(h w)'>>()(shape('(h w)'), { message: "shape '(h w)': '(h' has a bracket without its partner" })
    twin<Shape<'h%2'>>()(shape('h%2'), { message: "shape 'h%2': '%' cannot stand in an axis, a name has letters, digits and '_'" })
    twin<Shape<'h%2+1'>>()(shape('h%2+1'), { message: "shape 'h%2+1': '%' cannot stand in an axis, a name has letters, digits and '_'" })
  })
  test('at most 64 axes', () => {
    const many = (n: number): string => join(Array.from({ length: n }, (_, i) => `n${i}`))
    expect(shape(many(64))).toEqual({ shape: many(64) })
    expect(shape(many(65))).toEqual({ message: 'shape: a shape has at most 64 axes' })
    expect(expandDims(many(63), 0)).toEqual({ shape: `1 ${many(63)}` })
    expect(expandDims(many(64), 0)).toEqual({ message: 'expandDims: there are 64 axes already, a shape has no more' })
    expect(stack(0, [many(64)])).toEqual({ message: 'stack: there are 64 axes already, a shape has no more' })
    expect(oneHot(many(64), 3)).toEqual({ message: 'oneHot: there are 64 axes already, a shape has no more' })
  })

  test('every shape of sizes and names is well formed', () => {
    fc.assert(fc.property(shapes, s => !isErr(shape(s))))
  })
  test('any text has a verdict, and no message has a line break', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), s => {
        const rule = shape(s)
        return isErr(rule) ? rule.message.startsWith('shape') && !/[\n\r\v\f\u2028\u2029]/.test(rule.message) : rule.shape === s
      }),
    )
  })
  test('what is accepted has axes that are sizes or start like names', () => {
    const text = fc.string({ unit: fc.constantFrom('0', '1', '7', 'e', 'x', '+', '-', '.', ' ', '_'), maxLength: 8 })
    fc.assert(
      fc.property(text, s => {
        const plain = s === '' || s.split(' ').every(axis => /^(0|[1-9]\d*|[a-z_][\w]*)$/.test(axis) || /^-?[\w]+([+-][\w]+)*$/.test(axis))
        expect(isErr(shape(s)) || plain).toBe(true)
      }),
    )
  })
})
