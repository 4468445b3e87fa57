import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { CredentialId, ProviderId } from '../shared/domain/ids.ts'
import { NO_PROVIDER_SETTINGS, type ProviderSettings } from '../shared/domain/providerKey.ts'
import { nightPlanSchema, type NightPlan } from '../shared/domain/nightPlan.ts'
import { err, ok, type Result } from '../shared/domain/result.ts'
import { systemZone } from '../shared/schedule/localTime.ts'
import {
  catalogueFor,
  fitterFor,
  openHttp,
  serverTimeFor,
  type CatalogueTools,
} from './composeParts.ts'
import type { Engine, OpenError, Queries } from './engine.ts'
import { createEngine, type EngineParts, type LiveLookups } from './jobs/createEngine.ts'
import type { Credentials, Delivery, Halt, Sidecars } from './jobs/context.ts'
import type { JobStore } from './jobs/ports.ts'
import type { RouteRules } from './library/catalogue.ts'
import { createFrameStore, type FrameStore } from './library/frameStore.ts'
import { createLog, type Log } from './log.ts'
import { createNightWindows } from './nights/nightWindows.ts'
import type { NightWindows } from './jobs/windowEdges.ts'
import { createDelivery } from './media/delivery.ts'
import { findFfmpeg, searchHere } from './media/ffmpegPath.ts'
import { imageFacts } from './media/imageFacts.ts'
import { createMediaService } from './media/mediaService.ts'
import { DEFAULT_NAMING } from '../shared/domain/naming.ts'
import type { MediaService } from './media/port.ts'
import { createRenderVideo } from './media/rehearsal/renderVideo.ts'
import { createFfmpegRunner, type FfmpegRunner } from './media/runFfmpeg.ts'
import { createSidecars } from './media/takeSidecar.ts'
import {
  createCredentials,
  needsKey,
  targetOf,
  type CredentialSources,
} from './providers/credentials.ts'
import { createDownloadOutput } from './providers/downloadOutput.ts'
import { createFal } from './providers/fal/index.ts'
import type { Http } from './providers/http/createHttp.ts'
import type { ProxyOf } from './providers/http/proxy.ts'
import { redact } from './providers/http/redact.ts'
import { createLumenfall } from './providers/lumenfall/index.ts'
import { createOpenaiVideos } from './providers/openaiVideos/index.ts'
import { createRegistry, withLimits, type Registry } from './providers/registry.ts'
import { createRehearsal } from './providers/rehearsal/index.ts'
import { createReplicate } from './providers/replicate/index.ts'
import type { LaneLimits } from './providers/spec.ts'
import { appPaths, makeDataDir, type AppPaths } from './storage/appPaths.ts'
import type { Face } from './storage/engineRuns.ts'
import { createJobStore } from './storage/jobStore.ts'
import { openReader as openDatabaseReader, type ReaderError } from './storage/openReader.ts'
import { openStorage, type Storage } from './storage/openStorage.ts'
import { createQueries } from './storage/queries/queries.ts'
import { revisionsFrom, type Revisions } from './storage/revisions.ts'
import type { SqlDatabase } from './storage/sqlite.ts'
import { createTakeUpdates } from './storage/takeUpdates.ts'
import { systemChance, systemClock } from './systemClock.ts'

/** What an engine is built from; both faces fill it in. */
export interface ComposeOptions {
  readonly dataDir: string
  readonly face: Face
  readonly appVersion: string
  /** Folder of the catalogue, fonts and samples. */
  readonly resources: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Every wait of ours is divided by it; tests only. */
  readonly timeScale?: number | undefined
  /** The proxy of an address; the environment's without it. */
  readonly proxyOf?: ProxyOf | undefined
  /** Poll interval for tests; null leaves it to the plan. */
  readonly pollMs?: number | null | undefined
  readonly settings?: (() => ComposeSettings) | undefined
  /** When work that was admitted for the night may be sent; no windows without. */
  readonly nightPlan?: (() => NightPlan) | undefined
  /** What else may stop every claim: the battery. */
  readonly guard?: (() => Halt | null) | undefined
}

