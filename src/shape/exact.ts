import type { FloorDivide, Multiply } from './natural.js'

/**
 * Whole numbers divided by the compiler where nothing is left over.
 *
 * By one digit, and by 16, a number is divided digit by digit with the help of a table; that takes a tenth of the steps of a long division. A divisor that is
 * two digits multiplied is divided by in two steps, and any other is taken apart into 2, 3, 5 and 7. What is left of it, such as 13, goes by long division.
 *
 * @example
 * import type { shape } from 'pullback'
 *
 * const quotient: shape.Rearrange<'rearrange', '(h d) -> h d', '768', { h: 12 }> = { shape: '12 64' }
 * assert.deepEqual(quotient, { shape: '12 64' })
 */

/** The digits of N / M, `never` where M does not go into N. M is at least 1. */
export type ExactDivide<N extends string, M extends string> = M extends keyof Quotients
  ? ShortDivide<N, M>
  : M extends keyof Factors
    ? ShortDivide<N, Factors[M][0]> extends infer Q extends string
      ? [Q] extends [never]
        ? never
        : ShortDivide<Q, Factors[M][1]>
      : never
    : ByPrimes<N, M>

/** Divisors that are two digits multiplied. */
interface Factors {
  readonly '10': readonly ['5', '2']
  readonly '12': readonly ['6', '2']
  readonly '14': readonly ['7', '2']
  readonly '15': readonly ['5', '3']
  readonly '18': readonly ['9', '2']
  readonly '20': readonly ['5', '4']
  readonly '21': readonly ['7', '3']
  readonly '24': readonly ['8', '3']
  readonly '25': readonly ['5', '5']
  readonly '27': readonly ['9', '3']
  readonly '28': readonly ['7', '4']
  readonly '30': readonly ['6', '5']
  readonly '32': readonly ['8', '4']
  readonly '35': readonly ['7', '5']
  readonly '36': readonly ['9', '4']
  readonly '40': readonly ['8', '5']
  readonly '42': readonly ['7', '6']
  readonly '45': readonly ['9', '5']
  readonly '48': readonly ['8', '6']
  readonly '49': readonly ['7', '7']
  readonly '54': readonly ['9', '6']
  readonly '56': readonly ['8', '7']
  readonly '63': readonly ['9', '7']
  readonly '64': readonly ['8', '8']
  readonly '72': readonly ['9', '8']
  readonly '81': readonly ['9', '9']
}

/** By any other divisor, which is taken apart into primes first. */
type ByPrimes<N extends string, M extends string, P extends Prime = '2'> = M extends '1'
  ? N
  : ShortDivide<M, P> extends infer R extends string
    ? [R] extends [never]
      ? P extends '7'
        ? Long<N, M>
        : ByPrimes<N, M, Next[P]>
      : ShortDivide<N, P> extends infer Q extends string
        ? [Q] extends [never]
          ? never
          : ByPrimes<Q, R, P>
        : never
    : never

type Prime = keyof Next

/** The prime that is tried after each; 7 is the last. */
interface Next {
  readonly '2': '3'
  readonly '3': '5'
  readonly '5': '7'
  readonly '7': '7'
}

/** The digits of N / P, `never` where something is left over. */
type ShortDivide<N extends string, P extends keyof Quotients> = Divided<N, Quotients[P]>

/** The digits of N divided with the help of a table; `R` is left over from the digits before. */
type Divided<N extends string, Table, R extends string = '0', Acc extends string = ''> = N extends `${infer A}${infer S}`
  ? Table extends `${string} ${R}${A}=${infer Q}${infer T} ${string}`
    ? Divided<S, Table, T, Q extends '0' ? (Acc extends '' ? '' : `${Acc}0`) : `${Acc}${Q}`>
    : never
  : R extends '0'
    ? Acc extends ''
      ? '0'
      : Acc
    : never

type Long<N extends string, M extends string> = [N, M] extends [`${infer X extends number}`, `${infer Y extends number}`]
  ? FloorDivide<X, Y> extends infer Q extends number
    ? Multiply<Q, Y> extends X
      ? number extends Q
        ? never
        : `${Q}`
      : never
    : never
  : never

/**
 * `RD=QT` for the number with the digits R and D: its quotient by P is Q, and T is left over; what is left over by 16 is one digit too, from 'a' for 10 to 'f'. The
 * compiler finds a text in a text in one step.
 */
