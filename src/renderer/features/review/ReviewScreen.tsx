import { Clapperboard } from 'lucide-react'
import { useEffect, useMemo, useRef, type CSSProperties } from 'react'

import { useWidth } from '../../hooks/useWidth.ts'
import { baseFilter, NO_FILTER } from '../../store/review/takeFilter.ts'
import { useStore } from '../../store/store.ts'
import { useView } from '../../store/viewStore.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { AgainDialog } from './AgainDialog.tsx'
import { BlindScreen } from './blind/BlindScreen.tsx'
import { CompareScreen } from './compare/CompareScreen.tsx'
import { Exporting } from './export/Exporting.tsx'
import { DeleteDialog } from './DeleteDialog.tsx'
import { FilterBar } from './FilterBar.tsx'
import { Loupe } from './loupe/Loupe.tsx'
import './review.css'
import { ReviewBar } from './ReviewBar.tsx'
import { ReviewFoot, TRASH_HINTS, WALL_HINTS } from './ReviewFoot.tsx'
import { fit, promptLines, wallLines } from './reviewLines.ts'
import { TagDialog } from './TagDialog.tsx'
import { TakeGrid } from './TakeGrid.tsx'
import { TrashBar } from './TrashBar.tsx'
import { usePlayCommands } from './usePlayCommands.ts'
import { useReviewCommands } from './useReviewCommands.ts'
import { useReviewKeys } from './useReviewKeys.ts'
import { useTakes, type Takes as TakeList } from './useTakes.ts'

/** Blind comes first: while it lasts nothing here may know a take, so that no key can name one. */
export function ReviewScreen() {
  const blind = useStore((store) => store.blind)
  if (blind !== null) return <BlindScreen blind={blind} />
  return (
    <>
      <Takes />
      <Exporting />
      <AgainDialog />
      <TagDialog />
      <DeleteDialog />
    </>
  )
}

function Takes() {
  const takes = useTakes()
  const isLoupeOpen = useStore((store) => store.isLoupeOpen)
  const isComparing = useStore((store) => store.compared !== null)
  const { show } = takes
  const readCounts = useStore((store) => store.readCounts)
  useEffect(() => show(0, 0), [show])
  useEffect(() => void readCounts(), [readCounts])
  useReviewCommands(takes)
  if (isComparing) return <CompareScreen takes={takes} />
  if (isLoupeOpen && takes.chosen !== null) return <Loupe takes={takes} take={takes.chosen} />
  return <Wall takes={takes} />
}

function Wall({ takes }: { readonly takes: TakeList }) {
  const stage = useRef<HTMLDivElement>(null)
  const width = useWidth(stage)
  const layout = useView((view) => view.reviewLayout)
  const tileWidth = useView((view) => view.tileWidth)
  const isTrash = useStore((store) => store.filter.shown === 'trashed')
  const hasPrompts = layout === 'prompt'
  const { columns, tile, promptWidth } = fit({ width: width - 12, tileWidth, hasPrompts })
  const { groups, total } = takes
  const grid = useMemo(
    () => (hasPrompts ? promptLines(groups, total, columns) : wallLines(total, columns)),
    [hasPrompts, groups, total, columns],
  )
  useReviewKeys(takes, grid)
  usePlayCommands(takes)
  return (
    <div className="review">
      <ReviewBar />
      <FilterBar />
      <TrashBar takes={takes} />
      <div
        ref={stage}
        className="review-stage"
        style={{ '--prompt-width': `${promptWidth}px` } as CSSProperties}
      >
        {total === 0 ? (
          <NoTakes takes={takes} />
        ) : (
          width > 0 && <TakeGrid takes={takes} grid={grid} tile={tile} />
        )}
      </div>
      <ReviewFoot hints={isTrash ? TRASH_HINTS : WALL_HINTS} take={takes.chosen} />
    </div>
  )
}

function NoTakes({ takes: { state } }: { readonly takes: TakeList }) {
  const filter = useStore((store) => store.filter)
  const filterTakes = useStore((store) => store.filterTakes)
  const go = useStore((store) => store.go)
  const isRunning = useStore((store) => (store.tonight?.counts.running ?? 0) > 0)
  if (state.error !== null) {
    return <EmptyState title="The takes could not be read">{state.error}</EmptyState>
  }
  if (!state.isStarted) return <div aria-busy="true" />
  const isNarrowed = Object.keys(baseFilter(filter)).length > 0
  if (isNarrowed || filter.shown !== 'all') {
    const isTrash = !isNarrowed && filter.shown === 'trashed'
    return (
      <EmptyState
        title={isTrash ? 'The trash is empty' : 'No take is like that'}
        actions={<Button onPress={() => filterTakes(NO_FILTER)}>Show every take</Button>}
      />
    )
  }
  return (
    <EmptyState
      icon={<Clapperboard />}
      title={isRunning ? 'The first takes are being made' : 'Your dailies will be here'}
      actions={
        <Button variant="solid" onPress={() => go(isRunning ? 'queue' : 'draft')}>
          {isRunning ? 'Watch the queue' : 'Go to Draft'}
        </Button>
      }
    >
      Every delivered take, side by side with the others of its prompt. Play them, pick the good
      ones, reject the rest.
    </EmptyState>
  )
}