/** What a person may change while the engine runs. */
export interface ComposeSettings {
  readonly ffmpegPath: string | null
  readonly namingTemplate: string
  /** Where media go; null is the data folder's own. */
  readonly mediaDir: string | null
  readonly providers: Readonly<Record<ProviderId, ProviderSettings>>
  /** Which way is taken where a row names a model and no provider. */
  readonly prefer?: ReturnType<RouteRules['prefer']> | undefined
  /** Every stored key, to keep out of logs. */
  readonly allKeys?: () => readonly string[]
  readonly keys: (
    provider: ProviderId,
  ) => readonly { readonly id: CredentialId; readonly apiKey: string }[]
}

const NO_SETTINGS: ComposeSettings = {
  ffmpegPath: null,
  namingTemplate: DEFAULT_NAMING,
  mediaDir: null,
  providers: {},
  keys: () => [],
}

/** What needs no lock: planning, the catalogue, providers, ffmpeg. */
export interface Tools extends CatalogueTools {
  readonly paths: AppPaths
  readonly log: Log
  readonly frames: FrameStore
  readonly providers: Registry
  readonly credentials: Credentials
  /** Where calls to a provider go; an error names the setting or variable that is wrong. */
  readonly targetOf: (provider: ProviderId) => ReturnType<typeof targetOf> | null
  /** False for a server of one's own that may need none, and for rehearsal. */
  readonly needsKey: (provider: ProviderId) => boolean
  /** The provider's own limits, before the person's. */
  readonly ownLimits: (provider: ProviderId) => LaneLimits
  readonly ffmpeg: FfmpegRunner
  readonly http: Http
  readonly close: () => Promise<void>
}

/** An engine with the parts that a face needs beside it. `engine.stop` ends all of them. */
export interface OpenedEngine {
  readonly engine: Engine
  readonly tools: Tools
  readonly storage: Pick<Storage, 'db' | 'group' | 'found'>
}

/** Opens the tools alone: makes no folder, takes no lock. */
export async function openTools(
  options: ComposeOptions,
  logsDir: string | null = null,
): Promise<Tools> {
  const paths = appPaths(options.dataDir)
  const settings = settingsOf(options)
  const log = openLog(options, logsDir)
  const ffmpeg = createFfmpegRunner(() => {
    const found = findFfmpeg({ ...searchHere(settings().ffmpegPath), env: options.env })
    return found.ok ? ok(found.value.path) : found
  })
  const frames = createFrameStore({
    folder: paths.frames,
    imageFacts: (path) => imageFacts(ffmpeg, path, NEVER),
  })
  const http = await openHttp(options, log)
  const plain = openProviders(options, { paths, ffmpeg, frames })
  const providers = underLimits(options, plain)
  const sources = credentialSources(options, { providers, http, frames })
  const credentials = createCredentials(sources)
  const catalogueTools = await catalogueFor(options, { paths, sources, credentials })
  return {
    paths,
    log,
    ...catalogueTools,
    frames,
    providers,
    ffmpeg,
    http,
    credentials,
    targetOf: (id) => {
      const provider = providers.get(id)
      return provider === undefined ? null : targetOf(sources, provider)
    },
    needsKey: (id) => {
      const provider = providers.get(id)
      return provider !== undefined && needsKey(sources, provider)
    },
    ownLimits: (id) => plain.get(id)?.traits.lane ?? NO_LIMITS,
    close: async () => {
      await ffmpeg.stop()
      await http.close()
    },
  }
}

const NEVER = new AbortController().signal
const NO_LIMITS: LaneLimits = Object.freeze({ concurrency: 1, createsPerMinute: null })

const openLog = (options: ComposeOptions, logsDir: string | null): Log =>
  createLog({
    logsDir,
    level: options.env['DAILIES_LOG'],
    redact: (text) =>
      secretsOf(options).reduce((rest, key) => redact(rest, key), redact(text, null)),
  })

