import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSidecar, sidecarPathFor } from '../../../../src/main/media/sidecar.ts'
import { SIDECAR } from '../../../helpers/sidecar.ts'

const codeOf = (text: string): string | null => {
  const parsed = parseSidecar(text)
  return parsed.ok ? null : parsed.error.code
}

describe('a sidecar', () => {
  it('is read back as it was written', () => {
    expect(parseSidecar(JSON.stringify(SIDECAR))).toEqual({ ok: true, value: SIDECAR })
  })

  it('keeps what a newer app added to it', () => {
    const newer = { ...SIDECAR, mood: 'calm', times: { ...SIDECAR.times, reviewedAt: 5 } }
    expect(parseSidecar(JSON.stringify(newer))).toEqual({ ok: true, value: newer })
  })

  it('is refused with the reason when it is of another kind, newer or damaged', () => {
    expect(codeOf('{"format":')).toBe('notJson')
    expect(codeOf('{"a":1}')).toBe('notSidecar')
    expect(codeOf(JSON.stringify({ ...SIDECAR, version: 2 }))).toBe('newerVersion')
    expect(codeOf(JSON.stringify({ ...SIDECAR, row: 'two' }))).toBe('invalid')
  })

  it('never breaks its reader, and is taken only for what it says', () => {
    const keys = Object.keys(SIDECAR).filter((key) => key !== 'format')
    const nearly = fc
      .dictionary(fc.constantFrom(...keys), fc.jsonValue(), { minKeys: 1, maxKeys: 3 })
      .map((wrong) => JSON.stringify({ ...SIDECAR, ...wrong }))
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), nearly), (text) => {
        const parsed = parseSidecar(text)
        if (parsed.ok) expect(parsed.value).toEqual(JSON.parse(text))
      }),
      { numRuns: 10_000 },
    )
  })

  it('lies beside its video under the same name', () => {
    expect(sidecarPathFor('/out/v1.2/clip.mp4')).toBe('/out/v1.2/clip.dailies.json')
    expect(sidecarPathFor('/out/v1.2/clip')).toBe('/out/v1.2/clip.dailies.json')
  })
})
