import { expect, test } from 'vitest'
import { whyUnsafe } from '../../../../src/main/window/sandbox.ts'

test('started without a sandbox, the app says why it does not go on', () => {
  expect(whyUnsafe({ withoutSandbox: false, uid: 1000, isKept: true })).toBeNull()
  const unsafe = { withoutSandbox: true, uid: 1000 }
  expect(whyUnsafe({ ...unsafe, isKept: true })).toContain('sudo sysctl -w')
  expect(whyUnsafe({ ...unsafe, isKept: false })).toMatch(/without that option/)
  expect(whyUnsafe({ ...unsafe, uid: undefined, isKept: false })).not.toContain('sudo')
})

test('root has no choice: Chromium makes no sandbox there', () => {
  expect(whyUnsafe({ withoutSandbox: true, uid: 0, isKept: true })).toBeNull()
})
