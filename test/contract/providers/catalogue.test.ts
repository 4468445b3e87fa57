import { afterAll, describe, expect, it } from 'vitest'
import type { Capabilities } from '../../../src/shared/domain/catalogue.ts'
import { normalise } from '../../../src/shared/normalise/normalise.ts'
import { ask, bundledCatalogue, everyRouteMode, FRAMES_OF } from '../../helpers/catalogueAsks.ts'
import {
  frameBytes,
  HOSTED,
  providerBench,
  type HostedId,
  type ProviderBench,
} from '../../helpers/providerBench.ts'

const catalogue = await bundledCatalogue()
const benches = new Map<HostedId, Promise<ProviderBench>>()
afterAll(async () => {
  for (const bench of benches.values()) await (await bench).close()
})

function benchOf(id: HostedId): Promise<ProviderBench> {
  const bench = benches.get(id) ?? providerBench(id)
  benches.set(id, bench)
  return bench
}

const cases = everyRouteMode(catalogue).map(({ model, route, mode }) => ({
  name: `${route.id} ${mode}`,
  model,
  route,
  mode,
}))

// Promise: whatever the catalogue says is taken by a server that refuses what its documents refuse.
describe('every route of the catalogue', () => {
  it.each(cases)('$name is taken and delivers', async ({ model, route, mode }) => {
    const id = HOSTED.find((hosted) => hosted === route.provider)
    if (id === undefined) return
    const bench = await benchOf(id)
    const readFrame = (): Promise<Uint8Array> => Promise.resolve(frameBytes(2_000))
    for (const wish of wishes(route.modes[mode]?.capabilities ?? {})) {
      const request = ask({ ...wish, frames: FRAMES_OF[mode] })
      const done = normalise({ request, model, route })
      if (!done.ok) throw new Error(JSON.stringify(done.error))
      const outcome = await bench.submit(await bench.prepare(done.value.request, { readFrame }))
      if (outcome.kind !== 'accepted') throw new Error(JSON.stringify({ wish, outcome }))
      expect((await bench.provider.check(outcome.operation, bench.call())).kind).toBe('succeeded')
    }
  })
})

/** Nothing in particular, both ends of the durations, and every tier and ratio that it names. */
function wishes({ durations = [], resolutions = [], ratios = [] }: Capabilities) {
  const seconds = Array.isArray(durations) ? durations : [durations.from, durations.to]
  return [
    {},
    ...[Math.min(...seconds), Math.max(...seconds)]
      .filter((value) => Number.isFinite(value))
      .map((durationSeconds) => ({ durationSeconds, audio: true, seed: 7 })),
    ...resolutions.map(({ name }) => ({ resolution: name, audio: false })),
    ...ratios.map((aspectRatio) => ({ aspectRatio })),
  ]
}
