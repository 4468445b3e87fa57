import { readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { OpenedEngine } from '../../../src/main/compose.ts'
import type { TakeView } from '../../../src/shared/domain/take.ts'
import { appPaths } from '../../../src/main/storage/appPaths.ts'
import { createArena } from '../../../src/main/review/arena/arena.ts'
import { createClipStore } from '../../../src/main/review/clipStore.ts'
import { rebuild } from '../../../src/main/storage/rebuild/rebuild.ts'
import { moneyLab, type MoneyLab } from '../../helpers/moneyLab.ts'

function lose(lab: MoneyLab, more: readonly string[] = []): void {
  const { database } = appPaths(lab.dataDir)
  const files = ['', '-wal', '-shm'].map((ending) => `${database}${ending}`)
  for (const file of [...files, ...more]) rmSync(file, { force: true })
}

/** What must be the same afterwards; the order of changes is not. */
function known({ engine, storage }: OpenedEngine) {
  const { rows } = engine.queries.takes({ filter: {}, order: 'row', after: null, limit: 100 })
  const takes = rows.map(
    ({ revision: _revision, createdAt: _createdAt, ...take }: TakeView) => take,
  )
  const jobs = engine.queries.jobs({ filter: {}, after: null, limit: 100 }).rows
  return {
    takes,
    jobs: jobs.map(({ id, batchId, row, status, prompt, model, cost, operationId }) => ({
      id,
      batchId,
      row,
      status,
      prompt,
      model,
      cost,
      operationId,
    })),
    made: storage.db.all(
      'SELECT j.id, j.template, b.project FROM jobs j JOIN batches b ON b.id = j.batchId ORDER BY j.id',
    ),
    spend: engine.queries.spend('batch'),
    totals: storage.db.all(
      'SELECT scope, scopeId, currency, reserved, confirmed, indeterminate FROM charge_totals ORDER BY scope, scopeId',
    ),
  }
}

async function look(lab: MoneyLab) {
  const opened = await lab.open()
  const before = known(opened)
  const halted = opened.engine.queries.tonight().halted
  await opened.engine.stop()
  return { ...before, halted: halted?.message ?? null }
}

it('a database that is lost comes back as it was: takes, jobs, money; nothing is paid for', async () => {
  const lab = await moneyLab('fal', { project: 'Harbour' })
  await lab.work()
  const before = await look(lab)
  expect(before.takes).toHaveLength(3)
  lose(lab)
  const after = await look(lab)
  expect(after.halted).toContain('3 takes with their costs')
  expect({ ...after, halted: null }).toEqual(before)
  const accept = {
    meanwhile: async ({ commands }: OpenedEngine['engine']) => commands.acceptMerge(),
  }
  expect(await lab.work(accept)).toMatchObject({ succeeded: 3, needsYou: 0 })
  expect(await lab.server.bill()).toHaveLength(3)
  expect(await lab.audit()).toEqual([])
})

it('without its journal, too: what it cost stands in the sidecars', async () => {
  const lab = await moneyLab('fal')
  await lab.work()
  const before = await look(lab)
  lose(lab, [appPaths(lab.dataDir).journal])
  const after = await look(lab)
  expect(after.takes).toEqual(before.takes)
  expect(after.spend).toEqual(before.spend)
  expect(after.totals).toEqual(before.totals)
  expect(await lab.server.bill()).toHaveLength(3)
})

it('a take whose file is gone is offered for fetching, since the journal knows it was bought', async () => {
  const lab = await moneyLab('fal')
  await lab.work()
  const { media } = appPaths(lab.dataDir)
  const [video = ''] = readdirSync(media).filter((name) => name.endsWith('.mp4'))
  rmSync(join(media, video))
  lose(lab)
  const { engine } = await lab.open()
  expect(engine.queries.takeCounts({}).all).toBe(2)
  expect(engine.queries.needsYou()).toMatchObject([{ actions: ['retryDownload', 'giveUp'] }])
  await engine.stop()
  expect(await lab.server.bill()).toHaveLength(3)
})

it('takes that were copied back are adopted once, beside those that are there', async () => {
  const lab = await moneyLab('fal')
  await lab.work()
  const { media, journal } = appPaths(lab.dataDir)
  const aside = join(lab.dataDir, 'aside')
  renameSync(media, aside)
  lose(lab, [journal])
  const { engine, storage } = await lab.open()
  expect(engine.queries.takeCounts({}).all).toBe(0)
  const search = { group: storage.group, journal, folders: [aside], timeZone: 'UTC' }
  expect(await rebuild(search)).toEqual({ adopted: 3, problems: [] })
  expect(await rebuild(search)).toEqual({ adopted: 0, problems: [] })
  expect(engine.queries.takeCounts({}).all).toBe(3)
  await engine.stop()
})

/** What the desktop app keeps beside the engine, on the same database. */
function desk({ engine, storage }: OpenedEngine) {
  let ids = 0
  const options = {
    database: { reader: storage.db, write: storage.group.write.bind(storage.group) },
    now: () => 7,
    newId: () => `01J8${String((ids += 1)).padStart(6, '0')}`,
  }
  const clips = createClipStore(options)
  const arena = createArena({ ...options, take: engine.queries.take, random: () => 0 })
  return { clips, arena }
}

it('what a person said of takes comes back with them: ratings, flags, tags, notes, clips, votes, trash', async () => {
  const lab = await moneyLab('fal')
  await lab.work()
  const opened = await lab.open()
  const [first, second, third] = known(opened).takes.map(({ id }) => id)
  if (first === undefined || second === undefined || third === undefined) throw new Error('3 takes')
  const { updateTakes } = opened.engine.commands
  await updateTakes([first], { rating: 4, flag: 'pick', tags: ['dawn', 'Ž'], note: 'Use “this”' })
  await updateTakes([second], { flag: 'reject', seenAt: 5 })
  await updateTakes([third], { trashedAt: 6 })
  const { clips } = desk(opened)
  const clip = { takeId: first, name: 'the turn', inFrame: 3, outFrame: 40 }
  const removed = await clips.save(null, clip)
  await clips.setRemoved([removed?.id ?? 'clip_none'], true)
  const kept = await clips.save(null, clip)
  await opened.storage.group.write((db) =>
    db.run(`INSERT INTO blind_pairs (id, round, takeA, takeB) VALUES ('pair_0001', '0001', ?, ?)`, [
      second,
      first,
    ]),
  )
  await desk(opened).arena.vote('pair_0001', 'b')
  const before = known(opened)
  await opened.engine.stop()

  lose(lab, [appPaths(lab.dataDir).journal])
  const again = await lab.open()
  expect(known(again).takes).toEqual(before.takes)
  const back = desk(again)
  expect(back.clips.ofTakes([first])).toEqual([{ ...kept, revision: 1 }])
  expect(back.arena.opened('0001')).toMatchObject([
    { id: 'pair_0001', vote: 'b', a: { id: second }, b: { id: first, rating: 4 } },
  ])
  const trashed = { filter: { trashed: true }, order: 'row', after: null, limit: 9 } as const
  expect(again.engine.queries.takes(trashed).rows).toMatchObject([{ id: third, trashedAt: 6 }])
  expect(again.storage.db.all('SELECT * FROM sidecars_due WHERE takeId <> ?', [first])).toEqual([])
  await again.engine.stop()
})
