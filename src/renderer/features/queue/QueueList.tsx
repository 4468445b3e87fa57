// oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are placed by hand are no table rows
import { useEffect, useRef, useState, type MouseEvent } from 'react'

import { useBlocked } from '../../hooks/useBlocked.ts'
import { useNow } from '../../hooks/useNow.ts'
import { useRowHeights } from '../../hooks/useRowHeights.ts'
import { useStore } from '../../store/store.ts'
import { ContextMenu, type MenuPlace } from '../../ui/ContextMenu.tsx'
import { VirtualList, type VirtualListHandle } from '../../ui/VirtualList.tsx'
import { BatchRow } from './BatchRow.tsx'
import { useChosen } from './chosen.ts'
import { JobRow, placeId } from './JobRow.tsx'
import { jobMenu } from './jobMenu.ts'
import { chosenRows } from './moving.ts'
import { useFollow } from './useFollow.ts'
import { useDragRows, type DropMark } from './useDragRows.ts'
import type { Queue, QueueItem } from './useQueue.ts'
import { chooseForMenu, useQueueKeys } from './useQueueKeys.ts'

const BATCH_HEIGHT = 34

export function QueueList({ queue }: { readonly queue: Queue }) {
  const list = useRef<VirtualListHandle>(null)
  const heights = useRowHeights()
  const place = useChosen((chosen) => chosen.place)
  const isInside = place < queue.count
  const pageRows = (): number =>
    Math.max(1, Math.floor((list.current?.element()?.clientHeight ?? 400) / heights.thumb) - 2)
  const keys = useQueueKeys(queue, pageRows)
  const isBlocked = useBlocked().length > 0
  const { mark, handlers } = useDragRows(queue, isBlocked)
  const [menu, setMenu] = useState<MenuPlace | null>(null)
  useEffect(() => list.current?.reveal(place), [place])
  useFollow(queue)
  const openMenu = (event: MouseEvent): void => {
    const row = event.target instanceof Element ? event.target.closest('[data-place]') : null
    const at = Number(row?.getAttribute('data-place') ?? -1)
    if (isBlocked || queue.itemAt(at)?.kind !== 'job') return
    event.preventDefault()
    chooseForMenu(queue, at)
    setMenu({ x: event.clientX, y: event.clientY })
  }
  const { layout } = queue
  return (
    <>
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
        {...handlers}
        onContextMenu={openMenu}
        renderRow={(at) => (
          <Place
            place={at}
            item={queue.itemAt(at)}
            drop={mark !== null && mark.place === at ? mark.half : null}
          />
        )}
      />
      <ContextMenu
        label="Jobs"
        place={menu}
        groups={menu === null ? [] : jobMenu(chosenRows(queue))}
        onClose={() => setMenu(null)}
      />
    </>
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
  readonly drop: DropMark['half'] | null
}

function Place({ place, item, drop }: PlaceProps) {
  const isFocus = useChosen((chosen) => chosen.place === place)
  if (item === null) return null
  if (item.kind === 'job')
    return <JobPlace place={place} item={item} isFocus={isFocus} drop={drop} />
  if (item.batch === undefined) return null
  return <BatchRow place={place} batch={item.batch} segment={item.segment} isFocus={isFocus} />
}

interface JobPlaceProps {
  readonly place: number
  readonly item: QueueItem & { readonly kind: 'job' }
  readonly isFocus: boolean
  readonly drop: DropMark['half'] | null
}

function JobPlace({ place, item: { job, id }, isFocus, drop }: JobPlaceProps) {
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
    drop,
  }
  const isTicking = job?.status === 'running' || (job !== null && job.waitsUntil !== null)
  return isTicking ? <TickingRow {...row} /> : <JobRow {...row} now={0} />
}

function TickingRow(row: Omit<Parameters<typeof JobRow>[0], 'now'>) {
  const now = useNow()
  return <JobRow {...row} now={now} />
}
