import { existsSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { checkThemes } from './access.ts'
import { numberedVideo } from './numberedVideo.ts'
import { fillTakes } from '../helpers/takeLibrary.ts'
import { expect, start, test } from './fixtures.ts'
import { shownFrame } from './shownFrame.ts'

const mod = process.platform === 'darwin' ? 'Meta' : 'Control'

/** Leaves out every seventh picture: those that stay come unevenly and keep their numbers. */
const UNEVEN = ['-vf', "select='mod(n,7)-3'", '-vsync', 'vfr'] as const
const unevenNumber = (frame: number): number => frame + Math.floor((frame + 3) / 6)

/** Rates that are no whole number, and a file whose first frame comes late. */
const CLIPS = [
  { name: 'film.mp4', fps: '24000/1001', frames: 96 },
  { name: 'television.mp4', fps: '30000/1001', frames: 90, hasAudio: true },
  { name: 'late.mp4', fps: '30000/1001', frames: 90, more: ['-use_editlist', '0'] },
  { name: 'uneven.mp4', fps: '24', frames: 60, more: UNEVEN },
  { name: 'web.webm', fps: '25', frames: 60, more: ['-c:v', 'libvpx', '-deadline', 'realtime'] },
] as const

async function openReview(page: Page): Promise<void> {
  await page.keyboard.press(`${mod}+5`)
  await expect(page.getByRole('gridcell', { name: /^Row 1, take 1/ })).toBeVisible()
}

test('the loupe stands on exactly the frame that was asked for, whatever the rate', async ({
  dataDir,
}) => {
  const folder = mkdtempSync(join(dataDir, 'clips-'))
  const paths = CLIPS.map((clip) => numberedVideo(folder, clip))
  const wishes = paths.map((path, at) => ({ path, row: at + 1, take: 1, prompt: `Clip ${at}` }))
  await fillTakes(dataDir, wishes)
  const app = await start({ dataDir })
  const { page } = app
  await openReview(page)
  await page.keyboard.press('Enter')
  const video = page.locator('.loupe video')
  const timeline = page.getByRole('slider', { name: 'Position, in frames' })
  for (const [at, { name, frames }] of CLIPS.entries()) {
    if (at > 0) await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('heading', { name: `Row ${at + 1}, take 1` })).toBeVisible()
    await expect(timeline).toHaveAttribute('max', String(frames - 1))
    for (const keys of ['.....', ',,', '...']) {
      for (const key of keys) await page.keyboard.press(key)
    }
    const number = name === 'uneven.mp4' ? unevenNumber : (frame: number) => frame
    await expect.poll(() => shownFrame(video)).toBe(number(6))
    // A file that says it is shorter than it is ends early for the browser.
    if (name === 'late.mp4') continue
    await page.keyboard.press('Shift+O')
    await expect.poll(() => shownFrame(video)).toBe(number(frames - 1))
    await page.keyboard.press(',')
    await expect.poll(() => shownFrame(video)).toBe(number(frames - 2))
  }
  await app.close()
})

