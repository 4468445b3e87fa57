import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../src/main/engine.ts'
import { appPaths } from '../../../src/main/storage/appPaths.ts'
import { readJournal } from '../../../src/main/storage/journal/readJournal.ts'
import { rotateJournal } from '../../../src/main/storage/journal/rotateJournal.ts'
import { moneyLab, until, type MoneyLab } from '../../helpers/moneyLab.ts'
import { HOSTED, KEYS } from '../../helpers/providerBench.ts'

const databaseOf = (lab: MoneyLab): string => appPaths(lab.dataDir).database

/** What a backup tool does, with no engine running. */
const keepCopy = (lab: MoneyLab): void => copyFileSync(databaseOf(lab), `${databaseOf(lab)}.early`)

function dropDatabase(lab: MoneyLab): void {
  for (const ending of ['', '-wal', '-shm']) rmSync(`${databaseOf(lab)}${ending}`, { force: true })
}

function putBack(lab: MoneyLab): void {
  dropDatabase(lab)
  copyFileSync(`${databaseOf(lab)}.early`, databaseOf(lab))
}

/** What the start does when the journal has grown long, at a moment at which all of it is settled. */
function putAside(lab: MoneyLab): void {
  const path = appPaths(lab.dataDir).journal
  const content = readJournal(path)
  if (!content.ok) throw content.error
  const { lines, end: bytes } = content.value
  expect(rotateJournal({ path, lines, bytes, open: new Set(), atBytes: 0 })).toBe(true)
}

async function admitOnly(lab: MoneyLab): Promise<void> {
  const { engine } = await lab.open()
  await engine.commands.admit(lab.plan, { again: false })
  await engine.stop()
}

/** Starts, looks until claims are halted for the merge, and stops. */
async function startsHalted(lab: MoneyLab): Promise<void> {
  const { engine } = await lab.open()
  const halts: string[] = []
  engine.subscribe((event) => void (event.type === 'halted' && halts.push(event.code)))
  engine.start({ obeyWindows: false })
  await until(() => halts.length > 0)
  expect(halts).toEqual(['mergePending'])
  await engine.stop()
}

/** The person accepts the merge and fetches every clip that the journal knows of. */
async function acceptsAndFetches(engine: Engine): Promise<void> {
  await engine.commands.acceptMerge()
  for (const { jobId, actions } of engine.queries.needsYou())
    if (actions.includes('retryDownload'))
      await engine.commands.resolve(jobId, { kind: 'retryDownload' })
}

describe.each(HOSTED)('a database of before the batch, put back on %s', (id) => {
  it('sends nothing again: the journal knows what was bought, also what it has put aside', async () => {
    const lab = await moneyLab(id)
    await admitOnly(lab)
    keepCopy(lab)
    expect(await lab.work()).toMatchObject({ succeeded: 3 })
    putAside(lab)
    // Long after, and once more.
    await lab.work()
    await lab.work()
    putAside(lab)
    putBack(lab)
    await startsHalted(lab)
    expect(await lab.server.bill()).toHaveLength(3)
    const counts = await lab.work({ meanwhile: acceptsAndFetches })
    expect(counts).toMatchObject({ succeeded: 3 })
    expect(await lab.server.bill()).toHaveLength(3)
    expect(await lab.audit()).toEqual([])
  })
})

describe('a database of the middle of a batch, put back', () => {
  it('follows a job to its later create instead of sending that once more', async () => {
    const lab = await moneyLab('fal', {
      jobs: 1,
      settings: {
        renders: { mode: 'hand' },
        outcomes: [
          {
            includes: 'Row 1',
            outcome: { kind: 'fail', status: 503, code: 'runner_disconnected' },
          },
        ],
      },
    })
    const { engine } = await lab.open()
    await engine.commands.admit(lab.plan, { again: false })
    engine.start({ obeyWindows: false })
    await until(
      () =>
        engine.queries.jobs({ filter: {}, after: null, limit: 1 }).rows[0]?.operationId !== null,
    )
    await engine.stop()
    keepCopy(lab)
    // The render fails, unbilled; the second create brings the clip.
    await lab.server.finish()
    await lab.server.set({ outcomes: [], renders: { mode: 'instant' } })
    expect(await lab.work()).toMatchObject({ succeeded: 1 })
    expect(await lab.server.bill()).toHaveLength(2)
    putBack(lab)
    const counts = await lab.work({ meanwhile: acceptsAndFetches })
    expect(counts).toMatchObject({ succeeded: 1, failed: 0 })
    expect(await lab.server.bill()).toHaveLength(2)
    expect(await lab.audit()).toEqual([])
  })
})

