import { BookOpen, Save } from 'lucide-react'

import type { DraftRow } from '../../../../shared/domain/draft.ts'
import { writeVariableSet, type PromptView } from '../../../../shared/domain/prompt.ts'
import { useLiveAnswer } from '../../../hooks/useAnswer.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { act, notify } from '../../../store/notify.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { plural } from '../../../ui/format.ts'
import { Menu, type MenuEntry } from '../../../ui/Menu.tsx'
import { insertIntoRows } from '../insert/insertActions.ts'

/** Sets of the library fill the variables of the row; what the row has can become a set. */
export function VariableSets({ row }: { readonly row: DraftRow | null }) {
  const why = useBlocked()
  const wanted = { kind: 'variables', after: null, limit: LISTED } as const
  const sets = useLiveAnswer('prompts.changed', 'prompts.list', wanted)?.rows ?? null
  const values = Object.fromEntries(
    Object.entries(row?.variables ?? {}).filter(([, value]) => value.trim() !== ''),
  )
  const hasNone = Object.keys(values).length === 0
  return (
    <header className="template-sets">
      <h3 className="grow">Variables</h3>
      <Menu label="Variable sets" groups={[{ id: 'sets', entries: entriesOf(sets) }]}>
        <Button variant="quiet" icon={<BookOpen />} why={why}>
          Use a set
        </Button>
      </Menu>
      <Button
        variant="quiet"
        icon={<Save />}
        why={[...why, ...(hasNone ? [{ text: 'The row has no values to keep yet.' }] : [])]}
        onPress={() => void keepSet(values)}
      >
        Keep as a set
      </Button>
    </header>
  )
}

/** More are found by the key that inserts from the library. */
const LISTED = 100

function entriesOf(sets: readonly PromptView[] | null): readonly MenuEntry[] {
  if (sets === null || sets.length === 0) {
    const label = sets === null ? 'Looking…' : 'The library has no variable set yet.'
    return [{ id: 'none', label, why: 'Write values below, then keep them as a set.', onAction }]
  }
  return sets.map((set) => ({
    id: set.id,
    label: set.name,
    onAction: () => insertIntoRows(set),
  }))
}

const onAction = (): void => undefined

async function keepSet(values: Readonly<Record<string, string>>): Promise<void> {
  const names = Object.keys(values)
  const name = `${names.slice(0, 3).join(', ')}${names.length > 3 ? '…' : ''}`
  const text = writeVariableSet(values)
  const made = { id: null, kind: 'variables' as const, name, text, folder: '', tags: [] }
  const answer = await act('The set was not kept.', 'prompts.save', { ...made, favourite: false })
  if (!answer.ok) return
  notify({
    text: `“${answer.data.name}” is in the library: ${plural(names.length, 'variable')}.`,
    tone: 'done',
    action: { label: 'Open the library', run: () => useStore.getState().go('library') },
  })
}
