import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { ParseOption, XmlDocument } from 'libxml2-wasm'
import { expect, test } from 'vitest'
import type { ExportItem } from '../../../src/shared/domain/export.ts'
import type { HandoffFormat } from '../../../src/shared/domain/handoff.ts'
import type { TakeView } from '../../../src/shared/domain/take.ts'
import { readClipSource } from '../../../src/main/media/trim/clipSource.ts'
import { createHandoff } from '../../../src/main/review/handoff/handoff.ts'
import { FONTS, NEVER, realFfmpeg } from '../../helpers/clips.ts'
import { readEdl } from '../../helpers/edlReader.ts'
import { folderWith } from '../../helpers/folder.ts'
import { numberedClip } from '../../helpers/numberedClip.ts'
import { readOtio } from '../../helpers/otioReader.ts'
import { sampleTake } from '../../helpers/sampleTake.ts'

const NASTY = 'A "red" <lighthouse> & a\n fox 🦊 \u0007, 100% 日本'

/** Two takes at different rates, one with sound; three clips of them. */
async function written(format: HandoffFormat): Promise<string> {
  const folder = folderWith()
  const film = await numberedClip(folder, { name: 'film & co.mp4', fps: '24000/1001' })
  const tv = await numberedClip(folder, { name: 'tv.mp4', fps: '25', frames: 50, beep: [1, 1.1] })
  const takes: readonly TakeView[] = [
    sampleTake({
      id: 'take_0001',
      path: film,
      fps: 23.976,
      width: 1920,
      height: 1080,
      prompt: NASTY,
    }),
    sampleTake({ id: 'take_0002', path: tv, fps: 25, hasAudio: true, take: 2, flag: 'pick' }),
  ]
  const items: readonly ExportItem[] = [
    { takeId: 'take_0001', inFrame: 24, outFrame: 72, name: 'Wave' },
    { takeId: 'take_0002', inFrame: null, outFrame: null, name: '' },
    { takeId: 'take_0001', inFrame: 90, outFrame: 500, name: '' },
  ]
  const sources = {
    take: (id: TakeView['id']) => takes.find((take) => take.id === id) ?? null,
    batchName: () => 'Night',
    source: ({ path }: TakeView) => readClipSource(path),
  }
  const handoff = createHandoff(sources, { runner: realFfmpeg(), fontsDir: FONTS, signal: NEVER })
  const path = join(folder, `list.${format}`)
  const done = await handoff.write({ name: NASTY, items, format }, path)
  expect(done).toEqual({ ok: true, value: { shots: 3 } })
  return readFileSync(path, 'utf8')
}

test('OTIO: read by its schema, with exact ranges, files and prompts', async () => {
  const timeline = readOtio(await written('otio'))
  const [video, audio] = timeline.tracks.children
  expect(video?.kind).toBe('Video')
  const shots = video?.children ?? []
  expect(
    shots.map(({ source_range: { start_time, duration } }) => [
      start_time.value,
      duration.value,
      Number(start_time.rate.toFixed(3)),
    ]),
  ).toEqual([
    [24, 48, 23.976],
    [0, 50, 25],
    [90, 6, 23.976],
  ])
  expect(shots[0]?.markers[0]?.name).toBe(NASTY)
  const [first] = shots
  const media =
    first?.OTIO_SCHEMA === 'Clip.2' ? first.media_references['DEFAULT_MEDIA'] : undefined
  expect(media?.available_range.duration.value).toBe(96)
  expect(media?.target_url).toContain(encodeURI('film & co.mp4'))
  expect(audio?.children.map(({ OTIO_SCHEMA }) => OTIO_SCHEMA)).toEqual([
    'Gap.1',
    'Clip.2',
    'Gap.1',
  ])
})

/** The part of Apple's DTD for version 1.9 that is used, in its own order of children. */
const DTD = `<!DOCTYPE fcpxml [
<!ELEMENT fcpxml (resources?, library)> <!ATTLIST fcpxml version CDATA #FIXED "1.9">
<!ELEMENT resources (asset | format)*>
<!ELEMENT format EMPTY> <!ATTLIST format id ID #REQUIRED name CDATA #IMPLIED frameDuration CDATA #IMPLIED width CDATA #IMPLIED height CDATA #IMPLIED>
<!ELEMENT asset (media-rep+)> <!ATTLIST asset id ID #REQUIRED name CDATA #IMPLIED start CDATA #IMPLIED duration CDATA #IMPLIED hasVideo CDATA #IMPLIED format IDREF #IMPLIED hasAudio CDATA #IMPLIED audioSources CDATA #IMPLIED audioChannels CDATA #IMPLIED audioRate CDATA #IMPLIED>
<!ELEMENT media-rep EMPTY> <!ATTLIST media-rep kind (original-media | proxy-media) "original-media" src CDATA #REQUIRED>
<!ELEMENT library (event*)> <!ELEMENT event (project*)> <!ATTLIST event name CDATA #IMPLIED>
<!ELEMENT project (sequence)> <!ATTLIST project name CDATA #IMPLIED>
<!ELEMENT sequence (spine)> <!ATTLIST sequence format IDREF #REQUIRED duration CDATA #IMPLIED tcStart CDATA #IMPLIED tcFormat (DF | NDF) #IMPLIED audioLayout (mono | stereo | surround) #IMPLIED audioRate (32k | 44.1k | 48k | 88.2k | 96k) #IMPLIED>
<!ELEMENT spine (asset-clip*)>
<!ELEMENT asset-clip (note?, conform-rate?, marker*)> <!ATTLIST asset-clip ref IDREF #REQUIRED name CDATA #IMPLIED offset CDATA #IMPLIED start CDATA #IMPLIED duration CDATA #IMPLIED format IDREF #IMPLIED tcFormat (DF | NDF) #IMPLIED>
<!ELEMENT note (#PCDATA)>
<!ELEMENT conform-rate EMPTY> <!ATTLIST conform-rate srcFrameRate (23.98 | 24 | 25 | 29.97 | 30 | 60 | 47.95 | 48 | 50 | 59.94 | 90 | 100 | 119.88 | 120) #IMPLIED>
<!ELEMENT marker EMPTY> <!ATTLIST marker start CDATA #REQUIRED duration CDATA #IMPLIED value CDATA #REQUIRED note CDATA #IMPLIED>
]>`

