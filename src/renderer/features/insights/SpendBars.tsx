import type { BatchId } from '../../../shared/domain/ids.ts'
import type { SpendRow } from '../../../shared/ipc/reports.ts'
import { useStore } from '../../store/store.ts'
import { formatDay, plural } from '../../ui/format.ts'
import { moneyShort } from '../../../shared/domain/moneyText.ts'

interface SpendBarsProps {
  readonly title: string
  readonly by: 'day' | 'provider' | 'model' | 'batch' | 'project'
  readonly rows: readonly SpendRow[]
}

/** More are a matter for a spreadsheet. */
const LISTED = 14

export function SpendBars({ title, by, rows }: SpendBarsProps) {
  const most = Math.max(1, ...rows.map(({ spent }) => spent.micros))
  return (
    <section>
      <h2>{title}</h2>
      {rows.length === 0 && <p className="text-3 spend-none">Nothing was charged yet.</p>}
      <ul className="spend">
        {rows.slice(0, LISTED).map((row) => (
          <li key={`${row.key}/${row.spent.currency}`}>
            <span className="one-line">
              <Name by={by} name={row.key} />
            </span>
            <span className="spend-bar" aria-hidden="true">
              {row.spent.micros > 0 && (
                <i style={{ width: `${(row.spent.micros / most) * 100}%` }} />
              )}
            </span>
            <span className="number text-3">{plural(row.jobs, 'job')}</span>
            <span className="number">
              <Spent spent={row.spent} />
            </span>
          </li>
        ))}
      </ul>
      {rows.length > LISTED && (
        <p className="text-3 spend-none">And {rows.length - LISTED} more.</p>
      )}
    </section>
  )
}

/** Nothing of an amount that is only estimated: there was no price to estimate it by. */
function Spent({ spent }: Pick<SpendRow, 'spent'>) {
  if (spent.micros > 0) return moneyShort(spent)
  return <span className="text-3">{spent.estimated ? 'not known' : 'free'}</span>
}

function Name({ by, name }: { readonly by: SpendBarsProps['by']; readonly name: string }) {
  const provider = useStore((store) => store.providers.find(({ id }) => id === name)?.name)
  const model = useStore((store) => store.models.find(({ id }) => id === name)?.name)
  const batch = useStore((store) => store.batches[name as BatchId]?.name)
  switch (by) {
    case 'day': {
      const at = Date.parse(`${name}T12:00:00`)
      return Number.isNaN(at) ? name : formatDay(at, at)
    }
    case 'provider':
      return provider ?? name
    case 'model':
      return model ?? name
    case 'batch':
      return batch ?? name
    case 'project':
      return name
  }
}
