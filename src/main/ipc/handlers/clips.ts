import { err } from '../../../shared/domain/result.ts'
import { found, looking, notFound, trying, working, type AppServices } from '../services.ts'
import type { ClipId } from '../../../shared/domain/clip.ts'
import type { clipRoutes } from '../../../shared/ipc/routes/clips.ts'
import type { HandlersFor } from '../dispatch.ts'

export function clipHandlers(services: AppServices): HandlersFor<typeof clipRoutes> {
  const setRemoved = (removed: boolean) => {
    return ({ ids }: { ids: readonly ClipId[] }) =>
      working(services, ({ clips }) => clips.setRemoved(ids, removed))
  }
  return {
    'clips.ofTakes': ({ takeIds }) => looking(services, ({ clips }) => clips.ofTakes(takeIds)),
    'clips.save': ({ id, ...points }) =>
      trying(services, async ({ clips, queries }) => {
        if (queries.take(points.takeId) === null) return err(notFound('take'))
        return found('clip', await clips.save(id, points))
      }),
    'clips.remove': setRemoved(true),
    'clips.restore': setRemoved(false),
  }
}
