import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MIGRATIONS } from '../../../src/main/storage/migrations/index.ts'
import { connect } from '../../../src/main/storage/sqlite.ts'
import { dataFolder, NOW, openAs } from '../../helpers/storage/dataFolder.ts'
import { smallDisk } from '../../helpers/storage/disk.ts'

const digest = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex')
const FIRST = {
  name: '0001-a',
  sql: 'CREATE TABLE a (n INTEGER) STRICT; CREATE TABLE engine_runs (run INTEGER PRIMARY KEY, face, pid, host, startedAt, endedAt INTEGER)',
}
const SECOND = { name: '0002-b', sql: 'CREATE TABLE b (n INTEGER) STRICT' }

describe('the database is durable for real (money rule 15)', () => {
  test('each setting is read back as it was set', () => {
    const opened = openAs(dataFolder())
    if (!opened.ok) throw new Error(opened.error.message)
    const read = (name: string) => opened.value.pragma(name)
    expect(read('journal_mode')).toBe('wal')
    expect(read('synchronous')).toBe(2)
    expect(read('fullfsync')).toBe(1)
    expect(read('checkpoint_fullfsync')).toBe(1)
    expect(read('foreign_keys')).toBe(1)
    expect(read('busy_timeout')).toBe(0)
    expect(read('user_version')).toBe(MIGRATIONS.length)
  })
})

