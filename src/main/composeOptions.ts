import type { CredentialId, ProviderId } from '../shared/domain/ids.ts'
import { nightPlanSchema, type NightPlan } from '../shared/domain/nightPlan.ts'
import { DEFAULT_NAMING } from '../shared/domain/naming.ts'
import type { ProviderSettings } from '../shared/domain/providerKey.ts'
import { systemZone } from '../shared/schedule/localTime.ts'
import type { Halt } from './jobs/context.ts'
import type { NightWindows } from './jobs/windowEdges.ts'
import type { Log } from './log.ts'
import type { RouteRules } from './library/catalogue.ts'
import { createNightWindows } from './nights/nightWindows.ts'
import type { ProxyOf } from './providers/http/proxy.ts'
import type { Face } from './storage/engineRuns.ts'

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
  /** The one log of this process; without it the engine opens its own. */
  readonly log?: Log | undefined
}

/** What a person may change while the engine runs. */
export interface ComposeSettings {
  readonly ffmpegPath: string | null
  readonly namingTemplate: string
  /** Where media go; null is the data folder's own. */
  readonly mediaDir: string | null
  readonly providers: Readonly<Record<ProviderId, ProviderSettings>>
  /** Certificates of the person's own, in PEM; null: none. */
  readonly caFile?: string | null | undefined
  /** Which way is taken where a row names a model and no provider. */
  readonly prefer?: ReturnType<RouteRules['prefer']> | undefined
  /** Jobs that were never sent go another way to their model where theirs is held. */
  readonly fallOver?: boolean | undefined
  /** Every stored key, to keep out of logs. */
  readonly allKeys?: () => readonly string[]
  readonly keys: (
    provider: ProviderId,
  ) => readonly { readonly id: CredentialId; readonly apiKey: string }[]
}

/** For work that nobody stops: it ends by its own time limit, or with ffmpeg and the network. */
export const NEVER: AbortSignal = new AbortController().signal

export const NO_SETTINGS: ComposeSettings = {
  ffmpegPath: null,
  namingTemplate: DEFAULT_NAMING,
  mediaDir: null,
  providers: {},
  keys: () => [],
}

export const settingsOf = ({ settings }: ComposeOptions): (() => ComposeSettings) =>
  settings ?? (() => NO_SETTINGS)

export const NO_PLAN = nightPlanSchema.parse({})

/** The night windows of a face, by this machine's clock and zone. */
export const windowsOf = ({ nightPlan }: Pick<ComposeOptions, 'nightPlan'>): NightWindows =>
  createNightWindows({
    plan: nightPlan ?? (() => NO_PLAN),
    // As it stands now: a test moves it.
    wallNow: () => Date.now(),
    timeZone: systemZone,
  })
