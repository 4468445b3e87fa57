import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { onTestFinished, expect, test } from 'vitest'
import { appPaths, makeDataDir, makeFolder } from '../../../src/main/storage/appPaths.ts'
import { folderWith } from '../../helpers/folder.ts'
import { smallDisk } from '../../helpers/storage/disk.ts'

test('makes the data folder with its parts, for its owner only, and leaves no trial behind', () => {
  const root = `${folderWith()}/deep/down`
  expect(makeDataDir(appPaths(root))).toEqual({ ok: true, value: undefined })
  expect(readdirSync(root).toSorted()).toEqual([
    'backups',
    'frames',
    'logs',
    'media',
    'models',
    'rehearsal',
    'spool',
  ])
  expect(statSync(root).mode & 0o777).toBe(0o700)
  expect(makeDataDir(appPaths(root)).ok).toBe(true)
})

test('a file in its place, or above it', () => {
  const folder = folderWith({ file: 'x' })
  for (const path of [`${folder}/file`, `${folder}/file/below`]) {
    expect(makeFolder(path)).toMatchObject({ ok: false, error: { reason: 'notAFolder' } })
  }
})

test('a part that is a file', () => {
  const folder = folderWith({ frames: 'x' })
  expect(makeDataDir(appPaths(folder))).toMatchObject({
    ok: false,
    error: { reason: 'notAFolder' },
  })
})

test('a full disk', (context) => {
  const disk = smallDisk(context, 256)
  disk.leave(0)
  const made = makeFolder(disk.path)
  expect(made).toMatchObject({ ok: false, error: { reason: 'full' } })
  expect(!made.ok && made.error.message).toContain('Make room')
  expect(readdirSync(disk.path)).toEqual(['ballast'])
})

test('a read-only disk', (context) => {
  const disk = smallDisk(context, 256)
  disk.makeReadOnly()
  expect(makeFolder(disk.path)).toMatchObject({ ok: false, error: { reason: 'readOnly' } })
  expect(makeFolder(`${disk.path}/new`)).toMatchObject({ ok: false, error: { reason: 'readOnly' } })
})

test('a folder in which nothing may change', (context) => {
  const folder = folderWith()
  try {
    execFileSync('chattr', ['+i', folder], { stdio: 'ignore' })
  } catch {
    context.skip('needs chattr and the right to use it')
  }
  onTestFinished(() => void execFileSync('chattr', ['-i', folder]))
  expect(makeFolder(folder)).toMatchObject({ ok: false, error: { reason: 'readOnly' } })
})
