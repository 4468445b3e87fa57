import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { ProviderId } from '../shared/domain/ids.ts'
import { NO_PROVIDER_SETTINGS } from '../shared/domain/providerKey.ts'
import { ok } from '../shared/domain/result.ts'
import { NEVER, settingsOf, type ComposeOptions } from './composeOptions.ts'
import { catalogueFor, openHttp, type CatalogueTools } from './composeParts.ts'
import type { Credentials } from './jobs/context.ts'
import { createFrameStore, type FrameStore } from './library/frameStore.ts'
import { withoutKeysOf } from './composeEnvironment.ts'
import { createLog, type Log } from './log.ts'
import { findFfmpeg, searchHere } from './media/ffmpegPath.ts'
import { imageFacts } from './media/imageFacts.ts'
import { createRenderVideo } from './media/rehearsal/renderVideo.ts'
import { createFfmpegRunner, type FfmpegRunner } from './media/runFfmpeg.ts'
import {
  createCredentials,
  needsKey,
  targetOf,
  type CredentialSources,
} from './providers/credentials.ts'
import { createFal } from './providers/fal/index.ts'
import type { Http } from './providers/http/createHttp.ts'
import { createLumenfall } from './providers/lumenfall/index.ts'
import { createOpenaiVideos } from './providers/openaiVideos/index.ts'
import { createRegistry, withLimits, type Registry } from './providers/registry.ts'
import { createRehearsal } from './providers/rehearsal/index.ts'
import { createReplicate } from './providers/replicate/index.ts'
import type { LaneLimits } from './providers/spec.ts'
import { openQuestionBook, type QuestionBook } from './storage/priceQuestions.ts'
import { appPaths, type AppPaths } from './storage/appPaths.ts'
import { systemClock } from './systemClock.ts'

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
  readonly questionBook: QuestionBook
  readonly close: () => Promise<void>
}

/** Opens the tools alone: makes no folder, takes no lock. */
export async function openTools(
  options: ComposeOptions,
  logsDir: string | null = null,
): Promise<Tools> {
  const paths = appPaths(options.dataDir)
  const settings = settingsOf(options)
  const log = options.log ?? openLog(options, logsDir)
  const ffmpeg = createFfmpegRunner(() => {
    const found = findFfmpeg({ ...searchHere(settings().ffmpegPath), env: options.env })
    return found.ok ? ok(found.value.path) : found
  })
  const frames = createFrameStore({
    folder: paths.frames,
    imageFacts: (path) => imageFacts(ffmpeg, path, NEVER),
  })
  const http = openHttp(options, log)
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
    questionBook: openQuestionBook(paths.priceQuestions),
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

const NO_LIMITS: LaneLimits = Object.freeze({ concurrency: 1, createsPerMinute: null })

const openLog = (options: ComposeOptions, logsDir: string | null): Log =>
  createLog({
    logsDir,
    level: options.env['DAILIES_LOG'],
    redact: withoutKeysOf(options.env, () => settingsOf(options)().allKeys?.() ?? []),
  })

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