test('nine takes of all rates and lengths stand on the same moment at every step', async ({
  dataDir,
}) => {
  const folder = mkdtempSync(join(dataDir, 'clips-'))
  const rates = ['24', '24000/1001', '25', '30000/1001', '30', '48', '50', '60', '12']
  // One of them comes unevenly.
  const odd = 4
  const wishes = rates.map((fps, at) => {
    const more = at === odd ? { more: UNEVEN } : {}
    const path = numberedVideo(folder, { name: `${at}.mp4`, fps, frames: 20 + 5 * at, ...more })
    return { path, row: 1, take: at + 1, prompt: 'The same for all' }
  })
  const ids = await fillTakes(dataDir, wishes)
  const app = await start({ dataDir })
  const { page } = app
  const times = await Promise.all(ids.map((takeId) => app.ask('takes.frameTimes', { takeId })))
  await openReview(page)
  await page.keyboard.press('c')
  await expect(page.getByRole('heading', { name: 'Compare' })).toBeFocused()
  const videos = page.locator('.compare video')
  await expect(videos).toHaveCount(9)
  await checkThemes(app, 'compare')
  await expect(page.getByRole('slider', { name: 'Time, in seconds' })).toHaveAttribute('max', '5')

  /** The frame that is on when the leader is in the middle of its own. */
  const expected = (leader: readonly number[], frame: number) => {
    const [from = 0, to = 0] = leader.slice(frame)
    const at = (from + to) / 2
    return times.map((starts) => starts.findLastIndex((begin) => begin <= at + 1e-6))
  }
  const places = Array.from({ length: 60 }, (_, frame) => unevenNumber(frame))
  const shown = () =>
    Promise.all(
      rates.map(async (_, at) => {
        const number = await shownFrame(videos.nth(at))
        return at === odd ? places.indexOf(number) : number
      }),
    )
  for (const key of '.....') await page.keyboard.press(key)
  await expect.poll(shown).toEqual(expected(times[0] ?? [], 5))
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Home')
  for (const key of '...........') await page.keyboard.press(key)
  await expect.poll(shown).toEqual(expected(times[1] ?? [], 11))

  const time = page.getByLabel('Time', { exact: true })
  await page.keyboard.press('Home')
  await page.keyboard.press('Space')
  await expect.poll(() => time.innerText()).not.toMatch(/^00:00:00/)
  await page.keyboard.press('Space')
  // Wherever it was stopped: there is a moment that all of these frames belong to.
  const stopped = async () => {
    const spans = (await shown()).map((frame, at) => [
      times[at]?.[frame] ?? 0,
      times[at]?.[frame + 1] ?? Infinity,
    ])
    const latest = Math.max(...spans.map(([from = 0]) => from))
    return latest < Math.min(...spans.map(([, to = 0]) => to))
  }
  await expect.poll(stopped).toBe(true)
  await app.close()
})

test('a blind round names nobody before its last vote, and then says who won', async ({
  dataDir,
}) => {
  const folder = mkdtempSync(join(dataDir, 'clips-'))
  const models = ['kling-v3', 'wan-2.6'] as const
  const wishes = [1, 2].flatMap((row) =>
    models.map((model, at) => {
      const frames = 20 + 10 * at
      const path = numberedVideo(folder, { name: `${model}-${row}.mp4`, fps: '24', frames })
      return { path, row, take: at + 1, prompt: `Prompt ${row}`, model, provider: 'fal' }
    }),
  )
  await fillTakes(dataDir, wishes)
  const app = await start({ dataDir })
  const { page } = app
  await openReview(page)
  await page.keyboard.press('b')
  await expect(page.getByText('1 of 2 pairs')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Blind' })).toBeFocused()
  await expect(page.locator('.blind video')).toHaveCount(2)
  await checkThemes(app, 'blind')

  /** All that the page holds and shows: text, names, titles, addresses, what reads it out. */
  const everything = async () => {
    const html = await page.evaluate(() => document.documentElement.outerHTML + document.title)
    return html + (await page.locator('body').ariaSnapshot())
  }
  expect(await everything()).not.toMatch(/kling|wan|take_0|take_1|fal\b|\.mp4/i)
  await page.keyboard.press('.')
  await page
    .getByLabel('A is better')
    .or(page.getByRole('button', { name: /^A is/ }))
    .hover()
  expect(await everything()).not.toMatch(/kling|wan|take_0|take_1|fal\b|\.mp4/i)
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByText('2 of 2 pairs')).toBeVisible()
  await page.keyboard.press(`${mod}+z`)
  await expect(page.getByText('1 of 2 pairs')).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByText('2 of 2 pairs')).toBeVisible()
  expect(await everything()).not.toMatch(/kling|wan|take_0|take_1|fal\b|\.mp4/i)
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('heading', { name: 'Blind, opened' })).toBeVisible()
  await expect(page.locator('.blind-pair')).toHaveCount(2)
  await expect(page.locator('.rating-list')).toContainText(/Kling/i)
  await checkThemes(app, 'blind, opened')
  expect(await app.ask('arena.ratings', { by: 'model' })).toHaveLength(2)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('gridcell', { name: /^Row 1, take 1/ })).toBeVisible()
  await app.close()
})

