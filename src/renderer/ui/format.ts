/** `48 s`, `1 min 12 s`, `48 min`, `2 h 05 min`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 10)
    return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`
  if (minutes < 60) return `${Math.round(seconds / 60)} min`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** `1:12`, `1:02:05`: for narrow columns. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const minutes = Math.floor(seconds / 60)
  const tail = String(seconds % 60).padStart(2, '0')
  if (minutes < 60) return `${minutes}:${tail}`
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${tail}`
}

/** `00:00:04:15`: hours, minutes, seconds, frames. */
export function formatTimecode(seconds: number, fps: number): string {
  const rate = Math.max(1, Math.round(fps))
  const frames = Math.max(0, Math.round(seconds * fps))
  const whole = Math.floor(frames / rate)
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60, frames % rate]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

/** `8 s`, `7.5 s`. */
export function formatSeconds(seconds: number): string {
  return `${Number(seconds.toFixed(2))} s`
}

/** `05:40` of the local day. */
export function formatClock(epochMs: number): string {
  const date = new Date(epochMs)
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `22 Nov`, with the year when it is not this one. */
export function formatDay(epochMs: number, now: number): string {
  const date = new Date(epochMs)
  const day = `${date.getDate()} ${MONTHS[date.getMonth()] ?? ''}`
  return date.getFullYear() === new Date(now).getFullYear() ? day : `${day} ${date.getFullYear()}`
}

/** `22 Nov 05:40`, of the local day. */
export const formatMinute = (epochMs: number, now = Date.now()): string =>
  `${formatDay(epochMs, now)} ${formatClock(epochMs)}`

/** `22 Nov 05:40:09`, where the second tells something. */
export function formatMoment(epochMs: number, now = Date.now()): string {
  const seconds = String(new Date(epochMs).getSeconds()).padStart(2, '0')
  return `${formatMinute(epochMs, now)}:${seconds}`
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB']

/** Decimal units, as file managers and disks count: `1.2 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000
    unit += 1
  }
  const text = value >= 100 || unit === 0 ? String(Math.round(value)) : value.toFixed(1)
  return `${text} ${UNITS[unit] ?? ''}`
}

/** `1,204`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}

/** `1 take`, `4 takes`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}
