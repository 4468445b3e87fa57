import { err, ok } from '../../../shared/domain/result.ts'
import { looking, notFound, trying, working, type AppServices } from '../services.ts'
import type { FramesAdded } from '../../../shared/domain/referenceFrame.ts'
import type { HandlersFor } from '../dispatch.ts'
import type { frameRoutes } from '../../../shared/ipc/routes/frames.ts'

const PICTURES = { name: 'Pictures', endings: ['png', 'jpg', 'jpeg', 'webp'] } as const

export function frameHandlers(services: AppServices): HandlersFor<typeof frameRoutes> {
  const changed = (): void => services.publisher.changed('frames.changed', () => null)
  const added = (frames: FramesAdded): FramesAdded => {
    if (frames.frames.length > 0) changed()
    return frames
  }
  const setRemoved = (removed: boolean) => {
    return ({ ids }: { ids: readonly `frame_${string}`[] }) =>
      working(services, async ({ frames }) => {
        await frames.setRemoved(ids, removed)
        changed()
      })
  }
  return {
    'frames.list': (query) => looking(services, ({ frames }) => frames.list(query)),
    'frames.get': ({ ids }) => looking(services, ({ frames }) => frames.get(ids)),
    'frames.tags': () => looking(services, ({ frames }) => frames.tags()),
    'frames.addFromDialog': () =>
      working(services, async ({ frameImport }) => {
        const wish = { title: 'Add frames', kinds: [PICTURES], many: true }
        return added(await frameImport.fromPaths(await services.system.pickFiles(wish), changed))
      }),
    'frames.addFolder': () =>
      working(services, async ({ frameImport }) => {
        const title = 'Add a folder of pictures'
        const path = await services.system.pickFolder({ title, start: services.folders().outDir })
        return added(await frameImport.fromPaths(path === null ? [] : [path], changed))
      }),
    'frames.addDropped': ({ dropIds }) =>
      working(services, async ({ frameImport }) => {
        const paths = dropIds.flatMap((id) => services.drops.pathOf(id) ?? [])
        return added(await frameImport.fromPaths(paths, changed))
      }),
    'frames.addPasted': (picture) =>
      working(services, async ({ frameImport }) => added(await frameImport.fromBytes(picture))),
    'frames.addFromTake': ({ takeId, at }) =>
      trying(services, async ({ frameImport }) => {
        const frames = await frameImport.fromTake(takeId, at)
        return frames === null ? err(notFound('take')) : ok(added(frames))
      }),
    'frames.update': ({ ids, patch }) =>
      working(services, async ({ frames }) => {
        const updated = await frames.update(ids, patch)
        changed()
        return updated
      }),
    'frames.remove': setRemoved(true),
    'frames.restore': setRemoved(false),
  }
}
