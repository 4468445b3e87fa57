import { describe, expect, test } from 'vitest'
import { CommitGroup } from '../../../src/main/storage/commitGroup.ts'
import { connect } from '../../../src/main/storage/sqlite.ts'
import { readJournal } from '../../../src/main/storage/journal/readJournal.ts'
import { folderWith } from '../../helpers/folder.ts'
import { startChild } from '../../helpers/storage/childProcess.ts'
import { dataFolder, openBoth } from '../../helpers/storage/dataFolder.ts'
import { smallDisk } from '../../helpers/storage/disk.ts'

function openGroup(folder = folderWith()) {
  const db = connect(`${folder}/a.db`)
  db.pragma('journal_mode = WAL')
  db.exec('CREATE TABLE t (n INTEGER PRIMARY KEY, text TEXT) STRICT')
  const group = new CommitGroup(db)
  const add = (n: number, text = '') =>
    group.write((tx) => tx.run('INSERT INTO t VALUES (?, ?)', [n, text]))
  const numbers = () => db.all('SELECT n FROM t ORDER BY n').map((row) => row['n'])
  return { folder, db, group, add, numbers }
}

test('writes of one turn share one commit', async () => {
  const { db, add, folder } = openGroup()
  const reader = connect(`file:${folder}/a.db?mode=ro`)
  const version = () => reader.pragma('data_version')
  const before = version()
  const writes = [1, 2, 3, 4, 5].map((n) => add(n))
  expect(db.get('SELECT count(*) AS n FROM t')).toEqual({ n: 0 })
  await Promise.all(writes)
  expect(reader.get('SELECT count(*) AS n FROM t')).toEqual({ n: 5 })
  expect(Number(version()) - Number(before)).toBe(1)
})

test('one that throws is undone alone and rejects alone', async () => {
  const { group, add, numbers } = openGroup()
  const results = await Promise.allSettled([
    add(1),
    group.write((tx) => {
      tx.run('INSERT INTO t VALUES (2, NULL)')
      throw new RangeError('changed my mind')
    }),
    add(3),
    add(1), // taken
  ])
  expect(results.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'rejected',
  ])
  expect(results[1]).toMatchObject({ reason: { message: 'changed my mind' } })
  expect(numbers()).toEqual([1, 3])
})

test('writeNow takes along what waited before it, and hands its error on', async () => {
  const { group, add, numbers } = openGroup()
  const waiting = add(1)
  expect(group.writeNow((tx) => tx.get('SELECT max(n) AS n FROM t'))).toEqual({ n: 1 })
  await waiting
  expect(() => group.writeNow((tx) => tx.get('SELECT no_such FROM t'))).toThrow('no such column')
  expect(() => group.writeNow(() => group.writeNow(() => 1))).toThrow('inside a write')
  await add(2)
  expect(numbers()).toEqual([1, 2])
})

describe('a disk that refuses', () => {
  test('full: all are rejected with diskFull, nothing is kept, later writes go on when mended', async (context) => {
    const disk = smallDisk(context, 1024)
    const { add, numbers } = openGroup(disk.path)
    await add(1)
    const big = 'x'.repeat(400_000)
    const results = await Promise.allSettled([
      add(2),
      add(3, big),
      add(4, big),
      add(5, big),
      add(6),
    ])
    for (const result of results) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'diskFull' } })
    }
    expect(numbers()).toEqual([1])
    disk.resize(8192)
    await add(7, big)
    expect(numbers()).toEqual([1, 7])
  })

  test('locked by another writer: rejected with locked, goes on afterwards', async () => {
    const { folder, add, numbers } = openGroup()
    const other = connect(`${folder}/a.db`)
    other.exec('BEGIN IMMEDIATE')
    await expect(add(1)).rejects.toMatchObject({ code: 'locked', name: 'StorageError' })
    other.exec('ROLLBACK')
    await add(2)
    expect(numbers()).toEqual([2])
  })

  test('gone in mid commit: rejected, also where it does not even let that be undone', async () => {
    const { db } = openGroup()
    const gone = (sql: string): number => {
      if (/^(COMMIT|ROLLBACK)/.test(sql)) throw new Error('disk I/O error')
      return db.run(sql)
    }
    const group = new CommitGroup({ ...db, inTransaction: true, run: gone })
    await expect(group.write(() => 1)).rejects.toThrow('disk I/O error')
  })

  test('read-only: rejected with readOnly', async () => {
    const { folder, add } = openGroup()
    await add(1)
    const readOnly = new CommitGroup(connect(`file:${folder}/a.db?mode=ro`))
    const write = readOnly.write((tx) => tx.run('DELETE FROM t'))
    await expect(write).rejects.toMatchObject({ code: 'readOnly' })
  })
})

test('what was promised survives kill -9, in the database and in the journal', async () => {
  const paths = dataFolder()
  for (const enough of [40, 300]) {
    const child = startChild('writeForever.ts', [paths.dataDir])
    await child.printed(enough)
    await child.signal('SIGKILL')
    const storage = await openBoth(paths)
    const kept = new Set(storage.db.all('SELECT key FROM meta').map((row) => row['key']))
    const journal = readJournal(paths.journal)
    if (!journal.ok) throw journal.error
    expect(journal.value.problems).toEqual([])
    const journaled = new Set(journal.value.lines.map((line) => line.kind === 'outcome' && line.at))
    const promised = child.lines.map(Number)
    expect(promised.filter((n) => !kept.has(`n${n}`))).toEqual([])
    expect(promised.filter((n) => !journaled.has(n))).toEqual([])
    storage.group.writeNow((db) => db.run("DELETE FROM meta WHERE key LIKE 'n%'"))
    await storage.close()
  }
})
