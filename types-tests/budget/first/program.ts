/** The least that a user writes. */
import { zeros } from 'pullback'

export const x = zeros('2 3')
