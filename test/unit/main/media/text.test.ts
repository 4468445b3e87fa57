import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assDocument, safeText } from '../../../../src/main/media/text/assDocument.ts'
import { widthOf, wrapText } from '../../../../src/main/media/text/wrapText.ts'

const anyText = fc.string({ unit: 'grapheme', maxLength: 300 })

describe('lines of text', () => {
  it('are never too many nor too wide', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.integer({ min: 4, max: 40 }),
        fc.integer({ min: 1, max: 5 }),
        (text, maxEm, maxLines) => {
          const { lines } = wrapText(text, { maxEm, maxLines })
          expect(lines.length).toBeLessThanOrEqual(maxLines)
          for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(maxEm)
        },
      ),
    )
  })

  it('hold every sign of a text that fits', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { lines, isCut } = wrapText(text, { maxEm: 30, maxLines: 100 })
        const bare = (one: string): string => one.replace(/[\s\p{Cc}\p{Cs}]+/gu, '')
        expect(isCut).toBe(false)
        expect(bare(lines.join(''))).toBe(bare(text))
      }),
    )
  })

  it('end a text that is too long with an ellipsis after a whole word', () => {
    const { lines, isCut } = wrapText('a fox crosses a frozen lake '.repeat(300), {
      maxEm: 20,
      maxLines: 2,
    })
    expect(isCut).toBe(true)
    expect(lines).toHaveLength(2)
    expect(lines[1]).toMatch(/ (a|fox|crosses|frozen|lake)…$/)
  })

  it('break Japanese between words and keep its full stop with the sentence', () => {
    const text = '夕暮れの霧の中、赤い狐が湖を渡る。雪が舞う。'
    const { lines } = wrapText(text, { maxEm: 12, maxLines: 4 })
    expect(lines.length).toBeGreaterThan(1)
    for (const line of lines) expect(line).not.toMatch(/^[。、]/)
  })

  it('split what has no place to break', () => {
    expect(wrapText('x'.repeat(90), { maxEm: 20, maxLines: 9 }).lines.length).toBeGreaterThan(2)
  })
})

describe('text for the subtitle renderer', () => {
  it('cannot start a command, whatever a prompt holds', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const safe = safeText(text).replaceAll(/\{\\fn(Noto Emoji)?\}/g, '')
        expect(safe).not.toMatch(/(?<!\\)\{/)
        expect(safe).not.toMatch(/\\[Nnh]/)
        expect(safe).not.toMatch(/[\r\n]/)
      }),
    )
  })

  it('gives emoji the font that has them, and drops what would print as a box', () => {
    expect(safeText('a 🦊❤️ b')).toBe(String.raw`a {\fnNoto Emoji}🦊❤️{\fn} b`)
    expect(safeText('1️⃣ ©2026')).toBe('1 ©2026')
    expect(safeText('👩‍🚀')).toBe(String.raw`{\fnNoto Emoji}👩‍🚀{\fn}`)
  })

  it('keeps one event on one line of the document', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const texts = [{ x: 1, y: 2, lines: [text], font: 'strong', size: 20 }] as const
        const document = assDocument({ width: 640, height: 360, boxes: [], texts })
        const events = document.split('\n').filter((line) => line.startsWith('Dialogue:'))
        expect(events).toHaveLength(1)
      }),
    )
  })
})
