import { describe, expect, test } from 'vitest'
import {
  formatBytes,
  formatDay,
  formatDuration,
  formatElapsed,
  formatSeconds,
  formatTimecode,
  plural,
} from '../../../../src/renderer/ui/format.ts'

describe('times and sizes are short', () => {
  test.each([
    [800, '1 s'],
    [48_000, '48 s'],
    [60_000, '1 min'],
    [72_000, '1 min 12 s'],
    [2_880_000, '48 min'],
    [7_500_000, '2 h 05 min'],
  ])('%d ms', (ms, text) => expect(formatDuration(ms)).toBe(text))

  test('elapsed, timecode, seconds, bytes, days', () => {
    expect(formatElapsed(72_900)).toBe('1:12')
    expect(formatElapsed(3_725_000)).toBe('1:02:05')
    expect(formatTimecode(4.625, 24)).toBe('00:00:04:15')
    expect(formatTimecode(4.5045, 29.97)).toBe('00:00:04:15')
    expect(formatSeconds(8)).toBe('8 s')
    expect(formatSeconds(7.504)).toBe('7.5 s')
    expect(formatBytes(1_234_567)).toBe('1.2 MB')
    expect(formatBytes(999)).toBe('999 B')
    expect(formatDay(Date.UTC(2025, 10, 22, 12), Date.UTC(2026, 0, 1))).toBe('22 Nov 2025')
    expect(plural(1, 'take')).toBe('1 take')
    expect(plural(1200, 'take')).toBe('1,200 takes')
  })
})
