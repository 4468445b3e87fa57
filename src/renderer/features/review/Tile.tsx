// oxlint-disable jsx-a11y/prefer-tag-over-role -- tiles that are placed by hand are no table cells
import { memo, useState, type CSSProperties, type MouseEvent, type PointerEvent } from 'react'

import { FILMSTRIP_FRAMES, type TakeView } from '../../../shared/domain/take.ts'
import { takeFilmstrip, takePoster } from '../../ipc/media.ts'
import { Still } from '../../ui/Still.tsx'
import { dragOut } from './dragOut.ts'
import { TakeVideo } from './player/TakeVideo.tsx'
import { TileWords } from './TileWords.tsx'

interface TileProps {
  readonly index: number
  /** Null while it is being read. */
  readonly take: TakeView | null
  /** Pixels. */
  readonly height: number
  readonly isChosen: boolean
  readonly isPlaying: boolean
  readonly isSelected: boolean
  readonly onChoose: (index: number, event: MouseEvent) => void
}

export const tileId = (index: number): string => `take-${index}`

/** Ratio of every tile; other shapes stand in it on black. */
const RATIO = 16 / 9

export const Tile = memo(function Tile(props: TileProps) {
  const { index, take, height, isChosen, isPlaying, isSelected, onChoose } = props
  if (take === null)
    return <div className="tile" role="gridcell" aria-busy="true" aria-label="Being read" />
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are the list's: it moves the choice and opens it
    <div
      id={tileId(index)}
      className="tile"
      role="gridcell"
      tabIndex={-1}
      aria-selected={isChosen || isSelected}
      aria-label={nameOf(take)}
      data-chosen={isChosen ? '' : undefined}
      data-selected={isSelected ? '' : undefined}
      data-flag={take.flag}
      draggable
      onDragStart={(event) => dragOut(event, take.id)}
      onClick={(event) => onChoose(index, event)}
    >
      {isPlaying ? (
        <TakeVideo key={take.id} take={take} isAutoplay />
      ) : (
        <Scrub take={take} height={height} />
      )}
      <TileWords take={take} />
    </div>
  )
})

const FLAGS = { none: '', pick: ', picked', reject: ', rejected' } as const

function nameOf(take: TakeView): string {
  const rating = take.rating === 0 ? '' : `, rated ${take.rating}`
  const seen = take.seenAt === null ? ', unseen' : ''
  return `Row ${take.row}, take ${take.take}, ${take.modelName}${FLAGS[take.flag]}${rating}${seen}`
}

/** The poster; under the pointer the still of that moment, from one small image. */
function Scrub({ take, height }: Pick<TileProps, 'height'> & { readonly take: TakeView }) {
  const [at, setAt] = useState<number | null>(null)
  const moved = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect()
    setAt(Math.max(0, Math.min(0.999, (event.clientX - box.left) / box.width)))
  }
  const canScrub = take.filmstripPath !== null
  return (
    <div
      className="tile-scrub"
      onPointerMove={canScrub ? moved : undefined}
      onPointerLeave={() => setAt(null)}
    >
      {take.posterPath === null ? (
        <span className="tile-plain">no still</span>
      ) : (
        <Still src={takePoster(take.id)} alt="" height={height} />
      )}
      {at !== null && (
        <>
          <span className="tile-still" style={stillStyle(take, at)} />
          <span className="tile-line" style={{ left: `${at * 100}%` }} />
        </>
      )}
    </div>
  )
}

function stillStyle(take: TakeView, at: number): CSSProperties {
  const frame = Math.floor(at * FILMSTRIP_FRAMES)
  const ratio = (take.width ?? 16) / (take.height ?? 9)
  const width = Math.min(1, ratio / RATIO)
  const height = Math.min(1, RATIO / ratio)
  return {
    left: `${((1 - width) / 2) * 100}%`,
    top: `${((1 - height) / 2) * 100}%`,
    width: `${width * 100}%`,
    height: `${height * 100}%`,
    backgroundImage: `url("${takeFilmstrip(take.id)}")`,
    backgroundSize: `${FILMSTRIP_FRAMES * 100}% 100%`,
    backgroundPosition: `${(frame / (FILMSTRIP_FRAMES - 1)) * 100}% 0`,
  }
}
