import {
  Ban,
  Brush,
  ChevronsDown,
  ChevronsUp,
  CircleSlash,
  Clapperboard,
  FolderKanban,
  PiggyBank,
  RotateCcw,
} from 'lucide-react'

import type { BatchView } from '../../../shared/domain/batch.ts'
import { cancel, prune, setPriority } from '../../store/queueActions.ts'
import { useStore } from '../../store/store.ts'
import { plural } from '../../ui/format.ts'
import type { MenuGroup } from '../../ui/Menu.tsx'
import { workLeft } from './queueLayout.ts'
import { useQuestions, type QueueQuestion } from './questions.ts'
import { retryAsking } from './retryAsking.ts'

export function useBatchMenu(batch: BatchView): readonly MenuGroup[] {
  const ask = useQuestions((questions) => questions.ask)
  return [
    {
      id: 'look',
      entries: [
        {
          id: 'review',
          label: 'Show its takes in Review',
          Icon: Clapperboard,
          why: batch.counts.succeeded === 0 ? 'There is no take of it yet.' : undefined,
          onAction: () => useStore.getState().reviewBatch(batch.id),
        },
      ],
    },
    orderGroup(batch),
    changeGroup(batch, ask),
  ]
}

function orderGroup(batch: BatchView): MenuGroup {
  const { succeeded, failed, cancelled } = batch.counts
  const ended = succeeded + failed + cancelled
  const left = workLeft(batch.counts)
  return {
    id: 'order',
    entries: [
      {
        id: 'first',
        label: batch.priority > 0 ? 'Let it take its turn' : 'Let it go before all others',
        Icon: ChevronsUp,
        why: left === 0 ? 'All of its jobs have ended.' : undefined,
        onAction: () => void setPriority({ batches: [batch.id] }, batch.priority > 0 ? 0 : 1),
      },
      {
        id: 'last',
        label: batch.priority < 0 ? 'Let it take its turn' : 'Let it go after all others',
        Icon: ChevronsDown,
        why: left === 0 ? 'All of its jobs have ended.' : undefined,
        onAction: () => void setPriority({ batches: [batch.id] }, batch.priority < 0 ? 0 : -1),
      },
      {
        id: 'prune',
        label: `Clear away ${plural(ended, 'ended job')}`,
        Icon: Brush,
        why: ended === 0 ? 'None of its jobs has ended.' : undefined,
        onAction: () => void prune({ batches: [batch.id] }),
      },
    ],
  }
}

function changeGroup(batch: BatchView, ask: (question: QueueQuestion) => void): MenuGroup {
  const { counts } = batch
  const { project } = batch
  const again = counts.failed + counts.cancelled
  const left = workLeft(counts)
  const unsent = counts.queued + counts.waiting
  return {
    id: 'change',
    entries: [
      {
        id: 'cap',
        label: 'Change its cap…',
        Icon: PiggyBank,
        onAction: () => ask({ kind: 'cap', batch }),
      },
      {
        id: 'project',
        label: project === null ? 'Its project…' : `Project “${project}”…`,
        Icon: FolderKanban,
        why: project === null ? 'Give the draft a project before it is run.' : undefined,
        onAction: () => ask({ kind: 'project', name: project ?? '' }),
      },
      {
        id: 'retry',
        label: `Retry ${plural(again, 'failed or cancelled job')}`,
        Icon: RotateCcw,
        why: again === 0 ? 'None of its jobs failed or was cancelled.' : undefined,
        onAction: () => void retryAsking({ batches: [batch.id] }),
      },
      {
        id: 'cancelUnsent',
        label: `Cancel ${plural(unsent, 'job')} that wait${unsent === 1 ? 's' : ''}`,
        Icon: CircleSlash,
        isDangerous: true,
        why: unsent === 0 ? 'None of its jobs waits.' : undefined,
        onAction: () => void cancel({ batches: [batch.id] }, true),
      },
      {
        id: 'cancel',
        label: `Cancel ${plural(left, 'job')}…`,
        Icon: Ban,
        isDangerous: true,
        why: left === 0 ? 'All of its jobs have ended.' : undefined,
        onAction: () => ask({ kind: 'cancelBatches', batches: [batch] }),
      },
    ],
  }
}
