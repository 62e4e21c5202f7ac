import fc from 'fast-check'

/** An axis: a small size or a name. */
export const axis = fc.oneof(fc.integer({ min: 0, max: 4 }).map(String), fc.constantFrom('a', 'b', 'n', 'batch'))

export const axes = fc.array(axis, { maxLength: 4 })

/** Any well-formed shape of up to four axes. */
export const shapes = axes.map(list => list.join(' '))

/** A shape of sizes only. */
export const sizes = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 })
