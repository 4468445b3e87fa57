import { plural } from './format.ts'
import './ratingList.css'

export interface RatedName {
  readonly key: string
  readonly name: string
  readonly rating: number
  readonly low: number
  readonly high: number
  readonly votes: number
  /** Those of different groups were never compared. */
  readonly group: number
}

interface RatingListProps {
  readonly ratings: readonly RatedName[]
  /** Said where there are none. */
  readonly empty: string
}

/** Ratings with the room that doubt leaves them, on one scale. */
export function RatingList({ ratings, empty }: RatingListProps) {
  if (ratings.length === 0) return <p className="text-3">{empty}</p>
  const low = Math.min(...ratings.map((rating) => rating.low))
  const high = Math.max(...ratings.map((rating) => rating.high))
  const share = (value: number): number => ((value - low) / (high - low)) * 100
  const groups = new Set(ratings.map(({ group }) => group)).size
  return (
    <>
      <ul className="rating-list">
        {ratings.map((rating) => (
          <li key={rating.key}>
            <span className="one-line">{rating.name}</span>
            <span className="rating-span" aria-hidden="true">
              <i
                style={{
                  left: `${share(rating.low)}%`,
                  width: `${share(rating.high) - share(rating.low)}%`,
                }}
              />
              <b style={{ left: `${share(rating.rating)}%` }} />
            </span>
            <span className="number">
              {Math.round(rating.rating)}{' '}
              <span className="text-3">± {Math.round((rating.high - rating.low) / 2)}</span>
            </span>
            <span className="number text-3">{plural(rating.votes, 'vote')}</span>
          </li>
        ))}
      </ul>
      {groups > 1 && (
        <p className="text-3">
          Not all of them were compared with each other, not even through others: across such groups
          the figures say nothing.
        </p>
      )}
    </>
  )
}
