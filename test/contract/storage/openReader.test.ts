import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { MIGRATIONS } from '../../../src/main/storage/migrations/index.ts'
import { openReader } from '../../../src/main/storage/openReader.ts'
import { startChild } from '../../helpers/storage/childProcess.ts'
import { dataFolder, openAs, openBoth } from '../../helpers/storage/dataFolder.ts'
import { smallDisk } from '../../helpers/storage/disk.ts'

test('says so when there is no database yet, and makes none', () => {
  const paths = dataFolder()
  expect(openReader(paths.database)).toMatchObject({ ok: false, error: { code: 'noDatabase' } })
  expect(existsSync(paths.database)).toBe(false)
  writeFileSync(paths.database, '')
  expect(openReader(paths.database)).toMatchObject({ ok: false, error: { code: 'noDatabase' } })
})

test('reads beside a running engine, sees what it commits, and cannot write', async () => {
  const paths = dataFolder()
  const engine = await openBoth(paths)
  const reader = openReader(paths.database)
  if (!reader.ok) throw new Error(reader.error.message)
  engine.group.writeNow((db) => db.run("INSERT INTO meta VALUES ('seen', 'yes')"))
  expect(reader.value.get("SELECT value FROM meta WHERE key = 'seen'")).toEqual({ value: 'yes' })
  expect(() => reader.value.exec('DELETE FROM meta')).toThrow('readonly')
  await engine.close()
})

test('reads beside an engine of another process that is stopped in the middle', async () => {
  const paths = dataFolder()
  const child = startChild('holdLock.ts', [paths.dataDir])
  await child.printed(1)
  await child.signal('SIGSTOP')
  const reader = openReader(paths.database)
  if (!reader.ok) throw new Error(reader.error.message)
  expect(reader.value.get('SELECT count(*) AS n FROM engine_runs')).toEqual({ n: 1 })
})

test('reads a closed database in a folder that cannot be written', async (context) => {
  const disk = smallDisk(context, 8192)
  const child = startChild('openAndClose.ts', [disk.path])
  await child.ended()
  expect(readdirSync(disk.path)).not.toContain('dailies.db-wal')
  disk.makeReadOnly()
  const reader = openReader(`${disk.path}/dailies.db`)
  if (!reader.ok) throw new Error(reader.error.message)
  expect(reader.value.get('SELECT count(*) AS n FROM engine_runs')).toEqual({ n: 1 })
})

test('reads what a killed engine left in a folder that cannot be written', async (context) => {
  const disk = smallDisk(context, 8192)
  const child = startChild('holdLock.ts', [disk.path])
  await child.printed(1)
  await child.signal('SIGKILL')
  expect(readdirSync(disk.path)).toContain('dailies.db-wal')
  disk.makeReadOnly()
  const reader = openReader(`${disk.path}/dailies.db`)
  if (!reader.ok) throw new Error(reader.error.message)
  expect(reader.value.get('SELECT count(*) AS n FROM engine_runs')).toEqual({ n: 1 })
})

test('refuses newer, older and broken databases by name', () => {
  const paths = dataFolder()
  const more = [...MIGRATIONS, { name: 'later', sql: 'CREATE TABLE later (n INTEGER)' }]
  openAs(paths, more)
  expect(openReader(paths.database)).toMatchObject({ ok: false, error: { code: 'newerSchema' } })
  const evenMore = [...more, { name: 'latest', sql: 'CREATE TABLE latest (n INTEGER)' }]
  const older = openReader(paths.database, evenMore)
  expect(older).toMatchObject({ ok: false, error: { code: 'olderSchema' } })
  const broken = dataFolder()
  writeFileSync(broken.database, 'no database at all '.repeat(500))
  const refused = openReader(broken.database)
  expect(refused).toMatchObject({ ok: false, error: { code: 'databaseBroken' } })
})
