import { create } from 'zustand'

import type { BatchView } from '../../../shared/domain/batch.ts'
import type { JobId } from '../../../shared/domain/ids.ts'
import type { NeedsYou } from '../../../shared/domain/job.ts'

/** What the queue asks before it does something that cannot be undone. */
export type QueueQuestion =
  | { readonly kind: 'cancelBatches'; readonly batches: readonly BatchView[] }
  | { readonly kind: 'cancelJobs'; readonly jobs: readonly JobId[] }
  | { readonly kind: 'cancelUnsent' }
  | { readonly kind: 'place'; readonly jobs: readonly JobId[] }
  | { readonly kind: 'edit'; readonly jobId: JobId }
  | { readonly kind: 'project'; readonly name: string }
  | { readonly kind: 'cap'; readonly batch: BatchView }
  /** They may have been charged; the person may insist. */
  | { readonly kind: 'retryDoubt'; readonly jobs: readonly JobId[] }
  | { readonly kind: 'sendAgain'; readonly needs: NeedsYou }
  | { readonly kind: 'adopt'; readonly needs: NeedsYou }
  | { readonly kind: 'giveUp'; readonly needs: NeedsYou }

interface Questions {
  readonly question: QueueQuestion | null
  readonly ask: (question: QueueQuestion) => void
  readonly close: () => void
}

export const useQuestions = create<Questions>()((set) => ({
  question: null,
  ask: (question) => set({ question }),
  close: () => set({ question: null }),
}))
