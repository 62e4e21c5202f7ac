/** Are these the same type to the compiler, `any`, unions and readonly included? */
export type Equal<X, Y> = (<T>() => T extends X ? 1 : 2) extends <T>() => T extends Y ? 1 : 2 ? true : false

/** Does not compile unless `T` is `true`. */
export type Assert<T extends true> = T

/** `any`, which the linter does not let one write. */
export type Any = ReturnType<typeof JSON.parse>

/** `typeOf(value).is<T>()` compiles only where the type of the value is exactly `T`. */
export declare const typeOf: <X>(value: X) => { readonly is: <Y>(...same: Equal<X, Y> extends true ? [] : [never]) => void }

/** What a function makes of known shapes, and of one that is not known: `known('name', name(…)).is<T>()` where the type is exactly T. */
type Row = <X>(name: string, value: X) => { readonly is: <Y>(...same: Equal<X, Y> extends true ? [] : [never]) => void }
export declare const known: Row
export declare const unknown: Row
