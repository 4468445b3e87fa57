import { err, ok } from '../../../shared/domain/result.ts'
import { looking, notFound, type AppServices } from '../services.ts'
import type { HandlersFor } from '../dispatch.ts'
import type { catalogueRoutes } from '../../../shared/ipc/routes/catalogue.ts'

export const catalogueHandlers = (services: AppServices): HandlersFor<typeof catalogueRoutes> => ({
  'models.list': () => looking(services, ({ models }) => models()),
  'providers.list': () => looking(services, ({ book }) => book.options()),
  'models.catalogue': () => looking(services, ({ modelFiles }) => modelFiles.view()),
  'models.reload': async () => {
    const reads = services.host.reads()
    if (!reads.ok) return reads
    const { modelFiles } = reads.value
    await modelFiles.reload()
    services.publisher.changed('providers.changed', () => null)
    return ok(modelFiles.view())
  },
  'models.askProviders': async () => {
    const reads = services.host.reads()
    if (!reads.ok) return reads
    const { modelFiles } = reads.value
    const asked = await modelFiles.askProviders()
    services.publisher.changed('providers.changed', () => null)
    return ok({ view: modelFiles.view(), asked })
  },
  'models.startPrices': async ({ model }) => {
    const reads = services.host.reads()
    if (!reads.ok) return reads
    const path = await reads.value.modelFiles.startPrices(model)
    if (path === null) return err(notFound('model'))
    services.system.showFile(path)
    return ok(undefined)
  },
})
