import { chmodSync, chownSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { whyNoSandbox } from '../../../scripts/sandbox.mjs'
import { folderWith } from '../../helpers/folder.ts'

const PERSON = 1000
const APPARMOR = 'apparmor_restrict_unprivileged_userns'

test.each([
  { on: 'an open system', kernel: {}, uid: PERSON, isMissing: false },
  { on: 'AppArmor that allows it', kernel: { [APPARMOR]: '0\n' }, uid: PERSON, isMissing: false },
  { on: 'AppArmor that keeps it', kernel: { [APPARMOR]: '1\n' }, uid: PERSON, isMissing: true },
  {
    on: 'a kernel that keeps it',
    kernel: { unprivileged_userns_clone: '0\n' },
    uid: PERSON,
    isMissing: true,
  },
  { on: 'root, who goes without', kernel: { [APPARMOR]: '1\n' }, uid: 0, isMissing: false },
])('a missing sandbox is known before the window: $on', ({ kernel, uid, isMissing }) => {
  const electron = folderWith({ 'chrome-sandbox': 'helper' })
  const why = whyNoSandbox(electron, { kernel: folderWith(kernel), uid })
  const line = `chmod 4755 '${join(electron, 'chrome-sandbox')}'`
  expect(why?.includes(line) ?? false).toBe(isMissing)
})

test.runIf(process.getuid?.() === 0)('the line that is said to be typed helps', () => {
  const electron = folderWith({ 'chrome-sandbox': 'helper' })
  chownSync(join(electron, 'chrome-sandbox'), 0, 0)
  chmodSync(join(electron, 'chrome-sandbox'), 0o4755)
  expect(
    whyNoSandbox(electron, { kernel: folderWith({ [APPARMOR]: '1' }), uid: PERSON }),
  ).toBeNull()
})
