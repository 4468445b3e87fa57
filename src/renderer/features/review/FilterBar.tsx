import { useRef, type RefObject } from 'react'

import type { Facet } from '../../../shared/domain/views.ts'
import { useCommands } from '../../commands/useCommands.ts'
import { SHOWN, type Shown } from '../../store/review/takeFilter.ts'
import { useStore } from '../../store/store.ts'
import { useView } from '../../store/viewStore.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { formatCount } from '../../ui/format.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { Select } from '../../ui/Select.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'

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
  const autoAdvance = useView((view) => view.autoAdvance)
  const change = useView((view) => view.change)
  const shown = SHOWN.filter((id) => id !== 'trashed' || (counts?.trashed ?? 0) > 0)
  const find = useFilterCommands(shown)
  return (
    <div className="filter-bar">
      <fieldset className="filter-chips" aria-label="Show takes">
        {shown.map((id) => (
          <Chip key={id} isOn={filter.shown === id} onChange={() => filterTakes({ shown: id })}>
            {WORDS[id]} {counts === null ? '' : formatCount(counts[id])}
          </Chip>
        ))}
      </fieldset>
      <FailedChip />
      <FacetFilters />
      <SearchField
        label="Find in prompts"
        value={filter.text}
        inputRef={find}
        onDone={() => find.current?.blur()}
        onChange={(text) => filterTakes({ text })}
      />
      <span className="grow" />
      <Chip isOn={autoAdvance} onChange={(isOn) => change({ autoAdvance: isOn })}>
        Auto-advance
      </Chip>
    </div>
  )
}

/** Keys and palette for the same; gives the field that is to be found. */
function useFilterCommands(shown: readonly Shown[]): RefObject<HTMLInputElement | null> {
  const find = useRef<HTMLInputElement>(null)
  const show = (id: Shown) => ({ run: () => useStore.getState().filterTakes({ shown: id }) })
  const showNext = (): void => {
    const { filter, filterTakes } = useStore.getState()
    filterTakes({ shown: shown[(shown.indexOf(filter.shown) + 1) % shown.length] ?? 'all' })
  }
  useCommands({
    'review.find': { run: () => find.current?.select() },
    'review.nextFilter': { run: showNext },
    'review.showAll': show('all'),
    'review.showUnseen': show('unseen'),
    'review.showPicked': show('picked'),
    'review.showRejected': show('rejected'),
    'review.showRated': show('rated4up'),
    'review.showTrash': show('trashed'),
  })
  return find
}

const ANY = 'any'

/** Only projects and models that made something, only tags that are in use; each with what it would show. */
function FacetFilters() {
  const facets = useStore((store) => store.facets)
  const project = useStore((store) => store.filter.project)
  const model = useStore((store) => store.filter.model)
  const tag = useStore((store) => store.filter.tag)
  const filterTakes = useStore((store) => store.filterTakes)
  if (facets === null) return null
  return (
    <>
      <FacetSelect
        label="Project"
        any="Any project"
        facets={facets.projects}
        value={project}
        least={1}
        onChange={(name) => filterTakes({ project: name, batchId: null })}
      />
      <FacetSelect
        label="Model"
        any="Any model"
        facets={facets.models}
        value={model}
        least={2}
        onChange={(id) => filterTakes({ model: id })}
      />
      <FacetSelect
        label="Tag"
        any="Any tag"
        facets={facets.tags}
        value={tag}
        least={1}
        onChange={(id) => filterTakes({ tag: id })}
      />
    </>
  )
}

interface FacetSelectProps {
  readonly label: string
  readonly any: string
  readonly facets: readonly Facet[]
  readonly value: string | null
  /** Fewer are no choice. */
  readonly least: number
  readonly onChange: (value: string | null) => void
}

function FacetSelect({ label, any, facets, value, least, onChange }: FacetSelectProps) {
  if (facets.length < least && value === null) return null
  return (
    <div className="filter-model">
      <Select
        label={label}
        isLabelHidden
        value={value ?? ANY}
        choices={[
          { id: ANY, label: any },
          ...facets.map(({ key, name, count }) => ({
            id: key,
            label: `${name} ${formatCount(count)}`,
          })),
        ]}
        onChange={(id) => onChange(id === ANY ? null : id)}
      />
    </div>
  )
}

/** What came to nothing has no take: the queue says why, and tries again. */
function FailedChip() {
  const batchId = useStore((store) => store.filter.batchId)
  const failed = useStore((store) =>
    batchId === null
      ? (store.tonight?.counts.failed ?? 0)
      : (store.batches[batchId]?.counts.failed ?? 0),
  )
  const showQueue = useStore((store) => store.showQueue)
  if (failed === 0) return null
  return (
    <Button variant="quiet" onPress={() => showQueue('failed')}>
      <StatusMark tone="fail" /> Failed {formatCount(failed)}
    </Button>
  )
}
