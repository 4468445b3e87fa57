import { err, ok } from '../../../shared/domain/result.ts'
import { inquiring, looking, notFound, type AppServices } from '../services.ts'
import type { HandlersFor } from '../dispatch.ts'
import type { catalogueRoutes } from '../../../shared/ipc/routes/catalogue.ts'

export function catalogueHandlers(services: AppServices): HandlersFor<typeof catalogueRoutes> {
  const changed = (): void => services.publisher.changed('providers.changed', () => null)
  return {
    'models.list': () => looking(services, ({ models }) => models()),
    'providers.list': () => looking(services, ({ book }) => book.options()),
    'models.catalogue': () => looking(services, ({ modelFiles }) => modelFiles.view()),
    'models.reload': () =>
      inquiring(services, async ({ modelFiles }) => {
        await modelFiles.reload()
        changed()
        return ok(modelFiles.view())
      }),
    'models.askProviders': () =>
      inquiring(services, async ({ modelFiles }) => {
        const asked = await modelFiles.askProviders()
        changed()
        return ok({ view: modelFiles.view(), asked })
      }),
    'models.startPrices': ({ model }) =>
      inquiring(services, async ({ modelFiles }) => {
        const path = await modelFiles.startPrices(model)
        if (path === null) return err(notFound('model'))
        services.system.showFile(path)
        return ok(undefined)
      }),
  }
}