test('FCPXML 1.9: well-formed, built as the DTD says, shots end to end in whole frames', async () => {
  const text = await written('fcpxml')
  XmlDocument.fromString(text).dispose()
  const withDtd = text.replace('<!DOCTYPE fcpxml>', DTD)
  XmlDocument.fromString(withDtd, { option: ParseOption.XML_PARSE_DTDVALID }).dispose()
  const broken = withDtd.replace('<spine>', '<spine><note/>')
  const option = ParseOption.XML_PARSE_DTDVALID
  expect(() => XmlDocument.fromString(broken, { option }).dispose()).toThrow(/spine/)
  const document = XmlDocument.fromString(text)
  const value = (path: string): readonly string[] => document.find(path).map((node) => node.content)
  expect(value('//asset-clip/@offset')).toEqual(['0s', '48048/24000s', '96096/24000s'])
  expect(value('//asset-clip/@duration')).toEqual(['48048/24000s', '48048/24000s', '6006/24000s'])
  expect(value('//asset-clip/@start')).toEqual(['24024/24000s', '0s', '90090/24000s'])
  expect(value('//conform-rate/@srcFrameRate')).toEqual(['25'])
  expect(value('//asset/@duration')[1]).toBe('50/25s')
  expect(value('//marker/@value')[0]).toBe(NASTY.replace('\u0007', ''))
  expect(value('//media-rep/@src')[0]).toContain('/film%20&%20co.mp4')
  document.dispose()
})

test('EDL: cuts in step, in whole frames, prompts on one line', async () => {
  const { title, events } = readEdl(await written('edl'), 24)
  expect(title).toBe('A "red" <lighthouse> & a fox 🦊 , 100% 日本')
  const hour = 3600 * 24
  expect(events.map(({ times }) => times)).toEqual([
    [24, 72, hour, hour + 48],
    [0, 48, hour + 48, hour + 96],
    [90, 96, hour + 96, hour + 102],
  ])
  expect(events[0]?.comments).toContain('FROM CLIP NAME: film & co.mp4')
  expect(events[0]?.comments.at(-1)).toMatch(/^LOC: 01:00:00:00 CYAN {4}A "red" <lighthouse>/)
})

test('CSV: a row for each shot, read back by another reader', async () => {
  const rows: readonly Record<string, string>[] = parseCsv(await written('csv'), { columns: true })
  expect(rows).toHaveLength(3)
  expect(rows[0]).toMatchObject({ name: 'Wave', in_frame: '24', out_frame: '72', prompt: NASTY })
  expect(rows[0]).toMatchObject({ in_timecode: '00:00:01:00', seconds: '2.002', fps: '23.976' })
  expect(rows[1]).toMatchObject({ flag: 'pick', take_id: 'take_0002', seconds: '2.000' })
})

test('a take whose facts are not known is handed off in the size, rate and sound of its file', async () => {
  const folder = folderWith()
  const path = await numberedClip(folder, { fps: '25', frames: 50, beep: [1, 1.1] })
  const take = sampleTake({ path })
  const sources = { take: () => take, batchName: () => '', source: () => readClipSource(path) }
  const handoff = createHandoff(sources, { runner: realFfmpeg(), fontsDir: FONTS, signal: NEVER })
  const items = [{ takeId: take.id, inFrame: null, outFrame: null, name: '' }]
  const list = join(folder, 'list.fcpxml')
  await handoff.write({ name: 'Night', items, format: 'fcpxml' }, list)
  const text = readFileSync(list, 'utf8')
  expect(text).toContain('width="160" height="32"')
  expect(text).toContain('frameDuration="1/25s"')
  expect(text).toContain('hasAudio="1"')
})

test('a contact sheet as PDF: pages with pictures, found by its own table', async () => {
  const folder = folderWith()
  const takes = Array.from({ length: 41 }, (_, at) => sampleTake({ row: at + 1 }))
  const sources = { take: () => null, batchName: () => '', source: () => readClipSource('') }
  const handoff = createHandoff(sources, { runner: realFfmpeg(), fontsDir: FONTS, signal: NEVER })
  const path = join(folder, 'sheet.pdf')
  const drawn = await handoff.contactSheet({ name: 'Night', takes, path })
  expect(drawn).toEqual({ ok: true, value: [path] })
  const bytes = readFileSync(path)
  const text = bytes.toString('latin1')
  expect(text.startsWith('%PDF-1.4')).toBe(true)
  const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1])
  expect(text.slice(table, table + 4)).toBe('xref')
  const places = [...text.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, at]) =>
    Number(at),
  )
  expect(places).toHaveLength(9)
  for (const [at, place] of places.entries()) {
    expect(text.slice(place).startsWith(`${at + 1} 0 obj\n`)).toBe(true)
  }
  expect(text.match(/\/Type \/Page /g)).toHaveLength(2)
  expect(text.match(/\/Filter \/DCTDecode/g)).toHaveLength(2)
})
