import { hostname } from 'node:os'
import { err, ok, type Result } from '../shared/domain/result.ts'
import { fitterFor, keeperFor, serverTimeFor } from './composeParts.ts'
import { enterSales } from './composePrices.ts'
import { NEVER, settingsOf, windowsOf, type ComposeOptions } from './composeOptions.ts'
import { blockedBeside, hasKeyBeside } from './composeReader.ts'
import { openTools, type Tools } from './composeTools.ts'
import type { Engine, OpenError, Queries } from './engine.ts'
import { createEngine, type EngineParts, type LiveLookups } from './jobs/createEngine.ts'
import type { Delivery, Sidecars } from './jobs/context.ts'
import type { JobStore } from './jobs/ports.ts'
import { otherWays } from './library/otherWays.ts'
import { priceNow } from './library/priceNow.ts'
import { createDelivery } from './media/delivery.ts'
import { createMediaService } from './media/mediaService.ts'
import type { MediaService } from './media/port.ts'
import { createSidecars } from './media/takeSidecar.ts'
import { createDownloadOutput } from './providers/downloadOutput.ts'
import type { Registry } from './providers/registry.ts'
import { appPaths, makeDataDir } from './storage/appPaths.ts'
import { createJobStore } from './storage/jobStore.ts'
import { isWorkedOn } from './storage/engineRuns.ts'
import { openReader as openDatabaseReader, type ReaderError } from './storage/openReader.ts'
import { openStorage, type Storage } from './storage/openStorage.ts'
import { createQueries } from './storage/queries/queries.ts'
import { revisionsFrom, type Revisions } from './storage/revisions.ts'
import type { SqlDatabase } from './storage/sqlite.ts'
import { createTakeUpdates } from './storage/takeUpdates.ts'
import { createTakeTrash } from './review/takeTrash.ts'
import type { SidecarKeeper } from './review/sidecars/sidecarKeeper.ts'
import { systemChance, systemClock } from './systemClock.ts'

/** An engine with the parts that a face needs beside it. `engine.stop` ends all of them. */
export interface OpenedEngine {
  readonly engine: Engine
  readonly tools: Tools
  readonly storage: Pick<Storage, 'db' | 'group' | 'found'>
  /** To be told of writes beside the engine's: something may have been said of takes. */
  readonly sidecars: Pick<SidecarKeeper, 'touch' | 'flush'>
}

/** Where takes were put, beside the folder of the data folder's own. */
export const takeFolders = (options: ComposeOptions): readonly string[] =>
  [settingsOf(options)().mediaDir ?? [], appPaths(options.dataDir).spool].flat()

/** Takes the data folder, makes both memories agree, recovers; claims nothing until `engine.start`. */
export async function openEngine(
  options: ComposeOptions,
): Promise<Result<OpenedEngine, OpenError>> {
  const paths = appPaths(options.dataDir)
  const made = makeDataDir(paths)
  if (!made.ok) return err({ code: 'folderUnusable', message: made.error.message })
  const tools = await openTools(options, paths.logs)
  const opened = await openStorage({
    ...paths,
    face: options.face,
    now: () => systemClock.now(),
    newJobId: () => systemChance.newId('job'),
    takeFolders: takeFolders(options),
  })
  if (!opened.ok) {
    await tools.close()
    return opened
  }
  const storage = opened.value
  const revisions = revisionsFrom(storage.db)
  const keeper = keeperFor(storage, tools.log)
  const takes = takeCommands(storage, revisions, keeper)
  const close = (): Promise<void> => closeAll([keeper, tools, storage])
  try {
    const engine = await createEngine({
      context: contextOf(options, tools, { ...storage, revisions }),
      queries: (live) => queriesOn(storage.db, tools.providers, live),
      updateTakes: takes.updateTakes,
      deleteTakes: takes.deleteTakes,
      dataDir: paths.dataDir,
      mediaDir: settingsOf(options)().mediaDir ?? paths.media,
      windows: windowsOf(options),
      wallNow: () => Date.now(),
      guard: options.guard ?? (() => null),
      close,
    })
    await takes.finishDeleting()
    keeper.touch()
    await enterSales(tools, engine)
    return ok({ engine, tools, storage, sidecars: keeper })
  } catch (error) {
    // The lock of the data folder must not outlive what never opened.
    await close().catch((closing: unknown) => tools.log.error({ err: closing }, 'it did not close'))
    throw error
  }
}

