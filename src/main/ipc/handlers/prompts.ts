import { err, ok } from '../../../shared/domain/result.ts'
import { ipcError } from '../../../shared/ipc/ipcError.ts'
import type { promptRoutes } from '../../../shared/ipc/routes/prompts.ts'
import { promptsText, readPromptFile } from '../../library/promptFile.ts'
import type { HandlersFor } from '../dispatch.ts'
import { looking, lookingFor, notFound, trying, working, type AppServices } from '../services.ts'
import { saveFile } from './saveFile.ts'

const LIBRARY_FILES = {
  name: 'Prompts',
  endings: ['json', 'csv', 'tsv', 'xlsx', 'txt'],
} as const

export function promptHandlers(services: AppServices): HandlersFor<typeof promptRoutes> {
  const changed = (): void => services.publisher.changed('prompts.changed', () => null)
  const setRemoved = (removed: boolean) => {
    return ({ ids }: { ids: readonly `prompt_${string}`[] }) =>
      working(services, async ({ prompts }) => {
        await prompts.setRemoved(ids, removed)
        changed()
      })
  }
  return {
    'prompts.list': (query) => looking(services, ({ prompts }) => prompts.list(query)),
    'prompts.history': ({ id }) =>
      lookingFor(services, 'prompt', ({ prompts }) => prompts.history(id)),
    'prompts.places': () => looking(services, ({ prompts }) => prompts.places()),
    'prompts.save': ({ id, ...prompt }) =>
      trying(services, async ({ prompts }) => {
        const saved = await prompts.save(id, prompt)
        if (saved === null) return err(notFound('prompt'))
        changed()
        return ok(saved)
      }),
    'prompts.favourite': ({ ids, favourite }) =>
      working(services, async ({ prompts }) => {
        await prompts.setFavourite(ids, favourite)
        changed()
      }),
    'prompts.move': ({ ids, folder }) =>
      working(services, async ({ prompts }) => {
        const before = await prompts.setFolder(ids, folder)
        changed()
        return before
      }),
    'prompts.moveFolder': ({ from, to }) =>
      trying(services, async ({ prompts }) => {
        const before = await prompts.moveFolder(from, to)
        changed()
        return before
      }),
    'prompts.remove': setRemoved(true),
    'prompts.restore': setRemoved(false),
    ...promptFiles(services, changed),
  }
}

function promptFiles(
  services: AppServices,
  changed: () => void,
): Pick<HandlersFor<typeof promptRoutes>, 'prompts.import' | 'prompts.export'> {
  return {
    'prompts.import': () =>
      trying(services, async ({ prompts }) => {
        const wish = { title: 'Import into the library', kinds: [LIBRARY_FILES], many: false }
        const [path] = await services.system.pickFiles(wish)
        if (path === undefined) return ok(null)
        const { prompts: found, problems } = await readPromptFile(path)
        const [first] = problems
        if (found.length === 0 && first !== undefined) {
          return err(ipcError('UNREADABLE_FILE', `${first.message} ${first.mend}`))
        }
        const added = await prompts.bring(found)
        changed()
        return ok({ added, known: found.length - added, problems })
      }),
    'prompts.export': ({ kind }) =>
      trying(services, ({ prompts }) =>
        saveFile(services, { name: 'Library', ending: kind }, () =>
          promptsText(prompts.all(), kind),
        ),
      ),
  }
}
