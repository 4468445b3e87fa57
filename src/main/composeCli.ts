import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openEngine, openReader, takeFolders, type Reader } from './compose.ts'
import type { ComposeOptions, ComposeSettings } from './composeOptions.ts'
import { openTools, type Tools } from './composeTools.ts'
import { parseJson } from '../shared/domain/json.ts'
import { settingsSchema, type Settings } from '../shared/domain/settings.ts'
import { askOffers } from './composeOffers.ts'
import { askPrices, type PriceWish } from './composePrices.ts'
import type { AskedPrices } from '../shared/domain/priceAsked.ts'
import { takeEnvironment } from './composeEnvironment.ts'
import { checkHere, type Check } from './composeDoctor.ts'
import { reportNight } from './composeNights.ts'
import type { WrittenReport } from './nights/writeNightReport.ts'
import { err, ok, type Result } from '../shared/domain/result.ts'
import { contactSheet, type SheetTools } from './media/contactSheet.ts'
import { appPaths, dataDirFrom, makeFolder, type AppPaths } from './storage/appPaths.ts'
import { readKeyFile, type KeptKey } from './storage/keys/keyFile.ts'
import {
  trimFile,
  type TrimFileTools,
  type TrimFileWish,
  type TrimmedFile,
  type TrimRefusal,
} from './review/export/trimFile.ts'
import { planFile, type FilePlan, type PlanFileRequest } from './library/planning/planFile.ts'
import type { NightPlan } from '../shared/domain/nightPlan.ts'
import { openReader as openDatabaseReader } from './storage/openReader.ts'
import { listsFor } from './library/starterLibrary.ts'
import { storedZone } from './storage/jobStore/charges.ts'
import { rebuild, type Rebuilt } from './storage/rebuild/rebuild.ts'
import { storageErrorFrom } from './storage/storageError.ts'
import { safeName } from '../shared/domain/naming.ts'
import type { BatchId, ProviderId } from '../shared/domain/ids.ts'
import type { Engine, OpenError, Queries } from './engine.ts'
import type { Model, Route } from '../shared/domain/route.ts'
import type { ProviderAsked } from '../shared/domain/catalogueView.ts'
import type { PlannedJob } from '../shared/domain/job.ts'
import type { JobError, Problem } from '../shared/domain/errors.ts'
import type { ProviderTraits, WireDescription } from './providers/spec.ts'

export interface CliOptions {
  /** `--data-dir`; undefined leaves it to the environment and the system. */
  readonly dataDir: string | undefined
  /** Of this process; the keys are taken out of it, see `takeEnvironment`. */
  readonly env: Record<string, string | undefined>
  /** Every wait of ours is divided by it; tests only. */
  readonly timeScale: number
  /** Poll interval for tests; null leaves it to the plan. */
  readonly pollMs: number | null
  /** `--fall-over`: plans and jobs take another way where one is held; undefined leaves it to the settings. */
  readonly fallOver?: boolean | undefined
}

/** A provider as `providers` lists it. */
export interface ProviderHere extends Pick<
  ProviderTraits,
  'paid' | 'keyVariable' | 'currency' | 'lane' | 'billingFacts'
> {
  readonly id: ProviderId
  readonly name: string
  /** A needed key is there; true where none is needed. */
  readonly isReady: boolean
  readonly baseUrls: Readonly<Record<string, string>>
  /** Keys that the app keeps in the system's keyring, closed to this process. */
  readonly closedKeys: number
  /** What is wrong with its settings; null when nothing is. */
  readonly fault: string | null
}

/** All that the command line asks of the engine's side. Opening it makes no folder and takes no lock. */
export interface CliTools {
  readonly dataDir: string
  /** Where media go when no `--out` is given. */
  readonly mediaDir: string
  /** As it was set in the app. */
  readonly nightPlan: NightPlan
  readonly models: readonly Model[]
  readonly providers: readonly ProviderHere[]
  /** Asks providers what they offer now; free. `notOffered` answers from it then. */
  askOffers(): Promise<readonly ProviderAsked[]>
  /** E.g. `not offered by Lumenfall on 2026-11-22`; null: it is, or nobody asked. */
  notOffered(route: Route): string | null
  /** What providers say that kinds of jobs cost; free, bounded in number and time. */
  askPrices(jobs: readonly PlannedJob[], wish: PriceWish): Promise<AskedPrices>
  planFile(request: PlanFileRequest): Promise<Result<FilePlan, readonly Problem[]>>
  /** What would be sent for a job; null where nothing is. */
  describeWire(job: PlannedJob): WireDescription | null
  openEngine(wishes?: EngineWishes): Promise<Result<Engine, OpenError>>
  /** Looks beside a running engine, too. */
  openReader(): ReturnType<typeof openReader>
  /** Draws the takes of a batch into its folder. Paths of the pages; none for a batch without takes. */
  contactSheet(
    queries: Queries,
    batchId: BatchId,
    signal: AbortSignal,
  ): Promise<Result<readonly string[], JobError>>
  /** Writes the report of a night, also beside a running engine; null is the one that is now, or ended last. */
  nightReport(
    reader: Pick<Reader, 'db' | 'queries'>,
    wish: NightWish,
  ): Promise<Result<WrittenReport, string>>
  /** Makes an output folder and proves that it can be written. */
  makeOutDir(folder: string): Result<void, Problem>
  /** Cuts one video file; needs no data folder. */
  trim(
    wish: TrimFileWish,
    tools: Omit<TrimFileTools, 'runner' | 'onProgress'>,
  ): Promise<Result<TrimmedFile, TrimRefusal>>
  /** Brings takes that lie on disk back into the database; `outDir`: looked into, too. */
  rebuild(outDir: string | null): Promise<Result<RebuildReport, OpenError>>
  doctor(outDir: string | null): Promise<readonly Check[]>
  close(): Promise<void>
}

