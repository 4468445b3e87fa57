// oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are placed by hand are no table rows
import { ChevronRight, Ellipsis, Pause, Play } from 'lucide-react'

import type { BatchView } from '../../../shared/domain/batch.ts'
import { useBlocked } from '../../hooks/useBlocked.ts'
import { useNow } from '../../hooks/useNow.ts'
import { pause, resume, setBreakPoint } from '../../store/queueActions.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { formatClock, formatCount } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { batchMoney } from './batchMoney.ts'
import { placeId } from './JobRow.tsx'
import { shownWords } from './panel/shownWords.ts'
import { batchWaits } from './stateWords.ts'
import { countOf, workLeft, type Segment } from './queueLayout.ts'
import { useBatchMenu } from './useBatchMenu.ts'

interface BatchRowProps {
  readonly place: number
  readonly batch: BatchView
  readonly segment: Segment
  readonly isFocus: boolean
}

export function BatchRow({ place, batch, segment, isFocus }: BatchRowProps) {
  const fold = useStore((store) => store.fold)
  const groups = useBatchMenu(batch)
  const isReadOnly = useBlocked().length > 0
  const left = workLeft(batch.counts)
  const all = countOf(batch.counts, 'all')
  return (
    <div
      id={placeId(place)}
      className="queue-batch"
      role="row"
      aria-level={1}
      aria-rowindex={place + 2}
      aria-expanded={!segment.isFolded}
      data-place={place}
      data-focus={isFocus ? '' : undefined}
    >
      <span className="queue-batch-cell" role="gridcell">
        <button
          type="button"
          className="queue-fold"
          tabIndex={-1}
          aria-label={segment.isFolded ? `Unfold ${batch.name}` : `Fold ${batch.name}`}
          data-folded={segment.isFolded ? '' : undefined}
          onClick={() => fold(batch.id, !segment.isFolded)}
        >
          <ChevronRight aria-hidden="true" />
        </button>
        <b className="one-line">{batch.name}</b>
        <span>
          {formatCount(all - left)} of {formatCount(all)}
        </span>
        {left > 0 && (
          <ProgressBar label={`Progress of ${batch.name}`} value={(all - left) / all} width={72} />
        )}
        <span className="text-3 one-line">
          {batchWords(batch)}
          {batch.waits !== null && !batch.paused && batch.stopsAt?.isReached !== true && (
            <Waits batch={batch} />
          )}
        </span>
        {batch.stopsAt?.isReached === true && (
          <span className="queue-stop">
            <StatusMark tone="ask" />
            <span className="text-ask">stopped before row {batch.stopsAt.row}</span>
            {!isReadOnly && <GoOn stop={batch.stopsAt} isStop={isFocus} />}
          </span>
        )}
        <span className="grow" />
        {!isReadOnly && (
          <span className="queue-batch-actions">
            {left > 0 && <PauseBatch batch={batch} isStop={isFocus} />}
            <Menu label={`Actions of ${batch.name}`} groups={groups}>
              <IconButton icon={<Ellipsis />} label={`Actions of ${batch.name}`} isStop={isFocus} />
            </Menu>
          </span>
        )}
      </span>
    </div>
  )
}

interface PauseBatchProps {
  readonly batch: BatchView
  readonly isStop: boolean
}

function PauseBatch({ batch, isStop }: PauseBatchProps) {
  const target = { batches: [batch.id] }
  return batch.paused ? (
    <IconButton
      icon={<Play />}
      label={`Resume ${batch.name}`}
      isStop={isStop}
      onPress={() => void resume(target)}
    />
  ) : (
    <IconButton
      icon={<Pause />}
      label={`Pause ${batch.name}`}
      isStop={isStop}
      onPress={() => void pause(target)}
    />
  )
}

/** What its next job waits for, folded or not. */
function Waits({ batch }: { readonly batch: BatchView }) {
  const now = useNow()
  const words = batchWaits(batch, now)
  return words === null ? null : ` · ${shownWords(words)}`
}

interface GoOnProps {
  readonly stop: NonNullable<BatchView['stopsAt']>
  readonly isStop: boolean
}

function GoOn({ stop, isStop }: GoOnProps) {
  return (
    <Button isStop={isStop} onPress={() => void setBreakPoint([stop.jobId], false)}>
      Go on
    </Button>
  )
}

/** Money and what holds it back, in a few words. */
function batchWords(batch: BatchView): string {
  const { paused, tonight, project, priority, stopsAt } = batch
  return [
    batchMoney(batch),
    ...(batch.expectedFinishAt === null
      ? []
      : [`done about ${formatClock(batch.expectedFinishAt)}`]),
    ...(paused ? ['paused by you'] : []),
    ...(tonight ? ['tonight'] : []),
    ...(priority === 0 ? [] : [priority > 0 ? 'goes first' : 'goes last']),
    ...(stopsAt === null || stopsAt.isReached ? [] : [`stops before row ${stopsAt.row}`]),
    ...(project === null ? [] : [project]),
  ].join(' · ')
}
