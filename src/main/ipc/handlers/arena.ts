import { err, ok } from '../../../shared/domain/result.ts'
import { ipcError } from '../../../shared/ipc/ipcError.ts'
import { inquiring, looking, notFound, working, type AppServices } from '../services.ts'
import type { HandlersFor } from '../dispatch.ts'
import type { arenaRoutes } from '../../../shared/ipc/routes/arena.ts'

export const arenaHandlers = (services: AppServices): HandlersFor<typeof arenaRoutes> => ({
  'arena.begin': (wish) =>
    working(services, async ({ arena }) => {
      const round = await arena.begin(wish)
      return { round, pairs: arena.pairs(round) }
    }),
  'arena.vote': ({ pairId, vote }) => working(services, ({ arena }) => arena.vote(pairId, vote)),
  'arena.end': ({ round }) => working(services, ({ arena }) => arena.end(round)),
  'arena.opened': ({ round }) => {
    const opened = looking(services, ({ arena }) => arena.opened(round))
    if (!opened.ok) return opened
    return opened.value === null ? err(STILL_BLIND) : ok(opened.value)
  },
  'arena.frameTimes': ({ pairId, side }) =>
    inquiring(services, async ({ arena, frameTimes }) => {
      const take = arena.takeOf(pairId, side)
      if (take === null) return err(notFound('pair'))
      const times = await frameTimes(take.path)
      // The reason could name the file.
      return times.ok ? ok(times.value) : err(ipcError('UNREADABLE_FILE', 'It could not be read.'))
    }),
  'arena.ratings': ({ by }) => looking(services, ({ arena }) => arena.ratings(by)),
})

const STILL_BLIND = ipcError('NOT_FOUND', 'Names are shown once every pair of the round is done.')
