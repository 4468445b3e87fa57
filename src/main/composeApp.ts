import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { mkdir } from 'node:fs/promises'
import type { ProviderId } from '../shared/domain/ids.ts'
import type { ProviderSettings } from '../shared/domain/providerKey.ts'
import { ok, type Result } from '../shared/domain/result.ts'
import { openEngine } from './compose.ts'
import { NEVER, NO_PLAN, windowsOf, type ComposeOptions } from './composeOptions.ts'
import { blockedBeside, hasKeyBeside } from './composeReader.ts'
import { openTools, type Tools } from './composeTools.ts'
import { reportNight } from './composeNights.ts'
import { composeReview } from './composeReview.ts'
import type { Engine, OpenError, Queries } from './engine.ts'
import type { AppEngine, AppReads } from './ipc/appEngine.ts'
import { draftSheet } from './library/drafts/draftSheet.ts'
import { askPrices, enterSales } from './composePrices.ts'
import { createModelFiles, createProviderBook } from './composeProviders.ts'
import { createDraftFiles } from './library/drafts/draftFiles.ts'
import { createDraftPlans } from './library/drafts/draftPlans.ts'
import { makeSampleDraft } from './library/drafts/sampleDraft.ts'
import { createDraftStore } from './library/draftStore.ts'
import type { SheetReader } from './library/batchFile/sheetReader.ts'
import { createFrameCopies, type FrameCopiesOptions } from './library/frameCopies.ts'
import { findFrameFile } from './library/frameFile.ts'
import { createFrameImport, type FrameImport } from './library/frameImport.ts'
import { createFrameLibrary } from './library/frameLibrary.ts'
import { createJobEdits } from './library/jobEdits.ts'
import type { LibraryDatabase } from './library/libraryDatabase.ts'
import { modelOptions } from './library/modelOptions.ts'
import { createPromptLibrary } from './library/promptLibrary.ts'
import { makeStarterLibrary } from './library/starterLibrary.ts'
import { grabFrame, makeThumb } from './media/frameStills.ts'
import { readFrameTimes } from './media/frameTimes.ts'
import { readSoundPeaks } from './media/soundPeaks.ts'
import { freeBytes } from './media/freeBytes.ts'
import { createArena } from './review/arena/arena.ts'
import { createClipStore } from './review/clipStore.ts'
import type { ExportService } from './review/export/exportService.ts'
import { readModelStats } from './review/modelStats.ts'
import type { KeyStore } from './storage/keys/keyStore.ts'
import { openReader as openDatabaseReader } from './storage/openReader.ts'
import { createQueries } from './storage/queries/queries.ts'
import { newUlid, systemClock } from './systemClock.ts'

export interface AppComposeOptions extends ComposeOptions {
  /** Where new takes go; null: the media folder of the data folder. */
  readonly outDir: () => string | null
  /** Where exports go. */
  readonly exportDir: () => string
  readonly keys: KeyStore
  readonly providerSettings: (provider: ProviderId) => ProviderSettings
  readonly sheets: SheetReader
}

/** The engine with everything that the window shows beside the queue. */
export async function openAppEngine(
  options: AppComposeOptions,
): Promise<Result<AppEngine, OpenError>> {
  const opened = await openEngine(options)
  if (!opened.ok) return opened
  const { engine, tools, storage, sidecars } = opened.value
  const database: LibraryDatabase = {
    reader: storage.db,
    async write(fn) {
      const value = await storage.group.write(fn)
      sidecars.touch()
      return value
    },
  }
  let exports: ExportService | null = null
  const close = async (): Promise<void> => {
    await exports?.close()
    await engine.stop()
  }
  const reads = appReads({ options, tools, database, queries: engine.queries, close })
  const { drafts, frames, prompts, clips } = reads
  await Promise.all([drafts.purge(), prompts.purge(), clips.purge()])
  const frameImport = buildFrameImport(tools, reads)
  const { catalogue } = tools
  const draftFiles = createDraftFiles({
    drafts,
    prompts,
    frames,
    frameImport,
    catalogue,
    newId: newUlid,
    sheets: options.sheets,
  })
  await makeStarterLibrary(database, prompts, options.resources)
  await makeSampleDraft(database, draftFiles, join(options.resources, 'sample', 'sample.csv'))
  const review = composeReview({ options, tools, reads, newId: newUlid })
  exports = review.exports
  const jobEdits = createJobEdits({ catalogue, frameStore: tools.frames })
  const parts = { frames, engine, frameImport, draftFiles, jobEdits }
  return ok({ ...reads, ...review, ...parts, askPrices: priceAsker(tools, engine) })
}

/** What a question bought all the same goes into the queue at once. */
function priceAsker(tools: Tools, engine: Engine): AppEngine['askPrices'] {
  return async (jobs) => {
    const asked = await askPrices(tools, jobs)
    if (asked.prices.some(({ isBought }) => isBought)) await enterSales(tools, engine)
    return asked
  }
}

