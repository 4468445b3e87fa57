import { Copy, FileDown, FileUp, PencilLine, Plus, SlidersHorizontal, Trash2 } from 'lucide-react'

import { SHEET_KINDS } from '../../../shared/domain/batchImport.ts'
import { useKeys } from '../../commands/platform.ts'
import { useCommands } from '../../commands/useCommands.ts'
import { useBlocked } from '../../hooks/useBlocked.ts'
import { duplicateDraft, exportDraft, newDraft, removeDraft } from '../../store/draftFiles.ts'
import { importDraft } from '../../store/importStore.ts'
import type { OpenDraft } from '../../store/draftSlice.ts'
import { useStore } from '../../store/store.ts'
import { formatCount, plural } from '../../ui/format.ts'
import type { MenuEntry, MenuGroup } from '../../ui/Menu.tsx'

/** What the bar of the draft can ask. */
export type DraftQuestion = 'name' | 'options' | 'drafts'

/** Other drafts; a menu is no place for more of them: all of them are in `DraftPicker`. */
const LISTED = 12

/** The drafts there are, and what can be done with the one that is open. */
export function useDraftMenu(
  open: OpenDraft,
  show: (question: DraftQuestion) => void,
): readonly MenuGroup[] {
  const why = useBlocked()[0]?.text
  const others = useOtherDrafts(open, show)
  const changing = (entry: MenuEntry): MenuEntry => ({ ...entry, why })
  return [
    ...(others.length === 0 ? [] : [{ id: 'others', title: 'Other drafts', entries: others }]),
    { id: 'make', entries: useMakingEntries(open).map(changing) },
    {
      id: 'this',
      title: open.doc.name,
      entries: [
        changing({
          id: 'rename',
          label: 'Rename…',
          Icon: PencilLine,
          onAction: () => show('name'),
        }),
        changing({
          id: 'options',
          label: 'Defaults and limits…',
          Icon: SlidersHorizontal,
          onAction: () => show('options'),
        }),
        changing({
          id: 'copy',
          label: 'Duplicate',
          Icon: Copy,
          onAction: () => void duplicateDraft(open.id),
        }),
        ...SHEET_KINDS.map((kind) => ({
          id: `export-${kind}`,
          label: `Export as ${kind.toUpperCase()}…`,
          Icon: FileUp,
          onAction: () => void exportDraft(open.id, kind),
        })),
        changing(useRemoveEntry(open)),
      ],
    },
  ]
}

/** The same by keys and palette. */
export function useDraftCommands(open: OpenDraft, show: (question: DraftQuestion) => void): void {
  const blocked = useBlocked()
  const remove = useRemoveEntry(open)
  const changing = (run: () => void) => ({ why: () => blocked, run })
  useCommands({
    'draft.open': { run: () => show('drafts') },
    'draft.rename': changing(() => show('name')),
    'draft.options': changing(() => show('options')),
    'draft.copy': changing(() => void duplicateDraft(open.id)),
    'draft.remove': changing(remove.onAction),
    'draft.importBehind': changing(() => void importDraft(open.id)),
  })
}

function useOtherDrafts(
  open: OpenDraft,
  show: (question: DraftQuestion) => void,
): readonly MenuEntry[] {
  const drafts = useStore((store) => store.drafts) ?? []
  const openDraft = useStore((store) => store.openDraft)
  const hint = useKeys('draft.open')
  const others = drafts.filter(({ id }) => id !== open.id)
  const listed = others.slice(0, LISTED).map((draft) => ({
    id: draft.id,
    label: `${draft.name}, ${plural(draft.rows, 'row')}`,
    onAction: () => void openDraft(draft.id),
  }))
  const all = {
    id: 'all',
    label: `All ${formatCount(drafts.length)} drafts…`,
    hint,
    onAction: () => show('drafts'),
  }
  return others.length > LISTED ? [...listed, all] : listed
}

function useMakingEntries(open: OpenDraft): readonly MenuEntry[] {
  const newKey = useKeys('draft.new')
  const importKey = useKeys('draft.import')
  return [
    { id: 'new', label: 'New draft', Icon: Plus, hint: newKey, onAction: () => void newDraft() },
    {
      id: 'import',
      label: 'Import a batch file…',
      Icon: FileDown,
      hint: importKey,
      onAction: () => void importDraft(),
    },
    {
      id: 'append',
      label: 'Import behind these rows…',
      Icon: FileDown,
      onAction: () => void importDraft(open.id),
    },
  ]
}

function useRemoveEntry(open: OpenDraft): MenuEntry {
  const draft = useStore((store) => store.drafts?.find(({ id }) => id === open.id))
  const onAction = (): void => void (draft !== undefined && removeDraft(draft))
  return { id: 'remove', label: 'Remove', Icon: Trash2, isDangerous: true, onAction }
}
