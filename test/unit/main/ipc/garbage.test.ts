import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDispatch, type Handlers } from '../../../../src/main/ipc/dispatch.ts'
import { ok } from '../../../../src/shared/domain/result.ts'
import { routes, type RouteName } from '../../../../src/shared/ipc/routes.ts'
import { fieldsOf, garbageFor } from '../../../helpers/garbage.ts'

const names = Object.keys(routes) as RouteName[]

test('whatever is asked of main gets an envelope; a handler gets only what its schema holds for good', async () => {
  const seen: { route: RouteName; input: unknown }[] = []
  const handlers = Object.fromEntries(
    names.map((route) => [route, (input: unknown) => (seen.push({ route, input }), ok(undefined))]),
  ) as unknown as Handlers
  const bugs: unknown[] = []
  const dispatch = createDispatch({ handlers, report: (error) => bugs.push(error) })
  await fc.assert(
    fc.asyncProperty(garbageFor(names), async ({ route, input }) => {
      seen.length = 0
      const answer = await dispatch({ route, input, isTrusted: true })
      if (!answer.ok) expect(answer.error).toMatchObject({ code: 'BAD_INPUT' })
      for (const passed of seen) {
        // Parsing what was parsed changes nothing: no half-read input reaches a handler.
        expect(routes[passed.route].input.parse(passed.input)).toEqual(passed.input)
      }
    }),
    { numRuns: 10_000 },
  )
  expect(bugs).toEqual([])
})

test('a field that a route does not know is refused, never passed by', () => {
  const loose = names.filter((route) => {
    const fields = fieldsOf(route)
    if (fields.length === 0) return false
    const found = routes[route].input.safeParse({ notAField: 1 })
    return !JSON.stringify(found.error?.issues ?? []).includes('notAField')
  })
  expect(loose).toEqual([])
})
