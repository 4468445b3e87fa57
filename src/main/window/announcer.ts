import type { Asks } from '../../shared/domain/asks.ts'
import type { BatchView } from '../../shared/domain/batch.ts'
import type { BatchId } from '../../shared/domain/ids.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { TonightView } from '../../shared/domain/views.ts'
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
  start(state: {
    readonly batches: readonly BatchView[]
    readonly needsYou: number
    readonly asks: Asked
  }): void
  batch(view: BatchView): void
  needsYou(count: number): void
  /** Caps, keys, lanes and models that wait for a person. */
  asks(asks: Asked): void
  /** What stops everything; null: nothing does. */
  halted(halt: TonightView['halted']): void
}

export function createAnnouncer({ settings, isWatched, show }: AnnouncerOptions): Announcer {
  const told = new Set<BatchId>()
  let needed = 0
  const tell = (wanted: boolean, news: News): void => {
    if (wanted && !isWatched()) show(news)
  }
  const questions = tellQuestions((news) => tell(settings().needsYou, news))
  return {
    ...questions,
    start({ batches, needsYou, asks }) {
      for (const { id, finishedAt } of batches) if (finishedAt !== null) told.add(id)
      needed = needsYou
      questions.know(asks)
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

type Asked = Pick<Asks, 'holds' | 'stops'>

/** Caps, keys, held lanes, and what stops everything: each once, while it lasts. */
function tellQuestions(
  tell: (news: News) => void,
): Pick<Announcer, 'asks' | 'halted'> & { readonly know: (asks: Asked) => void } {
  let asked: ReadonlySet<string> = new Set()
  let haltedBy: string | null = null
  return {
    know: (asks) => void (asked = new Set(questionsOf(asks).keys())),
    asks(asks) {
      const questions = questionsOf(asks)
      const fresh = [...questions].filter(([key]) => !asked.has(key))
      asked = new Set(questions.keys())
      const [first] = fresh
      if (first === undefined) return
      const more = fresh.length > 1 ? ` And ${fresh.length - 1} more.` : ''
      const body = `${sentence(first[1])}${more}`
      tell({ title: 'The queue needs you', body, screen: 'queue' })
    },
    halted(halt) {
      const isNew = halt !== null && halt.code !== haltedBy
      haltedBy = halt?.code ?? null
      if (isNew) tell({ title: 'Nothing new is started', body: halt.message, screen: 'queue' })
    },
  }
}

/** What each is about, by what tells it apart: its figures may change. */
const questionsOf = ({ holds, stops }: Asked): ReadonlyMap<string, string> =>
  new Map([
    ...holds.map(
      (hold) => [`${hold.route ?? hold.provider} ${hold.reason.code}`, hold.words] as const,
    ),
    ...stops.map((stop) => [aboutOf(stop), stop.words] as const),
  ])

/** A batch's and a project's cap is each its own; a night's and a month's is everybody's. */
function aboutOf({ why, scope, provider, batches: [first] }: Asked['stops'][number]): string {
  const owner = scope === 'batch' ? first?.id : scope === 'project' ? first?.project : ''
  return `${why} ${scope ?? provider} ${owner ?? ''}`
}

const sentence = (words: string): string =>
  `${words.charAt(0).toUpperCase()}${words.slice(1).replace(/\.$/, '')}.`
