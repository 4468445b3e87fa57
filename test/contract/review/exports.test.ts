import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  exportSettingsSchema,
  type ExportItem,
  type ExportView,
} from '../../../src/shared/domain/export.ts'
import type { TakeView } from '../../../src/shared/domain/take.ts'
import { probe } from '../../../src/main/media/probe.ts'
import { readClipSource } from '../../../src/main/media/trim/clipSource.ts'
import {
  createExportService,
  type ExportService,
} from '../../../src/main/review/export/exportService.ts'
import { ffmpeg, realFfmpeg } from '../../helpers/clips.ts'
import { folderWith } from '../../helpers/folder.ts'
import { numberedClip, shownNumbers } from '../../helpers/numberedClip.ts'
import { sampleTake } from '../../helpers/sampleTake.ts'

interface House {
  readonly exports: ExportService
  readonly folder: string
  readonly take: TakeView
}

const FACTS = { width: 160, height: 32, fps: 24 }

async function house(
  more: Partial<TakeView> = {},
  facts: Partial<typeof FACTS> = FACTS,
): Promise<House> {
  const root = folderWith()
  const path = await numberedClip(root, { frames: 48, beep: [1, 1.2] })
  const take = sampleTake({ path, ...facts, ...more })
  const folder = join(root, 'Exports')
  let ids = 0
  const exports = createExportService({
    sources: {
      take: (id) => (id === take.id ? take : null),
      batchName: () => 'Harbour',
      source: ({ path: source }) => readClipSource(source),
    },
    runner: realFfmpeg(),
    folder: () => folder,
    now: () => 1_763_800_000_000,
    newId: () => `01A${(ids += 1)}`,
  })
  return { exports, folder, take }
}

const item = (take: TakeView, inFrame: number | null, outFrame: number | null): ExportItem => ({
  takeId: take.id,
  inFrame,
  outFrame,
  name: '',
})
const settings = (more: object = {}) =>
  exportSettingsSchema.parse({ naming: '{row}-{name}', ...more })

/** Runs an export to its end. */
async function run(
  { exports }: House,
  wish: Parameters<ExportService['start']>[0],
): Promise<ExportView> {
  const started = await exports.start(wish)
  if (!started.ok) throw new Error(started.error.message)
  return ended(exports)
}

const ended = (exports: ExportService): Promise<ExportView> =>
  new Promise((resolve) => {
    const look = (): void => {
      const [latest] = exports.list()
      if (latest !== undefined && latest.endedAt !== null) resolve(latest)
    }
    exports.subscribe(look)
    look()
  })

test('several clips of one take are exported in one go, and the take is left as it was', async () => {
  const here = await house()
  const before = readFileSync(here.take.path)
  const items = [item(here.take, 0, 12), item(here.take, 12, 30), item(here.take, null, null)]
  const plan = await here.exports.plan({ items, settings: settings() })
  expect(plan.files.map(({ file, method }) => [file, method])).toEqual([
    ['003-a-red-lighthouse.mp4', 'instant'],
    ['003-a-red-lighthouse (2).mp4', 'instant'],
    ['003-a-red-lighthouse (3).mp4', 'copy'],
  ])
  const view = await run(here, { items, settings: settings() })
  expect(view).toMatchObject({ state: 'done', files: 3, written: 3, failed: 0, progress: 1 })
  const middle = await shownNumbers(join(here.folder, '003-a-red-lighthouse (2).mp4'))
  expect(middle.join(' ')).toBe(Array.from({ length: 18 }, (_, at) => at + 12).join(' '))
  expect(readFileSync(here.take.path).equals(before)).toBe(true)
  expect(digest(join(here.folder, '003-a-red-lighthouse (3).mp4'))).toBe(digest(here.take.path))
})

const digest = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex')

describe('formats and changes', () => {
  test.each([
    ['mov', { format: 'mov' }, 'h264'],
    ['prores', { format: 'prores' }, 'prores'],
    ['webm', { format: 'webm', height: 64 }, 'vp9'],
  ])('%s', async (_name, wish, codec) => {
    const here = await house()
    const view = await run(here, { items: [item(here.take, 4, 28)], settings: settings(wish) })
    expect(view.failures).toEqual([])
    const [file = ''] = readdirSync(here.folder)
    const info = await ffprobe(join(here.folder, file))
    expect(info).toContain(codec)
    expect(info).toContain('24 frames')
    expect(info).toContain('#media_type 1: audio')
    if ('height' in wish) expect(info).toContain('320x64')
  })

  test('boomerang, twice, muted: the turning frames stand once', async () => {
    const here = await house()
    const wish = { boomerang: true, loops: 2, mute: true }
    await run(here, { items: [item(here.take, 10, 14)], settings: settings(wish) })
    const path = join(here.folder, '003-a-red-lighthouse.mp4')
    expect((await shownNumbers(path)).join(' ')).toBe('10 11 12 13 12 11 10 11 12 13 12 11')
    expect(await probe(path)).toMatchObject({ ok: true, value: { hasAudio: false } })
  })

  test('GIF, fade, frame rate', async () => {
    const here = await house()
    const wish = { format: 'gif', fps: 12, fadeSeconds: 0.25 }
    const view = await run(here, { items: [item(here.take, null, null)], settings: settings(wish) })
    expect(view.failures).toEqual([])
    expect(await ffprobe(join(here.folder, '003-a-red-lighthouse.gif'))).toContain('24 frames')
  })

  test('clips are joined in order, with their sound', async () => {
    const here = await house()
    const items = [item(here.take, 30, 40), item(here.take, 0, 10)]
    const view = await run(here, { items, settings: settings({ join: true }) })
    expect(view).toMatchObject({ files: 1, written: 1 })
    const path = join(here.folder, '003-a-red-lighthouse-joined.mp4')
    const numbers = Array.from({ length: 20 }, (_, at) => (at < 10 ? at + 30 : at - 10))
    expect((await shownNumbers(path)).join(' ')).toBe(numbers.join(' '))
    expect(await probe(path)).toMatchObject({ ok: true, value: { hasAudio: true } })
  })

  test('clips of a take whose facts are not known are joined in its own size and rate', async () => {
    const here = await house({}, {})
    const items = [item(here.take, 30, 40), item(here.take, 0, 10)]
    await run(here, { items, settings: settings({ join: true }) })
    const joined = await probe(join(here.folder, '003-a-red-lighthouse-joined.mp4'))
    expect(joined).toMatchObject({ ok: true, value: FACTS })
  })

  test('an instant clip may lose its sound and say what made it', async () => {
    const here = await house()
    const wish = { mute: true, provenance: true }
    await run(here, { items: [item(here.take, 6, 20)], settings: settings(wish) })
    const path = join(here.folder, '003-a-red-lighthouse.mp4')
    expect((await shownNumbers(path)).length).toBe(14)
    const words = await ffmpeg(['-i', path, '-f', 'ffmetadata', '-'])
    expect(words).toContain('title=A red lighthouse')
    expect(words).toContain('"aiGenerated":true')
    expect(words).toContain(here.take.id)
    expect(await probe(path)).toMatchObject({ ok: true, value: { hasAudio: false } })
  })
})

