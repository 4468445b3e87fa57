import { Download } from 'lucide-react'

import { act, notify } from '../../store/notify.ts'
import { Button } from '../../ui/Button.tsx'
import { Menu } from '../../ui/Menu.tsx'

const SHEETS = [
  { id: 'models', label: 'Models, with ratings' },
  { id: 'templates', label: 'Templates, by votes' },
  { id: 'day', label: 'Spend by day' },
  { id: 'provider', label: 'Spend by provider' },
  { id: 'model', label: 'Spend by model' },
  { id: 'batch', label: 'Spend by batch' },
  { id: 'project', label: 'Spend by project' },
] as const

/** The figures of this screen for a spreadsheet. */
export function SaveCsv({ project }: { readonly project: string | null }) {
  return (
    <Menu
      label="What to save"
      groups={[
        {
          id: 'sheets',
          entries: SHEETS.map(({ id, label }) => ({
            id,
            label,
            onAction: () => void save(id, project),
          })),
        },
      ]}
    >
      <Button icon={<Download />}>Save as CSV…</Button>
    </Menu>
  )
}

async function save(what: (typeof SHEETS)[number]['id'], project: string | null): Promise<void> {
  const of = project === null ? {} : { project }
  const saved = await act('The file was not written.', 'insights.export', { what, ...of })
  if (saved.ok && saved.data) notify({ text: 'The figures are saved.', tone: 'done' })
}
