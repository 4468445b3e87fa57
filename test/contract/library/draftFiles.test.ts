import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { draftSheet } from '../../../src/main/library/drafts/draftSheet.ts'
import { writeSheet } from '../../../src/main/library/batchFile/writeSheet.ts'
import { NO_DEFAULTS, type DraftId } from '../../../src/shared/domain/draft.ts'
import { PNG } from '../../helpers/planning.ts'
import { AS_FOUND } from '../../../src/shared/domain/batchImport.ts'
import { escapeTemplate } from '../../../src/shared/template/escape.ts'
import { sheetReaderHere } from '../../../src/main/library/batchFile/sheetReader.ts'
import { draftHouse, draftOf, rowOf, type DraftHouse } from './draftHouse.ts'

let house: DraftHouse
beforeEach(() => void (house = draftHouse()))
afterEach(() => house.close())

function file(name: string, text: string | Uint8Array): string {
  const path = join(house.folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}
const rowsOf = (draftId: DraftId) =>
  house.drafts.rows({ draftId, after: null, limit: 100 }).rows.map(({ id: _id, ...cells }) => cells)

test('a batch file becomes a draft: cells as typed, pictures as frames, columns as variables', async () => {
  file('stills/harbour.png', PNG)
  const csv = file(
    'night.csv',
    [
      'prompt,first_frame,model,provider,duration,seed,tags,animal,options.cfg',
      'A {{animal}} waits,stills/harbour.png,"kling-v3, veo-3.1",fal,soon,0,"night; rain",fox|cat,0.5',
      'Nothing moves,,,rehearsal,,,,,',
    ].join('\n'),
  )
  const read = await house.files.read({ path: csv, into: null })
  const draft = read.ok ? read.value.draft : null
  expect(draft).toMatchObject({ name: 'night', rows: 2, variables: ['animal'] })
  const [first, second] = rowsOf(draft?.id ?? 'draft_none')
  const [frame] = house.frames.list({ after: null, limit: 5 }).rows
  expect(frame?.name).toBe('harbour.png')
  expect(first).toMatchObject({
    prompt: 'A {{animal}} waits',
    firstFrame: frame?.id,
    models: [
      { model: 'kling-v3', provider: 'fal' },
      { model: 'veo-3.1', provider: 'fal' },
    ],
    duration: 'soon',
    seed: '0',
    tags: ['night', 'rain'],
    variables: { animal: 'fox|cat' },
    options: { cfg: '0.5' },
  })
  expect(second?.models).toEqual([{ model: 'rehearsal', provider: 'rehearsal' }])
})

test('a picture that cannot be read is named with its row, which keeps its name and so its problem', async () => {
  const csv = file('a.csv', 'prompt,first_frame\nA kite,gone.png\n')
  const read = await house.files.read({ path: csv, into: null })
  const problems = read.ok ? read.value.problems : []
  expect(problems).toMatchObject([{ row: 2, column: 'first_frame', code: 'frameNotRead' }])
  expect(rowsOf(read.ok ? read.value.draft.id : 'draft_none')).toMatchObject([
    { firstFrame: 'lost:imageMissing:gone.png' },
  ])
})

test('what a file calls a model or a provider is never left out, so that no other is taken for it', async () => {
  const names = [
    'Kling V3,fal',
    'Sora Nine!,fal',
    'kling-v3,fal.ai',
    ',fal.ai',
    ',nobody',
    '!!,',
    'fal/kling-v3-standard,',
  ]
  const csv = file(
    'a.csv',
    `prompt,model,provider\n${names.map((name) => `A kite,${name}`).join('\n')}\n`,
  )
  const defaults = { ...NO_DEFAULTS, models: [{ model: 'rehearsal', provider: 'rehearsal' }] }
  const read = await house.files.read({ path: csv, into: null, defaults })
  const id = read.ok ? read.value.draft.id : 'draft_none'
  const [first, ...others] = rowsOf(id).map(({ models }) => models)
  expect(first).toEqual([{ model: 'kling-v3', provider: 'fal' }])
  expect(others.at(-1)).toEqual([{ model: 'kling-v3-standard', provider: 'fal' }])
  const check = await house.plans.check(id)
  expect(check?.problems.map(({ code }) => code)).toEqual([
    'unknownModel',
    'unknownProvider',
    'unknownProvider',
    'unknownProvider',
    'unknownModel',
  ])
})

test('two pictures in a cell for one are a picture that is missing, not another mode', async () => {
  file('a.png', PNG)
  const csv = file('a.csv', 'prompt,first_frame\nA kite,a.png|b.png\n')
  const read = await house.files.read({ path: csv, into: null })
  expect(read.ok ? read.value.problems : []).toMatchObject([{ row: 2, code: 'frameNotRead' }])
  expect(rowsOf(read.ok ? read.value.draft.id : 'draft_none')).toMatchObject([
    { firstFrame: 'lost:imageMissing:a.png|b.png' },
  ])
})

test.each([
  [
    { resolution: '720p' },
    { size: '1080x1920' },
    { size: '', aspectRatio: '9:16', resolution: '720p' },
  ],
  [{ resolution: '720p' }, { size: '9:16' }, { size: '', aspectRatio: '9:16', resolution: '720p' }],
  [{ size: '9:16' }, { resolution: '720p' }, { size: '9:16', aspectRatio: '', resolution: '720p' }],
  [
    { size: '640x480' },
    { resolution: '720p' },
    { size: '640x480', aspectRatio: '', resolution: '' },
  ],
  [{ size: 'wide' }, { resolution: '720p' }, { size: 'wide', aspectRatio: '', resolution: '' }],
  [{}, { size: '9:16' }, { size: '9:16', aspectRatio: '', resolution: '' }],
])('a row %j under defaults %j keeps its shape in a file', async (cells, usual, expected) => {
  const row = { ...rowOf(1), ...cells }
  const draft = { ...(await draftOf(house, [row])), defaults: { ...NO_DEFAULTS, ...usual } }
  const { header, rows } = draftSheet({ draft, rows: [row], frameCell: () => null })
  const cell = (name: string) => rows[0]?.[header.indexOf(name)]
  const { size, aspectRatio, resolution } = expected
  expect([cell('size'), cell('aspect_ratio'), cell('resolution')]).toEqual([
    size,
    aspectRatio,
    resolution,
  ])
})

test('rows come in behind the rows of a draft that is there', async () => {
  const first = await house.files.read({ path: file('a.txt', 'one\ntwo\n'), into: null })
  const into = first.ok ? first.value.draft.id : 'draft_none'
  await house.files.read({ path: file('b.txt', 'three\n'), into })
  expect(rowsOf(into).map(({ prompt }) => prompt)).toEqual(['one', 'two', 'three'])
})

test('a file that is no batch is refused in words, and nothing is made', async () => {
  const read = await house.files.read({ path: file('a.json', '{'), into: null })
  expect(read.ok).toBe(false)
  expect(read.ok ? '' : read.error.message.length).toBeGreaterThan(20)
  expect(house.drafts.list()).toEqual([])
})

test('a draft written as CSV and read again is the same draft', async () => {
  file('harbour.png', PNG)
  const csv = file(
    'a.csv',
    'prompt,first_frame,model,provider,takes,tags,animal,options.cfg\n' +
      '"He said ""go"",\nand went, {{animal}}",harbour.png,kling-v3,fal,2,"a, b",fox|cat,0.5\n',
  )
  const read = await house.files.read({ path: csv, into: null })
  const draft = read.ok ? read.value.draft : null
  if (draft === null) throw new Error('not read')
  const defaults = { ...NO_DEFAULTS, duration: '8', aspectRatio: '9:16' }
  const saved = await house.drafts.save({
    draftId: draft.id,
    head: { defaults },
    put: [],
    remove: [],
  })
  const { rows } = house.drafts.rows({ draftId: draft.id, after: null, limit: 10 })
  const frameCell = (id: string) => {
    const [view] = house.frames.get([id as `frame_${string}`])
    return view === undefined ? null : house.frameStore.pathOf(view)
  }
  const again = file(
    'again.csv',
    await writeSheet(draftSheet({ draft: saved ?? draft, rows, frameCell }), 'csv'),
  )
  const reread = await house.files.read({ path: again, into: null })
  const [before] = rowsOf(draft.id)
  expect(rowsOf(reread.ok ? reread.value.draft.id : 'draft_none')).toEqual([
    { ...before, duration: '8', aspectRatio: '9:16' },
  ])
})

test('pictures that are not beside the file are found in the library by name', async () => {
  const picture = file('elsewhere/Harbour.png', PNG)
  const { frames } = await house.frameImport.fromPaths([picture])
  const csv = file('sheet/a.csv', 'prompt,first_frame\nA kite,harbour\nA boat,harbour.png\n')
  const read = await house.files.read({ path: csv, into: null })
  expect(read.ok ? read.value.problems : null).toEqual([])
  const rows = rowsOf(read.ok ? read.value.draft.id : 'draft_none')
  expect(rows.map(({ firstFrame }) => firstFrame)).toEqual([frames[0]?.id, frames[0]?.id])
})

test('columns come in as a person chose, whatever the file calls them', async () => {
  const csv = file('a.csv', 'text;prompt\nA kite;note\n')
  const reading = { ...AS_FOUND, delimiter: ';' as const }
  const columns = ['prompt', null]
  const read = await house.files.read({ path: csv, into: null, reading, columns })
  const rows = rowsOf(read.ok ? read.value.draft.id : 'draft_none')
  expect(rows).toMatchObject([{ prompt: 'A kite', variables: {} }])
})

test('a cell that is too long is cut and told, and the rest of its row stays', async () => {
  const csv = file('a.csv', `prompt,takes,lens\nA kite,${'9'.repeat(3000)},35 mm\n`)
  const read = await house.files.read({ path: csv, into: null })
  const { draft, problems } = read.ok ? read.value : { draft: null, problems: [] }
  expect(problems).toMatchObject([{ row: 2, column: 'takes', code: 'cellCut' }])
  expect(rowsOf(draft?.id ?? 'draft_none')).toMatchObject([{ variables: { lens: '35 mm' } }])
})

test.each(['csv', 'tsv', 'json', 'xlsx'] as const)('a draft survives as %s', async (kind) => {
  const prompt = 'Plain {braces} and __lists__ | # as they stand\nin two lines'
  const row = { ...rowOf(1), prompt, plain: true, duration: '16', variables: { lens: '35|50' } }
  const draft = await draftOf(house, [row])
  const all = await house.drafts.save({
    draftId: draft.id,
    head: { variables: ['lens'] },
    put: [],
    remove: [],
  })
  const sheet = draftSheet({ draft: all ?? draft, rows: [row], frameCell: () => null })
  const path = file(`again.${kind}`, await writeSheet(sheet, kind))
  const read = await house.files.read({ path, into: null })
  const [again] = rowsOf(read.ok ? read.value.draft.id : 'draft_none')
  const { id: _id, ...before } = row
  expect(again).toEqual({ ...before, prompt: escapeTemplate(prompt), plain: false })
})

test('an import that is stopped leaves nothing, neither a new draft nor rows behind others', async () => {
  const lines = Array.from({ length: 1500 }, (_, at) => `A kite ${at}`)
  const csv = file('kites.csv', `prompt\n${lines.join('\n')}\n`)
  const standing = await draftOf(house, [rowOf(1), rowOf(2)])
  for (const into of [null, standing.id]) {
    const control = new AbortController()
    const told: number[] = []
    const read = await house.files.read({
      path: csv,
      into,
      signal: control.signal,
      onProgress: ({ what, done, total }) => {
        expect([what, total]).toEqual(['rows', 1500])
        told.push(done)
        control.abort()
      },
    })
    expect(read).toMatchObject({
      ok: false,
      error: { message: 'The import was stopped; nothing came in.' },
    })
    expect(told).toHaveLength(1)
    expect(house.drafts.list().map(({ id, rows }) => [id, rows])).toEqual([[standing.id, 2]])
  }
})

test('pictures that came in before an import was stopped stay, and it says so', async () => {
  file('kite.png', PNG)
  const csv = file('kites.csv', 'prompt,first_frame\nA kite,kite.png\n')
  const control = new AbortController()
  const read = await house.files.read({
    path: csv,
    into: null,
    signal: control.signal,
    onProgress: () => control.abort(),
  })
  const message = 'The import was stopped; no row came in. Pictures that were read stay in Frames.'
  expect(read).toMatchObject({ ok: false, error: { message } })
  expect(house.frames.list({ after: null, limit: 5 }).rows).toHaveLength(1)
  expect(house.drafts.list()).toEqual([])
})

test('a column may be named as what every object has', async () => {
  const csv = file(
    'names.csv',
    'prompt,provider,constructor,toString\nBy {{constructor}},rehearsal,Gaudi,\nA {{toString}},rehearsal,,\n',
  )
  const shown = await sheetReaderHere.preview(csv, AS_FOUND)
  const targets = shown.columns.map(({ target }) => target)
  expect(targets).toEqual(['prompt', 'provider', 'constructor', null])
  const read = await house.files.read({ path: csv, into: null })
  const id = read.ok ? read.value.draft.id : 'draft_none'
  const check = await house.plans.check(id)
  expect(check?.jobs).toBe(1)
  expect(check?.problems.map(({ column, code }) => [column, code])).toEqual([
    ['prompt', 'unknownVariable'],
  ])
})

test('a list of prompts without names above it comes in as it was shown, first row and all', async () => {
  const csv = file('bare.csv', 'A fox runs through the snow,5\nAn owl flies over the hills,5\n')
  const { reading, columns, rowCount } = await sheetReaderHere.preview(csv, AS_FOUND)
  expect(rowCount).toBe(2)
  const targets = columns.map(({ target }) => target)
  const read = await house.files.read({ path: csv, into: null, reading, columns: targets })
  expect(read.ok && read.value.draft.rows).toBe(2)
})

// Promise: no prompt is made of other values than the file's without a word.
test('a list of the file that the library has with other values is named, and the library keeps its own', async () => {
  const list = { kind: 'list', folder: '', tags: [], favourite: false } as const
  await house.prompts.save(null, { ...list, name: 'Weather', text: 'sun' })
  await house.prompts.save(null, { ...list, name: 'lens', text: '35 mm\n50 mm' })
  const lists = { weather: ['rain', 'snow'], lens: ['35 mm', '50 mm'], mood: ['calm'] }
  const json = file('a.json', JSON.stringify({ rows: [{ prompt: '__weather__' }], lists }))
  const read = await house.files.read({ path: json, into: null })
  expect(read.ok ? read.value.problems : []).toEqual([
    {
      row: null,
      column: null,
      code: 'listKept',
      message: 'The library has a list Weather with other values than the file; its own are used.',
      mend: 'Rename the list in the file and in its prompts, or change the one in Library.',
    },
  ])
  expect(house.prompts.lists()).toEqual({
    Weather: ['sun'],
    lens: ['35 mm', '50 mm'],
    mood: ['calm'],
  })
})
