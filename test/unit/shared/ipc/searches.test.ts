import { expect, test } from 'vitest'
import { routes } from '../../../../src/shared/ipc/routes.ts'

const PASTED = 'a'.repeat(5_000)
const page = { after: null, limit: 1 }

test.each([
  ['frames.list', { text: PASTED, ...page }],
  ['prompts.list', { text: PASTED, ...page }],
  ['queue.jobs', { filter: { text: PASTED }, ...page }],
  ['takes.list', { filter: { text: PASTED }, order: 'row', ...page }],
] as const)('%s looks for the beginning of a long text', (route, input) => {
  const parsed = JSON.stringify(routes[route].input.parse(input))
  expect(/a{2,}/.exec(parsed)?.[0]).toHaveLength(200)
})