/** In place of what was set in the app; what is absent stays. */
export interface EngineWishes {
  readonly nightPlan?: NightPlan | undefined
}

/** `outDir` null: where media go. */
export interface NightWish {
  readonly night: string | null
  readonly outDir: string | null
}

/** Puts the engine's parts together for the command line. */
export async function openCli(given: CliOptions): Promise<CliTools> {
  const { options, stored } = optionsOf(given)
  const tools = await openTools(options)
  const mediaDir = options.settings().mediaDir ?? tools.paths.media
  return {
    dataDir: options.dataDir,
    mediaDir,
    models: tools.catalogue.models,
    providers: [...tools.providers.keys()].flatMap((id) => providerHere(tools, id)),
    askPrices: (jobs, wish) => askPrices(tools, jobs, wish),
    askOffers: () => askOffers(tools),
    notOffered: (route) => tools.catalogue.notOffered(route),
    planFile: async (request) =>
      planFile(request, { ...tools, lists: await libraryLists(options) }),
    describeWire: (job) => describeWire(tools, job),
    nightPlan: stored.nights,
    openEngine: async ({ nightPlan = stored.nights } = {}) => {
      const opened = await openEngine({ ...options, nightPlan: () => nightPlan })
      return opened.ok ? ok(opened.value.engine) : opened
    },
    openReader: () => openReader(options, tools),
    nightReport: ({ db, queries }, { night, outDir }) =>
      reportNight({
        db,
        queries,
        tools,
        nightPlan: () => stored.nights,
        folder: outDir ?? mediaDir,
        night,
      }),
    makeOutDir,
    ...mediaTools(tools, join(options.resources, 'fonts')),
    rebuild: (outDir) => rebuildHere(options, outDir),
    doctor: (outDir) => checkHere({ tools, outDir: outDir ?? mediaDir, env: options.env }),
    close: () => tools.close(),
  }
}

/** Where the engine works and by what settings, those of the app in the same data folder. */
function optionsOf({ dataDir, timeScale, pollMs, fallOver, ...given }: CliOptions) {
  const env = takeEnvironment(given.env)
  const folder = dataDirFrom({ option: dataDir, env })
  const stored = readSettingsFile(join(folder, 'settings.json'))
  const ofApp = settingsFrom(stored, { dataDir: folder, env })
  const settings = { ...ofApp, fallOver: fallOver ?? ofApp.fallOver }
  const options = {
    dataDir: folder,
    face: 'cli' as const,
    appVersion: appVersion(),
    resources: join(PROJECT, 'resources'),
    env,
    timeScale,
    pollMs,
    settings: () => settings,
    nightPlan: () => stored.nights,
  }
  return { options, stored }
}

const mediaTools = (
  { ffmpeg: runner }: Tools,
  fontsDir: string,
): Pick<CliTools, 'contactSheet' | 'trim'> => ({
  contactSheet: (queries, batchId, signal) =>
    drawSheet({ tools: { runner, fontsDir, signal }, queries, batchId }),
  trim: (wish, more) => trimFile({ ...more, runner, onProgress: noProgress }, wish),
})

/** The lists of the library on this data folder, read beside whatever engine holds it. */
async function libraryLists({ dataDir, resources }: ComposeOptions) {
  const opened = openDatabaseReader(appPaths(dataDir).database)
  try {
    return await listsFor(opened.ok ? opened.value : null, resources)
  } finally {
    if (opened.ok) opened.value.close()
  }
}

/**
 * What the person set in the app, for the same data folder. Read only: a file that is broken is for the
 * app to mend. Keys in the system's keyring are open to the app alone; those in a file count here, too.
 */