test('all takes are chosen together, also those far below, and all of it is taken back', async ({
  dataDir,
}) => {
  const folder = mkdtempSync(join(dataDir, 'clips-'))
  const path = numberedVideo(folder, { name: 'clip.mp4', fps: '24', frames: 4 })
  const first = numberedVideo(folder, { name: 'first.mp4', fps: '24', frames: 4 })
  const wishes = Array.from({ length: 620 }, (_, at) => ({
    path: at === 0 ? first : path,
    row: at + 1,
    take: 1,
  }))
  await fillTakes(
    dataDir,
    wishes.map((wish) => ({ ...wish, prompt: `Kite ${wish.row}` })),
  )
  const app = await start({ dataDir })
  const { page } = app
  const rejected = async () => (await app.ask('takes.counts', { filter: {} })).rejected
  await openReview(page)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('5')
  await page.keyboard.press(`${mod}+a`)
  await page.keyboard.press('x')
  await expect.poll(rejected).toBe(620)
  await page.keyboard.press(`${mod}+z`)
  await expect.poll(rejected).toBe(0)

  // The trash is emptied once that was confirmed; what it costs to have it is said.
  const dialog = page.getByRole('alertdialog', { name: /Empty the trash|for good/ })
  await page.keyboard.press('Escape')
  await page.keyboard.press('Home')
  await page.keyboard.press('Delete')
  await expect(page.getByText('Row 1, take 1 is in the trash.')).toBeVisible()
  await page.keyboard.press('Shift+Delete')
  await expect(page.getByText('Only what is in the trash is deleted for good.')).toBeVisible()
  await page.keyboard.press(`${mod}+Shift+Backspace`)
  await expect(dialog.getByText('The files of 1 take')).toBeVisible()
  await dialog.getByRole('button', { name: 'Keep it' }).press('Enter')
  await expect(dialog).toHaveCount(0)
  expect(existsSync(first)).toBe(true)
  for (const _ of 'ddddd') await page.keyboard.press('d')
  await expect(page.getByRole('gridcell', { name: /^Row/ })).toHaveCount(1)
  await page.keyboard.press('Shift+Delete')
  await dialog.getByRole('button', { name: 'Delete 1 take' }).press('Enter')
  await expect(page.getByText(/1 take deleted, .* free again/)).toBeVisible()
  expect(existsSync(first)).toBe(false)
  await page.keyboard.press(`${mod}+k`)
  await page.keyboard.type('Show the trash')
  await page.keyboard.press('Enter')
  await expect(page.getByText('The trash is empty')).toBeVisible()
  await page.keyboard.press('c')
  await expect(page.getByText('There is no take here to do that to.')).toBeVisible()
  expect(await app.ask('takes.counts', { filter: {} })).toMatchObject({ all: 619, trashed: 0 })
  await app.close()
})

