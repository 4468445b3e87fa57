import { ChevronLeft } from 'lucide-react'
import { useEffect, useState } from 'react'

import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { ScreenTitle } from '../../../ui/ScreenTitle.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { ReviewFoot } from '../ReviewFoot.tsx'
import { Sync } from '../sync/sync.ts'
import { SyncTransport } from '../sync/SyncTransport.tsx'
import type { Takes } from '../useTakes.ts'
import './compare.css'
import { CompareCell } from './CompareCell.tsx'
import { labelsOf } from './labels.ts'
import { begun, COLUMNS, SIZES, sizeFor, type Size } from './slots.ts'
import { useCompare, type Compare } from './useCompare.ts'
import { WipeLine } from './WipeLine.tsx'

const HINTS = [
  { keys: ['←', '→'], word: 'choose' },
  { keys: [',', '.'], word: 'frame' },
  { keys: ['P'], word: 'pick' },
  { keys: ['X'], word: 'reject' },
  { keys: ['V'], word: 'winner stays' },
  { keys: ['S'], word: 'sound' },
  { keys: ['W'], word: 'wipe' },
  { keys: ['[', ']'], word: 'fewer, more' },
  { keys: ['Esc'], word: 'back' },
]

/** Takes side by side, in step to the frame. */
export function CompareScreen({ takes }: { readonly takes: Takes }) {
  const [sync] = useState(() => new Sync())
  const pool = useStore((store) => store.compared ?? NO_IDS)
  const [size, setSize] = useState<Size>(() => sizeFor(pool.length))
  const [slots, setSlots] = useState(() => begun(pool.length, size))
  const compare = useCompare({ takes, sync, pool, size, setSize, slots, setSlots })
  const { shown, focused, isWiping, wipe, heard } = compare
  const chooseTake = useStore((store) => store.chooseTake)
  const focusedId = focused?.id ?? null
  useEffect(() => {
    if (focusedId !== null) chooseTake(focusedId)
  }, [focusedId, chooseTake])
  const labels = useLabels(shown)
  const across = isWiping ? 1 : Math.min(COLUMNS[size], Math.max(1, shown.length))
  const lines = Math.max(1, Math.ceil(shown.length / across))
  return (
    <div className="compare">
      <CompareBar compare={compare} size={size} total={pool.length} />
      <div
        className="compare-stage"
        data-wiping={isWiping ? '' : undefined}
        style={{
          gridTemplateColumns: `repeat(${across}, minmax(0, 1fr))`,
          gridTemplateRows: `repeat(${isWiping ? 1 : lines}, minmax(0, 1fr))`,
        }}
      >
        {shown.map((take, at) => (
          <CompareCell
            key={take.id}
            sync={sync}
            take={take}
            label={labels[at] ?? take.modelName}
            isFocused={take === focused}
            isHeard={take.id === heard}
            onFocus={() => compare.focusOn(at)}
            wipedTo={isWiping && at === 1 ? wipe : undefined}
          />
        ))}
        {isWiping && <WipeLine at={wipe} onMove={compare.setWipe} />}
      </div>
      <SyncTransport sync={sync}>
        <span className="text-2 compare-note">
          in step, {heard === null ? 'sound off' : 'one sound'}
        </span>
      </SyncTransport>
      <ReviewFoot hints={HINTS} take={focused} />
    </div>
  )
}

function useLabels(shown: Compare['shown']): readonly string[] {
  const providers = useStore((store) => store.providers)
  return labelsOf(shown, (id) => providers.find((one) => one.id === id)?.name ?? id)
}

const NO_IDS: readonly never[] = Object.freeze([])

function CompareBar({
  compare,
  size,
  total,
}: {
  readonly compare: Compare
  readonly size: Size
  readonly total: number
}) {
  const compareTakes = useStore((store) => store.compareTakes)
  const { shown, focused, isWiping } = compare
  const sizes = SIZES.filter((each) => each === 2 || each <= sizeFor(total))
  return (
    <div className="screen-bar">
      <Button variant="quiet" icon={<ChevronLeft />} onPress={() => compareTakes(null)}>
        Review
      </Button>
      <ScreenTitle>Compare</ScreenTitle>
      <span className="text-2 one-line">
        {shown.length} of {total} takes
        {focused !== null && ` · row ${focused.row}, take ${focused.take} is chosen`}
      </span>
      <span className="grow" />
      <Segmented
        label="How many side by side"
        value={isWiping ? 'wipe' : String(size)}
        segments={[
          ...sizes.map((each) => ({ id: String(each), label: each === 2 ? '2 up' : each })),
          { id: 'wipe', label: 'Wipe' },
        ]}
        onChange={(id) => {
          if (id === 'wipe') return compare.setWiping(true)
          const chosen = SIZES.find((each) => String(each) === id)
          if (chosen !== undefined) compare.resize(chosen)
        }}
      />
    </div>
  )
}
