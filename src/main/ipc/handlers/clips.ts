import { err, ok } from '../../../shared/domain/result.ts'
import { looking, notFound, trying, working, type AppServices } from '../services.ts'
import type { ClipId } from '../../../shared/domain/clip.ts'
import type { clipRoutes } from '../../../shared/ipc/routes/clips.ts'
import type { HandlersFor } from '../dispatch.ts'

export function clipHandlers(services: AppServices): HandlersFor<typeof clipRoutes> {
  const changed = (): void => services.publisher.changed('clips.changed', () => null)
  const setRemoved = (removed: boolean) => {
    return ({ ids }: { ids: readonly ClipId[] }) =>
      working(services, async ({ clips }) => {
        await clips.setRemoved(ids, removed)
        changed()
      })
  }
  return {
    'clips.ofTakes': ({ takeIds }) => looking(services, ({ clips }) => clips.ofTakes(takeIds)),
    'clips.save': ({ id, ...points }) =>
      trying(services, async ({ clips, queries }) => {
        if (queries.take(points.takeId) === null) return err(notFound('take'))
        const saved = await clips.save(id, points)
        if (saved === null) return err(notFound('clip'))
        changed()
        return ok(saved)
      }),
    'clips.remove': setRemoved(true),
    'clips.restore': setRemoved(false),
  }
}
