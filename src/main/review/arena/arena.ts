import {
  VOTES,
  type BlindPair,
  type Maker,
  type OpenedPair,
  type PairId,
  type Rating,
  type RoundOf,
  type Vote,
} from '../../../shared/domain/arena.ts'
import type { BatchId, TakeId } from '../../../shared/domain/ids.ts'
import type { TakeView } from '../../../shared/domain/take.ts'
import { textKey } from '../../library/promptText.ts'
import { numberOf, textOf, textOrNull, type LibraryOptions } from '../../library/libraryDatabase.ts'
import type { SqlDatabase, SqlRow } from '../../storage/sqlite.ts'
import { bradleyTerry, type Bout } from './bradleyTerry.ts'
import { pairKey, planPairs, type Candidate } from './planPairs.ts'

export type Side = 'a' | 'b'

/** Blind comparisons: rounds of pairs, votes on them, and what they say of the makers. */
export interface Arena {
  /** The takes on the two sides of a pair; null: there is no such pair. */
  takeOf(id: PairId, side: Side): TakeView | null
  /** In the order they are shown. */
  pairs(round: string): readonly BlindPair[]
  /** With the makers; null while a pair of the round has no vote. */
  opened(round: string): readonly OpenedPair[] | null
  ratings(by: Maker): readonly Rating[]
  /** A new round of at most so many pairs; pairs of earlier rounds without a vote are dropped. */
  begin(wish: RoundWish): Promise<string>
  /** Null takes the vote back. */
  vote(id: PairId, vote: Vote | null): Promise<void>
  /** Ends a round before its last pair: pairs without a vote count as skipped. */
  end(round: string): Promise<void>
}

export interface RoundWish {
  /** Of one batch alone; null: of all takes. */
  readonly batchId: BatchId | null
  readonly most: number
  readonly of: RoundOf
}

export interface ArenaOptions extends LibraryOptions {
  readonly take: (id: TakeId) => TakeView | null
  /** 0 up to 1. */
  readonly random: () => number
}

export function createArena(options: ArenaOptions): Arena {
  const { database, take, now, newId } = options
  const { reader } = database
  const pairs = (round: string): readonly BlindPair[] =>
    reader.all(`${PAIRS} WHERE p.round = ? ORDER BY p.seq`, [round]).map(toPair)
  return {
    pairs,
    takeOf(id, side) {
      const row = reader.get('SELECT takeA, takeB FROM blind_pairs WHERE id = ?', [id])
      if (row === undefined) return null
      return take(textOf(row, side === 'a' ? 'takeA' : 'takeB') as TakeId)
    },
    opened: (round) => openedOf(reader, round, take),
    ratings: (by) => named(reader, by, bradleyTerry(boutsOf(reader, by))),
    async begin({ batchId, most, of }) {
      const round = newId()
      const candidates = candidatesOf(reader, { batchId, of })
      const planned = planPairs({
        candidates,
        voted: votedOf(reader),
        most,
        random: options.random,
      })
      await database.write((db) => {
        db.run('DELETE FROM blind_pairs WHERE vote IS NULL')
        for (const { a, b } of planned) {
          const values = [`pair_${newId()}`, round, a, b]
          db.run('INSERT INTO blind_pairs (id, round, takeA, takeB) VALUES (?, ?, ?, ?)', values)
        }
      })
      return round
    },
    vote: (id, vote) =>
      database.write((db) => {
        const at = vote === null ? null : now()
        db.run('UPDATE blind_pairs SET vote = ?, votedAt = ? WHERE id = ?', [vote, at, id])
      }),
    end: (round) =>
      database.write((db) => {
        const sql = `UPDATE blind_pairs SET vote = 'skipped', votedAt = ? WHERE round = ? AND vote IS NULL`
        db.run(sql, [now(), round])
      }),
  }
}

type Reader = Pick<SqlDatabase, 'get' | 'all'>

const PAIRS = `SELECT p.id, p.vote, p.takeA, p.takeB, iif(a.prompt = b.prompt, a.prompt, NULL) AS prompt
  FROM blind_pairs p JOIN takes a ON a.id = p.takeA JOIN takes b ON b.id = p.takeB`

