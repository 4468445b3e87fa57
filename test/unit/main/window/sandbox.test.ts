import { expect, test } from 'vitest'
import { whyUnsafe } from '../../../../src/main/window/sandbox.ts'

test('started without a sandbox, the app says why it does not go on', () => {
  expect(whyUnsafe({ withoutSandbox: false, uid: 1000 })).toBeNull()
  expect(whyUnsafe({ withoutSandbox: true, uid: 1000 })).toContain('install the .deb instead')
  expect(whyUnsafe({ withoutSandbox: true, uid: undefined })).toContain('--no-sandbox')
})

test('root has no choice: Chromium makes no sandbox there', () => {
  expect(whyUnsafe({ withoutSandbox: true, uid: 0 })).toBeNull()
})