/** What a person says of takes, and what becomes of those in the trash; their sidecars follow. */
function takeCommands(
  { db, group }: Pick<Storage, 'db' | 'group'>,
  revisions: Revisions,
  keeper: Pick<SidecarKeeper, 'touch'>,
): Pick<EngineParts, 'updateTakes' | 'deleteTakes'> & { finishDeleting(): Promise<unknown> } {
  const update = createTakeUpdates({ group, revisions })
  const database = { reader: db, write: group.write.bind(group) }
  const trash = createTakeTrash({ database, revisions, now: () => systemClock.now() })
  return {
    updateTakes: (ids, patch) => update(ids, patch).then(() => keeper.touch()),
    async deleteTakes(ids) {
      const deleted = await trash.remove(ids)
      keeper.touch()
      return deleted
    },
    finishDeleting: () => trash.finish(),
  }
}

/** One after the other, whatever becomes of those before. @throws the first error */
async function closeAll(parts: readonly { close(): Promise<void> }[]): Promise<void> {
  const errors: unknown[] = []
  for (const part of parts) await part.close().catch((error: unknown) => errors.push(error))
  if (errors.length > 0) throw errors[0]
}

type LiveStorage = Pick<Storage, 'db' | 'group' | 'journal' | 'run'> & {
  readonly revisions: Revisions
}

function contextOf(
  options: ComposeOptions,
  tools: Tools,
  { db, group, journal, run, revisions }: LiveStorage,
): EngineParts['context'] {
  const scale = options.timeScale ?? 1
  const store = createJobStore({
    db,
    group,
    revisions,
    newTakeId: () => systemChance.newId('take'),
  })
  const media = createMediaService(tools.ffmpeg)
  const shared = { options, tools, store, media }
  return {
    run,
    store,
    journal,
    clock: systemClock,
    chance: systemChance,
    providers: tools.providers,
    credentials: tools.credentials,
    media,
    serverTime: serverTimeFor(tools),
    fitFrame: fitterFor(tools),
    otherWays: {
      isOn: () => settingsOf(options)().fallOver === true,
      of: (job, seedIfNone) => otherWays(tools.catalogue, job, seedIfNone),
    },
    priceNow: priceNow(tools.catalogue),
    delivery: deliveryOf(shared),
    sidecars: sidecarsOf(shared),
    log: tools.log.child({ area: 'queue' }),
    scaled: (ms) => Math.ceil(ms / scale),
    unscaled: (ms) => ms * scale,
    pollMs: options.pollMs ?? null,
  }
}

interface Shared {
  readonly options: ComposeOptions
  readonly tools: Tools
  readonly store: JobStore
  readonly media: MediaService
}

function deliveryOf({ options, tools, store, media }: Shared): Delivery {
  return createDelivery({
    store,
    download: createDownloadOutput({
      download: (request) => tools.http.download(request),
      providers: tools.providers,
    }),
    isPlayable: async (path) => {
      const facts = await media.facts(path, NEVER)
      return facts.ok ? ok(undefined) : facts
    },
    spoolDir: tools.paths.spool,
    namingTemplate: () => settingsOf(options)().namingTemplate,
  })
}

function sidecarsOf({ options, tools, store }: Shared): Sidecars {
  return createSidecars({
    store,
    appVersion: options.appVersion,
    now: () => systemClock.now(),
    describe: (job, request) => {
      const target = tools.targetOf(job.provider)
      const provider = tools.providers.get(job.provider)
      return target?.ok === true ? (provider?.describe(request, target.value) ?? null) : null
    },
  })
}

const queriesOn = (db: SqlDatabase, providers: Registry, live: LiveLookups): Queries =>
  createQueries({ db, now: () => systemClock.now(), providers, ...live })

/** For looking beside a running engine: needs no lock and changes nothing. */
export function openReader(
  options: Pick<ComposeOptions, 'dataDir' | 'nightPlan'>,
  tools: Pick<Tools, 'providers' | 'credentials' | 'paths' | 'catalogue'>,
): Result<Reader, ReaderError> {
  const db = openDatabaseReader(appPaths(options.dataDir).database)
  if (!db.ok) return db
  const windows = windowsOf(options)
  const live: LiveLookups = {
    blocked: blockedBeside({ ...tools, db: db.value, windows }),
    hasKey: hasKeyBeside(tools),
    arrived: () => null,
    halted: () => null,
    rest: () => null,
    window: () => windows.view(),
  }
  const queries = queriesOn(db.value, tools.providers, live)
  const here = { host: hostname(), isAlive: isProcess }
  return ok({
    queries,
    db: db.value,
    isWorkedOn: isWorkedOn(db.value, here),
    close: () => db.value.close(),
  })
}

/** Signal 0 is sent to nobody; who may not be asked is there. */
function isProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

export interface Reader {
  readonly queries: Queries
  readonly db: SqlDatabase
  /** An engine works on the folder now. */
  readonly isWorkedOn: boolean
  readonly close: () => void
}
