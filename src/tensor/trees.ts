/** All that `tree` names: the functions on trees, and their instances. */
export { Eq, type FlatFunctor, Functor, Show, type TreeEq, type TreeShow, type URI } from './instances.js'
export * from './tree.js'
