import type { CredentialId, ProviderId } from '../shared/domain/ids.ts'
import type { ProviderOption } from '../shared/domain/modelOption.ts'
import {
  lastFour,
  type BaseUrlView,
  type EnvironmentKey,
  type KeyTest,
  type ProviderDetails,
  type ProviderSettings,
} from '../shared/domain/providerKey.ts'
import { err, ok } from '../shared/domain/result.ts'
import type { Tools } from './composeTools.ts'
import type { ProviderUse, Queries } from './engine.ts'
import { askDueOffers, askOffers } from './composeOffers.ts'
import { catalogueView } from './library/catalogueView.ts'
import { startPriceFile } from './library/ownPrices.ts'
import { credentialOf } from './providers/credentialId.ts'
import { environmentKey, fromEnv } from './providers/credentials.ts'
import type { ModelFiles } from './ipc/appEngine.ts'
import type { ProviderBook } from './ipc/providerBook.ts'
import type { KeyStatus, VideoProvider } from './providers/spec.ts'
import type { KeyStore } from './storage/keys/keyStore.ts'
import { systemClock } from './systemClock.ts'

interface BookParts {
  readonly tools: Tools
  readonly keys: KeyStore
  readonly env: Readonly<Record<string, string | undefined>>
  readonly providerSettings: (provider: ProviderId) => ProviderSettings
  readonly queries: Pick<Queries, 'providerUse'>
}

export function createProviderBook(parts: BookParts): ProviderBook {
  const tests = new Map<string, KeyTest>()
  const paid = (): readonly VideoProvider[] =>
    [...parts.tools.providers.values()].filter(({ traits }) => traits.paid)
  return {
    desk() {
      const uses = parts.queries.providerUse()
      const testOf = (provider: ProviderId, id: CredentialId): KeyTest | null =>
        tests.get(`${provider} ${id}`) ?? null
      return {
        noKeyring: parts.keys.noKeyring(),
        providers: paid().map((provider) => {
          const use = uses.find((entry) => entry.provider === provider.id) ?? NO_USE
          return detailsOf(parts, { provider, use, testOf })
        }),
      }
    },
    options: () => [...parts.tools.providers.values()].map((provider) => optionOf(parts, provider)),
    async testKey(id, credential) {
      const provider = parts.tools.providers.get(id)
      const signal = AbortSignal.timeout(TEST_TIMEOUT_MS)
      const call = parts.tools.credentials.call(id, credential, signal)
      if (provider === undefined || !call.ok)
        return err(
          call.ok ? { code: 'NOT_FOUND', message: `There is no provider ${id}.` } : call.error,
        )
      const test = readTest(await provider.verifyKey(call.value), systemClock.now())
      tests.set(`${id} ${credential}`, test)
      return ok(test)
    },
  }
}

/** The catalogue's files: seen, read again, and begun for prices of one's own. */
export function createModelFiles(tools: Tools): ModelFiles {
  const { catalogue, catalogueProblems, reloadCatalogue, paths, providers } = tools
  return {
    view: () =>
      catalogueView({
        catalogue,
        problems: catalogueProblems(),
        folder: paths.models,
        providerName: (id) => providers.get(id)?.name ?? id,
      }),
    reload: reloadCatalogue,
    askProviders: () => askOffers(tools),
    askDueProviders: () => askDueOffers(tools, systemClock.now()),
    startPrices: async (id) => {
      const model = catalogue.model(id)
      return model === undefined ? null : startPriceFile(paths.models, model)
    },
  }
}

const TEST_TIMEOUT_MS = 20_000
const NO_USE: Omit<ProviderUse, 'provider'> = Object.freeze({
  openByKey: {},
  spentToday: [],
  spentThisMonth: [],
  lastError: null,
})

function readTest(status: KeyStatus, at: number): KeyTest {
  switch (status.kind) {
    case 'valid':
      return { at, kind: 'valid', message: status.detail, balance: status.balance ?? null }
    case 'refused':
    case 'unreachable':
      return { at, kind: status.kind, message: status.error.message, balance: null }
    case 'notNeeded':
      return { at, kind: 'notNeeded', message: 'It needs no key.', balance: null }
  }
}

interface Asked {
  readonly provider: VideoProvider
  readonly use: Omit<ProviderUse, 'provider'>
  readonly testOf: (provider: ProviderId, id: CredentialId) => KeyTest | null
}

function detailsOf(parts: BookParts, asked: Asked): ProviderDetails {
  const { provider, use, testOf } = asked
  const { id, name, traits } = provider
  const target = parts.tools.targetOf(id)
  const { openByKey, ...spend } = use
  return {
    id,
    name,
    keys: parts.keys.list(id).map((key) => ({
      ...key,
      openJobs: openByKey[key.id] ?? 0,
      test: testOf(id, key.id),
    })),
    environmentKey: environmentView(parts, asked),
    keyVariable: traits.keyVariable ?? '',
    needsKey: parts.tools.needsKey(id),
    baseUrls: baseUrlViews(parts, provider),
    fault: target?.ok === false ? target.error.message : null,
    billingFacts: traits.billingFacts ?? [],
    settings: parts.providerSettings(id),
    defaults: parts.tools.ownLimits(id),
    openJobs: Object.values(openByKey).reduce((sum, count) => sum + count, 0),
    ...spend,
  }
}

function environmentView(
  parts: BookParts,
  { provider, use, testOf }: Asked,
): EnvironmentKey | null {
  const apiKey = environmentKey(parts.env, provider)
  if (apiKey === null) return null
  const id = credentialOf(apiKey)
  return {
    id,
    variable: provider.traits.keyVariable ?? '',
    last4: lastFour(apiKey),
    isUsed: parts.keys.usable(provider.id).length === 0,
    openJobs: use.openByKey[id] ?? 0,
    test: testOf(provider.id, id),
  }
}

const baseUrlViews = (
  { env, providerSettings }: BookParts,
  { id, traits }: VideoProvider,
): readonly BaseUrlView[] =>
  traits.baseUrls.map((base) => ({
    ...base,
    own: providerSettings(id).baseUrls[base.name] ?? null,
    fromEnvironment: fromEnv(env, base.variable),
  }))

/** What the model picker needs: whether it can be used, and whose key it would be. */
function optionOf(parts: BookParts, { id, name, traits }: VideoProvider): ProviderOption {
  const { keyVariable: variable, paid, lane, priceQuestions = 'none' } = traits
  const isAllowed = parts.providerSettings(id).options['dryRun'] === true
  const saysPrices = priceQuestions === 'free' || (priceQuestions === 'byOptIn' && isAllowed)
  const shown = { id, name, paid, concurrency: lane.concurrency, saysPrices }
  if (variable === null) return { ...shown, key: { state: 'notNeeded' } }
  const stored = parts.keys.usable(id).length
  if (stored > 0)
    return { ...shown, key: { state: 'present', variable, from: 'kept', count: stored } }
  if (parts.tools.credentials.of(id).length === 0)
    return { ...shown, key: { state: 'missing', variable } }
  if (!parts.tools.needsKey(id) && fromEnv(parts.env, variable) === null)
    return { ...shown, key: { state: 'notNeeded' } }
  return { ...shown, key: { state: 'present', variable, from: 'environment', count: 1 } }
}
