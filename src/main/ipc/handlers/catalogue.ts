import { looking, type AppServices } from '../services.ts'
import type { HandlersFor } from '../dispatch.ts'
import type { catalogueRoutes } from '../../../shared/ipc/routes/catalogue.ts'

export const catalogueHandlers = (services: AppServices): HandlersFor<typeof catalogueRoutes> => ({
  'models.list': () => looking(services, ({ models }) => models()),
  'providers.list': () => looking(services, ({ book }) => book.options()),
})
