import { expect, test } from 'vitest'
import { runsTypeScript } from '../../../scripts/projectNode.mjs'

test.each([
  ['v20.20.2', false],
  ['v22.17.1', false],
  ['v22.18.0', true],
  ['v23.5.0', false],
  ['v23.6.0', true],
  ['v24.0.0', true],
  ['v26.1.0', true],
])('Node %s runs TypeScript sources: %s', (version, expected) => {
  expect(runsTypeScript(version)).toBe(expected)
})
