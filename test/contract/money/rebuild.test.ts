import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
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

it('not at all while its journal cannot be read: what was bought would be fetched once more', async () => {
  const lab = await moneyLab('fal')
  await lab.work()
  const { journal } = appPaths(lab.dataDir)
  renameSync(journal, `${journal}.aside`)
  mkdirSync(journal)
  lose(lab)
  await expect(lab.open()).rejects.toThrow('submits.ndjson')
  rmdirSync(journal)
  renameSync(`${journal}.aside`, journal)
  const after = await look(lab)
  expect(after.takes).toHaveLength(3)
  expect(after.jobs).toHaveLength(3)
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

/** What is known of every take, whether it was deleted or not. */
const rows = ({ storage }: OpenedEngine) =>
  storage.db.all(
    'SELECT id, costMicros, rating, deletedAt IS NOT NULL AS isDeleted FROM takes ORDER BY id',
  )

/** Takes of which the first is rated and in the trash. */
async function withTrash(lab: MoneyLab) {
  await lab.work()
  const opened = await lab.open()
  const [first] = opened.engine.queries.takes({ ...EVERY_TAKE, filter: {} }).rows
  if (first === undefined) throw new Error('there is no take')
  const poster = first.path.replace(/\.mp4$/, '.poster.jpg')
  writeFileSync(poster, 'a still')
  const sql = 'UPDATE takes SET posterPath = ? WHERE id = ?'
  await opened.storage.group.write((db) => db.run(sql, [poster, first.id]))
  await opened.engine.commands.updateTakes([first.id], { rating: 4, trashedAt: 5 })
  return { opened, first, files: [first.path, poster] }
}

const EVERY_TAKE = { order: 'row', after: null, limit: 100 } as const

it('a take that is deleted for good leaves its cost and its rating, and comes back from nowhere', async () => {
  const lab = await moneyLab('fal')
  const { opened, first, files } = await withTrash(lab)
  const { queries, commands } = opened.engine
  const spend = queries.spend('batch')
  const others = queries.takes({ ...EVERY_TAKE, filter: {} }).rows.map(({ id }) => id)
  expect(queries.trashSize(null)).toEqual({ takes: 1, bytes: first.bytes })
  // What is not in the trash is not deleted, whoever asks.
  expect(await commands.deleteTakes(others)).toEqual({ deleted: 0, bytes: 0, kept: [] })
  const room = files.reduce((sum, path) => sum + statSync(path).size, 0)
  expect(await commands.deleteTakes(null)).toEqual({ deleted: 1, bytes: room, kept: [] })
  expect(files.filter((path) => existsSync(path))).toEqual([])
  await commands.updateTakes([first.id], { trashedAt: null, rating: 1 })
  expect(queries.take(first.id)).toBeNull()
  expect(queries.job(first.jobId)?.takes).toEqual([])
  expect(queries.takeCounts({})).toMatchObject({ all: 2, trashed: 0 })
  expect(queries.spend('batch')).toEqual(spend)
  const before = rows(opened)
  expect(before).toContainEqual({ id: first.id, costMicros: 100_000, rating: 4, isDeleted: 1 })
  await opened.sidecars.flush()
  await opened.engine.stop()

  for (const more of [[], [appPaths(lab.dataDir).journal]]) {
    lose(lab, more)
    const after = await lab.open()
    expect(rows(after)).toEqual(before)
    expect(after.engine.queries.spend('batch')).toEqual(spend)
    expect(after.engine.queries.takeCounts({})).toMatchObject({ all: 2, trashed: 0 })
    expect(after.engine.queries.needsYou()).toEqual([])
    await after.engine.commands.acceptMerge()
    await after.engine.stop()
  }
  expect(await lab.server.bill()).toHaveLength(3)
})

it('killed while it deletes, the next start goes on; what cannot be deleted is in the trash again', async () => {
  const lab = await moneyLab('fal')
  const { opened, first, files } = await withTrash(lab)
  const asked = 'UPDATE takes SET deleteAskedAt = 6 WHERE trashedAt IS NOT NULL'
  await opened.storage.group.write((db) => db.run(asked))
  await opened.sidecars.flush()
  rmSync(first.path)
  await opened.engine.stop()
  const next = await lab.open()
  expect(rows(next).filter(({ isDeleted }) => isDeleted === 1)).toHaveLength(1)
  expect(files.filter((path) => existsSync(path))).toEqual([])

  const { queries, commands } = next.engine
  const [second] = queries.takes({ ...EVERY_TAKE, filter: {} }).rows
  if (second === undefined) throw new Error('there is no other take')
  await commands.updateTakes([second.id], { trashedAt: 7 })
  const { media } = appPaths(lab.dataDir)
  renameSync(media, `${media}.away`)
  const { kept, deleted } = await commands.deleteTakes([second.id])
  expect(deleted).toBe(0)
  expect(kept).toHaveLength(1)
  expect(kept[0]?.message).toContain('is not there')
  renameSync(`${media}.away`, media)
  // A drive that is not connected leaves its mount point behind, empty.
  const folder = dirname(second.path)
  renameSync(folder, `${folder}.away`)
  mkdirSync(folder)
  const unplugged = await commands.deleteTakes([second.id])
  expect(unplugged).toMatchObject({ deleted: 0, kept: [{ takeId: second.id }] })
  expect(unplugged.kept[0]?.message).toContain('nor its sidecar is there')
  rmdirSync(folder)
  renameSync(`${folder}.away`, folder)
  expect(queries.takeCounts({}).trashed).toBe(1)
  await next.engine.stop()

  // Killed after the files, and the database lost before the sidecar said so.
  rmSync(second.path)
  lose(lab)
  const last = await lab.open()
  expect(rows(last).filter(({ isDeleted }) => isDeleted === 1)).toHaveLength(2)
  expect(last.engine.queries.needsYou()).toEqual([])
  await last.engine.stop()
})
