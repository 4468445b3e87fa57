// oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are placed by hand are no table rows
import type { RowCheck } from '../../../../shared/domain/draftCheck.ts'
import { formatMoney } from '../../../../shared/domain/moneyText.ts'
import { plural } from '../../../ui/format.ts'

interface EstimateCellProps {
  readonly check: RowCheck | null
  readonly isEmpty: boolean
}

/** What the row's jobs cost together. The column says that it is an estimate. */
export function EstimateCell({ check, isEmpty }: EstimateCellProps) {
  return (
    <div className="grid-cell grid-estimate number" role="gridcell">
      {isEmpty || check === null ? '' : <Words check={check} />}
    </div>
  )
}

function Words({ check }: { readonly check: RowCheck }) {
  if (check.jobs === 0) return <span className="text-3">–</span>
  if (check.estimate.every(({ micros }) => micros === 0)) {
    return check.unpricedJobs > 0 ? (
      <span className="text-ask">no price</span>
    ) : (
      <span className="text-3">free</span>
    )
  }
  return (
    <>
      {check.estimate.map(formatMoney).join(' + ')}
      {check.unpricedJobs > 0 && (
        <span
          className="text-ask"
          title={`and ${plural(check.unpricedJobs, 'job')} without a known price`}
        >
          {' + ?'}
        </span>
      )}
    </>
  )
}
