import fc from 'fast-check'
import { z } from 'zod'
import { routes, type RouteName } from '../../src/shared/ipc/routes.ts'

/** Names of the fields that a route knows. */
export function fieldsOf(route: RouteName): readonly string[] {
  const schema = z.toJSONSchema(routes[route].input, { io: 'input', unrepresentable: 'any' })
  return Object.keys(schema.properties ?? {})
}

const nasty = fc.constantFrom(
  '',
  '__proto__',
  '../../x',
  'take_..',
  '\u0000',
  -1,
  1e308,
  NaN,
  [],
  {},
  new Date(0),
)
const value = fc.oneof(nasty, fc.anything({ maxDepth: 2, withNullPrototype: true }))

export interface Garbage {
  readonly route: RouteName
  readonly input: unknown
}

/** Requests that nobody would make, with names of real fields in them, so that they get past a first look. */
export function garbageFor(names: readonly RouteName[]): fc.Arbitrary<Garbage> {
  return fc.constantFrom(...names).chain((route) => {
    const fields = fieldsOf(route)
    const shaped =
      fields.length === 0 ? value : fc.dictionary(fc.constantFrom(...fields), value, { minKeys: 1 })
    return fc.record({ route: fc.constant(route), input: fc.oneof(value, shaped) })
  })
}
