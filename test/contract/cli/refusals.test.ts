import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../../helpers/folder.ts'
import { runCli } from '../../helpers/cli.ts'
import { smallDisk } from '../../helpers/storage/disk.ts'
import { PNG } from '../../helpers/planning.ts'

const FILES = {
  'good.csv': 'prompt\na\n',
  'column.csv': 'prompt,duraton\na,8\n',
  'size.csv': 'prompt,size\na,16:9\nb,huge\n',
  'empty.csv': 'prompt,size\n,16:9\n',
  'frame.csv': 'prompt,first_frame\na,none.png\n',
  'broken.csv': 'prompt,first_frame\na,broken.png\n',
  'many.csv': 'prompt,size,duration,takes\n,huge,0,0\na {,,,\n',
  'broken.png': PNG.subarray(0, 40),
}

async function refused(file: string, ...more: string[]) {
  const cwd = folderWith(FILES)
  const before = readdirSync(cwd)
  const args = ['run', file, '--provider', 'rehearsal', '--data-dir', 'data', '--json', ...more]
  const ended = await runCli({ args, cwd })
  expect(ended.code).toBe(2)
  expect(readdirSync(cwd)).toEqual(before)
  for (const { event, message, mend } of ended.events) {
    expect(event).toBe('problem')
    expect(message).toMatch(/\.$/)
    expect(mend).toMatch(/[.?]$/)
    expect(ended.stderr).toContain(String(message))
    expect(ended.stderr).toContain(String(mend))
  }
  return ended.events.map(({ row, column, code }) => [row ?? '-', column ?? '-', code].join(' '))
}

describe('a bad batch is refused with 2, row, column and mend, and nothing is half-made', () => {
  test.each([
    ['missing.csv', ['- - missingFile']],
    ['column.csv', ['1 duraton unknownColumn']],
    ['size.csv', ['3 size badSize']],
    ['empty.csv', ['2 prompt emptyPrompt']],
    ['frame.csv', ['2 first_frame imageMissing']],
    ['broken.csv', ['2 first_frame imageBroken']],
    [
      'many.csv',
      [
        '2 duration badDuration',
        '2 size badSize',
        '2 takes badTakes',
        '2 prompt emptyPrompt',
        '3 prompt openBrace',
      ],
    ],
  ])('%s: %j', async (file, expected) => {
    expect(await refused(file)).toEqual(expected)
  })

  test('an option that no row can use', async () => {
    expect(await refused('good.csv', '--duration', 'long')).toEqual(['- --duration badDuration'])
  })

  test('a data folder that cannot be made', async () => {
    const cwd = folderWith(FILES)
    const args = [
      'run',
      'good.csv',
      '--provider',
      'rehearsal',
      '--data-dir',
      'good.csv/data',
      '--json',
    ]
    const { code, events } = await runCli({ args, cwd })
    expect(code).toBe(2)
    expect(events).toMatchObject([
      { event: 'problem', column: '--data-dir', code: 'folderUnusable' },
    ])
  })

  test('an output folder that cannot be made', async () => {
    const cwd = folderWith(FILES)
    const args = [
      'run',
      'good.csv',
      '--provider',
      'rehearsal',
      '--data-dir',
      'data',
      '--out',
      'good.csv/out',
      '--json',
    ]
    const { code, events } = await runCli({ args, cwd })
    expect(code).toBe(2)
    expect(events).toMatchObject([{ event: 'problem', column: '--out', code: 'folderUnusable' }])
    const jobs = await runCli({ args: ['jobs', '--data-dir', 'data', '--json'], cwd })
    expect(jobs.events).toEqual([])
  })

  test('a read-only and a full output folder', async (context) => {
    const disk = smallDisk(context, 64)
    const cwd = folderWith(FILES)
    const tryIt = () =>
      runCli({
        args: [
          'run',
          'good.csv',
          '--provider',
          'rehearsal',
          '--data-dir',
          'data',
          '--out',
          disk.path,
          '--json',
        ],
        cwd,
      })
    disk.leave(0)
    const full = await tryIt()
    disk.makeReadOnly()
    const readOnly = await tryIt()
    expect([full.code, readOnly.code]).toEqual([2, 2])
    expect(full.events[0]?.['message']).toContain('is full')
    expect(readOnly.events[0]?.['message']).toContain('cannot be written')
  })

  test('a read-only and a full data folder', async (context) => {
    const disk = smallDisk(context, 64)
    const cwd = folderWith(FILES)
    const dataDir = join(disk.path, 'data')
    const tryIt = () =>
      runCli({
        args: ['run', 'good.csv', '--provider', 'rehearsal', '--data-dir', dataDir, '--json'],
        cwd,
      })
    disk.leave(0)
    const full = await tryIt()
    expect(full.code).toBe(2)
    expect(full.events).toMatchObject([{ event: 'problem', column: '--data-dir' }])
    disk.makeReadOnly()
    const readOnly = await tryIt()
    expect(readOnly.code).toBe(2)
    expect(readOnly.events).toMatchObject([{ event: 'problem', column: '--data-dir' }])
  })
})

test.each([
  [['fly'], 'unknown command'],
  [['cancel', 'batch_unknown'], 'There is no job or batch batch_unknown'],
  [['resume', '--budget', '5'], 'No such batch is unfinished'],
  [['jobs', '--batch', 'five'], 'There is no batch five'],
])('bad use is refused with 2: dailies %j', async (args, words) => {
  const cwd = folderWith(FILES)
  const ended = await runCli({ args: [...args, '--data-dir', 'data'], cwd })
  expect(ended).toMatchObject({ code: 2, stdout: '' })
  expect(ended.stderr).toContain(words)
})

test('waits are shortened for tests alone', async () => {
  const cwd = folderWith(FILES)
  const env = { DAILIES_TIME_SCALE: '10', NODE_ENV: '' }
  const { code, stderr } = await runCli({
    args: ['run', 'good.csv', '--data-dir', 'data'],
    cwd,
    env,
  })
  expect(code).toBe(2)
  expect(stderr).toContain('NODE_ENV=test')
  expect(existsSync(join(cwd, 'data'))).toBe(false)
})

test('looking makes nothing', async () => {
  const cwd = folderWith(FILES)
  const before = readdirSync(cwd)
  const look = (words: string) =>
    runCli({ args: [...words.split(' '), '--data-dir', 'data', '--json'], cwd })
  for (const words of ['plan good.csv --provider rehearsal', 'status', 'providers', 'doctor']) {
    expect(await look(words)).toMatchObject({ code: 0 })
  }
  expect(readdirSync(cwd)).toEqual(before)
})