describe.each(HOSTED)('a database that is gone, its journal kept, on %s', (id) => {
  it('sends nothing, and every clip can be fetched', async () => {
    const lab = await moneyLab(id)
    expect(await lab.work()).toMatchObject({ succeeded: 3 })
    dropDatabase(lab)
    expect(existsSync(databaseOf(lab))).toBe(false)
    await startsHalted(lab)
    const counts = await lab.work({ meanwhile: acceptsAndFetches })
    expect(counts).toMatchObject({ succeeded: 3 })
    expect(await lab.server.bill()).toHaveLength(3)
    expect(await lab.audit()).toEqual([])
  })

  it('goes on at once when it was seen, however lately claims were looked at', async () => {
    const lab = await moneyLab(id, { jobs: 1 })
    await lab.work()
    dropDatabase(lab)
    const { engine } = await lab.open()
    const heard: string[] = []
    engine.subscribe(({ type }) => void heard.push(type))
    engine.start({ obeyWindows: false })
    await until(() => heard.includes('halted'))
    await engine.commands.acceptMerge()
    await until(() => heard.includes('resumed'))
    expect(engine.queries.tonight().halted).toBeNull()
    await engine.stop()
  })

  it('asks about a create whose answer was lost, and takes its id', async () => {
    const lab = await moneyLab(id, { jobs: 1 })
    await lab.server.fault({ on: 'create', how: { kind: 'hang' }, accept: true })
    const run = lab.spawn()
    await run.until(async () => (await lab.server.bill()).length === 1)
    run.child.kill('SIGKILL')
    await run.ended
    dropDatabase(lab)
    const counts = await lab.work({
      meanwhile: async (engine) => {
        await engine.commands.acceptMerge()
        const [needs] = engine.queries.needsYou()
        if (needs === undefined) throw new Error('nothing is asked')
        const refused = await engine.commands.resolve(needs.jobId, { kind: 'sendAgain' })
        expect(refused.ok).toBe(false)
        const [render] = await lab.server.renders()
        await engine.commands.resolve(needs.jobId, {
          kind: 'adopt',
          operationId: render?.id ?? '',
        })
      },
    })
    expect(counts).toMatchObject({ succeeded: 1 })
    expect(await lab.server.bill()).toHaveLength(1)
    expect(await lab.audit()).toEqual([])
  })
})

describe('a journal that is gone', () => {
  it('is begun anew from what the database knows', async () => {
    const lab = await moneyLab('fal', { jobs: 2 })
    await lab.server.fault({ on: 'create', how: { kind: 'hang' }, accept: true })
    const run = lab.spawn()
    await run.until(async () => (await lab.server.bill()).length === 2)
    run.child.kill('SIGKILL')
    await run.ended
    rmSync(appPaths(lab.dataDir).journal)
    expect(await lab.work()).toMatchObject({ succeeded: 2 })
    expect(await lab.audit()).toEqual([])
  })
})

describe.each(['lumenfall', 'fal'] as const)('another key in the environment, on %s', (id) => {
  const other = { LUMENFALL_API_KEY: 'lmnfl_other.0123456789', FAL_KEY: `${KEYS.fal}99` }

  it('is never used to send again what the first one may have bought', async () => {
    const lab = await moneyLab(id, { jobs: 1, settings: { idempotency: 'forget' } })
    await lab.server.fault({ on: 'create', how: { kind: 'hang' }, accept: true })
    const run = lab.spawn()
    await run.until(async () => (await lab.server.bill()).length === 1)
    run.child.kill('SIGKILL')
    await run.ended
    await lab.work({ env: other })
    expect(await lab.server.bill()).toHaveLength(1)
    expect(await lab.audit()).toEqual([])
  })

  it('still fetches what the first one ordered', async () => {
    const lab = await moneyLab(id, { jobs: 1, settings: { renders: { mode: 'hand' } } })
    const run = lab.spawn()
    await run.until(async () => (await lab.server.requests()).some(({ kind }) => kind === 'look'))
    run.child.kill('SIGKILL')
    await run.ended
    await lab.server.finish()
    expect(await lab.work({ env: other })).toMatchObject({ succeeded: 1 })
    expect(await lab.audit()).toEqual([])
  })
})

describe.each(HOSTED)('another base URL in the environment, on %s', (id) => {
  it('never makes a lost create one of another server, nor one to send there', async () => {
    const lab = await moneyLab(id, { jobs: 1 })
    // The same words were ordered there too, by somebody else.
    const prompts = ['Something else first', 'Row 1 crosses a bridge']
    const elsewhere = await moneyLab(id, { prompts, concurrency: 1 })
    await lab.server.fault({ on: 'create', how: { kind: 'hang' }, accept: true })
    const run = lab.spawn()
    await run.until(async () => (await lab.server.bill()).length === 1)
    run.child.kill('SIGKILL')
    await run.ended
    expect(await elsewhere.work()).toMatchObject({ succeeded: 2 })
    await lab.work({ env: elsewhere.server.env })
    expect(await elsewhere.server.bill()).toHaveLength(2)
    expect(await lab.server.bill()).toHaveLength(id === 'lumenfall' ? 2 : 1)
    expect((await lab.server.bill()).filter(({ accepted }) => accepted)).toHaveLength(1)
    // Led back, it is found: the watch never ended.
    await lab.work({
      meanwhile: (engine) => until(() => engine.queries.counts().succeeded === 1),
    })
    expect(await lab.audit()).toEqual([])
  })
})
