import { err, ok } from '../../../shared/domain/result.ts'
import { looking, notFound, trying, working, type AppServices } from '../services.ts'
import { framesComing } from './framesComing.ts'
import type { FrameImport } from '../../library/frameImport.ts'
import type { FrameId } from '../../../shared/domain/ids.ts'
import type { FramesAdded } from '../../../shared/domain/referenceFrame.ts'
import type { HandlersFor } from '../dispatch.ts'
import type { frameRoutes } from '../../../shared/ipc/routes/frames.ts'

const PICTURES = { name: 'Pictures', endings: ['png', 'jpg', 'jpeg', 'webp'] } as const

type Routes = HandlersFor<typeof frameRoutes>
type Incoming = `frames.${'add' | 'stop'}${string}`

export function frameHandlers(services: AppServices): Routes {
  const changed = (): void => services.publisher.changed('frames.changed', () => null)
  const setRemoved = (removed: boolean) => {
    return ({ ids }: { ids: readonly FrameId[] }) =>
      working(services, async ({ frames }) => {
        await frames.setRemoved(ids, removed)
        changed()
      })
  }
  return {
    ...incoming(services, changed),
    'frames.list': (query) => looking(services, ({ frames }) => frames.list(query)),
    'frames.get': ({ ids }) => looking(services, ({ frames }) => frames.get(ids)),
    'frames.tags': () => looking(services, ({ frames }) => frames.tags()),
    'frames.update': ({ ids, patch }) =>
      working(services, async ({ frames }) => {
        const updated = await frames.update(ids, patch)
        changed()
        return updated
      }),
    'frames.tag': ({ ids, ...change }) =>
      working(services, async ({ frames }) => {
        await frames.tag(ids, change)
        changed()
      }),
    'frames.remove': setRemoved(true),
    'frames.restore': setRemoved(false),
  }
}

/** How pictures come in. */
function incoming(
  services: AppServices,
  changed: () => void,
): Pick<Routes, Extract<keyof Routes, Incoming>> {
  const added = (frames: FramesAdded): FramesAdded => {
    if (frames.frames.length > 0) changed()
    return frames
  }
  const coming = framesComing((now) => {
    changed()
    services.publisher.changed('frames.coming', () => now)
  })
  const bringIn = (frameImport: FrameImport, paths: readonly string[]): Promise<FramesAdded> =>
    coming.watch((watch) => frameImport.fromPaths(paths, watch))
  return {
    'frames.addFromDialog': () =>
      working(services, async ({ frameImport }) => {
        const wish = { title: 'Add frames', kinds: [PICTURES], many: true }
        return bringIn(frameImport, await services.system.pickFiles(wish))
      }),
    'frames.addFolder': () =>
      working(services, async ({ frameImport }) => {
        const title = 'Add a folder of pictures'
        const path = await services.system.pickFolder({ title, start: services.folders().outDir })
        return bringIn(frameImport, path === null ? [] : [path])
      }),
    'frames.addDropped': ({ dropIds }) =>
      working(services, ({ frameImport }) =>
        bringIn(
          frameImport,
          dropIds.flatMap((id) => services.drops.pathOf(id) ?? []),
        ),
      ),
    'frames.addPasted': (picture) =>
      working(services, async ({ frameImport }) => added(await frameImport.fromBytes(picture))),
    'frames.addFromTake': ({ takeId, at }) =>
      trying(services, async ({ frameImport }) => {
        const frames = await frameImport.fromTake(takeId, at)
        return frames === null ? err(notFound('take')) : ok(added(frames))
      }),
    'frames.stopComing': () => {
      coming.stop()
      return ok(undefined)
    },
  }
}
