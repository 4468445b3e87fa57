import { counted, timeText } from './terminal/words.ts'
import { moneyText } from '../shared/domain/moneyText.ts'
import type { CommandContext } from './context.ts'
import type { NeedsYou, NeedsYouAction } from '../shared/domain/job.ts'
import type { Output } from './terminal/output.ts'
import type { Summary } from './events.ts'

/** How each way out of a job that needs a person is typed. */
export const RESOLVE_FLAGS: Readonly<Record<NeedsYouAction, string>> = {
  adopt: '--adopt ID',
  sendAgain: '--send-again',
  giveUp: '--give-up',
  retryDownload: '--retry-download',
}

/** Each job that a person has to decide about, with its evidence and what can be typed. */
export function tellNeedsYou(output: Output, needs: readonly NeedsYou[]): void {
  for (const { jobId, row, message, evidence, actions } of needs) {
    output.line(`${output.paint('yellow', 'Needs you:')} row ${row} ${message}`)
    for (const fact of evidence) output.line(`  ${fact}`)
    for (const action of actions) output.line(`  dailies resolve ${jobId} ${RESOLVE_FLAGS[action]}`)
  }
}

interface HowItEnded {
  readonly isInterrupted: boolean
  readonly isPaused: boolean
  /** Database and journal differ, and nobody has said that this was seen. */
  readonly isUnseen: boolean
}

/** What came of it, in a line or two. */
export function tellSummary(
  context: CommandContext,
  summary: Summary,
  { isInterrupted, isPaused, isUnseen }: HowItEnded,
): void {
  const { output, options } = context
  const { succeeded, failed, cancelled, needsYou, waiting, spent, wallMs } = summary
  const parts = [
    `${succeeded} succeeded`,
    ...(failed > 0 ? [output.paint('red', `${failed} failed`)] : []),
    ...(cancelled > 0 ? [`${cancelled} cancelled`] : []),
    ...(needsYou > 0 ? [output.paint('yellow', counted(needsYou, 'needs you', 'need you'))] : []),
    ...(waiting > 0 ? [`${waiting} left`] : []),
  ]
  output.line(`${parts.join(', ')}; spent ${moneyText(spent)} in ${timeText(wallMs)}.`)
  const where = options.dataDir === undefined ? '' : ` --data-dir ${options.dataDir}`
  if (isInterrupted) output.note(`Interrupted. Go on with: dailies resume${where}`)
  else if (waiting > 0)
    output.note(
      `Go on with the rest by: ${isPaused ? `dailies unpause${where}, then ` : ''}dailies resume${where}${isUnseen ? ' --yes' : ''}`,
    )
}
