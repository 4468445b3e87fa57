// oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are placed by hand are no table rows
import { useEffect, useRef } from 'react'

import { useNow } from '../../hooks/useNow.ts'
import { useRowHeights } from '../../hooks/useRowHeights.ts'
import { useStore } from '../../store/store.ts'
import { VirtualList, type VirtualListHandle } from '../../ui/VirtualList.tsx'
import { BatchRow } from './BatchRow.tsx'
import { useChosen } from './chosen.ts'
import { JobRow, placeId } from './JobRow.tsx'
import type { Queue, QueueItem } from './useQueue.ts'
import { useQueueKeys } from './useQueueKeys.ts'

const BATCH_HEIGHT = 34

export function QueueList({ queue }: { readonly queue: Queue }) {
  const list = useRef<VirtualListHandle>(null)
  const heights = useRowHeights()
  const place = useChosen((chosen) => chosen.place)
  const isInside = place < queue.count
  const pageRows = (): number =>
    Math.max(1, Math.floor((list.current?.element()?.clientHeight ?? 400) / heights.thumb) - 2)
  const keys = useQueueKeys(queue, pageRows)
  useEffect(() => list.current?.reveal(place), [place])
  const { layout } = queue
  return (
    <VirtualList
      handle={list}
      className="queue-list"
      role="treegrid"
      aria-label="Jobs"
      aria-multiselectable="true"
      aria-rowcount={queue.count + 1}
      tabIndex={0}
      {...(isInside ? { 'aria-activedescendant': placeId(place) } : {})}
      count={queue.count}
      heightOf={(at) => (queue.itemAt(at)?.kind === 'batch' ? BATCH_HEIGHT : heights.thumb)}
      layoutKey={`${heights.thumb} ${layout.segments.map(({ start }) => start).join(' ')}`}
      header={<QueueHeader />}
      headerHeight={heights.header}
      onRange={queue.show}
      {...keys}
      renderRow={(at) => <Place place={at} item={queue.itemAt(at)} />}
    />
  )
}

const COLUMNS = ['Row', 'Still', 'Prompt', 'Model, provider', 'State', 'Cost', 'Time']
const HIDDEN = new Set(['Row', 'Still'])

function QueueHeader() {
  return (
    <div className="queue-row queue-header" role="row" aria-rowindex={1}>
      {COLUMNS.map((name) => (
        <span
          key={name}
          className={name === 'Cost' || name === 'Time' ? 'queue-cell number' : 'queue-cell'}
          role="columnheader"
        >
          <span className={HIDDEN.has(name) ? 'visually-hidden' : undefined}>{name}</span>
        </span>
      ))}
    </div>
  )
}

interface PlaceProps {
  readonly place: number
  readonly item: QueueItem | null
}

function Place({ place, item }: PlaceProps) {
  const isFocus = useChosen((chosen) => chosen.place === place)
  if (item === null) return null
  if (item.kind === 'job') return <JobPlace place={place} item={item} isFocus={isFocus} />
  if (item.batch === undefined) return null
  return <BatchRow place={place} batch={item.batch} segment={item.segment} isFocus={isFocus} />
}

interface JobPlaceProps {
  readonly place: number
  readonly item: QueueItem & { readonly kind: 'job' }
  readonly isFocus: boolean
}

function JobPlace({ place, item: { job, id }, isFocus }: JobPlaceProps) {
  const isChosen = useChosen(
    (chosen) => id !== null && (chosen.jobs as ReadonlySet<string>).has(id),
  )
  const provider = useStore((store) => store.providers.find((one) => one.id === job?.provider))
  const row = {
    place,
    job,
    providerName: provider?.name ?? job?.provider ?? '',
    isFree: provider?.paid === false,
    isChosen,
    isFocus,
  }
  const isTicking = job?.status === 'running' || (job?.status === 'waiting' && job.reason === null)
  return isTicking ? <TickingRow {...row} /> : <JobRow {...row} now={0} />
}

function TickingRow(row: Omit<Parameters<typeof JobRow>[0], 'now'>) {
  const now = useNow()
  return <JobRow {...row} now={now} />
}
