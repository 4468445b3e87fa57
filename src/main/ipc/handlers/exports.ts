import { err, ok } from '../../../shared/domain/result.ts'
import { ipcError } from '../../../shared/ipc/ipcError.ts'
import { notFound, trying, working, type AppServices } from '../services.ts'
import type { exportRoutes } from '../../../shared/ipc/routes/exports.ts'
import type { HandlersFor } from '../dispatch.ts'

export const exportHandlers = (services: AppServices): HandlersFor<typeof exportRoutes> => ({
  'exports.plan': (wish) => working(services, ({ exports }) => exports.plan(wish)),
  'exports.start': (wish) =>
    trying(services, async ({ exports }) => {
      const started = await exports.start(wish)
      return started.ok ? started : err(started.error)
    }),
  'exports.list': () => working(services, ({ exports }) => exports.list()),
  'exports.cancel': ({ exportId }) => working(services, ({ exports }) => exports.cancel(exportId)),
  'exports.dragOut': ({ items }) =>
    trying(services, async ({ exports, queries }) => {
      const files = await exports.filesOf(items)
      if (!files.ok) return err(ipcError('UNREADABLE_FILE', files.error.message))
      const [first] = items
      const take = first === undefined ? null : queries.take(first.takeId)
      services.system.dragOut(files.value, take?.posterPath ?? null)
      return ok(undefined)
    }),
  'exports.openFolder': ({ exportId }) =>
    trying(services, async ({ exports }) => {
      const found = exports.list().find(({ id }) => id === exportId)
      if (found === undefined) return err(notFound('export'))
      const problem = await services.system.openFolder(found.folder)
      if (problem === null) return ok(undefined)
      const message = `${found.folder} could not be opened: ${problem}.`
      return err(ipcError('SYSTEM_REFUSED', message))
    }),
})
