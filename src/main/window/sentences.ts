import { moneyText } from '../../shared/domain/moneyText.ts'
import { assertNever } from '../../shared/domain/result.ts'
import type { BatchView, StatusCounts } from '../../shared/domain/batch.ts'
import type { TonightView } from '../../shared/domain/views.ts'
import type { WhenDoneAction } from '../../shared/domain/whenDone.ts'
import type { NightReport } from '../nights/nightReport.ts'

/** What the machine still has to do by itself; what needs a person is not among it. */
export const workLeft = ({ queued, running, waiting }: StatusCounts): number =>
  queued + running + waiting

/** True while the machine should stay awake: something renders, or there is work that goes on by itself. */
export function isWorking({ counts, rest, paused, halted }: TonightView): boolean {
  if (workLeft(counts) === 0 || rest === 'person' || rest === 'nothing') return false
  return counts.running > 0 || (!paused && halted === null)
}

/** What is about to be done to the machine. */
export function countdownText(action: WhenDoneAction): string {
  switch (action) {
    case 'sleep':
      return 'The machine goes to sleep soon'
    case 'shutDown':
      return 'The machine is shut down soon'
    case 'quit':
      return 'Dailies quits soon'
    case 'command':
      return 'Your program is run soon'
    case 'nothing':
    case 'notify':
    case 'sound':
      return ''
    default:
      return assertNever(action)
  }
}

/** For the tray: `Dailies: 6 running, 212 waiting`. */
export function trayText(tonight: TonightView | null): string {
  if (tonight === null) return 'Dailies'
  const { running, queued, waiting, needsYou } = tonight.counts
  const parts = [
    running > 0 ? `${running} running` : '',
    queued + waiting > 0 ? `${queued + waiting} waiting` : '',
    needsYou > 0 ? `${needsYou} ${needsYou === 1 ? 'needs' : 'need'} you` : '',
  ].filter((part) => part !== '')
  const state = parts.length === 0 ? 'nothing to do' : parts.join(', ')
  return `Dailies: ${state}${tonight.paused ? ' (paused)' : ''}`
}

/** What a night leaves, whether it goes on by itself later or waits for the person. */
export const nightLeft = (counts: StatusCounts): number => workLeft(counts) + counts.needsYou

/** A night ends when nothing goes on in it: done is only what leaves nothing. */
export function nightTitle(counts: StatusCounts): string {
  const left = nightLeft(counts)
  if (left === 0) return 'The night’s work is done'
  return `The night has ended with ${left === 1 ? '1 job' : `${left} jobs`} left`
}

/** `38 succeeded, 3 failed. Spent $14.20.`; how much is left stands in the title. */
export function nightText({ counts, budget }: NightReport): string {
  const [spent = null] = budget.spent
  return finishedText({ counts, spent })
}

/** `7 succeeded, 1 failed. Spent $3.20.` */
export function finishedText({ counts, spent }: Pick<BatchView, 'counts' | 'spent'>): string {
  const parts = (['succeeded', 'failed', 'cancelled', 'needsYou'] as const)
    .filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${wordFor(status)}`)
  const money = spent === null || spent.micros === 0 ? '' : ` Spent ${moneyText(spent)}.`
  return `${parts.join(', ')}.${money}`
}

function wordFor(status: 'succeeded' | 'failed' | 'cancelled' | 'needsYou'): string {
  switch (status) {
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return status
    case 'needsYou':
      return 'waiting for you'
    default:
      return assertNever(status)
  }
}
