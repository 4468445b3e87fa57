import { useRef, type RefObject } from 'react'

import type { PromptId, PromptKind, PromptView } from '../../../shared/domain/prompt.ts'
import type { CommandHandler, Handlers } from '../../commands/registry.ts'
import { useCommands } from '../../commands/useCommands.ts'
import { useBlocked } from '../../hooks/useBlocked.ts'
import { KIND_FILTERS } from '../../store/promptWords.ts'
import type { Reason } from '../../ui/Button.tsx'
import { focusEnd } from '../../ui/focusEnd.ts'
import { removeFolder } from './folderActions.ts'
import {
  duplicatePrompt,
  exportPrompts,
  favour,
  importPrompts,
  removePrompt,
  toDraft,
} from './promptActions.ts'
import { ALL, EVERYTHING, type Place, type PromptFilter } from './usePrompts.ts'

/** Where keys put the focus. */
export interface LibraryFields {
  readonly find: RefObject<HTMLInputElement | null>
  readonly name: RefObject<HTMLInputElement | null>
  readonly tags: RefObject<HTMLInputElement | null>
  readonly places: RefObject<HTMLElement | null>
}

export function useLibraryFields(): LibraryFields {
  const find = useRef<HTMLInputElement>(null)
  const name = useRef<HTMLInputElement>(null)
  const tags = useRef<HTMLInputElement>(null)
  const places = useRef<HTMLElement>(null)
  return { find, name, tags, places }
}

/** What the folder dialog asks for: where an entry goes, or what a folder is called. */
export type FolderWish =
  | { readonly kind: 'move'; readonly prompt: PromptView }
  | { readonly kind: 'rename'; readonly folder: string }

interface LibraryCommands {
  readonly filter: PromptFilter
  readonly setFilter: (filter: PromptFilter) => void
  readonly chosen: PromptView | null
  readonly choose: (id: PromptId | null) => void
  readonly add: (kind: PromptKind) => Promise<void>
  readonly askFolder: (wish: FolderWish) => void
  readonly fields: LibraryFields
}

const NO_ENTRY: readonly Reason[] = [{ text: 'Choose an entry of the library first.' }]
const NO_FOLDER: readonly Reason[] = [{ text: 'Choose a folder on the left first.' }]

/** What keys, palette and menu do on this screen. */
export function useLibraryCommands(parts: LibraryCommands): void {
  const { filter, setFilter, add, fields } = parts
  const blocked = useBlocked()
  const why = (): readonly Reason[] => blocked
  const show = (place: Place) => ({ run: () => setFilter({ ...EVERYTHING, place }) })
  useCommands({
    ...actsOf(parts, blocked),
    'library.addPrompt': { run: () => void add('prompt'), why },
    'library.addTemplate': { run: () => void add('template'), why },
    'library.addList': { run: () => void add('list'), why },
    'library.addVariables': { run: () => void add('variables'), why },
    'library.find': { run: () => fields.find.current?.select() },
    'library.places': { run: () => focusOn(fields.places.current) },
    'library.nextKind': { run: () => setFilter({ ...filter, kind: nextKind(filter.kind) }) },
    'library.showAll': show(ALL),
    'library.showFavourites': show({ kind: 'favourites' }),
    'library.showDuplicates': show({ kind: 'duplicates' }),
    'library.import': { run: () => void importPrompts(), why },
    'library.exportJson': { run: () => void exportPrompts('json') },
    'library.exportCsv': { run: () => void exportPrompts('csv') },
  })
}

/** What is done to the chosen entry, or to the folder that is looked at. */
function actsOf(
  { filter, setFilter, chosen, choose, askFolder, fields }: LibraryCommands,
  blocked: readonly Reason[],
): Handlers {
  const folder = folderOf(filter.place)
  const toChosen = (run: (prompt: PromptView) => void) => ({
    why: () => (chosen === null ? NO_ENTRY : blocked),
    run: () => {
      if (chosen !== null) run(chosen)
    },
  })
  const toFolder = (run: (name: string) => void) => ({
    why: () => (folder === null ? NO_FOLDER : blocked),
    run: () => {
      if (folder !== null) run(folder)
    },
  })
  const renameFolder = toFolder((name) => askFolder({ kind: 'rename', folder: name }))
  const takeFolder = toFolder((name) => {
    setFilter({ ...filter, place: ALL })
    void removeFolder(name)
  })
  /** Among folders the keys of entries mean the folder. */
  const orFolder = (entry: CommandHandler, other: CommandHandler): CommandHandler => {
    const meant = (): CommandHandler =>
      fields.places.current?.contains(document.activeElement) === true ? other : entry
    return { run: () => meant().run(), why: () => meant().why?.() ?? [] }
  }
  const remove = toChosen((prompt) => {
    choose(null)
    void removePrompt(prompt)
  })
  return {
    'library.use': toChosen((prompt) => void toDraft(prompt)),
    'library.rename': orFolder(
      toChosen(() => fields.name.current?.select()),
      renameFolder,
    ),
    'library.tag': toChosen(() => focusEnd(fields.tags.current)),
    'library.favourite': toChosen(favour),
    'library.move': toChosen((prompt) => askFolder({ kind: 'move', prompt })),
    'library.duplicate': toChosen(
      (prompt) => void duplicatePrompt(prompt).then((made) => made !== null && choose(made.id)),
    ),
    'library.remove': orFolder(remove, takeFolder),
    'library.renameFolder': renameFolder,
    'library.removeFolder': takeFolder,
  }
}

const folderOf = (place: Place): string | null => (place.kind === 'folder' ? place.name : null)

/** On the place that is looked at, as Tab would. */
const focusOn = (places: HTMLElement | null): void =>
  places?.querySelector<HTMLElement>('[role=row][aria-selected=true]')?.focus()

function nextKind(kind: PromptKind | null): PromptKind | null {
  const at = KIND_FILTERS.findIndex(({ id }) => id === (kind ?? 'all'))
  const next = KIND_FILTERS[(at + 1) % KIND_FILTERS.length]?.id ?? 'all'
  return next === 'all' ? null : next
}
