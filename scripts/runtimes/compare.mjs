/** What differs between the digests of two runs, by the names of their tests; also what only one of them has. */
export const differences = (expected, actual) =>
  [...new Set([...expected.keys(), ...actual.keys()])]
    .filter(name => expected.get(name) !== actual.get(name))
    .map(name => `${name}: ${actual.get(name) ?? 'no hash'}, not ${expected.get(name) ?? 'without one'}`)
