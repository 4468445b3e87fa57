import type { PlannedExport } from '../../../../shared/domain/export.ts'
import { formatCount, formatSeconds, plural } from '../../../ui/format.ts'
import { MOST_ITEMS } from './exportItems.ts'
import type { Planned } from './useExportPlan.ts'

/** Enough to see how names come out; the rest is like them. */
const SHOWN = 100

/** What will happen to each, before it does. */
export function ExportPreview({ planned }: { readonly planned: Planned }) {
  const { plan, problem } = planned
  const items = planned.items ?? []
  if (problem !== null) return <p className="export-empty text-2">{problem}</p>
  if (plan === null) return <p className="export-empty text-2" aria-busy="true" />
  const more = plan.files.length - SHOWN
  return (
    <section className="export-preview" aria-label="What will be made">
      <h3>
        {plural(plan.files.length, 'file')}
        <span className="text-3"> · {methodWords(plan.files)}</span>
      </h3>
      <ul>
        {plan.files.slice(0, SHOWN).map((file) => (
          <li key={file.file} data-refused={file.method === null ? '' : undefined}>
            <span className="export-name selectable">{file.file}</span>
            <span className="text-3">
              {file.method === null ? '' : `${formatSeconds(file.seconds)} · `}
              {file.words}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="text-2">And {more} more like them.</p>}
      {items.length >= MOST_ITEMS && (
        <p className="text-2">
          One export takes {formatCount(MOST_ITEMS)} takes and clips, which these are. Filter for
          the rest and export again.
        </p>
      )}
    </section>
  )
}

/** `copied as it is`; `2 instant, 1 encoded anew`. */
function methodWords(files: readonly PlannedExport[]): string {
  const parts = METHODS.map(({ method, one, many }) => {
    const n = files.filter((file) => file.method === method).length
    return { n, words: n === 1 ? one : many }
  }).filter(({ n }) => n > 0)
  const [first] = parts
  if (parts.length === 1 && first !== undefined) return first.words
  return parts.map(({ n, words }) => `${n} ${words}`).join(', ')
}

const METHODS: readonly {
  readonly method: PlannedExport['method']
  readonly one: string
  readonly many: string
}[] = [
  { method: 'copy', one: 'copied as it is', many: 'copied as they are' },
  { method: 'instant', one: 'instant, no re-encode', many: 'instant, no re-encode' },
  { method: 'exact', one: 'encoded anew', many: 'encoded anew' },
  { method: null, one: 'not possible', many: 'not possible' },
]
