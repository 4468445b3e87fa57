import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ComposeOptions, Tools } from './compose.ts'
import type { ServerTime } from './jobs/context.ts'
import { createFrameFitter, type FrameFitter } from './library/frameFitter.ts'
import { loadCatalogue, type LoadedCatalogue } from './library/loadCatalogue.ts'
import { fitPicture } from './media/fitPicture.ts'
import { hasOwnBaseUrl, type CredentialSources } from './providers/credentials.ts'
import { createServerTime } from './providers/serverTime.ts'
import { systemClock } from './systemClock.ts'

/** The app's models and the person's, with what this machine lets run. */
export const catalogueFor = (
  { resources }: ComposeOptions,
  {
    paths,
    sources,
    credentials,
  }: Pick<Tools, 'paths' | 'credentials'> & { sources: CredentialSources },
): Promise<LoadedCatalogue> =>
  loadCatalogue(
    { bundled: join(resources, 'models'), own: paths.models },
    {
      allowsRetired: (id) => hasOwnBaseUrl(sources, sources.providers.get(id)),
      isReady: (id) => credentials.of(id).length > 0,
    },
  )

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
