import type { EditCheck } from '../../../shared/domain/jobEdit.ts'
import { err, ok } from '../../../shared/domain/result.ts'
import { looking, lookingFor, trying, working, type AppServices } from '../services.ts'
import { readNeeds } from '../readNeeds.ts'
import type { HandlersFor } from '../dispatch.ts'
import type { queueRoutes } from '../../../shared/ipc/routes/queue.ts'

export const queueHandlers = (services: AppServices): HandlersFor<typeof queueRoutes> => ({
  ...capHandlers(services),
  'queue.tonight': () => looking(services, ({ queries }) => queries.tonight()),
  'queue.batches': (filter) => looking(services, ({ queries }) => queries.batches(filter)),
  'queue.batch': ({ batchId }) =>
    lookingFor(services, 'batch', ({ queries }) => queries.batch(batchId)),
  'queue.jobs': (query) => looking(services, ({ queries }) => queries.jobs(query)),
  'queue.ids': ({ filter }) => looking(services, ({ queries }) => queries.jobIds(filter)),
  'queue.facets': ({ filter }) => looking(services, ({ queries }) => queries.facets(filter)),
  'queue.failures': ({ filter }) => looking(services, ({ queries }) => queries.failures(filter)),
  'queue.job': ({ jobId }) => lookingFor(services, 'job', ({ queries }) => queries.job(jobId)),
  'queue.lanes': () => looking(services, ({ queries }) => queries.lanes()),
  'queue.asks': () => looking(services, ({ queries }) => queries.asks()),
  'queue.needsYou': () => looking(services, ({ queries }) => readNeeds(queries)),

  'queue.pause': ({ target, hold }) =>
    working(services, ({ engine }) => engine.commands.pause(target, { hold: hold === true })),
  'queue.resume': ({ target }) => working(services, ({ engine }) => engine.commands.resume(target)),
  'queue.cancel': ({ target, unsentOnly }) =>
    working(services, ({ engine }) =>
      engine.commands.cancel(target, { unsentOnly: unsentOnly === true }),
    ),
  'queue.retry': ({ target, despiteDoubt }) =>
    working(services, ({ engine }) =>
      engine.commands.retry(target, { despiteDoubt: despiteDoubt === true }),
    ),
  'queue.move': ({ jobs, to }) => working(services, ({ engine }) => engine.commands.move(jobs, to)),
  'queue.setPriority': ({ target, priority }) =>
    working(services, ({ engine }) => engine.commands.setPriority(target, priority)),
  'queue.setBreakPoint': ({ jobs, isOn }) =>
    working(services, ({ engine }) => engine.commands.setBreakPoint(jobs, isOn)),
  'queue.duplicate': ({ jobs }) =>
    working(services, ({ engine }) => engine.commands.duplicate(jobs)),
  'queue.prune': ({ target }) => working(services, ({ engine }) => engine.commands.prune(target)),
  'queue.undo': ({ undo }) => working(services, ({ engine }) => engine.commands.undo(undo)),
  ...editHandlers(services),
  ...projectHandlers(services),
  'queue.setCap': ({ batchId, cap }) =>
    working(services, ({ engine }) => engine.commands.setBatchCap(batchId, cap)),
  'queue.resolve': ({ jobId, how }) =>
    trying(services, async ({ engine }) => {
      const resolved = await engine.commands.resolve(jobId, how)
      return resolved.ok ? ok(undefined) : err(resolved.error)
    }),
  'queue.acceptMerge': () => working(services, ({ engine }) => engine.commands.acceptMerge()),
})

type EditRoutes = Pick<typeof queueRoutes, 'queue.valuesOf' | 'queue.checkEdit' | 'queue.edit'>

const editHandlers = (services: AppServices): HandlersFor<EditRoutes> => ({
  'queue.valuesOf': ({ jobId }) =>
    trying(services, ({ engine, jobEdits }) => {
      const request = engine.commands.requestOf(jobId)
      return request.ok ? ok(jobEdits.valuesOf(request.value)) : request
    }),
  'queue.checkEdit': ({ jobId, values }) =>
    trying<EditCheck>(services, async ({ engine, jobEdits }) => {
      const request = engine.commands.requestOf(jobId)
      if (!request.ok) return request
      const planned = await jobEdits.plan(request.value, values)
      if (!planned.ok) return ok({ estimate: null, warnings: [], problems: planned.error })
      const { estimate, warnings } = planned.value
      return ok({ estimate, warnings, problems: [] })
    }),
  'queue.edit': ({ jobId, values }) =>
    trying(services, async ({ engine, jobEdits }) => {
      const request = engine.commands.requestOf(jobId)
      if (!request.ok) return request
      const planned = await jobEdits.plan(request.value, values)
      if (planned.ok) return engine.commands.edit(jobId, planned.value)
      return err({
        code: 'badRequest',
        message: planned.error.map(({ message }) => message).join(' '),
      })
    }),
})

type ProjectRoutes = Pick<
  typeof queueRoutes,
  'queue.projects' | 'queue.setProjectCap' | 'queue.chooseProjectFolder'
>

const projectHandlers = (services: AppServices): HandlersFor<ProjectRoutes> => ({
  'queue.projects': () => looking(services, ({ queries }) => queries.projects()),
  'queue.setProjectCap': ({ name, cap }) =>
    working(services, ({ engine }) => engine.commands.setProject(name, { cap })),
  'queue.chooseProjectFolder': ({ name }) =>
    working(services, async ({ engine }) => {
      const path = await services.system.pickFolder({
        title: `Folder for new takes of ${name}`,
        start: services.folders().outDir,
      })
      if (path !== null) await engine.commands.setProject(name, { outDir: path })
      return path !== null
    }),
})

const capHandlers = (
  services: AppServices,
): Pick<
  HandlersFor<typeof queueRoutes>,
  'queue.caps' | 'queue.setPeriodCap' | 'queue.answerCap'
> => ({
  'queue.caps': () => looking(services, ({ queries }) => queries.caps()),
  'queue.setPeriodCap': ({ scope, cap }) =>
    working(services, ({ engine }) => engine.commands.setPeriodCap(scope, cap)),
  'queue.answerCap': (answer) =>
    trying(services, async ({ engine }) => {
      const answered = await engine.commands.answerCap(answer)
      return answered.ok ? ok(undefined) : err(answered.error)
    }),
})
