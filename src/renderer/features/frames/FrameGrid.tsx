// oxlint-disable jsx-a11y/prefer-tag-over-role -- lines that are placed by hand are no table rows
import { useEffect, useRef, type KeyboardEvent, type MouseEvent } from 'react'

import { frameThumb } from '../../ipc/media.ts'
import { Still } from '../../ui/Still.tsx'
import { VirtualList, type VirtualListHandle } from '../../ui/VirtualList.tsx'
import type { ChosenFrames } from './useChosenFrames.ts'
import type { Frames } from './useFrames.ts'

interface FrameGridProps {
  readonly frames: Frames
  readonly width: number
  readonly chosen: ChosenFrames
}

const WISHED = 190
const GAP = 14
const SIDE = 16
const WORDS_HEIGHT = 26

const frameId = (index: number): string => `frame-${index}`

export function FrameGrid({ frames, width, chosen }: FrameGridProps) {
  const list = useRef<VirtualListHandle>(null)
  const room = width - 12 - 2 * SIDE
  const columns = Math.max(2, Math.floor((room + GAP) / (WISHED + GAP)))
  const tile = Math.floor((room - (columns - 1) * GAP) / columns)
  const height = Math.round((tile * 3) / 4)
  const { known, show } = frames
  const lines = Math.ceil(known / columns) + (frames.hasMore ? 1 : 0)
  const { focus, choose } = chosen
  const shown = useRef(show)
  useEffect(() => {
    // Another search begins at its top.
    if (shown.current !== show) list.current?.element()?.scrollTo({ top: 0 })
    shown.current = show
    if (focus >= 0) list.current?.reveal(Math.floor(focus / columns))
  }, [focus, columns, show])

  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
  }
  const pressed = (event: KeyboardEvent): void => {
    const step = steps[event.key]
    if (step !== undefined) {
      const next = Math.max(0, Math.min(known - 1, focus < 0 ? 0 : focus + step))
      choose(next, event.shiftKey ? 'range' : 'one')
    } else if (event.key === 'Home' || event.key === 'End') {
      choose(event.key === 'Home' ? 0 : known - 1, event.shiftKey ? 'range' : 'one')
    } else if (event.key === ' ' && focus >= 0) {
      choose(focus, event.ctrlKey || event.metaKey ? 'toggle' : 'one')
    } else if (event.key === 'Escape') chosen.clear()
    else return
    event.preventDefault()
  }
  const clicked = (event: MouseEvent): void => {
    if (!(event.target instanceof Element)) return
    const at = event.target.closest<HTMLElement>('[data-index]')?.dataset['index']
    if (at === undefined) return chosen.clear()
    const isToggle = event.ctrlKey || event.metaKey
    choose(Number(at), event.shiftKey ? 'range' : isToggle ? 'toggle' : 'one')
  }

  return (
    <VirtualList
      handle={list}
      className="frame-grid"
      role="grid"
      aria-label="Frames"
      aria-multiselectable="true"
      aria-rowcount={lines}
      tabIndex={0}
      {...(focus < 0 ? {} : { 'aria-activedescendant': frameId(focus) })}
      count={lines}
      heightOf={() => height + WORDS_HEIGHT + GAP}
      layoutKey={`${tile} ${columns}`}
      onRange={(from, to) => show(from * columns, (to + 1) * columns)}
      onKeyDown={pressed}
      onClick={clicked}
      renderRow={(line) => (
        <div className="frame-line" role="row" aria-rowindex={line + 1}>
          {Array.from(
            { length: Math.min(columns, Math.max(0, known - line * columns)) },
            (_, at) => (
              <FrameTile
                key={at}
                index={line * columns + at}
                frames={frames}
                chosen={chosen}
                size={{ width: tile, height }}
              />
            ),
          )}
        </div>
      )}
    />
  )
}

interface FrameTileProps {
  readonly index: number
  readonly frames: Frames
  readonly chosen: ChosenFrames
  readonly size: { readonly width: number; readonly height: number }
}

function FrameTile({ index, frames, chosen, size }: FrameTileProps) {
  const frame = frames.frame(index)
  if (frame === null) {
    return (
      <div
        className="frame-tile"
        role="gridcell"
        aria-busy="true"
        aria-label="Being read"
        style={{ width: size.width }}
      />
    )
  }
  const isChosen = chosen.ids.has(frame.id)
  return (
    <div
      id={frameId(index)}
      className="frame-tile"
      role="gridcell"
      aria-labelledby={`${frameId(index)}-words`}
      aria-selected={isChosen}
      data-index={index}
      data-chosen={isChosen ? '' : undefined}
      style={{ width: size.width }}
    >
      <span className="frame-picture" style={{ height: size.height }}>
        <Still src={frameThumb(frame.id)} alt="" height={size.height} />
      </span>
      <span className="frame-words" id={`${frameId(index)}-words`}>
        <span className="one-line grow">{frame.name}</span>
        <span className="text-3">
          {frame.width}×{frame.height}
        </span>
      </span>
    </div>
  )
}
