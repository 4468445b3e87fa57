import { err, ok } from '../../../shared/domain/result.ts'
import { safeName } from '../../../shared/domain/naming.ts'
import { ipcError } from '../../../shared/ipc/ipcError.ts'
import { trying, type AppServices } from '../services.ts'
import type { HandoffFormat } from '../../../shared/domain/handoff.ts'
import type { handoffRoutes } from '../../../shared/ipc/routes/handoff.ts'
import type { HandlersFor } from '../dispatch.ts'

const KINDS: Readonly<
  Record<HandoffFormat, { readonly name: string; readonly endings: string[] }>
> = {
  otio: { name: 'OpenTimelineIO', endings: ['otio'] },
  fcpxml: { name: 'Final Cut Pro XML', endings: ['fcpxml'] },
  edl: { name: 'Edit decision list', endings: ['edl'] },
  csv: { name: 'CSV', endings: ['csv'] },
}
const SHEETS = {
  pdf: { name: 'PDF', endings: ['pdf'] },
  png: { name: 'PNG', endings: ['png'] },
}

export const handoffHandlers = (services: AppServices): HandlersFor<typeof handoffRoutes> => ({
  'handoff.write': ({ name, items, format }) =>
    trying(services, async ({ handoff }) => {
      const kind = KINDS[format]
      const file = `${safeName(name)}.${format}`
      const path = await services.system.pickNewFile({
        title: kind.name,
        name: file,
        kinds: [kind],
      })
      if (path === null) return ok(false)
      const written = await handoff.write({ name, items, format }, path)
      if (!written.ok) return err(ipcError('SYSTEM_REFUSED', written.error))
      services.system.showFile(path)
      return ok(true)
    }),
  'handoff.contactSheet': ({ name, takeIds, format }) =>
    trying(services, async ({ handoff, queries }) => {
      const kind = SHEETS[format]
      const title = 'Contact sheet'
      const file = `${safeName(name)}-contact-sheet.${format}`
      const path = await services.system.pickNewFile({ title, name: file, kinds: [kind] })
      if (path === null) return ok(false)
      const takes = takeIds.flatMap((id) => queries.take(id) ?? [])
      const drawn = await handoff.contactSheet({ name, takes, path })
      if (!drawn.ok) return err(ipcError('SYSTEM_REFUSED', drawn.error.message))
      services.system.showFile(drawn.value[0] ?? path)
      return ok(true)
    }),
})
