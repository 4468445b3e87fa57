import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decodeLine,
  encodeLine,
  type NewJournalLine,
} from '../../../../src/main/storage/journal/journalLine.ts'
import { parseJournal } from '../../../../src/main/storage/journal/readJournal.ts'
import {
  intentLine,
  ledgerLine,
  numbered,
  outcomeLine,
  runLine,
} from '../../../helpers/storage/journalLines.ts'

const samples: readonly NewJournalLine[] = [
  runLine(3),
  intentLine(1),
  outcomeLine(1, 'accepted'),
  outcomeLine(2, 'unknown'),
  ledgerLine(1, 'confirmed'),
]
function accepted(json: string): NewJournalLine {
  const operation = { id: 'op', version: 2, data: JSON.parse(json) as null }
  return { kind: 'outcome', at: 1, intentId: 'job_0001:1', outcome: 'accepted', operation }
}
const anyLine = fc.oneof(
  fc.constantFrom(...samples),
  fc.string({ unit: 'grapheme' }).map((prompt): NewJournalLine => {
    const line = intentLine(7)
    return line.kind === 'intent' ? { ...line, job: { ...line.job, prompt } } : line
  }),
  fc.json().map(accepted),
)
const textOf = (lines: readonly NewJournalLine[]): string =>
  lines.map((line, index) => encodeLine(line, index + 1)).join('')
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('a line comes back as it went in, or not at all', () => {
  test('round trip, whatever the prompt and the operation hold', () => {
    fc.assert(
      fc.property(anyLine, fc.nat(), (line, n) => {
        const text = encodeLine(line, n)
        expect(text.indexOf('\n')).toBe(text.length - 1)
        const back = JSON.parse(JSON.stringify({ v: 1, n, ...line })) as object
        expect(decodeLine(text.slice(0, -1))).toEqual({ ok: true, value: back })
      }),
      { examples: [[accepted('{"__proto__":"a key as any other"}'), 0]] },
    )
  })

  test('any changed, missing or added byte is found out', () => {
    fc.assert(
      fc.property(anyLine, fc.nat(), fc.integer({ min: 1, max: 255 }), (line, at, change) => {
        const bytes = bytesOf(encodeLine(line, 1).slice(0, -1))
        const place = at % bytes.length
        const flipped = bytes.map((byte, index) => (index === place ? byte ^ change : byte))
        const cut = bytes.slice(0, place)
        for (const broken of [flipped, cut]) {
          const decoded = decodeLine(new TextDecoder().decode(broken))
          expect(decoded).toMatchObject({ ok: false, error: { code: 'damaged' } })
        }
      }),
    )
  })

  test('a line of a later version is told from a damaged one (money rule 16)', () => {
    const later = encodeLine({ ...runLine(1), v: 2 } as unknown as NewJournalLine, 1).slice(0, -1)
    expect(decodeLine(later)).toMatchObject({ ok: false, error: { code: 'newer' } })
    const strange = encodeLine({ kind: 'gossip' } as unknown as NewJournalLine, 1).slice(0, -1)
    expect(decodeLine(strange)).toMatchObject({ ok: false, error: { code: 'unreadable' } })
  })
})

describe('what a crash leaves is tolerated, damage elsewhere is told', () => {
  const whole = textOf([runLine(1), intentLine(1), outcomeLine(1, 'accepted')])

  test('cut anywhere, every whole line before the cut is read', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: whole.length }),
        fc.constantFrom('', '\n\n\n', '\0\0\0'),
        (at, room) => {
          const content = parseJournal(bytesOf(whole.slice(0, at) + room))
          const ends = whole.slice(0, at + 1).split('\n').length - 1
          expect(content.problems).toEqual([])
          expect(content.lines.length).toBeGreaterThanOrEqual(
            whole.slice(0, at).split('\n').length - 1,
          )
          expect(content.lines.length).toBeLessThanOrEqual(ends)
          expect(content.torn).toBeLessThanOrEqual(1)
        },
      ),
    )
  })

  test('a cut line before the next engine run is a crash', () => {
    const text = `${whole.slice(0, -40)}\n${textOf([runLine(2)])}`
    expect(parseJournal(bytesOf(text))).toMatchObject({
      torn: 1,
      problems: [],
      lines: { length: 3 },
    })
  })

  test('a cut line in the middle of a run is not', () => {
    const cut = encodeLine(intentLine(2), 9).slice(0, 60)
    const content = parseJournal(bytesOf(`${whole}${cut}\n${textOf([outcomeLine(2, 'unknown')])}`))
    expect(content).toMatchObject({ torn: 0, problems: [{ code: 'damaged', lineNo: 4 }] })
  })

  test('free room behind the lines is no part of them', () => {
    const content = parseJournal(bytesOf(`${whole}${'\n'.repeat(5000)}`))
    expect(content.end).toBe(whole.length - 1)
    expect(content.lines).toEqual(numbered([runLine(1), intentLine(1), outcomeLine(1, 'accepted')]))
  })

  test('rubbish of any kind never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(parseJournal(bytes).lines).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})
