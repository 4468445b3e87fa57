import libsql from 'libsql'
import { expect, test } from 'vitest'
import { StorageError, storageErrorFrom } from '../../../../src/main/storage/storageError.ts'

const sqlite = (rawCode: number) => new libsql.SqliteError('broken', 'SQLITE', rawCode)
const system = (code: string) => Object.assign(new Error('broken'), { code })

test.each([
  ['a full disk', sqlite(13), 'diskFull'],
  ['a full disk, of the file system', system('ENOSPC'), 'diskFull'],
  ['another writer', sqlite(5), 'locked'],
  ['another writer, extended', sqlite(517), 'locked'],
  ['read-only', sqlite(8), 'readOnly'],
  ['read-only, extended', sqlite(1544), 'readOnly'],
  ['a failing disk', sqlite(10), 'ioError'],
  ['a failing fsync', sqlite(1034), 'ioError'],
  ['a failing disk, of the file system', system('EIO'), 'ioError'],
  ['damage', sqlite(11), 'broken'],
  ['no database', sqlite(26), 'broken'],
  [
    'no folder',
    new Error('ConnectionFailed("Unable to open connection to local database /x/y.db: 14")'),
    'cannotOpen',
  ],
])('%s has a name', (_what, error, code) => {
  const named = storageErrorFrom(error)
  expect(named).toBeInstanceOf(StorageError)
  expect(named?.code).toBe(code)
  expect(named?.message).toMatch(/^[A-Z].*\. .*\./)
  expect(named?.cause).toBe(error)
})

test('a bug stays a bug', () => {
  const bugs = [
    new TypeError('x is undefined'),
    sqlite(19),
    sqlite(1),
    system('WHATEVER'),
    'a string',
    null,
  ]
  for (const bug of bugs) {
    expect(storageErrorFrom(bug)).toBeUndefined()
  }
})
