import { useState } from 'react'

import type { DraftCheck } from '../../../../shared/domain/draftCheck.ts'
import { systemZone } from '../../../../shared/schedule/localTime.ts'
import type { NightWindow } from '../../../../shared/schedule/nightWindow.ts'
import { momentWords } from '../../../../shared/schedule/windowWords.ts'
import { ask } from '../../../ipc/client.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { notifyFailure, notifyUntil } from '../../../store/notify.ts'
import { useStore } from '../../../store/store.ts'
import type { Reason } from '../../../ui/Button.tsx'
import { plural } from '../../../ui/format.ts'
import { leftOut, leftOutWords } from './LeftOut.tsx'
import { whyNotRun, whyNotTonight } from './whyNot.ts'

export type HowToRun = 'rehearse' | 'now' | 'tonight'

export interface Run {
  readonly why: Readonly<Record<HowToRun, readonly Reason[]>>
  /** Being saved, checked or admitted; `words` say which. */
  readonly busy: RunBusy | null
  /** What the person is asked before money is spent; null: nothing is asked. */
  readonly question: RunQuestion | null
  readonly start: (how: HowToRun) => void
  readonly confirm: () => void
  readonly dismiss: () => void
}

export interface RunBusy {
  readonly how: HowToRun
  readonly words: string
}

export interface RunQuestion {
  readonly how: HowToRun
  readonly check: DraftCheck
  /** Main said that the same batch is still unfinished: asked once more. */
  readonly sameBatch: string | null
}

/** The code with which main says that this very batch is still unfinished. */
const SAME_BATCH = 'sameBatchUnfinished'

export function useRun(): Run {
  const check = useStore((store) => store.check)
  const night = useStore((store) => store.tonight?.window)
  const blocked = useBlocked()
  const [busy, setBusy] = useState<RunBusy | null>(null)
  const [question, setQuestion] = useState<RunQuestion | null>(null)

  const admit = async (asked: RunQuestion, again: boolean): Promise<void> => {
    const { open } = useStore.getState()
    if (open === null) return
    setBusy({ how: asked.how, words: `Queueing ${plural(asked.check.jobs, 'job')}…` })
    // Before asking: by the answer another draft may be open.
    const left = leftOut().length
    const confirmed = asked.how === 'rehearse' ? null : asked.check.digest
    const answer = await ask('drafts.run', { draftId: open.id, how: asked.how, confirmed, again })
    setBusy(null)
    if (!answer.ok && answer.error.code === SAME_BATCH)
      return setQuestion({ ...asked, sameBatch: answer.error.message })
    setQuestion(null)
    if (answer.ok) {
      useStore.getState().draftRan({ draftId: open.id, batchId: answer.data.batchId })
      admitted({ jobs: answer.data.jobs, left, how: asked.how })
    } else {
      notifyFailure('Nothing was started.', answer.error.message)
      useStore.getState().checkSoon()
    }
  }

  const prepare = async (how: HowToRun): Promise<void> => {
    setBusy({ how, words: sayChecking() })
    const { saveDraft, checkNow } = useStore.getState()
    const fresh = (await saveDraft()) ? await checkNow() : null
    setBusy(null)
    if (fresh === null)
      return notifyFailure('Nothing was started.', 'The draft could not be saved and checked.')
    const asked = { how, check: fresh, sameBatch: null }
    if (how === 'rehearse') return admit(asked, false)
    if (fresh.problemCount > 0) return
    return isFreeOfDoubt(fresh) ? admit(asked, false) : setQuestion(asked)
  }

  return {
    why: {
      rehearse: whyNotRun({ check, blocked, isRehearsal: true }),
      now: whyNotRun({ check, blocked, isRehearsal: false }),
      tonight: [...whyNotTonight(night), ...whyNotRun({ check, blocked, isRehearsal: false })],
    },
    busy,
    question,
    start: (how) => void (busy === null && prepare(how)),
    confirm: () => void (question !== null && admit(question, question.sameBatch !== null)),
    dismiss: () => setQuestion(null),
  }
}

function sayChecking(): string {
  const { open, say } = useStore.getState()
  const words = `Checking ${plural(open?.doc.rows.length ?? 0, 'row')}…`
  say(words)
  return words
}

/** Costs nothing and is sent as it was asked for: there is nothing to confirm. */
function isFreeOfDoubt({ estimate, unpricedJobs, warningCount }: DraftCheck): boolean {
  return unpricedJobs === 0 && warningCount === 0 && estimate.every(({ micros }) => micros === 0)
}

function tonightWords(window: NightWindow | undefined): string {
  if (window?.kind === 'open') return ' The window is open.'
  const opensAt = window?.kind === 'closed' || window?.kind === 'closing' ? window.opensAt : null
  if (opensAt === null) return ''
  const at = momentWords({ at: opensAt, now: Date.now(), timeZone: systemZone() })
  return ` They start when the window opens at ${at}.`
}

interface Admission {
  readonly jobs: number
  /** Rows without a prompt. */
  readonly left: number
  readonly how: HowToRun
}

function admitted({ jobs, left, how }: Admission): void {
  const { showQueue, say } = useStore.getState()
  const when = how === 'tonight' ? tonightWords(useStore.getState().tonight?.window) : ''
  const rest = left === 0 ? '' : ` ${leftOutWords(left)}`
  const text = `${plural(jobs, 'job')} in the queue.${when}${rest}`
  say(text)
  const action = { label: 'Open the queue', run: () => showQueue('all') }
  const close = notifyUntil({ text, tone: 'run', action })
  const end = useStore.subscribe(({ screen }) => {
    if (screen !== 'queue') return
    end()
    close()
  })
}
