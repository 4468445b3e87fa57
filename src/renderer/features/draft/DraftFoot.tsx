import type { DraftCheck } from '../../../shared/domain/draftCheck.ts'
import { JOB_STATUSES } from '../../../shared/domain/job.ts'
import { usePanel } from '../../hooks/usePanel.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { formatBytes, formatCount, formatDuration, plural } from '../../ui/format.ts'
import { formatMoney } from '../../../shared/domain/moneyText.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import type { RunBusy } from './run/useRun.ts'

/** What the whole draft comes to, before anything exists. */
export function DraftFoot({ busy }: { readonly busy: RunBusy | null }) {
  const check = useStore((store) => store.check)
  const error = useStore((store) => store.checkError)
  return (
    <footer className="screen-foot">
      {check === null ? (
        <span className="text-3">{error ?? 'Counting…'}</span>
      ) : (
        <>
          <span>
            <b>{formatCount(check.rows)}</b> {check.rows === 1 ? 'row' : 'rows'}
          </span>
          <span>
            <b>{formatCount(check.jobs)}</b> {check.jobs === 1 ? 'job' : 'jobs'}
          </span>
          <Money />
          {check.expectedMs !== null && (
            <span>
              about <b>{formatDuration(check.expectedMs)}</b> on the lanes
            </span>
          )}
          <Room disk={check.disk} />
        </>
      )}
      <span className="grow" />
      <RunProgress />
      {busy === null ? <Verdict /> : <span className="text-2">{busy.words}</span>}
    </footer>
  )
}

function Money() {
  const estimate = useStore((store) => store.check?.estimate)
  const unpriced = useStore((store) => store.check?.unpricedJobs ?? 0)
  const paid = estimate?.filter(({ micros }) => micros > 0) ?? []
  return (
    <span>
      {paid.length === 0 && unpriced === 0 && <b>free</b>}
      {paid.map((sum) => (
        <span key={sum.currency}>
          about <b>{formatMoney(sum)}</b>{' '}
        </span>
      ))}
      {unpriced > 0 && (
        <span className="text-ask">{plural(unpriced, 'job')} without a known price</span>
      )}
    </span>
  )
}

/** Shown where it is worth a look: a tenth of what is free, or more than there is. */
function Room({ disk: { neededBytes, freeBytes } }: Pick<DraftCheck, 'disk'>) {
  if (neededBytes === null || freeBytes === null || neededBytes < freeBytes / 10) return null
  const isTight = neededBytes > freeBytes
  return (
    <span className={isTight ? 'text-fail' : undefined}>
      about <b>{formatBytes(neededBytes)}</b> of {formatBytes(freeBytes)} free
    </span>
  )
}

/** How far the batch is that was just made of this draft. */
function RunProgress() {
  const batch = useStore((store) =>
    store.lastRun === null || store.lastRun.draftId !== store.open?.id
      ? undefined
      : store.batches[store.lastRun.batchId],
  )
  const reviewBatch = useStore((store) => store.reviewBatch)
  if (batch === undefined) return null
  const { counts } = batch
  const all = JOB_STATUSES.reduce((sum, status) => sum + counts[status], 0)
  const ended = counts.succeeded + counts.failed + counts.cancelled
  return (
    <span className="run-progress">
      <ProgressBar
        label={`Progress of ${batch.name}`}
        value={ended / Math.max(1, all)}
        width={90}
      />
      <span>
        <b>{formatCount(counts.succeeded)}</b> of {formatCount(all)} done
      </span>
      {counts.succeeded > 0 && (
        <Button variant="link" onPress={() => reviewBatch(batch.id)}>
          Review
        </Button>
      )}
    </span>
  )
}

function Verdict() {
  const problems = useStore((store) => store.check?.problemCount ?? 0)
  const warnings = useStore((store) => store.check?.warningCount ?? 0)
  const panel = usePanel('draft')
  const show = (): void => panel.set(true)
  if (problems > 0) {
    return (
      <Button variant="link" onPress={show}>
        <span className="text-fail">{plural(problems, 'problem')} to mend before this can run</span>
      </Button>
    )
  }
  if (warnings > 0) {
    return (
      <Button variant="link" onPress={show}>
        <span className="text-ask">
          {plural(warnings, 'warning')}, shown before anything is sent
        </span>
      </Button>
    )
  }
  return null
}
