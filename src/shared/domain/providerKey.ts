import { z } from 'zod'
import type { CredentialId, ProviderId } from './ids.ts'
import type { JobError } from './errors.ts'
import type { Money } from './money.ts'

/** Where a key of the person's is kept. */
export const KEY_PLACES = [
  'keyring', // encrypted by the operating system, for this login only
  'file', // as it is, in a file that its owner alone can read
  'session', // in memory, until the app is quit
] as const
export type KeyPlace = (typeof KEY_PLACES)[number]

/** Four of twelve characters tell little; four of six would not. */
export const lastFour = (apiKey: string): string => (apiKey.length < 12 ? '' : apiKey.slice(-4))

/** A key as people see it. The key itself never leaves main. */
export interface KeyView {
  /** A digest of the key: the same key has the same id wherever it is kept. */
  readonly id: CredentialId
  readonly name: string
  /** Its last four characters; empty for a key so short that they would tell too much. */
  readonly last4: string
  readonly place: KeyPlace
  /** False: the keyring does not open it any more, so it must be given again. */
  readonly isReadable: boolean
  readonly addedAt: number
  /** Jobs that were sent with it and have not ended. */
  readonly openJobs: number
  /** What came of the last test in this session; null before. */
  readonly test: KeyTest | null
}

/** What a provider answered to a call that costs nothing. */
export interface KeyTest {
  readonly at: number
  readonly kind: 'valid' | 'refused' | 'unreachable' | 'notNeeded'
  readonly message: string
  readonly balance: Money | null
}

/** A key that the environment brought; it is read at the start and never written. */
export interface EnvironmentKey {
  readonly id: CredentialId
  readonly variable: string
  readonly last4: string
  /** False while a key is kept here: that one is used. */
  readonly isUsed: boolean
  readonly openJobs: number
  readonly test: KeyTest | null
}

export interface BaseUrlView {
  readonly name: string
  readonly variable: string
  readonly default: string
  /** The person's own; null where the environment or the default counts. */
  readonly own: string | null
  readonly fromEnvironment: string | null
}

/** What a person may set of a provider. A limit of null is the provider's own. */
export const providerSettingsSchema = z.object({
  baseUrls: z.record(z.string().max(40), z.string().max(500)).default({}),
  options: z.record(z.string().max(60), z.json()).default({}),
  concurrency: z.int().min(1).max(100).nullable().default(null),
  createsPerMinute: z.int().min(1).max(10_000).nullable().default(null),
})
export type ProviderSettings = z.infer<typeof providerSettingsSchema>
export const NO_PROVIDER_SETTINGS: ProviderSettings = Object.freeze(
  providerSettingsSchema.parse({}),
)

/** What a provider says that a render costs which did not come to a clip. */
export interface BillingFact {
  readonly words: string
  readonly source: string
  /** ISO day. */
  readonly checkedOn: string
}

/** A provider with everything that can be set and seen of it. */
export interface ProviderDetails {
  readonly id: ProviderId
  readonly name: string
  readonly keys: readonly KeyView[]
  readonly environmentKey: EnvironmentKey | null
  /** The environment's name for the key. */
  readonly keyVariable: string
  /** False at a server of one's own that may need none. */
  readonly needsKey: boolean
  readonly baseUrls: readonly BaseUrlView[]
  /** Why no call can be made as it is set now; null when all is well. */
  readonly fault: string | null
  /** Only what it states; empty where it states nothing. */
  readonly billingFacts: readonly BillingFact[]
  readonly settings: ProviderSettings
  readonly defaults: { readonly concurrency: number; readonly createsPerMinute: number | null }
  /** Jobs whose money is out at the server that is set. */
  readonly openJobs: number
  /** Confirmed, one amount a currency. */
  readonly spentToday: readonly Money[]
  readonly spentThisMonth: readonly Money[]
  /** The newest failure of the last day, if there was one. */
  readonly lastError: { readonly at: number; readonly error: JobError } | null
}

/** What the settings show of all providers together. */
export interface ProviderDesk {
  /** In words, why the system keeps no keys; null where it does. */
  readonly noKeyring: string | null
  readonly providers: readonly ProviderDetails[]
}
