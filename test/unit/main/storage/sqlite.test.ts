import { expect, test } from 'vitest'
import { connect, type SqlValue } from '../../../../src/main/storage/sqlite.ts'

test('rows hold their columns and nothing of the driver, blobs are bytes both ways', () => {
  const db = connect(':memory:')
  db.exec('CREATE TABLE t (n INTEGER, b BLOB) STRICT')
  expect(db.run('INSERT INTO t VALUES (?, ?)', [1, new Uint8Array([1, 2])])).toBe(1)
  const [row] = db.all('SELECT * FROM t')
  for (const found of [row, db.get('SELECT * FROM t WHERE n = :n', { n: 1 })]) {
    expect(Object.keys(found ?? {})).toEqual(['n', 'b'])
    const blob = found?.['b']
    expect(blob instanceof Uint8Array && [...blob]).toEqual([1, 2])
  }
  expect(db.get('SELECT 1 FROM t WHERE n = 2')).toBeUndefined()
})

test('what would abort the process is an error instead', () => {
  const db = connect(':memory:')
  for (const value of [true, undefined]) {
    expect(() => db.get('SELECT ?', [value as unknown as SqlValue])).toThrow('cannot bind')
  }
})

test('a statement goes on working after it failed and after the schema changed', () => {
  const db = connect(':memory:')
  db.exec('CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT')
  const add = (n: number) => db.run('INSERT INTO t (n) VALUES (?)', [n])
  add(1)
  expect(() => add(1)).toThrow('UNIQUE')
  db.exec('ALTER TABLE t ADD COLUMN more TEXT')
  expect(add(2)).toBe(1)
})
