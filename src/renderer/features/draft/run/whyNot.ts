import type { DraftCheck, DraftProblem } from '../../../../shared/domain/draftCheck.ts'
import type { NightWindow } from '../../../../shared/schedule/nightWindow.ts'
import { useStore } from '../../../store/store.ts'
import type { Reason } from '../../../ui/Button.tsx'
import { chooseRow } from '../gridActions.ts'

/** Reasons listed one by one; the rest is a number. */
const LISTED = 5

interface RunSituation {
  readonly check: DraftCheck | null
  readonly blocked: readonly Reason[]
  /** A rehearsal runs whatever the models are. */
  readonly isRehearsal: boolean
}

/** Models that are gone or have no key do not matter to a rehearsal; main decides what does. */
const ABOUT_MODELS = /model|provider|key|route|price|cap/i

export function whyNotRun({ check, blocked, isRehearsal }: RunSituation): readonly Reason[] {
  if (blocked.length > 0) return blocked
  if (check === null) return [{ text: 'The draft is still being checked.' }]
  if (check.rows === 0) return [{ text: 'There is no prompt yet: type one in the first row.' }]
  const problems = isRehearsal
    ? check.problems.filter(({ code }) => !ABOUT_MODELS.test(code))
    : check.problems
  const count = isRehearsal ? problems.length : check.problemCount
  const listed = problems.slice(0, LISTED).map(reasonOf)
  const rest = count - listed.length
  return rest > 0
    ? [...listed, { text: `And ${rest} more; they are listed beside the rows.` }]
    : listed
}

function reasonOf({ rowId, column, message, mend }: DraftProblem): Reason {
  const text = `${placeOf(rowId)}${message} ${mend}`
  return rowId === null ? { text } : { text, go: () => chooseRow(rowId, column) }
}

/** `Row 8: `; nothing for what concerns the draft as a whole. */
export function placeOf(rowId: string | null): string {
  const index = useStore.getState().open?.doc.rows.findIndex(({ id }) => id === rowId) ?? -1
  return index < 0 ? '' : `Row ${index + 1}: `
}

/** Leads to the night plan where it has no window to run in. */
export function whyNotTonight(window: NightWindow | undefined): readonly Reason[] {
  const go = (): void => useStore.getState().showOverlay('nights')
  if (window?.kind === 'always')
    return [{ text: 'No night window is set yet, so tonight would mean now. Set one.', go }]
  if (window?.kind === 'closed' && window.opensAt === null)
    return [{ text: 'The night plan has no hour in which work is sent. Choose some.', go }]
  return []
}