const toPair = (row: SqlRow): BlindPair => ({
  id: textOf(row, 'id') as PairId,
  prompt: textOrNull(row, 'prompt'),
  vote: voteOf(row),
})

const voteOf = (row: SqlRow): Vote | null => {
  const said = textOrNull(row, 'vote')
  return VOTES.find((vote) => vote === said) ?? null
}

function openedOf(
  reader: Reader,
  round: string,
  take: ArenaOptions['take'],
): readonly OpenedPair[] | null {
  const rows = reader.all(`${PAIRS} WHERE p.round = ? ORDER BY p.seq`, [round])
  if (rows.some((row) => textOrNull(row, 'vote') === null)) return null
  return rows.flatMap((row) => {
    const a = take(textOf(row, 'takeA') as TakeId)
    const b = take(textOf(row, 'takeB') as TakeId)
    return a === null || b === null ? [] : [{ ...toPair(row), a, b }]
  })
}

/** Whole takes alone; what was rejected already is not worth a second look. */
function candidatesOf(
  reader: Reader,
  { batchId, of }: Pick<RoundWish, 'batchId' | 'of'>,
): readonly Candidate[] {
  const rows = reader.all(
    `SELECT t.id, t.prompt, t.provider, t.model, j.firstFrameSha256 AS frame, j.template
     FROM takes t JOIN jobs j ON j.id = t.jobId
     WHERE t.trashedAt IS NULL AND t.flag <> 'reject' AND t.facts IS NOT NULL
       AND (:batchId IS NULL OR t.batchId = :batchId) AND (:of = 'makers' OR j.template IS NOT NULL)
     ORDER BY t.seq`,
    { batchId, of },
  )
  return rows.map((row) => {
    const id = textOf(row, 'id') as TakeId
    const frame = textOf(row, 'frame')
    const model = `${textOf(row, 'provider')} ${textOf(row, 'model')}`
    return of === 'makers'
      ? { id, alike: `${frame} ${textOf(row, 'prompt')}`, maker: model }
      : { id, alike: `${frame} ${model}`, maker: textOf(row, 'template') }
  })
}

function votedOf(reader: Reader): ReadonlySet<string> {
  const rows = reader.all('SELECT takeA, takeB FROM blind_pairs WHERE vote IS NOT NULL')
  return new Set(
    rows.map((row) => pairKey(textOf(row, 'takeA') as TakeId, textOf(row, 'takeB') as TakeId)),
  )
}

const SCORES: Readonly<Record<string, Bout['score']>> = { a: 1, b: 0, alike: 0.5, bothBad: 0.5 }

const KEYS: Readonly<Record<Maker, (side: 'a' | 'b') => string>> = {
  model: (side) => `${side}.model`,
  provider: (side) => `${side}.provider`,
  template: (side) => `(SELECT template FROM jobs WHERE id = ${side}.jobId)`,
}

function boutsOf(reader: Reader, by: Maker): readonly Bout[] {
  const rows = reader.all(
    `SELECT ${KEYS[by]('a')} AS keyA, ${KEYS[by]('b')} AS keyB, p.vote, count(*) AS times
     FROM blind_pairs p JOIN takes a ON a.id = p.takeA JOIN takes b ON b.id = p.takeB
     WHERE p.vote IS NOT NULL AND p.vote <> 'skipped' GROUP BY 1, 2, 3`,
  )
  return rows.flatMap((row) => {
    const score = SCORES[textOf(row, 'vote')]
    const bout = { a: textOf(row, 'keyA'), b: textOf(row, 'keyB') }
    const times = numberOf(row, 'times')
    if (score === undefined || bout.a === '' || bout.b === '') return []
    return Array.from({ length: times }, () => ({ ...bout, score }))
  })
}

/** Templates by the names that the library has for them now. */
function named(reader: Reader, by: Maker, ratings: readonly Rating[]): readonly Rating[] {
  if (by !== 'template') return ratings
  return ratings.map((rating) => {
    const sql = `SELECT name FROM prompts WHERE textKey = ? AND removedAt IS NULL ORDER BY seq LIMIT 1`
    const row = reader.get(sql, [textKey({ kind: 'template', text: rating.key })])
    return row === undefined ? rating : { ...rating, name: textOf(row, 'name') }
  })
}
