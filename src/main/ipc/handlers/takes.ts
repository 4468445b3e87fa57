import { ok } from '../../../shared/domain/result.ts'
import { looking, lookingFor, working, type AppServices } from '../services.ts'
import { writeSheet } from '../../library/batchFile/writeSheet.ts'
import { modelSheet, spendSheet, templateSheet } from '../../review/insightsSheet.ts'
import { saveFile } from './saveFile.ts'
import type { HandlersFor } from '../dispatch.ts'
import type { takeRoutes } from '../../../shared/ipc/routes/takes.ts'

export const takeHandlers = (services: AppServices): HandlersFor<typeof takeRoutes> => ({
  'takes.list': (query) => looking(services, ({ queries }) => queries.takes(query)),
  'takes.counts': ({ filter }) => looking(services, ({ queries }) => queries.takeCounts(filter)),
  'takes.facets': ({ filter }) => looking(services, ({ queries }) => queries.takeFacets(filter)),
  'takes.get': ({ takeId }) => lookingFor(services, 'take', ({ queries }) => queries.take(takeId)),
  'takes.some': ({ ids }) =>
    looking(services, ({ queries }) => ids.flatMap((id) => queries.take(id) ?? [])),
  'takes.update': ({ ids, patch: { seen, ...patch } }) =>
    working(services, ({ engine }) =>
      engine.commands.updateTakes(ids, {
        ...named(patch),
        ...(seen === undefined ? {} : { seenAt: seen ? services.now() : null }),
      }),
    ),
  'takes.trash': ({ ids }) =>
    working(services, ({ engine }) =>
      engine.commands.updateTakes(ids, { trashedAt: services.now() }),
    ),
  'takes.restore': ({ ids }) =>
    working(services, ({ engine }) => engine.commands.updateTakes(ids, { trashedAt: null })),
  'takes.trashSize': ({ ids }) => looking(services, ({ queries }) => queries.trashSize(ids)),
  'takes.delete': ({ ids }) => working(services, ({ engine }) => engine.commands.deleteTakes(ids)),
  'takes.showInFolder': ({ takeId }) => {
    const take = lookingFor(services, 'take', ({ queries }) => queries.take(takeId))
    if (!take.ok) return take
    services.system.showFile(take.value.path)
    return ok(undefined)
  },

  'insights.spend': ({ by, project }) =>
    looking(services, ({ queries }) => queries.spend(by, project)),
  'insights.export': ({ what, project }) => {
    const sheet = looking(services, ({ queries, modelStats, arena }) => {
      if (what === 'models') return modelSheet(modelStats(project), arena.ratings('model'))
      if (what === 'templates') return templateSheet(arena.ratings('template'))
      return spendSheet(what, queries.spend(what, project))
    })
    if (!sheet.ok) return sheet
    const { name } = sheet.value
    return saveFile(services, { name, ending: 'csv' }, () => writeSheet(sheet.value, 'csv'))
  },
  'insights.models': ({ project }) => looking(services, ({ modelStats }) => modelStats(project)),
})

type Named<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
/** Without the members that say nothing. */
const named = <T extends object>(patch: T): Named<T> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Named<T>
