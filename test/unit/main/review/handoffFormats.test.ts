import { parse as parseCsv } from 'csv-parse/sync'
import fc from 'fast-check'
import { XmlDocument } from 'libxml2-wasm'
import { expect, test } from 'vitest'
import { writeSheet } from '../../../../src/main/library/batchFile/writeSheet.ts'
import { readBatchBytes } from '../../../../src/main/library/batchFile/readBatchFile.ts'
import { shotSheet } from '../../../../src/main/review/handoff/csv.ts'
import { edlText } from '../../../../src/main/review/handoff/edl.ts'
import { fcpxmlText } from '../../../../src/main/review/handoff/fcpxml.ts'
import { otioText } from '../../../../src/main/review/handoff/otio.ts'
import { countedRate, rateOf, type Timeline } from '../../../../src/main/review/handoff/timeline.ts'
import { readEdl } from '../../../helpers/edlReader.ts'
import { readOtio } from '../../../helpers/otioReader.ts'
import { sampleTake } from '../../../helpers/sampleTake.ts'

/** Anything a person, a file system or a model may have written. */
const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', ' ', ']]>', '<!--', '"\'&<>', '=1+1', 'a\r\nb', '\u0000\uFFFE', 'é日本🦊'),
)
const rates = fc.constantFrom(12, 23.976, 24, 25, 29.97, 30, 47.3, 50, 59.94, 60)

const shot = fc
  .record({
    words,
    prompt: words,
    fps: rates,
    at: fc.nat(500),
    long: fc.integer({ min: 1, max: 99 }),
    hasAudio: fc.boolean(),
  })
  .map(({ words: name, prompt, fps, at, long, hasAudio }) => ({
    name,
    take: sampleTake({ prompt, note: name, path: `/media/${name.replaceAll('\0', '')}.mp4` }),
    frame: { width: 1280, height: 720, fps },
    rate: rateOf(fps),
    inFrame: at,
    outFrame: at + long,
    fileFrames: at + long + 3,
    hasAudio,
  }))
const timelines: fc.Arbitrary<Timeline> = fc
  .record({ name: words, fps: rates, shots: fc.array(shot, { maxLength: 8 }) })
  .map(({ name, fps, shots }) => ({ name, rate: rateOf(fps), width: 1280, height: 720, shots }))

test('whatever names, prompts and rates: every list is read by its strict reader, shot for shot', async () => {
  await fc.assert(
    fc.asyncProperty(timelines, async (timeline) => {
      const { shots, rate } = timeline
      const edl = edlText(timeline)
      if (!edl.ok) throw new Error(edl.error)
      expect(readEdl(edl.value, countedRate(rate)).events).toHaveLength(shots.length)
      const xml = XmlDocument.fromString(fcpxmlText(timeline))
      expect(xml.find('//asset-clip')).toHaveLength(shots.length)
      xml.dispose()
      const [video] = readOtio(otioText(timeline)).tracks.children
      expect(video?.children.map(({ name }) => name)).toEqual(shots.map(({ name }) => name))
      const csv = Buffer.from(await writeSheet(shotSheet(timeline), 'csv')).toString('utf8')
      const rows: readonly unknown[] = parseCsv(csv, { bom: true, columns: true })
      expect(rows).toHaveLength(shots.length)
    }),
    { numRuns: 300 },
  )
})

test.each(['=HYPERLINK("https://evil.example")', '+cmd', '-2+3', '@SUM(A1)', "'=1"])(
  'what a spreadsheet would run is text in CSV, and comes back as it was: %s',
  async (prompt) => {
    const sheet = { name: 'Night', header: ['prompt', 'seed'], rows: [[prompt, '-5']] }
    for (const kind of ['csv', 'tsv'] as const) {
      const bytes = Buffer.from(await writeSheet(sheet, kind))
      expect(bytes.toString('utf8').split('\r\n')[1]).toMatch(/^"?''?[=+@-].*[,\t]-5$/)
      const { table } = await readBatchBytes(bytes, { path: `b.${kind}`, plain: true })
      expect(table?.rows[0]?.values).toEqual([prompt, '-5'])
    }
  },
)
