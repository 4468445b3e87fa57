import type { TakeView } from '../../../shared/domain/take.ts'

/** Flag and stars are drawn by style: the tile's own name says them in words. */
export function TileWords({
  take,
  label = take.modelName,
}: {
  readonly take: TakeView
  readonly label?: string
}) {
  return (
    <>
      {take.flag !== 'none' && (
        <span className="tile-flag" data-word={take.flag === 'pick' ? 'Pick' : 'Reject'} />
      )}
      <span className="tile-meta" aria-hidden="true">
        {take.seenAt === null && <span className="tile-unseen" />}
        <span className="one-line grow">{label}</span>
        {take.rating > 0 && <span className="tile-stars" data-stars={'★'.repeat(take.rating)} />}
      </span>
    </>
  )
}
