import { Copy, FileDown, FileUp, PencilLine, Plus, SlidersHorizontal, Trash2 } from 'lucide-react'

import { SHEET_KINDS } from '../../../shared/domain/batchImport.ts'
import { useKeys } from '../../commands/platform.ts'
import { useBlocked } from '../../hooks/useBlocked.ts'
import { duplicateDraft, exportDraft, newDraft, removeDraft } from '../../store/draftFiles.ts'
import { importDraft } from '../../store/importStore.ts'
import type { OpenDraft } from '../../store/draftSlice.ts'
import { useStore } from '../../store/store.ts'
import { plural } from '../../ui/format.ts'
import type { MenuEntry, MenuGroup } from '../../ui/Menu.tsx'

/** Other drafts; a menu is no place for more of them. */
const LISTED = 12

/** The drafts there are, and what can be done with the one that is open. */
export function useDraftMenu(
  open: OpenDraft,
  show: (dialog: 'name' | 'options') => void,
): readonly MenuGroup[] {
  const why = useBlocked()[0]?.text
  const others = useOtherDrafts(open)
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

function useOtherDrafts(open: OpenDraft): readonly MenuEntry[] {
  const drafts = useStore((store) => store.drafts)
  const openDraft = useStore((store) => store.openDraft)
  const others = (drafts ?? []).filter(({ id }) => id !== open.id).slice(0, LISTED)
  return others.map((draft) => ({
    id: draft.id,
    label: `${draft.name}, ${plural(draft.rows, 'row')}`,
    onAction: () => void openDraft(draft.id),
  }))
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
