import type { Money } from '../../shared/domain/money.ts'
import { moneyText } from '../../shared/domain/moneyText.ts'

/** Several currencies side by side; `nothing` for none. */
export const moneyList = (amounts: readonly Money[]): string =>
  amounts.length === 0 ? 'nothing' : amounts.map(moneyText).join(' + ')

/** `1 job`, `2 jobs`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

/** `12.3 MB`, with a thousand bytes to the kilobyte, as file managers count. */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

/** `42 s`, `3 min 20 s`, `2 h 5 min`. */
export function timeText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** `23:10:05` of the local day. */
export const clockText = (epochMs: number): string => new Date(epochMs).toTimeString().slice(0, 8)

const DAY_MS = 24 * 3_600_000

/** `23:10:05`; with its day where that is not within the next 24 hours. */
export function whenText(epochMs: number, now: number): string {
  const clock = clockText(epochMs)
  return epochMs - now < DAY_MS
    ? clock
    : `${clock} on ${new Date(epochMs).toDateString().slice(4, 10)}`
}

/** One line of at most `width` characters; a prompt may hold line breaks. */
export function oneLine(text: string, width: number): string {
  // Control characters of a prompt or a provider must not steer the terminal.
  const line = text.replaceAll(/[\p{Cc}\p{Cf}]+|\s+/gu, ' ').trim()
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 3))}...`
}

/** `row 3`, `row 3 take 2`. */
export const jobPlace = (row: number, take: number): string =>
  take === 1 ? `row ${row}` : `row ${row} take ${take}`
