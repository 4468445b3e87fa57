import { Ban, Clapperboard, PiggyBank, RotateCcw } from 'lucide-react'

import type { BatchView } from '../../../shared/domain/batch.ts'
import { retryBatch } from '../../store/queueActions.ts'
import { useStore } from '../../store/store.ts'
import { plural } from '../../ui/format.ts'
import type { MenuGroup } from '../../ui/Menu.tsx'
import { workLeft } from './queueLayout.ts'
import { useQuestions } from './questions.ts'

export function useBatchMenu(batch: BatchView): readonly MenuGroup[] {
  const ask = useQuestions((questions) => questions.ask)
  const { counts } = batch
  const again = counts.failed + counts.cancelled
  const left = workLeft(counts)
  return [
    {
      id: 'look',
      entries: [
        {
          id: 'review',
          label: 'Show its takes in Review',
          Icon: Clapperboard,
          why: counts.succeeded === 0 ? 'There is no take of it yet.' : undefined,
          onAction: () => useStore.getState().reviewBatch(batch.id),
        },
      ],
    },
    {
      id: 'change',
      entries: [
        {
          id: 'cap',
          label: 'Change its cap…',
          Icon: PiggyBank,
          onAction: () => ask({ kind: 'cap', batch }),
        },
        {
          id: 'retry',
          label: `Retry ${plural(again, 'failed or cancelled job')}`,
          Icon: RotateCcw,
          why: again === 0 ? 'None of its jobs failed or was cancelled.' : undefined,
          onAction: () => void retryBatch(batch.id),
        },
        {
          id: 'cancel',
          label: `Cancel ${plural(left, 'job')}…`,
          Icon: Ban,
          isDangerous: true,
          why: left === 0 ? 'All of its jobs have ended.' : undefined,
          onAction: () => ask({ kind: 'cancelBatch', batch }),
        },
      ],
    },
  ]
}