describe('a file that cannot be used is named and left as it is', () => {
  test.each([
    ['text', 'this is a letter, not a database. '.repeat(300)],
    ['a cut file', 'SQLite format 3\0'],
  ])('%s', (_name, content) => {
    const paths = dataFolder()
    writeFileSync(paths.database, content)
    const before = digest(paths.database)
    const opened = openAs(paths)
    expect(opened).toMatchObject({
      ok: false,
      error: {
        code: 'databaseBroken',
        message: expect.stringContaining('as it is (file is not a database). Move') as string,
      },
    })
    expect(digest(paths.database)).toBe(before)
  })

  test('a database of another program', () => {
    const paths = dataFolder()
    const other = connect(paths.database)
    other.exec('CREATE TABLE theirs (n)')
    other.close()
    const before = digest(paths.database)
    expect(openAs(paths)).toMatchObject({ ok: false, error: { code: 'databaseBroken' } })
    expect(digest(paths.database)).toBe(before)
  })

  test('a newer schema is refused (money rule 16)', () => {
    const paths = dataFolder()
    expect(openAs(paths, [FIRST, SECOND]).ok).toBe(true)
    const opened = openAs(paths, [FIRST])
    expect(opened).toMatchObject({ ok: false, error: { code: 'newerSchema' } })
    expect(!opened.ok && opened.error.message).toContain('Update Dailies')
  })

  test('damage inside is looked for after an engine that did not end cleanly, and only then', () => {
    const paths = dataFolder()
    const opened = openAs(paths)
    if (!opened.ok) throw new Error(opened.error.message)
    const db = opened.value
    db.exec(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
       INSERT INTO meta SELECT 'key' || i, 'value' FROM n`,
    )
    db.exec("INSERT INTO engine_runs VALUES (1, 'app', 1, 'here', 0, 5)")
    db.pragma('wal_checkpoint(TRUNCATE)')
    damage(paths.database)
    const clean = openAs(paths)
    expect(clean.ok).toBe(true)
    if (clean.ok) clean.value.exec('UPDATE engine_runs SET endedAt = NULL')
    expect(openAs(paths)).toMatchObject({ ok: false, error: { code: 'databaseBroken' } })
  })
})

/** Overwrites a page in the middle of the file. */
function damage(path: string): void {
  const bytes = readFileSync(path)
  bytes.fill(
    0x5a,
    Math.floor(bytes.length / 8192) * 4096,
    Math.floor(bytes.length / 8192) * 4096 + 4096,
  )
  writeFileSync(path, bytes)
}

describe('migrations go forward only', () => {
  test('a backup is made before each, and the newest three are kept', () => {
    const paths = dataFolder()
    const first = openAs(paths, [FIRST])
    if (first.ok) first.value.exec('INSERT INTO a VALUES (42)')
    // One that cannot be removed stays, and is no reason to refuse.
    mkdirSync(join(paths.backups, 'dailies-20261122T100000Z-v1.db'))
    const steps = [2, 3, 4, 5, 6]
    for (const count of steps) {
      const more = Array.from({ length: count - 1 }, (_, i) => ({
        name: `more${i}`,
        sql: `CREATE TABLE more${i} (n INTEGER) STRICT`,
      }))
      expect(openAs(paths, [FIRST, ...more], NOW + count * 1000).ok).toBe(true)
    }
    const backups = readdirSync(paths.backups).toSorted()
    expect(backups).toEqual([
      'dailies-20261122T100000Z-v1.db',
      'dailies-20261122T220004Z-v3.db',
      'dailies-20261122T220005Z-v4.db',
      'dailies-20261122T220006Z-v5.db',
    ])
    const last = connect(join(paths.backups, backups[3] ?? ''))
    expect(last.pragma('user_version')).toBe(5)
    expect(last.get('SELECT n FROM a')).toEqual({ n: 42 })
  })

  test('one that fails changes nothing', () => {
    const paths = dataFolder()
    openAs(paths, [FIRST])
    const bad = { name: 'bad', sql: 'CREATE TABLE half (n INTEGER); CREATE TABLE a (n INTEGER)' }
    expect(() => openAs(paths, [FIRST, bad])).toThrow('already exists')
    const db = connect(paths.database)
    expect(db.pragma('user_version')).toBe(1)
    expect(db.get("SELECT 1 FROM sqlite_schema WHERE name = 'half'")).toBeUndefined()
  })

  test('damaged tags of a prompt count as none', () => {
    const paths = dataFolder()
    const before = openAs(
      paths,
      MIGRATIONS.filter(({ name }) => name < '0018'),
    )
    if (!before.ok) throw new Error(before.error.message)
    const add = `INSERT INTO prompts (id, kind, name, text, textKey, tags, createdAt, updatedAt, revision)
      VALUES (?, 'prompt', 'Owls', 'owls', ?, ?, 0, 0, 1)`
    before.value.run(add, ['prompt_1', 'a', '["dawn'])
    before.value.run(add, ['prompt_2', 'b', '["dawn"]'])
    before.value.close()
    const after = openAs(paths)
    if (!after.ok) throw new Error(after.error.message)
    const db = after.value
    const tags = () => db.all('SELECT tag, seq FROM prompt_tags ORDER BY tag')
    expect(tags()).toEqual([{ tag: 'dawn', seq: 2 }])
    db.run(add, ['prompt_3', 'c', 'dusk'])
    db.run(`UPDATE prompts SET tags = '["dusk"]' WHERE seq = 3`)
    expect(tags()).toEqual([
      { tag: 'dawn', seq: 2 },
      { tag: 'dusk', seq: 3 },
    ])
    db.run(`UPDATE prompts SET tags = '[' WHERE seq = 3`)
    db.run('DELETE FROM prompts WHERE seq <> 2')
    expect(tags()).toEqual([{ tag: 'dawn', seq: 2 }])
  })

  test('without room for the backup nothing is migrated', (context) => {
    const disk = smallDisk(context, 1024)
    const paths = dataFolder(disk.path)
    const opened = openAs(paths, [FIRST])
    if (!opened.ok) throw new Error(opened.error.message)
    opened.value.exec(
      'INSERT INTO a SELECT 1 FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000) SELECT i FROM n)',
    )
    opened.value.pragma('wal_checkpoint(TRUNCATE)')
    disk.leave(80_000)
    const refused = openAs(paths, [FIRST, SECOND])
    expect(refused).toMatchObject({ ok: false, error: { code: 'folderUnusable' } })
    expect(!refused.ok && refused.error.message).toContain('disk is full')
    expect(readdirSync(paths.backups)).toEqual([])
    const db = connect(paths.database)
    expect(db.pragma('user_version')).toBe(1)
  })
})

test('a folder that cannot be written is said to be so', (context) => {
  const disk = smallDisk(context, 4096)
  const paths = dataFolder(disk.path)
  disk.makeReadOnly()
  expect(() => openAs(paths)).toThrow(/cannot be (used|written)/)
})
