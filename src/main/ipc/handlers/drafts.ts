import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { ipcError, type IpcError } from '../../../shared/ipc/ipcError.ts'
import {
  found,
  inquiring,
  looking,
  lookingFor,
  notFound,
  trying,
  working,
  type AppServices,
} from '../services.ts'
import type { AppEngine } from '../appEngine.ts'
import type { DraftStore } from '../../library/draftStore.ts'
import type { UsedRow } from '../../library/promptUses.ts'
import type { RunHow } from '../../library/drafts/draftPlans.ts'
import { NO_PROVIDER_SETTINGS } from '../../../shared/domain/providerKey.ts'
import type { AskedPrices } from '../../../shared/domain/priceAsked.ts'
import type { Admitted } from '../../../shared/ipc/reports.ts'
import type { DraftId } from '../../../shared/domain/draft.ts'
import type { draftRoutes } from '../../../shared/ipc/routes/drafts.ts'
import type { HandlersFor } from '../dispatch.ts'
import { writeSheet } from '../../library/batchFile/writeSheet.ts'
import { saveFile } from './saveFile.ts'

export function draftHandlers(services: AppServices): HandlersFor<typeof draftRoutes> {
  return {
    ...reading(services),
    'drafts.create': ({ name }) =>
      trying(services, async ({ drafts }) => found('draft', await drafts.create({ name }))),
    'drafts.save': (patch) =>
      trying(services, async ({ drafts }) => found('draft', await drafts.save(patch))),
    'drafts.duplicate': ({ draftId }) =>
      trying(services, async ({ drafts }) => {
        const name = `${drafts.get(draftId)?.name ?? ''} copy`
        return found('draft', await drafts.duplicate(draftId, name))
      }),
    'drafts.remove': ({ draftId }) =>
      working(services, async ({ drafts }) => {
        await drafts.setRemoved(draftId, true)
      }),
    'drafts.restore': ({ draftId }) =>
      trying(services, async ({ drafts }) =>
        found('draft', await drafts.setRemoved(draftId, false)),
      ),
    'drafts.askPrices': ({ draftId }) =>
      trying(services, (engine) => askPrices(services, engine, draftId)),
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
  | 'drafts.expand'
  | 'drafts.export'

function reading(services: AppServices): Pick<HandlersFor<typeof draftRoutes>, Reading> {
  return {
    'drafts.list': () => looking(services, ({ drafts }) => drafts.list()),
    'drafts.get': ({ draftId }) =>
      lookingFor(services, 'draft', ({ drafts }) => drafts.get(draftId)),
    'drafts.rows': (query) => looking(services, ({ drafts }) => drafts.rows(query)),
    'drafts.check': ({ draftId }) =>
      inquiring(services, async ({ draftPlans }) =>
        found('draft', await draftPlans.check(draftId)),
      ),
    'drafts.checkRows': ({ draftId, rowIds }) =>
      inquiring(services, async ({ draftPlans }) =>
        ok(await draftPlans.checkRows(draftId, rowIds)),
      ),
    'drafts.wire': ({ draftId, row }) =>
      inquiring(services, async ({ draftPlans }) => ok(await draftPlans.wire(draftId, row))),
    'drafts.expand': ({ draftId, ...wish }) =>
      inquiring(services, async ({ draftPlans }) =>
        found('draft', await draftPlans.preview(draftId, wish)),
      ),
    'drafts.export': ({ draftId, kind }) =>
      trying(services, ({ draftSheet }) => {
        const sheet = draftSheet(draftId)
        if (sheet === null) return err(notFound('draft'))
        const wish = { name: sheet.name, ending: kind }
        return saveFile(services, wish, () => writeSheet(sheet, kind))
      }),
  }
}

interface RunWish {
  readonly how: RunHow
  readonly confirmed: string | null
  readonly again: boolean
}

async function run(
  { draftPlans, engine, drafts, prompts }: AppEngine,
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
  const admitted = await engine.commands.admit(plan, { again })
  if (admitted.ok) await prompts.recordUses(admitted.value.batchId, writtenRows(drafts, draftId))
  return admitted
}

async function askPrices(
  { settings, publisher }: AppServices,
  { draftPlans, askPrices: ask }: AppEngine,
  draftId: DraftId,
): Promise<Result<AskedPrices, IpcError>> {
  const planned = await draftPlans.plan(draftId, 'now')
  if (!planned.ok) return err(ipcError(planned.error.code, planned.error.message))
  const asked = await ask(planned.value.plan.jobs)
  const sellers = asked.prices.flatMap(({ provider, isBought }) => (isBought ? [provider] : []))
  for (const id of new Set(sellers)) {
    await settings.set(({ providers }) => {
      const own = providers[id] ?? NO_PROVIDER_SETTINGS
      const { dryRun: _, ...options } = own.options
      return { providers: { ...providers, [id]: { ...own, options } } }
    })
    publisher.changed('providers.changed', () => null)
  }
  return ok(asked)
}

/** The prompts of the grid as they were written, numbered as jobs name their rows. */
function writtenRows(drafts: DraftStore, draftId: DraftId): readonly UsedRow[] {
  const ids = drafts.stamps(draftId).map(({ id }) => id)
  const numbers = new Map(ids.map((id, index) => [id, index + 1]))
  return drafts.rowsById(draftId, ids).flatMap(({ id, prompt }) => {
    const row = numbers.get(id)
    return row === undefined || prompt.trim() === '' ? [] : [{ row, prompt }]
  })
}
