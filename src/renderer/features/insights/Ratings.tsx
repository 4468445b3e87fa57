import { useState } from 'react'

import type { Maker, Rating } from '../../../shared/domain/arena.ts'
import type { ModelStats } from '../../../shared/ipc/reports.ts'
import { useStore } from '../../store/store.ts'
import { formatDuration } from '../../ui/format.ts'
import { formatMoney } from '../../../shared/domain/moneyText.ts'
import { RatingList } from '../../ui/RatingList.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import type { PlotPoint } from './plotLayout.ts'
import { Plot } from './Plot.tsx'

interface RatingsProps {
  readonly ratings: Readonly<Record<Maker, readonly Rating[]>>
  readonly models: readonly ModelStats[]
}

const EMPTY: Readonly<Record<Maker, string>> = {
  model: 'No votes yet. B in Review shows pairs without their names.',
  provider: 'No votes between providers yet. B in Review shows pairs without their names.',
  template:
    'No votes between templates yet. Shift+B in Review shows takes of two templates by one model.',
}

/** What blind votes say, alone and against cost and speed. */
export function Ratings({ ratings, models }: RatingsProps) {
  const [by, setBy] = useState<Maker>('model')
  const named = useStore((store) => (by === 'provider' ? store.providers : store.models))
  // One axis holds one currency; what a model costs in two is no point on it.
  const paid = models.flatMap(({ spent }) => (spent.length === 1 ? spent : []))
  const currency = paid[0]?.currency ?? 'USD'
  return (
    <div className="insights-ratings">
      <section>
        <div className="insights-head">
          <h2>Blind ratings</h2>
          <Segmented
            label="Ratings by"
            value={by}
            segments={[
              { id: 'model', label: 'Model' },
              { id: 'provider', label: 'Provider' },
              { id: 'template', label: 'Template' },
            ]}
            onChange={setBy}
          />
        </div>
        <RatingList
          empty={EMPTY[by]}
          ratings={ratings[by].map((rating) => ({
            ...rating,
            name: rating.name ?? named.find(({ id }) => id === rating.key)?.name ?? rating.key,
          }))}
        />
      </section>
      <Plot
        title="Rating against cost"
        across="cost per second of video"
        points={pointsOf(ratings.model, models, (stats) => costPerSecond(stats, currency))}
        format={(micros) => formatMoney({ micros, currency })}
      />
      <Plot
        title="Rating against speed"
        across="median time of a take"
        points={pointsOf(ratings.model, models, ({ medianRenderMs }) => medianRenderMs)}
        format={formatDuration}
      />
    </div>
  )
}

function costPerSecond({ spent, seconds }: ModelStats, currency: string): number | null {
  const [sum, ...others] = spent
  const isIn = sum?.currency === currency && others.length === 0
  return isIn && seconds > 0 ? sum.micros / seconds : null
}

/** A model by several providers stands there once for each. */
function pointsOf(
  ratings: readonly Rating[],
  models: readonly ModelStats[],
  figure: (stats: ModelStats) => number | null,
): readonly PlotPoint[] {
  return models.flatMap((stats) => {
    const rating = ratings.find(({ key }) => key === stats.model)
    const x = figure(stats)
    if (rating === undefined || x === null) return []
    const isAlone = models.filter(({ model }) => model === stats.model).length === 1
    const name = isAlone ? stats.modelName : `${stats.modelName}, ${stats.provider}`
    return [{ name, x, y: rating.rating, low: rating.low, high: rating.high }]
  })
}
