import { err, ok } from '../../../shared/domain/result.ts'
import { ipcError } from '../../../shared/ipc/ipcError.ts'
import { trying, working, type AppServices } from '../services.ts'
import type { Queries } from '../../engine.ts'
import type { TakeFilter } from '../../../shared/domain/views.ts'
import type { TakeView } from '../../../shared/domain/take.ts'
import type { againRoutes } from '../../../shared/ipc/routes/again.ts'
import type { HandlersFor } from '../dispatch.ts'

export const againHandlers = (services: AppServices): HandlersFor<typeof againRoutes> => ({
  'takes.again': ({ ids, seed }) =>
    working(services, ({ engine, queries, seedFieldOf }) => {
      const takes = ids.flatMap((id) => queries.take(id) ?? [])
      const wishes = takes.map(({ jobId }) => ({
        jobId,
        newSeed: seed === 'new' ? { field: seedFieldOf(jobId) } : null,
      }))
      return engine.commands.runAgain(wishes)
    }),
  'drafts.fromTakes': ({ name, takes, seed, takesEach }) =>
    trying(services, async ({ queries, draftFromTakes }) => {
      const chosen =
        'ids' in takes
          ? takes.ids.flatMap((id) => queries.take(id) ?? [])
          : rejected(queries, takes.rejectedOf)
      const draft = await draftFromTakes({ name, takes: chosen, seed, takesEach })
      return draft === null ? err(NO_REQUEST) : ok(draft)
    }),
})

const NO_REQUEST = ipcError(
  'NOT_FOUND',
  'No draft was made: none of these takes has a request that is known. Reject some takes first, or choose others.',
)

function rejected(queries: Queries, batchId: TakeFilter['batchId'] | null): readonly TakeView[] {
  const filter: TakeFilter = { flags: ['reject'], ...(batchId === null ? {} : { batchId }) }
  const takes: TakeView[] = []
  let after: string | null = null
  do {
    const page = queries.takes({ filter, order: 'row', after, limit: 500 })
    takes.push(...page.rows)
    after = page.next
  } while (after !== null)
  return takes
}
