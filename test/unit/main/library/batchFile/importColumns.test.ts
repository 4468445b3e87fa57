import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  importPreview,
  readImport,
} from '../../../../../src/main/library/batchFile/importPreview.ts'
import { mapColumns } from '../../../../../src/main/library/batchFile/mapColumns.ts'
import { AS_FOUND, type ImportReading } from '../../../../../src/shared/domain/batchImport.ts'
import { folderWith } from '../../../../helpers/folder.ts'

async function preview(name: string, text: string, reading: Partial<ImportReading> = {}) {
  const path = join(folderWith({ [name]: text }), name)
  return importPreview(path, await readImport(path, { ...AS_FOUND, ...reading }))
}
const guessed = async (name: string, text: string) =>
  (await preview(name, text)).columns.map(({ target, how }) => `${target ?? '-'} ${how}`)

describe('what columns are for', () => {
  test.each([
    [
      'prompt,First Frame,options.cfg,lens',
      ['prompt named', 'first_frame named', 'options.cfg named', 'lens variable'],
    ],
    [
      'Text,Image,Seconds,Ratio',
      ['prompt guessed', 'first_frame guessed', 'duration guessed', 'aspect_ratio guessed'],
    ],
    ['prompt,text,promt', ['prompt named', 'text variable', 'promt variable']],
  ])('%s', async (header, expected) => {
    const row = header
      .split(',')
      .map((_, at) => `value ${at}`)
      .join(',')
    expect(await guessed('b.csv', `${header}\n${row}\n`)).toEqual(expected)
  })

  test('without a column of prompts, the one with the longest texts is it', async () => {
    const csv =
      'shot,idea\nA1,"A lantern drifts down a slow river"\nA2,"Rain on a tin roof at night"\n'
    expect(await guessed('b.csv', csv)).toEqual(['shot variable', 'prompt guessed'])
  })

  test('an empty column is left out', async () => {
    expect(await guessed('b.csv', 'prompt,notes,x\na cat,,1\n')).toEqual([
      'prompt named',
      '- unused',
      'x variable',
    ])
  })

  test('a list of prompts without a name above it keeps its first line', async () => {
    const found = await preview(
      'b.csv',
      'A lantern drifts down a slow river\nRain on a tin roof at night\n',
    )
    expect(found.reading.headerRow).toBe(0)
    expect(found.rowCount).toBe(2)
    expect(found.columns[0]).toMatchObject({ target: 'prompt', letter: 'A' })
  })
})

describe('reading as a person says', () => {
  test('names in another row, another separator, another encoding', async () => {
    const csv = 'Night shots\n\nprompt|lens\na cat|35 mm\n'
    const found = await preview('b.csv', csv, { headerRow: 3, delimiter: '|' })
    expect(found.columns.map(({ header }) => header)).toEqual(['prompt', 'lens'])
    expect(found.rows).toEqual([{ row: 4, cells: ['a cat', '35 mm'] }])
    const latin = await preview('b.csv', 'prompt\nblå\n', { encoding: 'Latin-1' })
    expect(latin.rows[0]?.cells).toEqual(['blÃ¥'])
  })
})

describe('columns as chosen', () => {
  const table = {
    columns: [
      { name: 'prompt', key: 'prompt', use: 'known' as const },
      { name: 'prompt', key: 'prompt', use: 'known' as const },
      { name: 'lens', key: 'lens', use: 'variable' as const },
    ],
    rows: [{ row: 2, values: ['a cat', 'a dog', '35 mm'] }],
    name: null,
    lists: {},
  }
  test('two columns of one name are told apart, one is left out', () => {
    const { table: mapped, problems } = mapColumns(table, ['negative_prompt', 'prompt', null])
    expect(problems).toEqual([])
    expect(mapped.columns.map(({ key }) => key)).toEqual(['negative_prompt', 'prompt'])
    expect(mapped.rows).toEqual([{ row: 2, values: ['a cat', 'a dog'] }])
  })

  test('two columns for one thing are a problem', () => {
    const { problems } = mapColumns(table, ['prompt', 'Prompt', 'lens'])
    expect(problems).toMatchObject([{ column: 'B', code: 'duplicateColumn' }])
  })
})