function settingsFrom(
  { folders, naming, network, providers, routes }: Settings,
  { dataDir, env }: Pick<ComposeOptions, 'dataDir' | 'env'>,
): ComposeSettings {
  const keys = keysIn(appPaths(dataDir))
  const inFile = keys.filter(({ place }) => place === 'file')
  return {
    ffmpegPath: null,
    namingTemplate: naming.template,
    mediaDir: folders.outDir,
    providers,
    caFile: network.caFile,
    prefer: routes.prefer,
    fallOver: routes.fallOver || env['DAILIES_FALL_OVER'] === '1',
    keys: (provider) =>
      inFile.flatMap(({ id, secret, ...key }) =>
        key.provider === provider ? [{ id, apiKey: secret }] : [],
      ),
    allKeys: () => inFile.map(({ secret }) => secret),
  }
}

function readSettingsFile(path: string): Settings {
  try {
    return settingsSchema.parse(parseJson(readFileSync(path, 'utf8')))
  } catch {
    return settingsSchema.parse({}) // none yet, or none that can be read
  }
}

/** What came back into the database, and what a person has to say to it. */
export interface RebuildReport extends Rebuilt {
  /** In the database now. */
  readonly takes: number
  /** Asked before anything is claimed; null when nothing is. */
  readonly question: string | null
}

async function rebuildHere(
  options: ComposeOptions,
  outDir: string | null,
): Promise<Result<RebuildReport, OpenError>> {
  const opened = await openEngine(options)
  if (!opened.ok) return opened
  const { engine, tools, storage } = opened.value
  const { media, journal } = tools.paths
  const folders = [media, ...takeFolders(options), ...(outDir === null ? [] : [resolve(outDir)])]
  const timeZone = storedZone(storage.db)
  const { group, found } = storage
  try {
    const { adopted, problems } = await rebuild({ group, journal, folders, timeZone })
    const { halted } = engine.queries.tonight()
    const { all } = engine.queries.takeCounts({})
    const question = halted?.code === 'mergePending' ? halted.message : null
    return ok({ adopted: found + adopted, problems, takes: all, question })
  } catch (error) {
    const cause = storageErrorFrom(error)
    if (cause === undefined) throw error
    return err({ code: 'folderUnusable', message: cause.message })
  } finally {
    await engine.stop()
  }
}

const noProgress = (): void => undefined
const PROJECT = resolve(import.meta.dirname, '../..')

function appVersion(): string {
  const text = readFileSync(join(PROJECT, 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** What the app stored; only looked at. */
const keysIn = (paths: Pick<AppPaths, 'keys'>): readonly KeptKey[] =>
  readKeyFile(paths.keys, { keepAside: false }).keys

function providerHere(tools: Tools, id: ProviderId): readonly ProviderHere[] {
  const provider = tools.providers.get(id)
  if (provider === undefined) return []
  const { paid, keyVariable, currency, lane, billingFacts = [] } = provider.traits
  const target = tools.targetOf(id)
  return [
    {
      id,
      name: provider.name,
      paid,
      keyVariable,
      currency,
      lane,
      billingFacts,
      isReady: tools.credentials.of(id).length > 0,
      closedKeys: keysIn(tools.paths).filter(
        ({ provider: owner, place }) => owner === id && place === 'keyring',
      ).length,
      baseUrls: target?.ok === true ? target.value.baseUrls : {},
      fault: target?.ok === false ? target.error.message : null,
    },
  ]
}

function describeWire({ providers, targetOf }: Tools, job: PlannedJob): WireDescription | null {
  const target = targetOf(job.provider)
  if (target?.ok !== true) return null
  return providers.get(job.provider)?.describe(job.request, target.value) ?? null
}

function makeOutDir(folder: string): Result<void, Problem> {
  const made = makeFolder(resolve(folder))
  if (made.ok) return ok(undefined)
  const { code, message } = made.error
  const mend = 'Mend that, or name another folder with --out.'
  return err({ row: null, column: '--out', code, message, mend })
}

/** More would keep a person waiting at the end of a long night; the app shows them all. */
const MOST_ON_SHEETS = 400

interface SheetRequest {
  readonly tools: SheetTools
  readonly queries: Queries
  readonly batchId: BatchId
}

async function drawSheet(request: SheetRequest): Promise<Result<readonly string[], JobError>> {
  const { tools, queries, batchId } = request
  const batch = queries.batch(batchId)
  const page = { filter: { batchId }, order: 'row', after: null, limit: MOST_ON_SHEETS } as const
  const { rows: takes, next } = queries.takes(page)
  if (batch === null || takes.length === 0) return ok([])
  const more = next === null ? '' : ` (the first ${takes.length})`
  const jobs = Object.values<number>({ ...batch.counts }).reduce((sum, count) => sum + count, 0)
  return contactSheet(tools, {
    title: batch.name,
    subtitle: `${batch.counts.succeeded} of ${jobs} jobs delivered${more}`,
    takes,
    path: join(batch.outDir, `${safeName(batch.name)}-contact-sheet.png`),
  })
}