/** Keys in use, whatever they look like: none may reach a log. */
function secretsOf({ env, settings }: ComposeOptions): readonly string[] {
  const fromEnv = KEY_VARIABLES.flatMap((name) => env[name] ?? [])
  const stored = (settings?.() ?? NO_SETTINGS).allKeys?.() ?? []
  return [...fromEnv, ...stored]
}

/** The environment's names for keys. */
export const KEY_VARIABLES = [
  'LUMENFALL_API_KEY',
  'OPENAI_API_KEY',
  'FAL_KEY',
  'REPLICATE_API_TOKEN',
]
const settingsOf = ({ settings }: ComposeOptions): (() => ComposeSettings) =>
  settings ?? (() => NO_SETTINGS)

function openProviders(
  { resources }: ComposeOptions,
  { paths, ffmpeg, frames }: Pick<Tools, 'paths' | 'ffmpeg' | 'frames'>,
): Registry {
  return createRegistry([
    createRehearsal({
      workDir: paths.rehearsal,
      render: createRenderVideo(ffmpeg, join(resources, 'fonts')),
      framePath: (frame) => frames.pathOf(frame),
      concurrency: Math.max(1, Math.min(4, availableParallelism())),
    }),
    createLumenfall(),
    createFal(),
    createReplicate(),
    createOpenaiVideos(),
  ])
}

function underLimits(options: ComposeOptions, providers: Registry): Registry {
  const settings = settingsOf(options)
  return createRegistry(
    [...providers.values()].map((provider) =>
      withLimits(provider, () => settings().providers[provider.id] ?? NO_PROVIDER_SETTINGS),
    ),
  )
}

function credentialSources(
  options: ComposeOptions,
  { providers, http, frames }: Pick<Tools, 'providers' | 'http' | 'frames'>,
): CredentialSources {
  const settings = settingsOf(options)
  return {
    providers,
    env: options.env,
    stored: (id) => settings().keys(id),
    settings: (id) => settings().providers[id] ?? NO_PROVIDER_SETTINGS,
    http,
    now: () => systemClock.now(),
    readFrame: (frame) => frames.read(frame),
  }
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
  const engine = await createEngine({
    context: contextOf(options, tools, { ...storage, revisions }),
    queries: (live) => queriesOn(storage.db, tools.providers, live),
    updateTakes: createTakeUpdates({ group: storage.group, revisions }),
    dataDir: paths.dataDir,
    mediaDir: settingsOf(options)().mediaDir ?? paths.media,
    windows: windowsOf(options),
    wallNow: () => Date.now(),
    guard: options.guard ?? (() => null),
    close: async () => {
      await tools.close()
      await storage.close()
    },
  })
  return ok({ engine, tools, storage })
}

export const NO_PLAN = nightPlanSchema.parse({})

/** The night windows of a face, by this machine's clock and zone. */
export const windowsOf = ({ nightPlan }: Pick<ComposeOptions, 'nightPlan'>): NightWindows =>
  createNightWindows({
    plan: nightPlan ?? (() => NO_PLAN),
    // As it stands now: a test moves it.
    wallNow: () => Date.now(),
    timeZone: systemZone,
  })

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
  options: Pick<ComposeOptions, 'dataDir' | 'nightPlan'> & { readonly providers: Registry },
): Result<Reader, ReaderError> {
  const db = openDatabaseReader(appPaths(options.dataDir).database)
  if (!db.ok) return db
  const windows = windowsOf(options)
  const live: LiveLookups = {
    blocked: () => null,
    halted: () => null,
    rest: () => null,
    window: () => windows.view(),
  }
  const queries = queriesOn(db.value, options.providers, live)
  return ok({ queries, db: db.value, close: () => db.value.close() })
}

export interface Reader {
  readonly queries: Queries
  readonly db: SqlDatabase
  readonly close: () => void
}
