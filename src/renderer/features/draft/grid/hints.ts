import type { DraftRow } from '../../../../shared/domain/draft.ts'
import type { ModelCapabilities, ModelOption } from '../../../../shared/domain/modelOption.ts'

const NONE: readonly string[] = Object.freeze([])
/** A range of seconds longer than this is not worth listing. */
const MOST_SECONDS = 16

function secondsOf(durations: ModelCapabilities['durations']): readonly string[] {
  if (durations === null) return NONE
  if (durations.kind === 'list') return durations.seconds.map(String)
  const [from, to] = durations.seconds
  if (from === undefined || to === undefined || to - from >= MOST_SECONDS) return NONE
  return Array.from({ length: Math.floor(to - from) + 1 }, (_, at) => String(from + at))
}

function valuesOf(
  column: string,
  { durations, sizes, aspectRatios }: ModelCapabilities,
): readonly string[] {
  if (column === 'duration') return secondsOf(durations)
  return aspectRatios.length > 0 ? aspectRatios : sizes
}

/** What every model of the row takes; nothing when no model is named or they have nothing in common. */
export function hintsFor(
  column: string,
  row: DraftRow | null,
  models: readonly ModelOption[],
): readonly string[] {
  if (column !== 'duration' && column !== 'size') return NONE
  const chosen = models.filter(({ id }) => row?.models.some(({ model }) => model === id) ?? false)
  const [first, ...others] = chosen.map(({ capabilities }) => valuesOf(column, capabilities))
  if (first === undefined) return NONE
  return first.filter((value) => others.every((values) => values.includes(value)))
}

export function nextHint(hints: readonly string[], text: string, step: 1 | -1): string {
  const at = hints.indexOf(text.trim())
  const first = step === 1 ? 0 : hints.length - 1
  const next = at < 0 ? first : (at + step + hints.length) % hints.length
  return hints[next] ?? text
}
