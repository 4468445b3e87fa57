import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createLog } from '../../src/main/log.ts'
import { redact } from '../../src/main/providers/http/redact.ts'
import { folderWith } from '../helpers/folder.ts'
import { smallDisk } from '../helpers/storage/disk.ts'

const CANARY = 'canary-0123456789'

function logInto(logsDir: string | null, level?: string) {
  const printed: string[] = []
  const log = createLog({
    logsDir,
    level,
    redact: (text) => redact(text, CANARY),
    console: { write: (text) => printed.push(text) },
    limits: { bytes: 2000, files: 2 },
  })
  return { log, printed }
}
const fileIn = (folder: string): string => readFileSync(`${folder}/dailies.log`, 'utf8')

test('the console gets what matters, the file what happened', () => {
  const folder = folderWith()
  const { log, printed } = logInto(folder)
  const jobs = log.child({ area: 'jobs' })
  jobs.debug('thinking')
  jobs.info({ id: 7 }, 'claimed')
  jobs.warn({ id: 7 }, 'held back')
  expect(printed.join('')).toMatch(/^\d\d:\d\d:\d\d warn jobs: held back \{"id":7\}\n$/)
  const lines = fileIn(folder).trim().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
    'claimed',
    'held back',
  ])
})

test('DAILIES_LOG sets both; rubbish in it sets neither', () => {
  const { log, printed } = logInto(null, 'debug')
  log.debug('all of it')
  expect(printed).toHaveLength(1)
  const other = logInto(null, 'loud')
  other.log.info('hush')
  expect(other.printed).toEqual([])
})

describe('no key is ever written', () => {
  test.each([
    ['in a message', (log: ReturnType<typeof logInto>['log']) => log.warn(`sent with ${CANARY}`)],
    ['in a field', (log) => log.warn({ deep: [{ value: CANARY }] }, 'x')],
    ['in an error', (log) => log.error(new Error(`refused: ${CANARY}`))],
    ['in a header', (log) => log.warn({ headers: { Authorization: CANARY } }, 'x')],
    ['as Bearer', (log) => log.warn('Authorization: Bearer canary9.abcdefgh')],
    ['as Key', (log) => log.warn('Key canary9:abcdefghijkl')],
    [
      'as a key of another provider',
      (log) => log.warn('r8_canary9abcdef lmnfl_canary9abc sk-canary9abcdef'),
    ],
    [
      'under a telling name',
      (log) =>
        log.warn(
          { apiKey: 'canary9', token: 'canary9', nested: { 'set-cookie': ['canary9'] } },
          'x',
        ),
    ],
  ])('%s', (_where, write) => {
    const folder = folderWith()
    const { log, printed } = logInto(folder)
    write(log)
    expect(printed.join('')).toContain('[key]')
    expect(`${printed.join('')}${fileIn(folder)}`).not.toContain('canary')
  })
})

test('files turn over by size and the oldest goes', () => {
  const folder = folderWith()
  const { log } = logInto(folder)
  for (let n = 0; n < 100; n += 1) log.warn({ n }, 'x'.repeat(100))
  expect(readdirSync(folder).toSorted()).toEqual(['dailies.1.log', 'dailies.2.log', 'dailies.log'])
  for (const name of readdirSync(folder)) {
    expect(readFileSync(`${folder}/${name}`).length).toBeLessThanOrEqual(2000)
  }
  expect(fileIn(folder)).toContain('"n":99')
})

test('two writers of one file, as a refused second start is, turn it over together', () => {
  const folder = folderWith()
  const writers = [logInto(folder).log, logInto(folder).log]
  for (let n = 0; n < 100; n += 1) writers[n % 2]?.warn({ n }, 'x'.repeat(100))
  const names = ['dailies.2.log', 'dailies.1.log', 'dailies.log']
  const texts = names.map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
  for (const text of texts) expect(text.length).toBeLessThanOrEqual(2000)
  const kept = texts
    .flatMap((text) => text.trim().split('\n'))
    .map((line) => (JSON.parse(line) as { n: number }).n)
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, at) => 100 - kept.length + at))
  expect(kept.length).toBeGreaterThan(20)
})

test('a full disk costs lines, not the app; writing goes on when mended', (context) => {
  const disk = smallDisk(context, 64)
  const { log, printed } = logInto(`${disk.path}/logs`)
  disk.leave(0)
  log.warn('lost')
  expect(printed).toHaveLength(1)
  disk.resize(1024)
  log.warn('kept')
  expect(fileIn(`${disk.path}/logs`)).toContain('kept')
})
