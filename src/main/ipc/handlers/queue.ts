import { err, ok } from '../../../shared/domain/result.ts'
import { looking, lookingFor, trying, working, type AppServices } from '../services.ts'
import type { HandlersFor } from '../dispatch.ts'
import type { queueRoutes } from '../../../shared/ipc/routes/queue.ts'

export const queueHandlers = (services: AppServices): HandlersFor<typeof queueRoutes> => ({
  'queue.tonight': () => looking(services, ({ queries }) => queries.tonight()),
  'queue.batches': (filter) => looking(services, ({ queries }) => queries.batches(filter)),
  'queue.batch': ({ batchId }) =>
    lookingFor(services, 'batch', ({ queries }) => queries.batch(batchId)),
  'queue.jobs': (query) => looking(services, ({ queries }) => queries.jobs(query)),
  'queue.job': ({ jobId }) => lookingFor(services, 'job', ({ queries }) => queries.job(jobId)),
  'queue.lanes': () => looking(services, ({ queries }) => queries.lanes()),
  'queue.needsYou': () => looking(services, ({ queries }) => queries.needsYou()),

  'queue.pause': ({ target }) => working(services, ({ engine }) => engine.commands.pause(target)),
  'queue.resume': ({ target }) => working(services, ({ engine }) => engine.commands.resume(target)),
  'queue.cancel': ({ target }) => working(services, ({ engine }) => engine.commands.cancel(target)),
  'queue.retry': ({ target }) => working(services, ({ engine }) => engine.commands.retry(target)),
  'queue.setCap': ({ batchId, cap }) =>
    working(services, ({ engine }) => engine.commands.setBatchCap(batchId, cap)),
  'queue.resolve': ({ jobId, how }) =>
    trying(services, async ({ engine }) => {
      const resolved = await engine.commands.resolve(jobId, how)
      return resolved.ok ? ok(undefined) : err(resolved.error)
    }),
  'queue.acceptMerge': () => working(services, ({ engine }) => engine.commands.acceptMerge()),
})
