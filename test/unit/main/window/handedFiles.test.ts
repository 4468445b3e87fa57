import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { createHandedFiles } from '../../../../src/main/window/handedFiles.ts'

test('batch files among the arguments are kept until they are taken, once', () => {
  const handed = createHandedFiles()
  let told = 0
  handed.listen(() => (told += 1))
  handed.add(['/opt/dailies', '--data-dir=/x/a.csv', 'night.CSV', '/b/c.xlsx', 'notes.md'], '/home')
  handed.add(['--flag'], '/home')
  expect(told).toBe(1)
  expect(handed.take()).toEqual([resolve('/home', 'night.CSV'), resolve('/b/c.xlsx')])
  expect(handed.take()).toEqual([])
})

test('files that a Linux desktop names by address are found under their names', () => {
  const handed = createHandedFiles()
  handed.add(
    ['file:///home/ana/night%20one.csv', 'file:///tmp/%zz.csv', 'https://x.org/a.csv'],
    '/',
  )
  expect(handed.take()).toEqual([resolve('/home/ana/night one.csv')])
})
