// oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are placed by hand are no table rows
import { CornerUpRight } from 'lucide-react'
import { memo } from 'react'

import { isTerminal, type JobView } from '../../../shared/domain/job.ts'
import { frameThumb, takePoster } from '../../ipc/media.ts'
import { Amount } from './Amount.tsx'
import { formatElapsed } from '../../ui/format.ts'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { Thumb } from '../../ui/Thumb.tsx'
import { shownWords } from './panel/shownWords.ts'
import { amountOf, elapsedMs, isWaiting, stateWords, toneOf, withoutFigures } from './stateWords.ts'

interface JobRowProps {
  readonly place: number
  /** Null while it is being read. */
  readonly job: JobView | null
  readonly providerName: string
  readonly isFree: boolean
  readonly isChosen: boolean
  readonly isFocus: boolean
  /** Dragged jobs would be put there. */
  readonly drop: 'upper' | 'lower' | null
  /** Only where a time runs; 0 elsewhere, so that the row need not be drawn again. */
  readonly now: number
}

export const placeId = (place: number): string => `queue-place-${place}`

export const JobRow = memo(function JobRow(props: JobRowProps) {
  const { place, job, isChosen, isFocus, drop } = props
  return (
    <div
      id={placeId(place)}
      className="queue-row"
      role="row"
      aria-level={2}
      aria-rowindex={place + 2}
      aria-selected={isChosen}
      data-place={place}
      data-chosen={isChosen ? '' : undefined}
      data-focus={isFocus ? '' : undefined}
      data-drop={drop ?? undefined}
      data-break={job?.breakPoint === true && !isTerminal(job.status) ? '' : undefined}
    >
      {job === null ? (
        <span className="queue-cell" role="gridcell" aria-busy="true" aria-label="Being read" />
      ) : (
        <JobCells {...props} job={job} />
      )}
    </div>
  )
})

function JobCells({ job, providerName, isFree, now }: JobRowProps & { readonly job: JobView }) {
  const elapsed = elapsedMs(job, now)
  const words = stateWords(job, now)
  return (
    <>
      <span className="queue-cell number text-3" role="gridcell" data-grip="">
        <Priority job={job} />
        {job.row}
        {job.take > 1 && <span className="queue-take">·{job.take}</span>}
      </span>
      <span className="queue-cell queue-still" role="gridcell">
        <Picture job={job} />
      </span>
      <span className="queue-cell" role="gridcell">
        {job.prompt}
      </span>
      <span className="queue-cell text-2" role="gridcell">
        {job.moved !== null && <Moved words={job.moved.words} />}
        {providerName === job.modelName ? job.modelName : `${job.modelName} · ${providerName}`}
      </span>
      <span className="queue-cell" role="gridcell" title={shownWords(words)}>
        <StatusMark tone={toneOf(job.status)} />
        {shownWords(withoutFigures(words))}
      </span>
      <span className="queue-cell number" role="gridcell">
        {isFree ? (
          <span className="text-3">free</span>
        ) : (
          <Amount amount={amountOf(job)} none="no price" />
        )}
      </span>
      <span className="queue-cell number text-2" role="gridcell">
        {elapsed === null ? '–' : formatElapsed(elapsed)}
      </span>
    </>
  )
}

/** It goes another way than planned. */
const Moved = ({ words }: { readonly words: string }) => (
  <span className="queue-moved" title={words} role="img" aria-label={words}>
    <CornerUpRight aria-hidden="true" />
  </span>
)

/** Only where it is not the usual, and while it still counts. */
function Priority({ job }: { readonly job: JobView }) {
  if (job.priority === 0 || !isWaiting(job)) return null
  const words = job.priority > 0 ? 'goes before all others' : 'goes after all others'
  return (
    <span className="queue-priority" title={words} role="img" aria-label={words}>
      {job.priority > 0 ? '▲' : '▼'}
    </span>
  )
}

/** The poster once there is one, the first frame before. */
function Picture({ job }: { readonly job: JobView }) {
  if (job.posterTakeId !== null) return <Thumb src={takePoster(job.posterTakeId)} alt="" />
  if (job.firstFrameSha256 !== null) return <Thumb src={frameThumb(job.firstFrameSha256)} alt="" />
  return <span className="thumb" />
}
