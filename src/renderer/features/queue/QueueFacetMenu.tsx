import { ListFilter } from 'lucide-react'
import { Dialog, DialogTrigger, Popover } from 'react-aria-components'

import type { BatchId } from '../../../shared/domain/ids.ts'
import type { FacetChoice, QueueFacets } from '../../../shared/domain/views.ts'
import type { QueueOf } from '../../store/queueSlice.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { formatCount } from '../../ui/format.ts'
import { Select } from '../../ui/Select.tsx'

const ALL = ''
const LABELS: Readonly<Record<keyof QueueOf, string>> = {
  project: 'Project',
  batchId: 'Batch',
  provider: 'Provider',
  model: 'Model',
}
const FIELDS = ['project', 'batchId', 'provider', 'model'] as const

/** Project, batch, provider and model, each with live counts; what is chosen stands on the button. */
export function QueueFacetMenu({ facets }: { readonly facets: QueueFacets | null }) {
  const of = useStore((store) => store.queueOf)
  const filterQueue = useStore((store) => store.filterQueue)
  const nameOf = useNames()
  const chosen = FIELDS.flatMap((field) => {
    const value = of[field]
    return value === undefined ? [] : [nameOf(field, value)]
  })
  return (
    <DialogTrigger>
      <Button
        icon={<ListFilter aria-hidden="true" />}
        label="Filter by project, batch, provider, model"
      >
        <span className="one-line queue-facet-words">
          {chosen.length === 0 ? 'Filter' : chosen.join(', ')}
        </span>
      </Button>
      <Popover className="popover" placement="bottom start">
        <Dialog className="queue-facets" aria-label="Filter the queue">
          {FIELDS.map((field) => (
            <Select
              key={field}
              label={LABELS[field]}
              value={of[field] ?? ALL}
              choices={[
                { id: ALL, label: 'All' },
                ...choicesOf(facets, field).map(({ key, jobs }) => ({
                  id: key,
                  label: `${nameOf(field, key)}  ${formatCount(jobs)}`,
                })),
              ]}
              onChange={(id) =>
                filterQueue({ of: { ...of, [field]: id === ALL ? undefined : id } })
              }
            />
          ))}
          <Button onPress={() => filterQueue({ of: {} })}>Show all</Button>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function choicesOf(facets: QueueFacets | null, field: keyof QueueOf): readonly FacetChoice[] {
  if (facets === null) return []
  return {
    project: facets.projects,
    batchId: facets.batchChoices,
    provider: facets.providers,
    model: facets.models,
  }[field]
}

/** Ids as people know them. */
function useNames(): (field: keyof QueueOf, id: string) => string {
  const models = useStore((store) => store.models)
  const providers = useStore((store) => store.providers)
  const batches = useStore((store) => store.batches)
  return (field, id) => {
    if (field === 'project') return id
    if (field === 'batchId') return batches[id as BatchId]?.name ?? id
    const list: readonly { readonly id: string; readonly name: string }[] =
      field === 'model' ? models : providers
    return list.find((one) => one.id === id)?.name ?? id
  }
}