test('a whole morning by keyboard: filter, rate, compare, trim, export, re-roll', async ({
  dataDir,
}) => {
  const folder = mkdtempSync(join(dataDir, 'clips-'))
  const path = numberedVideo(folder, { name: 'clip.mp4', fps: '24', frames: 48 })
  const wishes = [1, 2].flatMap((row) =>
    [1, 2].map((take) => ({ path, row, take, prompt: `A kite over the sea, ${row}` })),
  )
  const ids = await fillTakes(dataDir, wishes)
  const app = await start({ dataDir })
  const { page } = app
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const take = (at: number) => app.ask('takes.get', { takeId: ids[at] ?? 'take_none' })
  await openReview(page)

  // Rate, reject, tag, take one back.
  await press('4', 'p', 'ArrowRight', 'x', 'ArrowRight', '2', `${mod}+z`)
  await expect.poll(async () => (await take(2)).rating).toBe(0)
  expect(await take(0)).toMatchObject({ rating: 4, flag: 'pick' })
  expect(await take(1)).toMatchObject({ flag: 'reject' })
  await press('Home', 'Shift+ArrowRight', 't')
  await page.keyboard.type('hero')
  await press('Enter')
  await expect.poll(async () => (await take(1)).tags).toEqual(['hero'])
  await press('t')
  await page.getByRole('dialog').getByRole('button', { name: 'hero' }).focus()
  await press('Space')
  await expect.poll(async () => [(await take(0)).tags, (await take(1)).tags]).toEqual([[], []])
  await press(`${mod}+z`)
  await expect.poll(async () => (await take(1)).tags).toEqual(['hero'])
  // What is chosen together goes out together.
  await press('e')
  await expect(page.getByRole('radio', { name: 'These 2 takes' })).toBeChecked()
  await expect(page.getByRole('button', { name: 'Export 2 files' })).toBeEnabled()
  await press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await press('Escape')

  // Filter by key; what is found by its words is one Tab away.
  const cells = page.getByRole('gridcell', { name: /^Row/ })
  await press('d', 'd')
  await expect(cells).toHaveCount(1)
  await press('d')
  await expect(page.getByRole('gridcell', { name: /rejected/ })).toHaveCount(1)
  await press('d', 'd', `${mod}+f`)
  await page.keyboard.type('sea, 2')
  await expect(cells).toHaveCount(2)
  await press('Escape')
  await expect(cells).toHaveCount(4)

  // Compare the takes of a prompt, choose the other one.
  await press('End', 'c')
  await expect(page.locator('.compare video')).toHaveCount(2)
  await press('ArrowRight', 'p', 'Escape')
  await expect.poll(async () => (await take(3)).flag).toBe('pick')

  // Mark in and out; the marks stay with the take.
  await press('Home', 'Enter')
  await expect(page.getByRole('slider', { name: 'Position, in frames' })).toHaveAttribute(
    'max',
    '47',
  )
  await press('.', '.', '.', 'i', '.', '.', '.', '.', 'o')
  await expect(page.getByText(/00:00:00:03 to 00:00:00:08 · 5 frames/)).toBeVisible()
  const clips = () => app.ask('clips.ofTakes', { takeIds: [ids[0] ?? 'take_none'] })
  await expect.poll(clips).toMatchObject([{ inFrame: 3, outFrame: 8 }])
  // A second clip of the same take, and back to the first.
  await press('n', '.', '.', 'i', '.', 'o')
  await expect.poll(clips).toMatchObject([{ inFrame: 3 }, { inFrame: 9, outFrame: 11 }])
  await press('g')
  await expect(page.getByText(/00:00:00:03 to 00:00:00:08/)).toBeVisible()

  // Export what is open.
  await press('e')
  const dialog = page.getByRole('dialog', { name: 'Export' })
  await dialog.getByRole('button', { name: 'Export 2 files' }).press('Enter')
  const done = page.getByRole('dialog', { name: 'Exported' })
  await expect(done.getByRole('status')).toContainText('2 of 2 files written')
  await press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await press('Escape')

  // Re-roll: free here, so it is queued at once; what was rejected becomes a draft.
  await expect(page.getByRole('gridcell', { name: /^Row 1, take 1/ })).toBeVisible()
  await press('r')
  await expect(page.getByText('1 take queued again, with a new seed.').first()).toBeVisible()
  await expect.poll(async () => (await app.ask('queue.tonight')).counts.succeeded).toBe(5)
  await press('Shift+N')
  await expect(page.getByRole('heading', { name: 'Re-roll of the rejected' })).toBeVisible()
  await expect(page.locator('[data-row="0"] [data-col="0"]')).toHaveText('A kite over the sea, 1')
  await app.close()
})
