import type { JobError } from '../../../shared/domain/errors.ts'

export const RECIPE_GONE: JobError = {
  kind: 'unknown',
  code: 'RECIPE_GONE',
  message: 'The recipe of this rehearsal is gone from the data folder. Send it again.',
}

/** A recipe is on disk whole or not at all, so nothing was begun. */
export const recipeNotKept = (cause: unknown): JobError => ({
  kind: 'disk',
  code: 'RECIPE_NOT_KEPT',
  message: `The data folder cannot be written (${wordsOf(cause)}). Make room or make it writable.`,
})

/** The render is done and lost its last step; the next look renders it again. */
export const renderNotKept = (cause: unknown): JobError => ({
  kind: 'disk',
  code: 'RENDER_NOT_KEPT',
  message: `The render could not be kept (${wordsOf(cause)}). Make room or make the data folder writable.`,
})

/** It would be begun again after a restart. */
export const cancelNotKept = (cause: unknown): JobError => ({
  kind: 'disk',
  code: 'CANCEL_NOT_KEPT',
  message: `The cancelling could not be kept (${wordsOf(cause)}). Make room or make the data folder writable.`,
})

const wordsOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
