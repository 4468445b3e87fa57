import type { DraftCheck, ModelTotal } from '../../../../shared/domain/draftCheck.ts'
import { useStore } from '../../../store/store.ts'
import { formatCount, plural } from '../../../ui/format.ts'
import type { Money } from '../../../../shared/domain/money.ts'
import { formatMoney } from '../../../../shared/domain/moneyText.ts'

/** Jobs and money per model and provider, and together. */
export function TotalsTable({ check }: { readonly check: DraftCheck }) {
  return (
    <table className="run-totals">
      <thead>
        <tr>
          <th>Model, provider</th>
          <th className="number">Jobs</th>
          <th className="number">Estimate</th>
        </tr>
      </thead>
      <tbody>
        {check.totals.map((total) => (
          <TotalRow key={`${total.model}/${total.provider}`} total={total} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th>Together</th>
          <td className="number">{formatCount(check.jobs)}</td>
          <td className="number">{moneyWords(check)}</td>
        </tr>
      </tfoot>
    </table>
  )
}

function TotalRow({ total }: { readonly total: ModelTotal }) {
  const providers = useStore((store) => store.providers)
  const provider = providers.find(({ id }) => id === total.provider)?.name ?? total.provider
  return (
    <tr>
      <td>
        {total.modelName}
        {provider !== total.modelName && <span className="text-2"> · {provider}</span>}
      </td>
      <td className="number">{formatCount(total.jobs)}</td>
      <td className="number">{moneyWords(total)}</td>
    </tr>
  )
}

interface Priced {
  readonly estimate: readonly Money[]
  readonly unpricedJobs: number
}

export function moneyWords({ estimate, unpricedJobs }: Priced): string {
  const paid = estimate.filter(({ micros }) => micros > 0)
  const sums = paid.map((sum) => `about ${formatMoney(sum)}`)
  if (unpricedJobs > 0) sums.push(`${plural(unpricedJobs, 'job')} without a known price`)
  return sums.length === 0 ? 'free' : sums.join(' and ')
}