interface Quotients {
  readonly '2': ' 00=00 01=01 02=10 03=11 04=20 05=21 06=30 07=31 08=40 09=41 10=50 11=51 12=60 13=61 14=70 15=71 16=80 17=81 18=90 19=91 '
  readonly '3': ' 00=00 01=01 02=02 03=10 04=11 05=12 06=20 07=21 08=22 09=30 10=31 11=32 12=40 13=41 14=42 15=50 16=51 17=52 18=60 19=61 20=62 21=70 22=71 23=72 24=80 25=81 26=82 27=90 28=91 29=92 '
  readonly '4': ' 00=00 01=01 02=02 03=03 04=10 05=11 06=12 07=13 08=20 09=21 10=22 11=23 12=30 13=31 14=32 15=33 16=40 17=41 18=42 19=43 20=50 21=51 22=52 23=53 24=60 25=61 26=62 27=63 28=70 29=71 30=72 31=73 32=80 33=81 34=82 35=83 36=90 37=91 38=92 39=93 '
  readonly '5': ' 00=00 01=01 02=02 03=03 04=04 05=10 06=11 07=12 08=13 09=14 10=20 11=21 12=22 13=23 14=24 15=30 16=31 17=32 18=33 19=34 20=40 21=41 22=42 23=43 24=44 25=50 26=51 27=52 28=53 29=54 30=60 31=61 32=62 33=63 34=64 35=70 36=71 37=72 38=73 39=74 40=80 41=81 42=82 43=83 44=84 45=90 46=91 47=92 48=93 49=94 '
  readonly '6': ' 00=00 01=01 02=02 03=03 04=04 05=05 06=10 07=11 08=12 09=13 10=14 11=15 12=20 13=21 14=22 15=23 16=24 17=25 18=30 19=31 20=32 21=33 22=34 23=35 24=40 25=41 26=42 27=43 28=44 29=45 30=50 31=51 32=52 33=53 34=54 35=55 36=60 37=61 38=62 39=63 40=64 41=65 42=70 43=71 44=72 45=73 46=74 47=75 48=80 49=81 50=82 51=83 52=84 53=85 54=90 55=91 56=92 57=93 58=94 59=95 '
  readonly '7': ' 00=00 01=01 02=02 03=03 04=04 05=05 06=06 07=10 08=11 09=12 10=13 11=14 12=15 13=16 14=20 15=21 16=22 17=23 18=24 19=25 20=26 21=30 22=31 23=32 24=33 25=34 26=35 27=36 28=40 29=41 30=42 31=43 32=44 33=45 34=46 35=50 36=51 37=52 38=53 39=54 40=55 41=56 42=60 43=61 44=62 45=63 46=64 47=65 48=66 49=70 50=71 51=72 52=73 53=74 54=75 55=76 56=80 57=81 58=82 59=83 60=84 61=85 62=86 63=90 64=91 65=92 66=93 67=94 68=95 69=96 '
  readonly '8': ' 00=00 01=01 02=02 03=03 04=04 05=05 06=06 07=07 08=10 09=11 10=12 11=13 12=14 13=15 14=16 15=17 16=20 17=21 18=22 19=23 20=24 21=25 22=26 23=27 24=30 25=31 26=32 27=33 28=34 29=35 30=36 31=37 32=40 33=41 34=42 35=43 36=44 37=45 38=46 39=47 40=50 41=51 42=52 43=53 44=54 45=55 46=56 47=57 48=60 49=61 50=62 51=63 52=64 53=65 54=66 55=67 56=70 57=71 58=72 59=73 60=74 61=75 62=76 63=77 64=80 65=81 66=82 67=83 68=84 69=85 70=86 71=87 72=90 73=91 74=92 75=93 76=94 77=95 78=96 79=97 '
  readonly '9': ' 00=00 01=01 02=02 03=03 04=04 05=05 06=06 07=07 08=08 09=10 10=11 11=12 12=13 13=14 14=15 15=16 16=17 17=18 18=20 19=21 20=22 21=23 22=24 23=25 24=26 25=27 26=28 27=30 28=31 29=32 30=33 31=34 32=35 33=36 34=37 35=38 36=40 37=41 38=42 39=43 40=44 41=45 42=46 43=47 44=48 45=50 46=51 47=52 48=53 49=54 50=55 51=56 52=57 53=58 54=60 55=61 56=62 57=63 58=64 59=65 60=66 61=67 62=68 63=70 64=71 65=72 66=73 67=74 68=75 69=76 70=77 71=78 72=80 73=81 74=82 75=83 76=84 77=85 78=86 79=87 80=88 81=90 82=91 83=92 84=93 85=94 86=95 87=96 88=97 89=98 '
  readonly '16': ' 00=00 01=01 02=02 03=03 04=04 05=05 06=06 07=07 08=08 09=09 10=0a 11=0b 12=0c 13=0d 14=0e 15=0f 16=10 17=11 18=12 19=13 20=14 21=15 22=16 23=17 24=18 25=19 26=1a 27=1b 28=1c 29=1d 30=1e 31=1f 32=20 33=21 34=22 35=23 36=24 37=25 38=26 39=27 40=28 41=29 42=2a 43=2b 44=2c 45=2d 46=2e 47=2f 48=30 49=31 50=32 51=33 52=34 53=35 54=36 55=37 56=38 57=39 58=3a 59=3b 60=3c 61=3d 62=3e 63=3f 64=40 65=41 66=42 67=43 68=44 69=45 70=46 71=47 72=48 73=49 74=4a 75=4b 76=4c 77=4d 78=4e 79=4f 80=50 81=51 82=52 83=53 84=54 85=55 86=56 87=57 88=58 89=59 90=5a 91=5b 92=5c 93=5d 94=5e 95=5f 96=60 97=61 98=62 99=63 a0=64 a1=65 a2=66 a3=67 a4=68 a5=69 a6=6a a7=6b a8=6c a9=6d b0=6e b1=6f b2=70 b3=71 b4=72 b5=73 b6=74 b7=75 b8=76 b9=77 c0=78 c1=79 c2=7a c3=7b c4=7c c5=7d c6=7e c7=7f c8=80 c9=81 d0=82 d1=83 d2=84 d3=85 d4=86 d5=87 d6=88 d7=89 d8=8a d9=8b e0=8c e1=8d e2=8e e3=8f e4=90 e5=91 e6=92 e7=93 e8=94 e9=95 f0=96 f1=97 f2=98 f3=99 f4=9a f5=9b f6=9c f7=9d f8=9e f9=9f '
}
