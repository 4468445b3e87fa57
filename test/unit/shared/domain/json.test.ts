import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseJson } from '../../../../src/shared/domain/json.ts'

const key = fc.constantFrom('toString', 'to\\u0053tring', 'valueOf', '__proto__', 'length', 'a')
const { text } = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom('null', '0', '"toString"', '{}'),
    fc
      .array(fc.tuple(key, tie('text')), { maxLength: 3 })
      .map((parts) => `{${parts.map(([name, value]) => `"${name}":${value}`).join(',')}}`),
    fc.array(tie('text'), { maxLength: 2 }).map((parts) => `[${parts.join(',')}]`),
  ),
}))
const anything = z.union([z.string().max(9), z.array(z.unknown()).min(1)])

// Promise: what a provider, a file or the database holds is refused, whatever it is, and ends nothing.
test('a schema answers about whatever JSON there is', () => {
  fc.assert(
    fc.property(text, (json) => {
      let value: unknown
      try {
        value = parseJson(json)
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError)
        return
      }
      anything.safeParse(value)
    }),
    { numRuns: 10_000, examples: [['{"length":{"toString":0}}'], ['{"length":[{"toString":0}]}']] },
  )
})

test('names that a person chose stay: they are no lengths', () => {
  const variables = { toString: 'a fox', length: '5 s' }
  expect(parseJson(JSON.stringify({ variables }))).toEqual({ variables })
  expect(parseJson('{"length":{"cm":3}}')).toEqual({ length: { cm: 3 } })
})
