import { err, ok } from '../../../shared/domain/result.ts'
import { looking, lookingFor, notFound, trying, working, type AppServices } from '../services.ts'
import type { HandlersFor } from '../dispatch.ts'
import type { promptRoutes } from '../../../shared/ipc/routes/prompts.ts'

export function promptHandlers(services: AppServices): HandlersFor<typeof promptRoutes> {
  const changed = (): void => services.publisher.changed('prompts.changed', () => null)
  return {
    'prompts.list': (query) => looking(services, ({ prompts }) => prompts.list(query)),
    'prompts.get': ({ id }) => lookingFor(services, 'prompt', ({ prompts }) => prompts.get(id)),
    'prompts.tags': () => looking(services, ({ prompts }) => prompts.tags()),
    'prompts.save': ({ id, ...prompt }) =>
      trying(services, async ({ prompts }) => {
        const saved = await prompts.save(id, prompt)
        if (saved === null) return err(notFound('prompt'))
        changed()
        return ok(saved)
      }),
    'prompts.favourite': ({ ids, favourite }) =>
      working(services, async ({ prompts }) => {
        await prompts.setFavourite(ids, favourite)
        changed()
      }),
    'prompts.remove': ({ ids }) =>
      working(services, async ({ prompts }) => {
        await prompts.setRemoved(ids, true)
        changed()
      }),
    'prompts.restore': ({ ids }) =>
      working(services, async ({ prompts }) => {
        await prompts.setRemoved(ids, false)
        changed()
      }),
  }
}
