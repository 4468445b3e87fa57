import { copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { mountDisk } from '../helpers/mountDisk.ts'
import { startDouble } from '../servers/start.ts'
import type { ServerControl } from '../servers/types.ts'
import { checkAccess } from './access.ts'
import { delivered } from './drafting.ts'
import { expect, start, test, type RunningApp } from './fixtures.ts'
import { paidRow, runPaid, tabTo } from './paid.ts'

const mod = process.platform === 'darwin' ? 'Meta' : 'Control'
const row = (number: number, prompt: string) =>
  paidRow(number, prompt, { models: [{ model: 'kling-v3', provider: 'fal' }] })

let server: ServerControl
let app: RunningApp
async function open(dataDir: string): Promise<void> {
  const env = { ...server.env, FAL_KEY: 'canary-fal:0123456789abcdef0123456789abcdef' }
  const quick = { DAILIES_TIME_SCALE: '200', DAILIES_POLL_MIN_MS: '50' }
  app = await start({ dataDir, env: { ...env, ...quick } })
  await app.page.keyboard.press(`${mod}+4`)
}
test.beforeEach(async ({ dataDir }) => {
  server = await startDouble('fal')
  await open(dataDir)
})
test.afterEach(async () => {
  await app.close()
  await server.close()
})

const card = (page: Page, title: string | RegExp) => page.getByRole('article', { name: title })

/** Reaches a button of a card by Tab and presses it by Enter. */
async function press(title: string | RegExp, button: string | RegExp): Promise<void> {
  await tabTo(app.page, card(app.page, title).getByRole('button', { name: button }))
  await app.page.keyboard.press('Enter')
}
const accepted = async () => (await server.bill()).filter((line) => line.accepted).length

test('a refused key, a lost answer and a refused prompt are told with their evidence, and mended by keyboard', async () => {
  const { page } = app
  await server.set({ badKeys: ['canary-fal:0123456789abcdef0123456789abcdef'] })
  await runPaid(app, [row(1, 'A ferry leaves the pier')])
  const refused = card(page, 'fal refuses the key')
  await expect(refused).toContainText('HTTP 401')
  await expect(refused).toContainText('1 job waits for it')
  await expect(page.getByRole('button', { name: 'Queue 1 needs you' })).toBeVisible()
  await checkAccess(app, 'needs you')
  await server.set({ badKeys: [] })
  await press('fal refuses the key', 'The key is right now, go on')
  await delivered(app, 1)
  await expect(refused).toBeHidden()
  expect(await accepted()).toBe(1)

  await server.fault({ on: 'create', how: { kind: 'destroy', when: 'afterBody' } })
  await runPaid(app, [row(1, 'Rain on a tin roof')])
  const lost = page.getByRole('region', { name: 'Answers that were lost' })
  await expect(lost).toContainText('The provider lists no request with this input')
  await expect(lost).toContainText(/sent \d+ \w{3} \d\d:\d\d:\d\d/)
  await press('Row 1', 'Send again…')
  const question = page.getByRole('alertdialog', { name: 'Send row 1 again?' })
  await tabTo(page, question.getByRole('button', { name: 'Send it again' }))
  await page.keyboard.press('Enter')
  await delivered(app, 2)
  await expect(lost).toBeHidden()
  expect(await accepted()).toBe(2)

  const outcome = { kind: 'fail' as const, code: 'content_policy_violation', status: 422 }
  await server.set({ outcomes: [{ includes: 'A forbidden kite', outcome }] })
  await runPaid(app, [row(1, 'A forbidden kite')])
  const failed = card(page, /^1 job failed: refused for what is shown or said, fal/)
  await expect(failed).toContainText('CONTENT_POLICY_VIOLATION, HTTP 422')
  await expect(failed).toContainText('It was the prompt.')
  await server.set({ outcomes: [] })
  await press(/^1 job failed/, 'Retry it')
  await delivered(app, 3)
  await expect(failed).toBeHidden()
})

test('a job that may have been paid already is retried once the person was told', async () => {
  const { page } = app
  await server.fault({ on: 'create', how: { kind: 'destroy', when: 'afterBody' } })
  await runPaid(app, [row(1, 'Lost on the way')])
  await press('Row 1', 'Give up…')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Give it up' }).click()
  await page.getByRole('radio', { name: /^Failed/ }).click()
  await page.getByRole('gridcell', { name: 'Lost on the way' }).click()
  await expect(page.getByText('It may have been paid already')).toBeVisible()
  await page.keyboard.press('r')
  const question = page.getByRole('alertdialog', { name: 'Retry 1 job in spite of doubt?' })
  await expect(question).toContainText(/sent \d+ \w{3} \d\d:\d\d:\d\d under the key job_/)
  await expect(question).toContainText('stay counted against the caps')
  expect(await accepted()).toBe(0)
  await tabTo(page, question.getByRole('button', { name: 'Send it again, it may be paid twice' }))
  await page.keyboard.press('Enter')
  await delivered(app, 1)
  expect(await accepted()).toBe(1)
})

test('at a cap the batch asks: one more, or stop', async () => {
  const { page } = app
  await app.ask('queue.pause', { target: { all: true } })
  await runPaid(app, [row(1, 'One'), row(2, 'Two'), row(3, 'Three')])
  const [batch] = await app.ask('queue.batches', { unfinishedOnly: true })
  const cap = { micros: 10_000, currency: 'USD' }
  await app.ask('queue.setCap', { batchId: batch?.id ?? 'batch_none', cap })
  await app.ask('queue.resume', { target: { all: true } })
  const title = 'The cap of the batch is reached'
  await expect(card(page, title)).toContainText('cap $0.01')
  await expect(card(page, title)).toContainText('3 jobs of “Paid” wait')
  expect(await accepted()).toBe(0)
  await press(title, /^One more job/)
  await expect(card(page, title)).toContainText('2 jobs of “Paid” wait')
  await expect.poll(accepted).toBe(1)
  await press(title, 'Stop here…')
  await tabTo(page, page.getByRole('alertdialog').getByRole('button', { name: /^Cancel/ }))
  await page.keyboard.press('Enter')
  await expect(card(page, title)).toBeHidden()
  expect(await accepted()).toBe(1)
})

test('a night cap is passed this once, then raised; the rest is cancelled while two run, over a restart', async ({
  dataDir,
}) => {
  await server.set({ renders: { mode: 'hand' } })
  await app.ask('queue.pause', { target: { all: true } })
  await runPaid(
    app,
    [1, 2, 3, 4].map((number) => row(number, `Shot ${number}`)),
  )
  const cap = { micros: 10_000, currency: 'USD' }
  await app.ask('queue.setPeriodCap', { scope: 'night', cap })
  await app.ask('queue.resume', { target: { all: true } })
  const title = 'The cap of the night is reached'
  await expect(card(app.page, title)).toContainText('4 jobs of “Paid” wait')
  // One job costs more than the whole night may: no hour helps it.
  await expect(app.page.getByText(/waits: night cap \$0\.01 reached/).first()).toBeVisible()
  await press(title, /^This once/)
  await expect(card(app.page, title)).toContainText('3 jobs of “Paid” wait')
  // The one that was let through stands within what may be spent this night.
  await expect(app.page.getByText(/^\$0\.84 set aside of \$0\.84 tonight$/)).toBeVisible()
  await press(title, /^Raise by \$\d+\.\d\d for every night/)
  await expect(card(app.page, title)).toContainText('2 jobs of “Paid” wait')
  expect((await app.ask('queue.caps'))[0]?.cap.micros).toBeGreaterThan(cap.micros)
  await expect(app.page.getByText(/waits .+: night cap \$1\.68 reached/).first()).toBeVisible()
  await expect.poll(accepted).toBe(2)

  await app.page.keyboard.press(`${mod}+k`)
  await app.page.keyboard.type('Cancel all but what runs')
  await app.page.keyboard.press('Enter')
  await app.page.getByRole('button', { name: 'Cancel the rest' }).click()
  const counts = async () => (await app.ask('queue.tonight')).counts
  await expect.poll(counts).toMatchObject({ running: 2, queued: 0, cancelled: 2 })
  await expect(card(app.page, title)).toBeHidden()

  await app.close()
  await open(dataDir)
  await expect.poll(counts).toMatchObject({ running: 2, cancelled: 2 })
  await server.finish()
  await delivered(app, 2)
  expect(await accepted()).toBe(2)
})

test('prices are asked for free; no credit, a held model, no price and a folder that is gone are told, and go on when mended', async () => {
  const { page } = app
  const { id: draftId } = await app.ask('drafts.create', { name: 'Prices' })
  await app.ask('drafts.save', { draftId, head: {}, put: [row(1, 'A pier')], remove: [] })
  const { prices } = await app.ask('drafts.askPrices', { draftId })
  expect(prices).toMatchObject([{ name: 'fal', jobs: 1, said: { currency: 'USD' } }])
  expect(await server.bill()).toEqual([])

  await server.fault({ on: 'create', how: { kind: 'status', status: 402 } })
  await runPaid(app, [row(1, 'A lighthouse in fog')])
  await expect(card(page, 'fal has no credit left')).toContainText('HTTP 402')
  await press('fal has no credit left', 'Credit is there now, go on')
  await delivered(app, 1)
  expect(await accepted()).toBe(1)

  const outcome = { kind: 'fail' as const, code: 'value_error', message: 'It broke.', status: 422 }
  await server.set({ outcomes: [{ includes: 'A broken kite', outcome }] })
  await runPaid(
    app,
    [1, 2, 3].map((number) => row(number, `A broken kite, ${number}`)),
  )
  const held = card(page, /^Kling 3.* is held$/)
  await expect(held).toContainText('no job waits for it')
  await server.set({ outcomes: [] })
  await runPaid(app, [row(1, 'A whole kite')])
  await expect(held).toContainText('1 job waits for it')
  await press(/^Kling 3.* is held$/, 'Go on')
  await delivered(app, 2)

  const unpriced = paidRow(1, 'A river', { models: [{ model: 'pixverse-v6', provider: 'fal' }] })
  await app.ask('queue.pause', { target: { all: true } })
  await runPaid(app, [unpriced])
  const [batch] = await app.ask('queue.batches', { unfinishedOnly: true })
  const cap = { micros: 5_000_000, currency: 'USD' }
  await app.ask('queue.setCap', { batchId: batch?.id ?? 'batch_none', cap })
  await app.ask('queue.resume', { target: { all: true } })
  await expect(card(page, 'No price, and a cap')).toContainText('no price is known for this')
  await press('No price, and a cap', 'Stop here…')
  await tabTo(page, page.getByRole('alertdialog').getByRole('button', { name: /^Cancel/ }))
  await page.keyboard.press('Enter')
  await expect(card(page, 'No price, and a cap')).toBeHidden()

  // More than one look at the folder takes, and less than all lanes hold.
  await server.set({ renders: { mode: 'clock', minMs: 600, maxMs: 900 } })
  const media = join(app.dataDir, 'media')
  renameSync(media, `${media}-away`)
  writeFileSync(media, 'no folder')
  await runPaid(
    app,
    Array.from({ length: 30 }, (_, at) => row(at + 1, `A train at night, ${at + 1}`)),
  )
  const gone = card(page, 'A folder cannot be used')
  await expect(gone).toContainText('Work starts by itself when this is mended.')
  rmSync(media)
  renameSync(`${media}-away`, media)
  await delivered(app, 32)
  await expect(gone).toBeHidden()
})

test('a full disk costs no clip: the reason is told, and work goes on by itself when there is room', async ({
  dataDir,
}) => {
  const { page } = app
  const disk = mountDisk(join(dataDir, 'media'), 200)
  test.skip(disk === null, 'mounting is not permitted here')
  if (disk === null) return
  try {
    await server.set({ renders: { mode: 'hand' }, fileBytes: 3_000_000 })
    await runPaid(app, [row(1, 'Bought while there was room')])
    await expect.poll(accepted).toBe(1)
    disk.fill()
    await server.finish()
    const full = card(page, 'The disk is nearly full')
    await expect(full).toContainText(/0 MB free, and \d+ MB needed for what is under way/)
    await expect(full).toContainText('Work starts by itself when this is mended.')
    await runPaid(app, [row(1, 'Waits for room')])
    const waiting = page.getByRole('gridcell', { name: 'Waits for room' })
    await expect(page.getByRole('row').filter({ has: waiting })).toContainText('MB free')
    const bought = page.getByRole('gridcell', { name: 'Bought while there was room' })
    await expect(page.getByRole('row').filter({ has: bought })).toContainText('disk is full')
    expect(await accepted()).toBe(1)
    await server.set({ renders: { mode: 'clock', minMs: 30, maxMs: 50 } })
    disk.free()
    await delivered(app, 2)
    await expect(full).toBeHidden()
    expect(await accepted()).toBe(2)
  } finally {
    await app.close()
    disk.unmount()
  }
})

test('memories that differ stop every order until they have been seen', async ({ dataDir }) => {
  const database = join(dataDir, 'dailies.db')
  await app.close()
  copyFileSync(database, `${database}.early`)
  await open(dataDir)
  await runPaid(app, [row(1, 'A paid clip')])
  await delivered(app, 1)
  await app.close()
  for (const ending of ['-wal', '-shm']) rmSync(`${database}${ending}`, { force: true })
  copyFileSync(`${database}.early`, database)
  await open(dataDir)
  const differ = card(app.page, 'Two memories differ')
  await expect(differ).toContainText('The database is older than the journal')
  await runPaid(app, [row(1, 'Not before it was seen')])
  expect(await accepted()).toBe(1)
  await press('Two memories differ', 'I have seen it, go on')
  await expect(differ).toBeHidden()
  await expect.poll(accepted).toBe(2)
})
