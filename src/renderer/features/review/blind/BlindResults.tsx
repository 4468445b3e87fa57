import { ChevronLeft } from 'lucide-react'

import type { OpenedPair, Rating, RoundOf, Vote } from '../../../../shared/domain/arena.ts'
import { useCommands } from '../../../commands/useCommands.ts'
import { useAnswer } from '../../../hooks/useAnswer.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { plural } from '../../../ui/format.ts'
import { RatingList } from '../../../ui/RatingList.tsx'
import { ScreenTitle } from '../../../ui/ScreenTitle.tsx'

const SAID: Readonly<Record<Vote, string>> = {
  a: 'was better than',
  b: 'was worse than',
  alike: 'was like',
  bothBad: 'was as bad as',
  skipped: 'skipped beside',
}

const NONE: readonly Rating[] = Object.freeze([])

interface BlindResultsProps {
  readonly of: RoundOf
  readonly opened: readonly OpenedPair[]
}

/** The round is over: what was chosen, and what all votes so far say of the models or templates. */
export function BlindResults({ of, opened }: BlindResultsProps) {
  const beginBlind = useStore((store) => store.beginBlind)
  const closeBlind = useStore((store) => store.closeBlind)
  const models = useStore((store) => store.models)
  const by = of === 'makers' ? 'model' : 'template'
  const ratings = useAnswer('arena.ratings', { by }) ?? NONE
  useCommands({ 'review.close': { run: closeBlind } })
  const voted = opened.filter(({ vote }) => vote !== 'skipped')
  return (
    <div className="blind-results">
      <div className="screen-bar">
        <Button variant="quiet" icon={<ChevronLeft />} onPress={closeBlind}>
          Review
        </Button>
        <ScreenTitle>Blind, opened</ScreenTitle>
        <span className="text-2">{plural(voted.length, 'vote')} in this round</span>
        <span className="grow" />
        <Button variant="solid" onPress={() => void beginBlind(of)}>
          Another round
        </Button>
      </div>
      <div className="blind-body">
        <section>
          <h2>Ratings, of all votes so far</h2>
          <RatingList
            empty="No votes so far: every pair was skipped."
            ratings={ratings.map((rating) => ({
              ...rating,
              name: rating.name ?? models.find(({ id }) => id === rating.key)?.name ?? rating.key,
            }))}
          />
        </section>
        <section>
          <h2>This round</h2>
          <ul>
            {opened.map((pair) => (
              <li key={pair.id} className="blind-pair">
                <span className="one-line text-2">{pair.prompt ?? pair.a.modelName}</span>
                <Side pair={pair} side="a" />
                <span className="text-2">{SAID[pair.vote ?? 'skipped']}</span>
                <Side pair={pair} side="b" />
              </li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  )
}

function Side({ pair, side }: { readonly pair: OpenedPair; readonly side: 'a' | 'b' }) {
  const { provider, modelName, prompt } = pair[side]
  const name = useStore((store) => store.providers.find(({ id }) => id === provider)?.name)
  const won = pair.vote === side ? '' : undefined
  if (pair.prompt === null) {
    return (
      <span className="one-line" data-won={won}>
        {prompt}
      </span>
    )
  }
  return (
    <span className="one-line" data-won={won}>
      {modelName}
      {name !== undefined && name !== modelName && <span className="text-3"> · {name}</span>}
    </span>
  )
}
