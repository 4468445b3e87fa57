import { FolderOpen } from 'lucide-react'

import { act } from '../../store/notify.ts'
import { useStore } from '../../store/store.ts'
import { useView, type ReviewLayout } from '../../store/viewStore.ts'
import { Button } from '../../ui/Button.tsx'
import { ExportButton } from './export/Exporting.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Select } from '../../ui/Select.tsx'

const LAYOUTS: readonly { id: ReviewLayout; label: string }[] = [
  { id: 'prompt', label: 'By prompt' },
  { id: 'wall', label: 'Wall' },
]
const EVERY = 'every'

export function ReviewBar() {
  const layout = useView((view) => view.reviewLayout)
  const change = useView((view) => view.change)
  const orderTakes = useStore((store) => store.orderTakes)
  return (
    <div className="screen-bar">
      <h1>Review</h1>
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
      <ExportButton />
      <Button
        icon={<FolderOpen />}
        onPress={() => void act('The folder was not opened.', 'app.openFolder', { folder: 'out' })}
      >
        Open folder
      </Button>
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