/** What ffmpeg sees in a file. */
async function ffprobe(path: string): Promise<string> {
  const packets = await ffmpeg(['-i', path, '-map', '0', '-c', 'copy', '-f', 'framemd5', '-'])
  const lines = packets.split('\n')
  const frames = lines.filter((line) => line.startsWith('0,')).length
  return [...lines.filter((line) => line.startsWith('#')), `${frames} frames`].join('\n')
}

describe('names', () => {
  test('a file that is there is kept, left, or replaced, as the person chose', async () => {
    const here = await house()
    const items = [item(here.take, 0, 12)]
    await run(here, { items, settings: settings() })
    await run(here, { items, settings: settings({ collision: 'number' }) })
    const skipped = await run(here, { items, settings: settings({ collision: 'skip' }) })
    expect(skipped).toMatchObject({ written: 0, skipped: 1 })
    const first = join(here.folder, '003-a-red-lighthouse.mp4')
    writeFileSync(first, 'an older one')
    await run(here, { items, settings: settings({ collision: 'replace' }) })
    expect((await shownNumbers(first)).length).toBe(12)
    expect(
      readdirSync(here.folder)
        .filter((name) => name.endsWith('.mp4'))
        .toSorted(),
    ).toEqual(['003-a-red-lighthouse (2).mp4', '003-a-red-lighthouse.mp4'])
  })

  test('a take is never replaced, whatever the rule says', async () => {
    const here = await house()
    const first = join(here.folder, '003-a-red-lighthouse.mp4')
    await run(here, { items: [item(here.take, 0, 12)], settings: settings() })
    writeFileSync(first.replace('.mp4', '.dailies.json'), '{}')
    const bytes = digest(first)
    const wish = settings({ collision: 'replace' })
    const view = await run(here, { items: [item(here.take, 0, 12)], settings: wish })
    expect(view).toMatchObject({ failed: 1, written: 0 })
    expect(view.failures[0]?.message).toContain('takes are never replaced')
    expect(digest(first)).toBe(bytes)
  })
})

describe('when it does not go well', () => {
  test('cancelled: nothing half-written lies under a final name', async () => {
    const here = await house()
    const wish = settings({ format: 'webm', height: 1080, loops: 20 })
    const items = Array.from({ length: 4 }, () => item(here.take, null, null))
    const started = await here.exports.start({ items, settings: wish })
    if (!started.ok) throw new Error(started.error.message)
    here.exports.cancel(started.value.id)
    expect(await ended(here.exports)).toMatchObject({ state: 'cancelled', written: 0 })
    expect(existsSync(here.folder) ? readdirSync(here.folder) : []).toEqual([])
  })

  test('a take whose file is gone, points behind its end: the others are made', async () => {
    const here = await house()
    const gone = { ...item(here.take, 0, 3), takeId: 'take_0000' as const }
    const items = [gone, item(here.take, 500, 600), item(here.take, 0, 12)]
    const { files } = await here.exports.plan({ items, settings: settings() })
    expect(files.map(({ method }) => method)).toEqual([null, null, 'instant'])
    expect(files[1]?.words).toContain('the take has 48 frames')
    const view = await run(here, { items, settings: settings() })
    expect(view).toMatchObject({ state: 'done', written: 1, failed: 2 })
  })
})

test('what is dragged out is the take itself, or its clip cut at once; gone when the app closes', async () => {
  const { exports, take, folder } = await house()
  const before = readFileSync(take.path)
  const items = [item(take, null, null), item(take, 10, 20), item(take, 30, 35)]
  const files = await exports.filesOf(items)
  if (!files.ok) throw new Error(files.error.message)
  const [whole, first = '', second = ''] = files.value
  expect(whole).toBe(take.path)
  expect(await shownNumbers(first)).toEqual(Array.from({ length: 10 }, (_, at) => at + 10))
  expect(await shownNumbers(second)).toEqual([30, 31, 32, 33, 34])
  expect(readFileSync(take.path)).toEqual(before)
  expect(existsSync(folder)).toBe(false)
  await exports.close()
  expect([first, second].filter((path) => existsSync(path))).toEqual([])
  expect(existsSync(take.path)).toBe(true)
})
