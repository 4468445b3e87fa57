import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { formatCount, formatDuration, formatMoney, plural } from '../../ui/format.ts'
import { useView } from '../../store/viewStore.ts'

/** What the whole draft comes to, before anything exists. */
export function DraftFoot() {
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
        </>
      )}
      <span className="grow" />
      <Verdict />
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

function Verdict() {
  const problems = useStore((store) => store.check?.problemCount ?? 0)
  const warnings = useStore((store) => store.check?.warningCount ?? 0)
  const change = useView((view) => view.change)
  const show = (): void => change({ isDraftPanelOpen: true })
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
