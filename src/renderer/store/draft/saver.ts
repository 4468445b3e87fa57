import type { Draft, DraftId } from '../../../shared/domain/draft.ts'
import { ask } from '../../ipc/client.ts'
import { keepable, type TooLong } from './keepable.ts'
import { changeBetween, inCalls, isNoChange, type DraftChange, type DraftDoc } from './sync.ts'

/** Edits are saved this often while they go on: with what an open cell keeps back, a kill loses half a second. */
const SAVE_MS = 250

export interface SaveTarget {
  readonly draftId: DraftId
  readonly doc: DraftDoc
  readonly saved: DraftDoc
}

/** The wire wants arrays that may be written to. */
function writableHead({ variables, ...head }: DraftChange['head']) {
  return variables === undefined ? head : { ...head, variables: [...variables] }
}

interface SaverHost {
  /** What is on screen now; null when no draft is open. */
  readonly target: () => SaveTarget | null
  readonly began: () => void
  /** `tooLong`: a cell that stays unsaved with its row; null: none does. */
  readonly ended: (
    target: SaveTarget,
    outcome: { readonly head: Draft | null; readonly tooLong: TooLong | null },
  ) => void
  readonly failed: (message: string) => void
}

export interface Saver {
  readonly soon: () => void
  /** Resolves when everything on screen is saved; false: it could not be. */
  readonly now: () => Promise<boolean>
}

/** One save at a time; what was typed meanwhile goes with the next one. */
export function createSaver(host: SaverHost): Saver {
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<boolean> | null = null

  const once = async (): Promise<boolean> => {
    const target = host.target()
    if (target === null) return true
    const { doc, tooLong } = keepable(target.saved, target.doc)
    const ended = (head: Draft | null): boolean => {
      host.ended({ ...target, saved: doc }, { head, tooLong })
      return tooLong === null
    }
    const change = changeBetween(target.saved, doc)
    if (isNoChange(change)) return ended(null)
    host.began()
    let head: Draft | null = null
    for (const call of inCalls(change, doc)) {
      const answer = await ask('drafts.save', {
        draftId: target.draftId,
        head: writableHead(call.head),
        put: [...call.put],
        remove: [...call.remove],
      })
      if (!answer.ok) {
        host.failed(answer.error.message)
        return false
      }
      head = answer.data
    }
    return ended(head)
  }

  const now = async (): Promise<boolean> => {
    clearTimeout(timer)
    timer = undefined
    while (running !== null) await running
    running = once()
    const isSaved = await running
    running = null
    return isSaved
  }

  return {
    now,
    soon: () => {
      timer ??= setTimeout(() => void now(), SAVE_MS)
    },
  }
}
