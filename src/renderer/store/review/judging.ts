import { groupBy } from '../../../shared/domain/groupBy.ts'
import type { TakeId } from '../../../shared/domain/ids.ts'
import type { TakeFlag, TakeView } from '../../../shared/domain/take.ts'
import { ask } from '../../ipc/client.ts'
import { plural } from '../../ui/format.ts'
import { rowById } from '../keyset.ts'
import { act, notify } from '../notify.ts'
import type { GetStore, SetStore } from '../store.ts'

/** What a person says of a take. */
export interface Verdict {
  readonly rating?: number
  readonly flag?: TakeFlag
  readonly tags?: readonly string[]
  readonly note?: string
}

/** Takes something back; the last one done first. */
type Undo = () => Promise<void>

export interface JudgingSlice {
  readonly undos: readonly Undo[]
  /** What the next undo does. */
  readonly remember: (undo: Undo) => void
  readonly seen: (take: TakeView) => Promise<void>
  /** The same of each. */
  readonly judge: (takes: readonly TakeView[], verdict: Verdict) => Promise<void>
  /** Puts a tag on all of them that have it not. */
  readonly addTag: (takes: readonly TakeView[], tag: string) => Promise<void>
  /** Takes a tag off all of them that have it. */
  readonly removeTag: (takes: readonly TakeView[], tag: string) => Promise<void>
  readonly undoVerdict: () => Promise<void>
  readonly trashTakes: (takes: readonly TakeView[]) => Promise<void>
  readonly restoreTakes: (ids: readonly TakeId[]) => Promise<void>
}

export interface JudgingHost {
  readonly set: SetStore
  readonly get: GetStore
  /** Counts are to be read again; and lists too, when their members changed. */
  readonly settle: (isMembershipChanged: boolean) => void
}

const UNDOS = 100

export function judging(host: JudgingHost): JudgingSlice {
  const { set, get, settle } = host
  const remember = (undo: Undo): void => set({ undos: [...get().undos.slice(1 - UNDOS), undo] })
  /** Shown at once, written, and shown as it was when it could not be. */
  const say = async (takes: readonly TakeView[], verdict: Verdict): Promise<boolean> => {
    const now = Date.now()
    get().takes.patch(takes.map((take) => ({ ...take, seenAt: take.seenAt ?? now, ...verdict })))
    const { tags, ...rest } = verdict
    const patch = { ...rest, seen: true, ...(tags === undefined ? {} : { tags: [...tags] }) }
    const ids = takes.map(({ id }) => id)
    const answer = await act('The takes were not marked.', 'takes.update', { ids, patch })
    if (!answer.ok) get().takes.patch(takes)
    settle(false)
    return answer.ok
  }
  /** What each was before, of what the verdict speaks of. */
  const takeBack = (takes: readonly TakeView[], verdict: Verdict) => async (): Promise<void> => {
    const was = (take: TakeView): string => JSON.stringify(only(take, verdict))
    for (const [before, alike] of groupBy(takes, was)) {
      const state = get().takes.store.getState()
      const now = alike.map((take) => rowById(state, take.id) ?? take)
      await say(now, JSON.parse(before) as Verdict)
    }
    set({ chosenTake: takes[0]?.id ?? null })
  }
  const record: Say<void> = (takes, verdict) => remember(takeBack(takes, verdict))
  return {
    ...trashing(host, remember),
    ...tagging(say, record),
    undos: [],
    remember,
    seen: async (take) => {
      if (take.seenAt !== null) return
      get().takes.patch([{ ...take, seenAt: Date.now() }])
      await ask('takes.update', { ids: [take.id], patch: { seen: true } })
      settle(false)
    },
    judge: async (takes, verdict) => {
      if (!(await say(takes, verdict))) return
      record(takes, verdict)
      get().say(verdictWords(takes.length, verdict))
    },
    undoVerdict: async () => {
      const undo = get().undos.at(-1)
      set({ undos: get().undos.slice(0, -1) })
      await undo?.()
      get().say(undo === undefined ? 'Nothing is left to be undone.' : 'Undone.')
    },
  }
}

const FLAG_WORDS = { pick: 'picked', reject: 'rejected', none: 'without a flag' } as const

/** `picked`, `3 takes: rated 4`: to be heard; the tile shows it to the eye. */
function verdictWords(count: number, { flag, rating }: Verdict): string {
  const words = [
    ...(flag === undefined ? [] : [FLAG_WORDS[flag]]),
    ...(rating === undefined ? [] : [rating === 0 ? 'not rated' : `rated ${rating}`]),
  ].join(', ')
  return count === 1 || words === '' ? words : `${plural(count, 'take')}: ${words}`
}

type Say<R> = (takes: readonly TakeView[], verdict: Verdict) => R

function tagging(
  say: Say<Promise<boolean>>,
  record: Say<void>,
): Pick<JudgingSlice, 'addTag' | 'removeTag'> {
  /** Those alike are written together; one undo takes all of it back. */
  const retag = async (
    takes: readonly TakeView[],
    change: (tags: readonly string[]) => readonly string[],
  ): Promise<void> => {
    for (const alike of groupBy(takes, ({ tags }) => JSON.stringify(tags)).values())
      await say(alike, { tags: change(alike[0]?.tags ?? []) })
    if (takes.length > 0) record(takes, { tags: [] })
  }
  return {
    addTag: (takes, tag) =>
      retag(
        takes.filter(({ tags }) => !tags.includes(tag)),
        (tags) => [...tags, tag],
      ),
    removeTag: (takes, tag) =>
      retag(
        takes.filter(({ tags }) => tags.includes(tag)),
        (tags) => tags.filter((one) => one !== tag),
      ),
  }
}

type Trashing = Pick<JudgingSlice, 'trashTakes' | 'restoreTakes'>

const trashing = ({ set, get, settle }: JudgingHost, remember: (undo: Undo) => void): Trashing => ({
  trashTakes: async (takes) => {
    const ids = takes.map(({ id }) => id)
    const answer = await act('The takes were not moved.', 'takes.trash', { ids })
    if (!answer.ok) return
    settle(true)
    set({ selectedTakes: [] })
    const undo = (): Promise<void> => get().restoreTakes(ids)
    remember(undo)
    const [one] = takes
    const what =
      takes.length === 1 && one !== undefined
        ? `Row ${one.row}, take ${one.take} is`
        : `${plural(takes.length, 'take')} are`
    const action = { label: 'Undo', run: () => void undo() }
    notify({ text: `${what} in the trash.`, action })
  },
  restoreTakes: async (ids) => {
    await act('The takes were not brought back.', 'takes.restore', { ids: [...ids] })
    settle(true)
  },
})

/** The members that another one has too. */
function only({ rating, flag, tags, note }: Required<Verdict>, like: Verdict): Verdict {
  return {
    ...(like.rating === undefined ? {} : { rating }),
    ...(like.flag === undefined ? {} : { flag }),
    ...(like.tags === undefined ? {} : { tags }),
    ...(like.note === undefined ? {} : { note }),
  }
}
