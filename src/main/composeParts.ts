import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { settingsOf, type ComposeOptions } from './composeOptions.ts'
import type { Tools } from './composeTools.ts'
import type { ProviderId, RouteId } from '../shared/domain/ids.ts'
import { AS_LISTED, type RoutePreference } from '../shared/domain/routePreference.ts'
import type { Route } from '../shared/domain/route.ts'
import { createHolds, type Holds } from './composeHolds.ts'
import { offersOf } from './composeOffers.ts'
import type { ServerTime } from './jobs/context.ts'
import { createFrameFitter, type FrameFitter } from './library/frameFitter.ts'
import type { Catalogue } from './library/catalogue.ts'
import { openLiveCatalogue } from './library/liveCatalogue.ts'
import { loadCatalogue } from './library/loadCatalogue.ts'
import type { Log } from './log.ts'
import type { FileProblem } from './library/modelFile.ts'
import { openOfferLists, type OfferLists } from './library/offerLists.ts'
import { fitPicture } from './media/fitPicture.ts'
import {
  hasOwnBaseUrl,
  targetOf as targetIn,
  type CredentialSources,
} from './providers/credentials.ts'
import { createHttp, type Http } from './providers/http/createHttp.ts'
import { readExtraCa } from './providers/http/trust.ts'
import { createServerTime } from './providers/serverTime.ts'
import { createSidecarKeeper, type SidecarKeeper } from './review/sidecars/sidecarKeeper.ts'
import type { Storage } from './storage/openStorage.ts'
import { renderMedians } from './storage/queries/renderMedians.ts'
import { systemClock } from './systemClock.ts'

/** The network, with the proxy and the certificates that this machine and the person name. */
export const openHttp = (options: ComposeOptions, log: Log): Http =>
  createHttp({ extraCa: extraCaOf(options, log), proxyOf: options.proxyOf })

/** Of the environment's file and the person's; read again when the person chooses another. */
function extraCaOf(options: ComposeOptions, log: Log): () => Promise<readonly string[]> {
  const read = async (path: string | null): Promise<readonly string[]> => {
    const files = [options.env['NODE_EXTRA_CA_CERTS'], path ?? undefined]
    const texts = await Promise.all(files.map((file) => readExtraCa([file])))
    for (const text of texts) if (!text.ok) log.warn({ path: text.error.path }, text.error.message)
    return texts.flatMap((text) => (text.ok ? text.value : []))
  }
  let known: { readonly path: string | null; readonly texts: Promise<readonly string[]> } | null =
    null
  return () => {
    const path = settingsOf(options)().caFile ?? null
    if (known?.path !== path) known = { path, texts: read(path) }
    return known.texts
  }
}

/** What is known of models, from files and from providers. */
export interface CatalogueTools {
  readonly catalogue: Catalogue
  readonly catalogueProblems: () => readonly FileProblem[]
  /** Reads the files again; `catalogue` answers from them then. */
  readonly reloadCatalogue: () => Promise<void>
  /** What providers said that they offer. */
  readonly offerLists: OfferLists
}

type CatalogueParts = Pick<Tools, 'paths' | 'credentials'> & {
  readonly sources: CredentialSources
}

/** The app's models and the person's, with what this machine lets run. */
export async function catalogueFor(
  { resources, settings }: ComposeOptions,
  { paths, sources, credentials }: CatalogueParts,
): Promise<CatalogueTools> {
  const offerLists = openOfferLists(paths.offers)
  const folders = { bundled: join(resources, 'models'), own: paths.models }
  const isReady = (id: ProviderId): boolean => credentials.of(id).length > 0
  const holds = holdsFor(settings, { paths, credentials })
  const prefer = (): RoutePreference => settings?.().prefer ?? AS_LISTED
  const rules = {
    prefer,
    renderMs: measuredTimes(paths.database, prefer),
    allowsRetired: (id: ProviderId) => hasOwnBaseUrl(sources, sources.providers.get(id)),
    isReady,
    isHeld: (route: Route) => holds.isHeld(route),
    offers: offersOf({
      providers: sources.providers,
      offerLists,
      baseUrlsOf: (id) => {
        const provider = sources.providers.get(id)
        const target = provider === undefined ? null : targetIn(sources, provider)
        return target?.ok === true ? target.value.baseUrls : null
      },
    }),
  }
  const live = await openLiveCatalogue(
    () => loadCatalogue(folders, rules),
    // Which providers have a key, where they are called, when they were asked what they offer, and
    // which way is preferred, and which is held.
    () =>
      JSON.stringify([
        prefer(),
        holds.stamp(),
        [...sources.providers.values()].map((provider) => [
          isReady(provider.id),
          targetIn(sources, provider),
          offerLists.of(provider.id)?.askedAt,
        ]),
      ]),
  )
  return {
    catalogue: live.catalogue,
    catalogueProblems: () => live.problems(),
    reloadCatalogue: () => {
      offerLists.reload()
      return live.reload()
    },
    offerLists,
  }
}

const holdsFor = (
  settings: ComposeOptions['settings'],
  { paths, credentials }: Pick<Tools, 'paths' | 'credentials'>,
): Holds =>
  createHolds({
    database: paths.database,
    isOn: () => settings?.().fallOver === true,
    keysOf: (id) => credentials.of(id),
    now: () => performance.now(),
  })

/**
 * Times of renders, read when they are first asked for and again when the preference changes: the way
 * of a draft's rows must not change between its check and its run with every take that comes in.
 */
function measuredTimes(
  database: string,
  prefer: () => RoutePreference,
): (route: RouteId) => number | null {
  let readFor = ''
  let known: ReadonlyMap<RouteId, number> = new Map()
  return (route) => {
    const now = JSON.stringify(prefer())
    if (readFor !== now) {
      known = renderMedians(database)
      readFor = now
    }
    return known.get(route) ?? null
  }
}

export const fitterFor = ({ frames, ffmpeg }: Tools): FrameFitter =>
  createFrameFitter({
    store: frames,
    fit: (job, signal) => fitPicture(ffmpeg, job, signal),
    tempFolder: tmpdir(),
  })

export const serverTimeFor = ({ providers, credentials, http, targetOf }: Tools): ServerTime =>
  createServerTime({
    providers,
    credentials,
    http,
    baseUrlsOf: (id) => {
      const target = targetOf(id)
      return target?.ok === true ? Object.values(target.value.baseUrls) : []
    },
    now: () => systemClock.now(),
  })

/** Writes what a person says of takes into their sidecars; its timer keeps no process alive. */
export const keeperFor = ({ db, group }: Pick<Storage, 'db' | 'group'>, log: Log): SidecarKeeper =>
  createSidecarKeeper({
    database: { reader: db, write: (fn) => group.write(fn) },
    log: log.child({ area: 'review' }),
    after: (ms, fn) => {
      const timer = setTimeout(fn, ms)
      timer.unref()
      return () => clearTimeout(timer)
    },
  })
