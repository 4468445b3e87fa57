import { writeFile } from 'node:fs/promises'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { ipcError, type IpcError } from '../../../shared/ipc/ipcError.ts'
import { looking, lookingFor, notFound, trying, working, type AppServices } from '../services.ts'
import type { AppEngine } from '../appEngine.ts'
import type { RunHow } from '../../library/drafts/draftPlans.ts'
import type { Admitted } from '../../../shared/ipc/reports.ts'
import type { Draft, DraftId } from '../../../shared/domain/draft.ts'
import type { DraftImport, draftRoutes } from '../../../shared/ipc/routes/drafts.ts'
import type { HandlersFor } from '../dispatch.ts'

const BATCH_FILES = { name: 'Batch files', endings: ['csv', 'tsv', 'xlsx', 'json', 'txt'] } as const
const CSV = { name: 'CSV', endings: ['csv'] } as const

export function draftHandlers(services: AppServices): HandlersFor<typeof draftRoutes> {
  const tell = draftTeller(services)
  const saved = draftSaver(tell)
  return {
    ...reading(services),
    'drafts.create': ({ name }) =>
      trying(services, async ({ drafts }) => saved(await drafts.create({ name }))),
    'drafts.save': (patch) =>
      trying(services, async ({ drafts }) => saved(await drafts.save(patch))),
    'drafts.duplicate': ({ draftId }) =>
      trying(services, async ({ drafts }) => {
        const name = `${drafts.get(draftId)?.name ?? ''} copy`
        return saved(await drafts.duplicate(draftId, name))
      }),
    'drafts.remove': ({ draftId }) =>
      working(services, async ({ drafts }) => {
        await drafts.setRemoved(draftId, true)
        tell(draftId, null)
      }),
    'drafts.restore': ({ draftId }) =>
      trying(services, async ({ drafts }) => saved(await drafts.setRemoved(draftId, false))),
    'drafts.importFile': async ({ into }) => {
      const wish = { title: 'Import a batch file', kinds: [BATCH_FILES], many: false }
      const [path] = await services.system.pickFiles(wish)
      return path === undefined
        ? ok({ kind: 'dismissed' })
        : importFrom(services, tell, { path, into })
    },
    'drafts.importDropped': async ({ dropId, into }) => {
      const path = services.drops.pathOf(dropId)
      return path === null ? err(notFound('file')) : importFrom(services, tell, { path, into })
    },
    'drafts.run': ({ draftId, ...wish }) =>
      trying(services, (engine) => run(engine, draftId, wish)),
  }
}

type Reading =
  | 'drafts.list'
  | 'drafts.get'
  | 'drafts.rows'
  | 'drafts.check'
  | 'drafts.checkRows'
  | 'drafts.wire'
  | 'drafts.exportCsv'

function reading(services: AppServices): Pick<HandlersFor<typeof draftRoutes>, Reading> {
  return {
    'drafts.list': () => looking(services, ({ drafts }) => drafts.list()),
    'drafts.get': ({ draftId }) =>
      lookingFor(services, 'draft', ({ drafts }) => drafts.get(draftId)),
    'drafts.rows': (query) => looking(services, ({ drafts }) => drafts.rows(query)),
    'drafts.check': async ({ draftId }) => {
      const reads = services.host.reads()
      if (!reads.ok) return reads
      const check = await reads.value.draftPlans.check(draftId)
      return check === null ? err(notFound('draft')) : ok(check)
    },
    'drafts.checkRows': async ({ draftId, rowIds }) => {
      const reads = services.host.reads()
      return reads.ok ? ok(await reads.value.draftPlans.checkRows(draftId, rowIds)) : reads
    },
    'drafts.wire': async ({ draftId, row }) => {
      const reads = services.host.reads()
      return reads.ok ? ok(await reads.value.draftPlans.wire(draftId, row)) : reads
    },
    'drafts.exportCsv': ({ draftId }) =>
      trying(services, async ({ drafts, draftCsv }) => {
        const csv = draftCsv(draftId)
        if (csv === null) return err(notFound('draft'))
        const name = `${drafts.get(draftId)?.name ?? 'draft'}.csv`
        const wish = { title: 'Export as CSV', name, kinds: [CSV] }
        const path = await services.system.pickNewFile(wish)
        return path === null ? ok(false) : writeText(path, csv)
      }),
  }
}

async function writeText(path: string, text: string): Promise<Result<boolean, IpcError>> {
  try {
    await writeFile(path, text)
    return ok(true)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return err(
      ipcError('SYSTEM_REFUSED', `The file was not written: ${why}. Choose another place.`),
    )
  }
}

type Tell = (draftId: DraftId, draftRevision: number | null) => void

/** Several changes of one draft within a moment are told as one. */
function draftTeller({ publisher }: AppServices): Tell {
  const changed = new Map<DraftId, number | null>()
  return (draftId, draftRevision) => {
    changed.set(draftId, draftRevision)
    publisher.changed('drafts.changed', () => {
      const drafts = [...changed].map(([id, revision]) => ({
        draftId: id,
        draftRevision: revision,
      }))
      changed.clear()
      return drafts
    })
  }
}

/** Tells the page of a saved draft; one that is gone is an answer, not a bug. */
function draftSaver(tell: Tell): (draft: Draft | null) => Result<Draft, IpcError> {
  return (draft) => {
    if (draft === null) return err(notFound('draft'))
    tell(draft.id, draft.revision)
    return ok(draft)
  }
}

function importFrom(
  services: AppServices,
  tell: Tell,
  wish: { readonly path: string; readonly into: DraftId | null },
): Promise<Result<DraftImport, IpcError>> {
  return trying(services, async ({ draftFiles }) => {
    const read = await draftFiles.read(wish)
    if (!read.ok) return err(ipcError('UNREADABLE_FILE', read.error.message))
    const { draft, problems } = read.value
    tell(draft.id, draft.revision)
    return ok({ kind: 'imported', draft, problems })
  })
}

interface RunWish {
  readonly how: RunHow
  readonly confirmed: string | null
  readonly again: boolean
}

async function run(
  { draftPlans, engine }: AppEngine,
  draftId: DraftId,
  { how, confirmed, again }: RunWish,
): Promise<Result<Admitted, IpcError>> {
  const planned = await draftPlans.plan(draftId, how)
  if (!planned.ok) return err(ipcError(planned.error.code, planned.error.message))
  const { plan, digest } = planned.value
  if (how !== 'rehearse' && confirmed !== digest) {
    const message =
      'The draft changed after you confirmed it. Look at the totals and confirm again.'
    return err(ipcError('DRAFT_CHANGED', message))
  }
  return engine.commands.admit(plan, { again })
}
