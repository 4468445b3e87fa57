import { useEffect, useState } from 'react'

import type { ModelStats } from '../../../shared/ipc/reports.ts'
import { ask } from '../../ipc/client.ts'
import { SHOWN, type Shown } from '../../store/review/takeFilter.ts'
import { useStore } from '../../store/store.ts'
import { useView } from '../../store/viewStore.ts'
import { Chip } from '../../ui/Chip.tsx'
import { formatCount } from '../../ui/format.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { Select } from '../../ui/Select.tsx'
import { Slider } from '../../ui/Slider.tsx'

const WORDS: Readonly<Record<Shown, string>> = {
  all: 'All',
  unseen: 'Unseen',
  picked: 'Picked',
  rejected: 'Rejected',
  rated4up: '★ 4 and up',
  trashed: 'Trash',
}

export function FilterBar() {
  const filter = useStore((store) => store.filter)
  const counts = useStore((store) => store.counts)
  const filterTakes = useStore((store) => store.filterTakes)
  const tileWidth = useView((view) => view.tileWidth)
  const autoAdvance = useView((view) => view.autoAdvance)
  const change = useView((view) => view.change)
  const shown = SHOWN.filter((id) => id !== 'trashed' || (counts?.trashed ?? 0) > 0)
  return (
    <div className="filter-bar">
      <fieldset className="filter-chips" aria-label="Show takes">
        {shown.map((id) => (
          <Chip key={id} isOn={filter.shown === id} onChange={() => filterTakes({ shown: id })}>
            {WORDS[id]} {counts === null ? '' : formatCount(counts[id])}
          </Chip>
        ))}
      </fieldset>
      <ModelFilter key={counts?.all} />
      <SearchField
        label="Find in prompts"
        value={filter.text}
        onChange={(text) => filterTakes({ text })}
      />
      <span className="grow" />
      <Chip isOn={autoAdvance} onChange={(isOn) => change({ autoAdvance: isOn })}>
        Auto-advance
      </Chip>
      <Slider
        label="Size"
        min={140}
        max={560}
        step={20}
        value={tileWidth}
        onChange={(width) => change({ tileWidth: width })}
      />
    </div>
  )
}

const ANY = 'any'

/** Only models that made something. */
function ModelFilter() {
  const model = useStore((store) => store.filter.model)
  const filterTakes = useStore((store) => store.filterTakes)
  const [stats, setStats] = useState<readonly ModelStats[]>([])
  useEffect(() => {
    let isGone = false
    void ask('insights.models').then((answer) => {
      if (answer.ok && !isGone) setStats(answer.data)
    })
    return () => {
      isGone = true
    }
  }, [])
  const names = new Map(stats.map((stat) => [stat.model, stat.modelName]))
  if (names.size < 2 && model === null) return null
  return (
    <div className="filter-model">
      <Select
        label="Model"
        isLabelHidden
        value={model ?? ANY}
        choices={[
          { id: ANY, label: 'Any model' },
          ...[...names].map(([id, label]) => ({ id, label })),
        ]}
        onChange={(id) => filterTakes({ model: id === ANY ? null : id })}
      />
    </div>
  )
}
