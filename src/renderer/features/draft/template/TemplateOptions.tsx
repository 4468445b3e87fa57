import { useState } from 'react'

import type { DraftRow, Expand } from '../../../../shared/domain/draft.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import type { OpenDraft } from '../../../store/draftSlice.ts'
import { Segmented } from '../../../ui/Segmented.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { changeRow } from '../gridActions.ts'
import { MOST_ROWS, setExpand } from './templateActions.ts'

const WAYS = [
  { id: 'product', label: 'Every combination' },
  { id: 'pairs', label: 'In step' },
  { id: 'random', label: 'Some at random' },
] as const

const NOTES: Readonly<Record<Expand['kind'], string>> = {
  product: 'Every value with every other, in every row of the draft.',
  pairs: 'First with first, second with second, in every row of the draft.',
  random: 'Drawn by weight, in every row of the draft; the same seed draws the same.',
}

interface TemplateOptionsProps {
  readonly open: OpenDraft
  readonly row: DraftRow | null
}

/** How several values combine is the draft's; the seed is the row's. */
export function TemplateOptions({ open, row }: TemplateOptionsProps) {
  const { expand } = open.doc.options
  const isReadOnly = useBlocked().length > 0
  if (isReadOnly) return null
  return (
    <footer className="template-options">
      <Segmented
        label="How values combine"
        value={expand.kind}
        segments={WAYS}
        onChange={(kind) => setExpand(kind === 'random' ? { kind, count: 10 } : { kind })}
      />
      {expand.kind === 'random' && <Count key={open.id} count={expand.count} />}
      {expand.kind === 'random' && row !== null && <Seed row={row} />}
      <span className="text-3">{NOTES[expand.kind]}</span>
    </footer>
  )
}

function Count({ count }: { readonly count: number }) {
  const [text, setText] = useState(String(count))
  const number = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0
  const isWrong = number < 1 || number > MOST_ROWS
  return (
    <TextField
      label="How many per row"
      value={text}
      error={isWrong ? `From 1 to ${MOST_ROWS}.` : undefined}
      onChange={(typed) => {
        setText(typed)
        const many = /^\d{1,5}$/.test(typed.trim()) ? Number(typed) : 0
        if (many >= 1 && many <= MOST_ROWS) setExpand({ kind: 'random', count: many })
      }}
    />
  )
}

function Seed({ row }: { readonly row: DraftRow }) {
  return (
    <TextField
      label="Seed"
      value={row.seed}
      placeholder="the row’s own"
      onChange={(seed) =>
        changeRow(row.id, (old) => ({ ...old, seed: seed.trim() }), `seed ${row.id}`)
      }
    />
  )
}
