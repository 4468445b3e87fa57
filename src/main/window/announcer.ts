import type { BatchView } from '../../shared/domain/batch.ts'
import type { BatchId } from '../../shared/domain/ids.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import { finishedText } from './sentences.ts'

export interface News {
  readonly title: string
  readonly body: string
  /** Where a click leads. */
  readonly screen: 'review' | 'queue'
}
export interface AnnouncerOptions {
  readonly settings: () => Settings['notifications']
  /** Nobody needs to be told what is before their eyes. */
  readonly isWatched: () => boolean
  readonly show: (news: News) => void
}

/** Decides what is worth a system notification: a batch that finished, and what needs a person. */
export interface Announcer {
  /** What was already so when the app started is no news. */
  start(state: { readonly batches: readonly BatchView[]; readonly needsYou: number }): void
  batch(view: BatchView): void
  needsYou(count: number): void
}

export function createAnnouncer({ settings, isWatched, show }: AnnouncerOptions): Announcer {
  const told = new Set<BatchId>()
  let needed = 0
  const tell = (wanted: boolean, news: News): void => {
    if (wanted && !isWatched()) show(news)
  }
  return {
    start({ batches, needsYou }) {
      for (const { id, finishedAt } of batches) if (finishedAt !== null) told.add(id)
      needed = needsYou
    },
    batch(view) {
      // A retry opens a finished batch again; its next end is news.
      if (view.finishedAt === null) told.delete(view.id)
      if (view.finishedAt === null || told.has(view.id)) return
      told.add(view.id)
      tell(settings().batchFinished, {
        title: `${view.name} is finished`,
        body: finishedText(view),
        screen: 'review',
      })
    },
    needsYou(count) {
      const isMore = count > needed
      needed = count
      if (!isMore) return
      tell(settings().needsYou, {
        title: count === 1 ? 'One job needs you' : `${count} jobs need you`,
        body: 'Open the queue to see why and what can be done.',
        screen: 'queue',
      })
    },
  }
}
