import { emptyRow, type DraftRow } from '../../src/shared/domain/draft.ts'
import type { TakeView } from '../../src/shared/domain/take.ts'
import { expect, type RunningApp } from './fixtures.ts'

/** A small, quick clip on the rehearsal renderer. */
export const quickRow = (number: number, more: Partial<DraftRow> = {}): DraftRow => ({
  ...emptyRow(`row_e2e${number}`, number),
  prompt: `A lantern on a river, number ${number}`,
  models: [{ model: 'rehearsal', provider: 'rehearsal' }],
  duration: '1',
  size: '320x180',
  ...more,
})

/** Drafts these rows and admits them as a batch. */
export async function runRows(app: RunningApp, rows: readonly DraftRow[]): Promise<void> {
  const { id: draftId } = await app.ask('drafts.create', { name: 'End to end' })
  await app.ask('drafts.save', { draftId, head: {}, put: [...rows], remove: [] })
  await app.ask('drafts.run', { draftId, how: 'rehearse', confirmed: null, again: false })
}

export async function takesOf(app: RunningApp): Promise<readonly TakeView[]> {
  const page = { filter: {}, order: 'row' as const, after: null, limit: 500 }
  return (await app.ask('takes.list', page)).rows
}

/** Waits until so many takes are delivered and nothing is left to do. */
export async function delivered(app: RunningApp, count: number): Promise<readonly TakeView[]> {
  await expect
    .poll(async () => (await app.ask('queue.tonight')).counts)
    .toMatchObject({ queued: 0, running: 0, waiting: 0, succeeded: count })
  return takesOf(app)
}
