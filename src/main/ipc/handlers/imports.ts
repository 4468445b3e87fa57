import { BATCH_ENDINGS } from '../../../shared/domain/batchColumns.ts'
import { err, ok } from '../../../shared/domain/result.ts'
import type { ReadWish } from '../../library/drafts/draftFiles.ts'
import { ipcError } from '../../../shared/ipc/ipcError.ts'
import type { importRoutes } from '../../../shared/ipc/routes/imports.ts'
import type { HandlersFor } from '../dispatch.ts'
import { notFound, trying, type AppServices } from '../services.ts'

const BATCH_FILES = {
  name: 'Batch files',
  endings: BATCH_ENDINGS.map((ending) => ending.slice(1)),
}

export function importHandlers(services: AppServices): HandlersFor<typeof importRoutes> {
  const { drops, sheets, system, publisher } = services
  const running = new Map<string, AbortController>()
  /** What is asked last of a file stands: what was being done with it ends. */
  const begin = (dropId: string): AbortSignal => {
    running.get(dropId)?.abort()
    const control = new AbortController()
    running.set(dropId, control)
    return control.signal
  }
  return {
    'imports.choose': async () => {
      const wish = { title: 'Import a batch file', kinds: [BATCH_FILES], many: false }
      const [file = null] = await drops.keep(await system.pickFiles(wish))
      return ok(file)
    },
    'imports.waiting': async () => ok(await drops.handedOver()),
    'imports.preview': async ({ dropId, reading }) => {
      const path = drops.pathOf(dropId)
      if (path === null) return err(notFound('file'))
      return ok(await sheets.preview(path, reading, begin(dropId)))
    },
    'imports.bring': ({ dropId, ...wish }) =>
      trying(services, async ({ draftFiles }) => {
        const path = drops.pathOf(dropId)
        if (path === null) return err(notFound('file'))
        const onProgress: ReadWish['onProgress'] = (progress) =>
          publisher.changed('imports.changed', () => ({ dropId, ...progress }))
        const read = await draftFiles.read({ path, ...wish, signal: begin(dropId), onProgress })
        return read.ok ? read : err(ipcError('UNREADABLE_FILE', read.error.message))
      }),
    'imports.stop': ({ dropId }) => {
      running.get(dropId)?.abort()
      running.delete(dropId)
      return ok(undefined)
    },
  }
}
