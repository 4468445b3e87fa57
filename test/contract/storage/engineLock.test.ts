import { expect, test } from 'vitest'
import { openEngine } from '../../../src/main/compose.ts'
import { takeEngineLock } from '../../../src/main/storage/engineLock.ts'
import { lastEngineRun } from '../../../src/main/storage/engineRuns.ts'
import { startChild } from '../../helpers/storage/childProcess.ts'
import { connect } from '../../../src/main/storage/sqlite.ts'
import { folderWith } from '../../helpers/folder.ts'
import { dataFolder, openBoth } from '../../helpers/storage/dataFolder.ts'
import { smallDisk } from '../../helpers/storage/disk.ts'

test('one engine: a second is refused at once and told who has the folder (money rule 14)', async () => {
  const paths = dataFolder()
  const child = startChild('holdLock.ts', [paths.dataDir])
  await child.printed(1)
  expect(child.lines).toEqual(['holds 1'])
  const refused = takeEngineLock(paths)
  if (refused.ok) throw new Error('two engines')
  expect(refused.error.code).toBe('heldByOther')
  expect(refused.error.message).toContain(`the app, process ${child.pid} on `)
  expect(refused.error.message).toMatch(/since \d{4}-\d\d-\d\d \d\d:\d\d UTC/)
})

test('a stopped engine still holds it; a killed one frees it at once', async () => {
  const paths = dataFolder()
  const child = startChild('holdLock.ts', [paths.dataDir])
  await child.printed(1)
  await child.signal('SIGSTOP')
  expect(takeEngineLock(paths)).toMatchObject({ ok: false, error: { code: 'heldByOther' } })
  await child.signal('SIGKILL')
  const storage = await openBoth(paths)
  expect(storage.run).toBe(2)
  await storage.close()
})

test('within one process too, and until it is released', () => {
  const paths = dataFolder()
  const first = takeEngineLock(paths)
  expect(first.ok).toBe(true)
  const second = takeEngineLock(paths)
  expect(second).toMatchObject({ ok: false, error: { code: 'heldByOther' } })
  if (first.ok) first.value.release()
  if (first.ok) first.value.release() // a second time does nothing
  const third = takeEngineLock(paths)
  expect(third.ok).toBe(true)
  if (third.ok) third.value.release()
})

test('an engine that could not be made leaves it free', async () => {
  const paths = dataFolder()
  await (await openBoth(paths)).close()
  const db = connect(paths.database)
  db.exec('DROP TABLE lanes')
  db.close()
  const opening = openEngine({
    dataDir: paths.dataDir,
    resources: folderWith({ 'models/.keep': '' }),
    face: 'cli',
    appVersion: '0.0.0',
    env: { PATH: '' },
  })
  await expect(opening).rejects.toThrow('lanes')
  const lock = takeEngineLock(paths)
  expect(lock.ok).toBe(true)
  if (lock.ok) lock.value.release()
})

test('a clean stop is written down, a death is not', async () => {
  const paths = dataFolder()
  await (await openBoth(paths, 1_000)).close()
  const second = await openBoth(paths, 2_000)
  expect(second.db.all('SELECT run, endedAt FROM engine_runs ORDER BY run')).toEqual([
    { run: 1, endedAt: 1_000 },
    { run: 2, endedAt: null },
  ])
  expect(lastEngineRun(second.db)).toMatchObject({ run: 2, face: 'cli', pid: process.pid })
  await second.close()
})

test('a folder that cannot be written is said to be so', (context) => {
  const disk = smallDisk(context, 1024)
  const paths = dataFolder(disk.path)
  disk.makeReadOnly()
  expect(takeEngineLock(paths)).toMatchObject({ ok: false, error: { code: 'folderUnusable' } })
})
