import { err, ok } from '../../../shared/domain/result.ts'
import { ipcError } from '../../../shared/ipc/ipcError.ts'
import type { AppServices } from '../services.ts'
import type { HandlersFor } from '../dispatch.ts'
import type { nightRoutes } from '../../../shared/ipc/routes/nights.ts'

export const nightHandlers = ({
  nights,
  settings,
  system,
}: AppServices): HandlersFor<typeof nightRoutes> => ({
  'nights.state': () => ok(nights.view()),
  'nights.stopCountdown': () => {
    nights.stopCountdown()
    return ok(undefined)
  },
  'nights.chooseProgram': async () => {
    const title = 'Program to run when the night’s work is done'
    const [program] = await system.pickFiles({ title, kinds: [], many: false })
    if (program === undefined) return ok(null)
    return ok(await settings.set((now) => ({ whenDone: { ...now.whenDone, program } })))
  },
  'nights.openReport': async () => {
    const written = await nights.writeReport()
    if (!written.ok) return written
    const problem = await system.openFolder(written.value)
    if (problem === null) return ok({ path: written.value })
    const message = `The report is at ${written.value}, and nothing here opens it: ${problem}.`
    return err(ipcError('SYSTEM_REFUSED', message))
  },
})
