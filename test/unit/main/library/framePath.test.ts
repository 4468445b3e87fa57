import { posix, win32 } from 'node:path'
import { expect, test } from 'vitest'
import { framePath } from '../../../../src/main/library/framePath.ts'

const HOME = String.raw`C:\Users\me\night`
const SHARE = String.raw`\\nas\films\night`

test.each([
  [HOME, String.raw`\\evil\share\a.png`],
  [HOME, '//evil/share/a.png'],
  [HOME, String.raw`\\?\UNC\evil\share\a.png`],
  [HOME, String.raw`\\.\pipe\a`],
  [SHARE, String.raw`\\evil\films\a.png`],
  [SHARE, String.raw`\\nas\other\a.png`],
])('on Windows, a sheet in %s opens no other share: %s', (folder, text) => {
  expect(framePath(folder, text, win32)).toMatchObject({ error: { code: 'frameOnShare' } })
})

test.each([
  [HOME, 'a.png', String.raw`C:\Users\me\night\a.png`],
  [HOME, String.raw`D:\frames\a.png`, String.raw`D:\frames\a.png`],
  [SHARE, 'a.png', String.raw`\\nas\films\night\a.png`],
  [SHARE, String.raw`\\NAS\films\b.png`, String.raw`\\NAS\films\b.png`],
])('from %s, %s is %s', (folder, text, path) => {
  expect(framePath(folder, text, win32)).toEqual({ ok: true, value: path })
})

test('elsewhere there are no such names', () => {
  expect(framePath('/home/me', '//evil/a.png', posix)).toEqual({ ok: true, value: '/evil/a.png' })
})
