import { readdirSync, readFileSync, statSync, truncateSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { eventsOf, runCli } from '../../helpers/cli.ts'
import { folderWith } from '../../helpers/folder.ts'
import { numberedClip, shownNumbers } from '../../helpers/numberedClip.ts'

const clip = (fps = '24') => numberedClip(folderWith(), { frames: 96, fps })
const range = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, at) => from + at).join(' ')

test('a trim in seconds is instant, named beside the video, and needs no data folder', async () => {
  const video = await clip()
  const before = readFileSync(video)
  const ended = await runCli({ args: ['trim', video, '--in', '1', '--out', '3', '--json'] })
  expect(ended.code).toBe(0)
  const [trimmed] = eventsOf(ended, 'trimmed')
  const path = join(dirname(video), 'numbered-24-72.mp4')
  expect(trimmed).toMatchObject({ path, method: 'instant', inFrame: 24, outFrame: 72, seconds: 2 })
  expect(ended.stderr).toContain('24 frames before')
  expect((await shownNumbers(path)).join(' ')).toBe(range(24, 72))
  expect(readFileSync(video).equals(before)).toBe(true)
})

test('an exact trim by frames and clock, at an odd rate', async () => {
  const video = await clip('24000/1001')
  const output = join(dirname(video), 'cut.mp4')
  const args = ['trim', video, '--in', '10f', '--out', '0:00:02', '--mode', 'exact']
  const ended = await runCli({ args: [...args, '--output', output] })
  expect(ended.code).toBe(0)
  expect(ended.stdout.trim()).toBe(output)
  expect((await shownNumbers(output)).join(' ')).toBe(range(10, 48))
})

test('a video that is cut off is not encoded as if it were whole', async () => {
  const video = await numberedClip(folderWith(), { frames: 96, more: '-movflags +faststart' })
  truncateSync(video, Math.floor(statSync(video).size * 0.7))
  const ended = await runCli({ args: ['trim', video, '--in', '10f', '--mode', 'exact'] })
  expect([ended.code, ended.stdout]).toEqual([2, ''])
  expect(ended.stderr).toContain('The file is cut off')
  expect(readdirSync(dirname(video))).toEqual(['numbered.mp4'])
})

test('what cannot be is refused before anything is written', async () => {
  const video = await clip()
  const cases = [
    [['--out', '9'], 'has 96 frames, 4.000 s'],
    [['--in', '3', '--out', '1'], 'must lie behind'],
    [['--in', 'soon'], 'no time'],
    [['--out', '1', '--output', 'clip.avi'], 'must end in'],
  ] as const
  for (const [more, words] of cases) {
    const ended = await runCli({ args: ['trim', video, ...more], cwd: dirname(video) })
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain(words)
  }
  expect(readdirSync(dirname(video))).toEqual(['numbered.mp4'])
})

test('no file is written over, not even the video itself', async () => {
  const video = await clip()
  const ended = await runCli({ args: ['trim', video, '--out', '1', '--output', video] })
  expect(ended.code).toBe(2)
  expect(ended.stderr).toContain('There is a file')
})
