/**
 * The primitives of linear algebra. They stand apart from the others because few programs need them: the root entry does not load them. Like
 * those, each is enrolled in every law (`registry.ts`).
 */
export * from './cholesky.js'
export * from './eigh.js'
export * from './lu.js'
export * from './qr.js'
export * from './solve.js'
export * from './svd.js'
export * from './triangular-solve.js'
