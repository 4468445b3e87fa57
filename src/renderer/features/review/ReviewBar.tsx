import { FolderOpen } from 'lucide-react'

import { act } from '../../store/notify.ts'
import { useStore } from '../../store/store.ts'
import { useView, type ReviewLayout } from '../../store/viewStore.ts'
import { ExportButton } from './export/Exporting.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { ScreenTitle } from '../../ui/ScreenTitle.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Select } from '../../ui/Select.tsx'

const LAYOUTS: readonly { id: ReviewLayout; label: string }[] = [
  { id: 'prompt', label: 'By prompt' },
  { id: 'wall', label: 'Wall' },
]
const TILE_WIDTHS = { s: 160, m: 240, l: 340, xl: 520 } as const
type TileSize = keyof typeof TILE_WIDTHS
const TILE_SIZES: readonly { readonly id: TileSize; readonly label: string }[] = [
  { id: 's', label: 'S' },
  { id: 'm', label: 'M' },
  { id: 'l', label: 'L' },
  { id: 'xl', label: 'XL' },
]

/** The largest that is no wider. */
const sizeOf = (width: number): TileSize =>
  TILE_SIZES.findLast(({ id }) => TILE_WIDTHS[id] <= width)?.id ?? 's'

const EVERY = 'every'

export function ReviewBar() {
  const layout = useView((view) => view.reviewLayout)
  const tileWidth = useView((view) => view.tileWidth)
  const change = useView((view) => view.change)
  const orderTakes = useStore((store) => store.orderTakes)
  return (
    <div className="screen-bar">
      <ScreenTitle>Review</ScreenTitle>
      <BatchFilter />
      <span className="grow" />
      <Segmented
        label="Layout"
        value={layout}
        segments={LAYOUTS}
        onChange={(next) => {
          change({ reviewLayout: next })
          // On the wall the latest come first: it is what one looks in for what is new.
          orderTakes(next === 'prompt' ? 'row' : 'newest')
        }}
      />
      <Segmented
        label="Size"
        value={sizeOf(tileWidth)}
        segments={TILE_SIZES}
        onChange={(size) => change({ tileWidth: TILE_WIDTHS[size] })}
      />
      <ExportButton />
      <IconButton
        icon={<FolderOpen />}
        label="Open the folder of takes"
        onPress={() => void act('The folder was not opened.', 'app.openFolder', { folder: 'out' })}
      />
    </div>
  )
}

function BatchFilter() {
  const batchId = useStore((store) => store.filter.batchId)
  const batches = useStore((store) => store.batches)
  const order = useStore((store) => store.batchOrder)
  const filterTakes = useStore((store) => store.filterTakes)
  const project = useStore((store) => store.filter.project)
  const delivered = (order ?? []).filter((id) => {
    const batch = batches[id]
    const isMeant = project === null || batch?.project === project
    return isMeant && (batch?.counts.succeeded ?? 0) > 0
  })
  if (delivered.length < 2 && batchId === null) return null
  return (
    <div className="batch-filter">
      <Select
        label="Batch"
        isLabelHidden
        value={batchId ?? EVERY}
        choices={[
          { id: EVERY, label: 'Every batch' },
          ...delivered.map((id) => ({ id, label: batches[id]?.name ?? id })),
        ]}
        onChange={(id) => filterTakes({ batchId: id === EVERY ? null : id })}
      />
    </div>
  )
}
