import type { DraftCheck, ModelTotal } from '../../../../shared/domain/draftCheck.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import {
  formatBytes,
  formatDuration,
  formatMoney,
  plural,
  type Amount,
} from '../../../ui/format.ts'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import type { Run, RunQuestion } from './useRun.ts'

/** Before money is spent: what, by whom, for how much, and what is sent otherwise than asked for. */
export function RunDialog({ run }: { readonly run: Run }) {
  const { question } = run
  if (question === null) return null
  const { check, how, sameBatch } = question
  const jobs = plural(check.jobs, 'job')
  const title = how === 'tonight' ? `Run ${jobs} tonight` : `Run ${jobs} now`
  const price = moneyWords(check)
  return (
    <Dialog
      title={title}
      size="medium"
      isOpen
      isQuestion
      onClose={run.dismiss}
      footer={
        <>
          <span className="text-2 grow">{facts(check)}</span>
          <Button onPress={run.dismiss}>Not yet</Button>
          <Button variant="solid" isPending={run.busy !== null} onPress={run.confirm} autoFocus>
            {sameBatch === null ? `Run, ${price}` : `Run again, ${price}`}
          </Button>
        </>
      }
    >
      <RunFacts question={question} />
    </Dialog>
  )
}

function RunFacts({ question: { check, sameBatch } }: { readonly question: RunQuestion }) {
  const cap = useStore((store) => store.open?.doc.options.cap ?? null)
  return (
    <div className="run-facts">
      {sameBatch !== null && (
        <p className="run-warning">
          <StatusMark tone="ask" /> <span>{sameBatch}</span>
        </p>
      )}
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
            <th>
              {cap === null
                ? 'Together'
                : `Together; the batch may spend ${formatMoney({ ...cap, estimated: false })}`}
            </th>
            <td className="number">{check.jobs}</td>
            <td className="number">{moneyWords(check)}</td>
          </tr>
        </tfoot>
      </table>
      {check.warnings.length > 0 && <RunWarnings check={check} />}
    </div>
  )
}

function TotalRow({ total }: { readonly total: ModelTotal }) {
  const providers = useStore((store) => store.providers)
  const provider = providers.find(({ id }) => id === total.provider)?.name ?? total.provider
  return (
    <tr>
      <td>
        {total.modelName} <span className="text-2">· {provider}</span>
      </td>
      <td className="number">{total.jobs}</td>
      <td className="number">{moneyWords(total)}</td>
    </tr>
  )
}

function RunWarnings({ check }: { readonly check: DraftCheck }) {
  const more = check.warningCount - check.warnings.length
  return (
    <>
      <h3>Sent otherwise than asked for</h3>
      <ul>
        {check.warnings.slice(0, 12).map((warning) => (
          <li key={`${warning.model}/${warning.field}/${warning.message}`} className="run-warning">
            <StatusMark tone="ask" />
            <span>
              {warning.message} <span className="text-3">{plural(warning.jobs, 'job')}</span>
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="text-2">And {more} more.</p>}
    </>
  )
}

interface Priced {
  readonly estimate: readonly Amount[]
  readonly unpricedJobs: number
}

export function moneyWords({ estimate, unpricedJobs }: Priced): string {
  const paid = estimate.filter(({ micros }) => micros > 0)
  const sums = paid.map((sum) => `about ${formatMoney(sum)}`)
  if (unpricedJobs > 0) sums.push(`${plural(unpricedJobs, 'job')} without a known price`)
  return sums.length === 0 ? 'free' : sums.join(' and ')
}

function facts({ expectedMs, disk }: DraftCheck): string {
  const time = expectedMs === null ? [] : [`about ${formatDuration(expectedMs)} on the lanes`]
  const { neededBytes, freeBytes } = disk
  const room =
    neededBytes === null || freeBytes === null
      ? []
      : [`about ${formatBytes(neededBytes)} on disk, ${formatBytes(freeBytes)} free`]
  return [...time, ...room].join(' · ')
}