/** For looking beside an engine of another process; refuses every write. */
export async function openAppReader(
  options: AppComposeOptions,
): Promise<Result<AppReads, { readonly message: string }>> {
  const tools = await openTools(options)
  const opened = openDatabaseReader(tools.paths.database)
  if (!opened.ok) {
    await tools.close()
    return opened
  }
  const db = opened.value
  const database: LibraryDatabase = {
    reader: db,
    write: () => Promise.reject(new TypeError('a reader was asked to write')),
  }
  const windows = windowsOf(options)
  const queries = createQueries({
    db,
    now: () => systemClock.now(),
    blocked: blockedBeside({ ...tools, db, windows }),
    hasKey: hasKeyBeside(tools),
    window: () => windows.view(),
    providers: tools.providers,
  })
  const close = async (): Promise<void> => {
    db.close()
    await tools.close()
  }
  return ok(appReads({ options, tools, database, queries, close }))
}

interface ReadParts {
  readonly options: AppComposeOptions
  readonly tools: Tools
  readonly database: LibraryDatabase
  readonly queries: Queries
  readonly close: () => Promise<void>
}

function appReads({ options, tools, database, queries, close }: ReadParts): AppReads {
  const { catalogue, frames: frameStore, paths } = tools
  const library = { database, now: () => systemClock.now(), newId: newUlid }
  const drafts = createDraftStore(library)
  const frames = createFrameLibrary(library)
  const prompts = createPromptLibrary(library)
  const clips = createClipStore(library)
  const book = createProviderBook({ ...options, tools, queries })
  const files = { library: frames, store: frameStore, folder: paths.frames }
  return {
    queries,
    drafts,
    frames,
    prompts,
    clips,
    book,
    close,
    draftPlans: createDraftPlans({
      catalogue,
      drafts,
      frames,
      frameStore,
      lists: () => prompts.lists(),
      providerName: (id) => tools.providers.get(id)?.name ?? id,
      slots: (id) => tools.providers.get(id)?.traits.lane.concurrency ?? 1,
      freeBytes: () => freeBytes(options.outDir() ?? paths.media),
      outDir: options.outDir,
    }),
    draftSheet(id) {
      const draft = drafts.get(id)
      if (draft === null) return null
      const rows = drafts.rowsById(
        id,
        drafts.stamps(id).map((stamp) => stamp.id),
      )
      const inOrder = rows.toSorted((a, b) => a.position - b.position)
      return draftSheet({ draft, rows: inOrder, frameCell: (ref) => framePath(ref) })
    },
    models: () => modelOptions(catalogue, book.options()),
    arena: createArena({ ...library, take: (id) => queries.take(id), random: Math.random }),
    modelFiles: createModelFiles(tools),
    modelStats: (project) => readModelStats(database.reader, project),
    ...fileReads(tools),
    nightReport: nightReporter(options, { tools, queries, db: database.reader }),
    frameCopies: createFrameCopies({ ...files, make: copyMaker(tools) }),
  }

  function framePath(ref: string): string | null {
    return ref.startsWith('frame_') ? (findFrameFile(files, ref, 'full')?.path ?? null) : ref
  }
}

/** What is read from the file of a take when it is looked at. */
const fileReads = ({ ffmpeg }: Tools): Pick<AppReads, 'frameTimes' | 'soundPeaks'> => ({
  frameTimes: readFrameTimes,
  soundPeaks: ({ path, durationSeconds = 0 }) =>
    readSoundPeaks(ffmpeg, { path, seconds: durationSeconds }, NEVER),
})

function nightReporter(
  { nightPlan = () => NO_PLAN, outDir }: AppComposeOptions,
  {
    tools,
    queries,
    db,
  }: Pick<ReadParts, 'tools' | 'queries'> & { readonly db: LibraryDatabase['reader'] },
): AppReads['nightReport'] {
  return (night) =>
    reportNight({ db, queries, tools, nightPlan, folder: outDir() ?? tools.paths.media, night })
}

function buildFrameImport(
  { frames: store, ffmpeg }: Tools,
  { frames, queries, frameCopies }: AppReads,
): FrameImport {
  return createFrameImport({
    store,
    library: frames,
    take: (id) => queries.take(id),
    tempFolder: tmpdir(),
    grab: ({ take, at, outPath }) =>
      grabFrame(ffmpeg, { videoPath: take.path, at, outPath }, NEVER),
    makeCopies: (frame) => frameCopies.prepare(frame),
  })
}

/** Small copies of pictures; where one cannot be made the picture itself is shown. */
const copyMaker =
  ({ ffmpeg }: Tools): FrameCopiesOptions['make'] =>
  async (copy) => {
    const folder = await mkdir(dirname(copy.outPath), { recursive: true }).then(
      () => true,
      () => false,
    )
    return folder && (await makeThumb(ffmpeg, copy, NEVER)).ok
  }
