import type { ExportItem } from '../../../../shared/domain/export.ts'
import type { HandoffFormat } from '../../../../shared/domain/handoff.ts'
import { act, notify } from '../../../store/notify.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'

const LISTS: readonly { readonly format: HandoffFormat; readonly label: string }[] = [
  { format: 'otio', label: 'OTIO…' },
  { format: 'fcpxml', label: 'FCPXML…' },
  { format: 'edl', label: 'EDL…' },
  { format: 'csv', label: 'CSV…' },
]

const SHEETS = [
  { format: 'pdf', label: 'PDF…' },
  { format: 'png', label: 'PNG…' },
] as const

/** The same takes for another program: a list that points at them, or a sheet of stills. */
export function HandoffLine({ items }: { readonly items: readonly ExportItem[] | null }) {
  const name = useStore((store) => {
    const { batchId } = store.filter
    return (batchId === null ? undefined : store.batches[batchId]?.name) ?? 'Dailies'
  })
  const why = items === null || items.length === 0 ? [{ text: 'No take is in this choice.' }] : []
  const wish = { name, items: [...(items ?? [])] }
  const write = async (format: HandoffFormat): Promise<void> => {
    const answer = await act('No list was written.', 'handoff.write', { ...wish, format })
    if (answer.ok && answer.data)
      notify({ text: 'The list is written, with the prompts as markers.' })
  }
  const draw = async (format: 'pdf' | 'png'): Promise<void> => {
    const takeIds = [...new Set(wish.items.map(({ takeId }) => takeId))]
    const sheet = { name, takeIds, format }
    const answer = await act('No contact sheet was drawn.', 'handoff.contactSheet', sheet)
    if (answer.ok && answer.data) notify({ text: 'The contact sheet is drawn.' })
  }
  return (
    <div className="export-handoff">
      <span className="text-2">Or a list for an editor</span>
      {LISTS.map(({ format, label }) => (
        <Button key={format} why={why} onPress={() => void write(format)}>
          {label}
        </Button>
      ))}
      <span className="grow" />
      <span className="text-2">or a contact sheet</span>
      {SHEETS.map(({ format, label }) => (
        <Button key={format} why={why} onPress={() => void draw(format)}>
          {label}
        </Button>
      ))}
    </div>
  )
}
