import { describe, expect, it } from 'vitest'
import { findFfmpeg, type FfmpegSearch } from '../../../../src/main/media/ffmpegPath.ts'

const here = (there: readonly string[], changes: Partial<FfmpegSearch> = {}): FfmpegSearch => ({
  setting: null,
  env: { PATH: '/usr/local/bin:/usr/bin' },
  bundled: null,
  platform: 'linux',
  isExecutable: (path) => there.includes(path),
  ...changes,
})
const ALL = ['/set/ffmpeg', '/env/ffmpeg', '/static/ffmpeg', '/usr/bin/ffmpeg']

describe('where ffmpeg is looked for', () => {
  it('takes the setting before FFMPEG_PATH before the bundled one before the PATH', () => {
    const env = { PATH: '/usr/bin', FFMPEG_PATH: '/env/ffmpeg' }
    const full = here(ALL, { setting: '/set/ffmpeg', env, bundled: '/static/ffmpeg' })
    const sourceOf = (search: FfmpegSearch): string | null => {
      const found = findFfmpeg(search)
      return found.ok ? found.value.source : null
    }
    expect(sourceOf(full)).toBe('setting')
    expect(sourceOf({ ...full, setting: null })).toBe('environment')
    expect(sourceOf({ ...full, setting: null, env: { PATH: '/usr/bin' } })).toBe('bundled')
    expect(sourceOf(here(ALL))).toBe('path')
  })

  it('does not silently use another than the one that was named', () => {
    const found = findFfmpeg(here(ALL, { setting: '/gone/ffmpeg' }))
    expect(found).toMatchObject({ ok: false, error: { code: 'FFMPEG_MISSING' } })
    expect(!found.ok && found.error.message).toContain('/gone/ffmpeg')
    const env = { PATH: '/usr/bin', FFMPEG_PATH: '/gone/too' }
    expect(findFfmpeg(here(ALL, { env })).ok).toBe(false)
  })

  it('looks beside the archive of a packaged app, where programs can be started', () => {
    const beside = '/opt/app/resources/app.asar.unpacked/node_modules/ffmpeg-static/ffmpeg'
    const bundled = '/opt/app/resources/app.asar/node_modules/ffmpeg-static/ffmpeg'
    expect(findFfmpeg(here([beside], { bundled }))).toEqual({
      ok: true,
      value: { path: beside, source: 'bundled' },
    })
  })

  it('passes over a bundled one whose download failed', () => {
    const found = findFfmpeg(here(['/usr/bin/ffmpeg'], { bundled: '/static/ffmpeg' }))
    expect(found).toMatchObject({ ok: true, value: { path: '/usr/bin/ffmpeg' } })
  })

  it.each([
    ['linux', 'sudo apt install ffmpeg'],
    ['darwin', 'brew install'],
    ['win32', 'winget install'],
  ] as const)('says on %s how to get it', (platform, words) => {
    const found = findFfmpeg(here([], { platform, env: {} }))
    expect(!found.ok && found.error.message).toContain(words)
  })
})
