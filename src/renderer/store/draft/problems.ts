import type { DraftProblem } from '../../../shared/domain/draftCheck.ts'

export interface ProblemKind {
  readonly code: string
  /** For people: `Unknown variable`. */
  readonly label: string
  readonly count: number
}

/** What is wrong, most frequent first. */
export function kindsOf(problems: readonly DraftProblem[]): readonly ProblemKind[] {
  const counts = new Map<string, number>()
  for (const { code } of problems) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts]
    .map(([code, count]) => ({ code, label: labelOf(code), count }))
    .toSorted((a, b) => b.count - a.count)
}

/** Codes are words already: `unknownVariable`. */
function labelOf(code: string): string {
  const words = code.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Those of one kind; all of them when there is none of it any more, as after its last was mended. */
export function ofKind(
  problems: readonly DraftProblem[],
  kind: string | null,
): readonly DraftProblem[] {
  if (kind === null) return problems
  const some = problems.filter(({ code }) => code === kind)
  return some.length > 0 ? some : problems
}
