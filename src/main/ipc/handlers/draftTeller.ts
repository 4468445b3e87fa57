import type { DraftId } from '../../../shared/domain/draft.ts'
import type { AppServices } from '../services.ts'

export type TellDraft = (draftId: DraftId, draftRevision: number | null) => void

/** Several changes of one draft within a moment are told as one. */
export function draftTeller({ publisher }: Pick<AppServices, 'publisher'>): TellDraft {
  const changed = new Map<DraftId, number | null>()
  return (draftId, draftRevision) => {
    changed.set(draftId, draftRevision)
    publisher.changed('drafts.changed', () => {
      const drafts = [...changed].map(([id, revision]) => ({
        draftId: id,
        draftRevision: revision,
      }))
      changed.clear()
      return drafts
    })
  }
}
