/** All that `tree` names: the functions on trees, and their instances. */
export { Eq, equals, Functor, Show, type URI } from './instances.js'
export * from './tree.js'
