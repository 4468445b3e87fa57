import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../../../../helpers/folder.ts'
import { formulaCell, numberCell, textCell, xlsxFile } from '../../../../helpers/xlsxFile.ts'
import { readBatchFile } from '../../../../../src/main/library/batchFile/readBatchFile.ts'

async function read(name: string, content: string | Uint8Array, sheet?: string) {
  const path = join(folderWith({ [name]: content }), name)
  return readBatchFile({ path, sheet, plain: false })
}

/** `row: value, value` for each row. */
async function rowsOf(name: string, content: string | Uint8Array, sheet?: string) {
  const { table, problems } = await read(name, content, sheet)
  expect(problems).toEqual([])
  return table?.rows.map(({ row, values }) => `${row}: ${values.join(' / ')}`)
}

async function problemsOf(name: string, content: string | Uint8Array, sheet?: string) {
  const { problems } = await read(name, content, sheet)
  for (const { message, mend } of problems) {
    expect(message).toMatch(/\S\.$/)
    expect(mend).toMatch(/\S\.$/)
  }
  return problems.map(({ row, column, code }) => `${row ?? '-'} ${column ?? '-'} ${code}`)
}

/** As a spreadsheet writes it: every cell quoted. */
const csvText = (rows: readonly (readonly string[])[], delimiter: string): string =>
  rows
    .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter))
    .join('\r\n')

describe('CSV and TSV', () => {
  test('a record that spans lines counts as one row, as in a spreadsheet', async () => {
    const csv = 'prompt,name\r\n"a\r\nb",one\r\n\r\n"say ""hi"", twice",two\r\n'
    expect(await rowsOf('b.csv', csv)).toEqual(['2: a\r\nb / one', '4: say "hi", twice / two'])
  })

  test.each([
    ['b.csv', 'prompt,size\na cat, 16:9 \n'],
    ['b.csv', 'prompt;size\na cat;16:9'],
    ['b.csv', 'prompt\tsize\na cat\t16:9'],
    ['b.tsv', 'prompt\tsize\ra cat\t16:9\r'],
    ['B.CSV', '\uFEFFprompt,size\na cat,16:9'],
  ])('%s %j', async (name, csv) => {
    expect(await rowsOf(name, csv)).toEqual(['2: a cat / 16:9'])
  })

  test('a lone double quote within a cell is text', async () => {
    expect(await rowsOf('b.csv', 'prompt\na 5" lens')).toEqual(['2: a 5" lens'])
  })

  test.each([
    ['', ['- - emptyFile']],
    ['\n\n', ['- - emptyFile']],
    ['prompt\n', ['- - noRows']],
    ['prompt,Prompt\na,b', ['1 Prompt duplicateColumn']],
    ['prompt,,name\na,b,c', ['1 B unnamedColumn']],
    ['prompt\na cat, on a roof\nok', ['2 - raggedRow']],
    ['prompt,size\n"a cat"\nok,16:9', ['2 - raggedRow']],
    ['prompt\nok\n"open\nmore', ['3 - openQuote']],
  ])('%j: %j', async (csv, expected) => {
    expect(await problemsOf('b.csv', csv)).toEqual(expected)
  })

  test('empty columns at the end of rows are no fault', async () => {
    expect(await rowsOf('b.csv', 'prompt,name,,\na,b,,\nc,d,,')).toEqual(['2: a / b', '3: c / d'])
  })

  test('whatever was written is read back', async () => {
    const cell = fc.string({ unit: 'grapheme' }).map((text) => text.trim().replaceAll('\0', ''))
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(',', ';', '\t'), async (written, delimiter) => {
        const csv = csvText([['prompt', 'a', 'b'], ...written], delimiter)
        const { table } = await readBatchFile({
          path: join(folderWith({ 'b.csv': csv }), 'b.csv'),
          plain: false,
        })
        const filled = written.filter((cells) => cells.some((text) => text !== ''))
        expect(table?.rows.map(({ values }) => values) ?? []).toEqual(filled)
      }),
      { numRuns: 200 },
    )
  })
})

describe('encodings', () => {
  const csv = 'prompt,größe\nüber den Dächern,groß\n'
  test.each([
    ['UTF-8', Buffer.from(csv)],
    ['UTF-8', Buffer.from(`\uFEFF${csv}`)],
    ['UTF-16', Buffer.from(`\uFEFF${csv}`, 'utf16le')],
    ['UTF-16', Buffer.from(csv, 'utf16le')],
    ['UTF-16', Buffer.from(`\uFEFF${csv}`, 'utf16le').swap16()],
    ['UTF-16', Buffer.from(csv, 'utf16le').swap16()],
    ['Latin-1', Buffer.from(csv, 'latin1')],
  ])('%s is told apart', async (encoding, bytes) => {
    const outcome = await read('b.csv', bytes)
    expect(outcome.encoding).toBe(encoding)
    expect(outcome.table?.columns.map(({ name }) => name)).toEqual(['prompt', 'größe'])
    expect(outcome.table?.rows[0]?.values).toEqual(['über den Dächern', 'groß'])
  })

  test('a picture with the wrong ending is no text', async () => {
    const png = Buffer.from(
      '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489',
      'hex',
    )
    expect(await problemsOf('b.csv', png)).toEqual(['- - notText'])
  })
})

describe('XLSX', () => {
  const book = xlsxFile({
    Shots: {
      1: [textCell('A1', 'Prompt'), textCell('B1', 'duration'), textCell('C1', 'options.cfg')],
      2: [textCell('A2', ' a cat '), numberCell('B2', 8), numberCell('C2', 0.5)],
      5: [formulaCell('A5', 'CONCAT("a ","dog")', 'a dog')],
    },
    Other: { 1: [textCell('A1', 'prompt')], 2: [textCell('A2', 'from the other')] },
  })

  test('rows keep the numbers that the spreadsheet shows, formulas their stored values', async () => {
    expect(await rowsOf('b.xlsx', book)).toEqual(['2: a cat / 8 / 0.5', '5: a dog /  / '])
  })

  test('a sheet is found by name', async () => {
    expect(await rowsOf('b.xlsx', book, 'other')).toEqual(['2: from the other'])
    expect(await problemsOf('b.xlsx', book, 'third')).toEqual(['- - noSuchSheet'])
  })

  test.each([['not a zip'], ['']])('%j is no workbook', async (content) => {
    expect(await problemsOf('b.xlsx', content)).toEqual(['- - notXlsx'])
  })
})

describe('JSON', () => {
  test('an array of rows, whatever keys each has', async () => {
    const json = [
      { prompt: 'a', duration: 8, audio: true },
      { Prompt: 'b', model: ['kling-v3', 'veo-3'], tags: null },
    ]
    const { table, problems } = await read('b.json', JSON.stringify(json))
    expect(problems).toEqual([])
    expect(table?.columns.map(({ key }) => key)).toEqual([
      'prompt',
      'duration',
      'audio',
      'model',
      'tags',
    ])
    expect(table?.rows.map(({ row, values }) => [row, ...values])).toEqual([
      [1, 'a', '8', 'true', '', ''],
      [2, 'b', '', '', 'kling-v3|veo-3', ''],
    ])
  })

  test('defaults stand where a row says nothing, and the batch has its name and lists', async () => {
    const json = {
      name: 'Night one',
      defaults: { size: '16:9', takes: 2 },
      rows: [
        { prompt: 'a', takes: 3 },
        { prompt: 'b', size: '' },
      ],
      lists: { weather: ['rain'] },
    }
    const { table } = await read('b.json', JSON.stringify(json))
    expect(table?.name).toBe('Night one')
    expect(table?.lists).toEqual({ weather: ['rain'] })
    const keys = table?.columns.map(({ key }) => key) ?? []
    expect(table?.rows.map(({ values }) => values[keys.indexOf('size')])).toEqual(['16:9', '16:9'])
    expect(table?.rows.map(({ values }) => values[keys.indexOf('takes')])).toEqual(['3', '2'])
  })

  test.each([
    ['{"rows": [', ['- - notJson']],
    ['"text"', ['- - wrongShape']],
    ['{"row": []}', ['- - wrongShape', '- - wrongShape']],
    ['[]', ['- - noRows']],
    ['[{"prompt": "a"}, "b", [1]]', ['2 - wrongShape', '3 - wrongShape']],
    ['[{"prompt": {"a": 1}}]', ['1 prompt badCell']],
    ['[{"prompt": "a", "PROMPT": "b"}]', ['1 PROMPT duplicateColumn']],
  ])('%s: %j', async (json, expected) => {
    expect(await problemsOf('b.json', json)).toEqual(expected)
  })
})

describe('TXT', () => {
  test('one prompt per line, with the line as its row', async () => {
    expect(await rowsOf('b.txt', 'a cat\n\n# not yet\r\n  a dog  \n#1 racer')).toEqual([
      '1: a cat',
      '4: a dog',
      '5: #1 racer',
    ])
  })

  test('no prompts', async () => {
    expect(await problemsOf('b.txt', '\n \n')).toEqual(['- - noRows'])
  })
})

describe('files that are not there', () => {
  test.each([
    ['missing.csv', 'missingFile'],
    ['.', 'isFolder'],
    ['b.csv/c.csv', 'missingFile'],
    ['b.doc', 'unknownFileKind'],
  ])('%s: %s', async (name, code) => {
    const folder = folderWith({ 'b.csv': 'prompt\na', 'b.doc': 'x' })
    const { table, problems } = await readBatchFile({ path: join(folder, name), plain: false })
    expect(table).toBeNull()
    expect(problems.map((problem) => problem.code)).toEqual([code])
  })
})

test('10,000 rows of 200 columns are read in seconds', { timeout: 60_000 }, async () => {
  const header = ['prompt', ...Array.from({ length: 199 }, (_, at) => `v${at}`)].join(',')
  const row = `a cat,${Array.from({ length: 199 }, (_, at) => `value ${at}`).join(',')}`
  const started = performance.now()
  const { table } = await read('b.csv', `${header}\n${`${row}\n`.repeat(10_000)}`)
  expect(table?.rows).toHaveLength(10_000)
  expect(performance.now() - started).toBeLessThan(20_000)
})

test('any bytes at all are read without a crash', async () => {
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .array(fc.constantFrom('"', ',', '\n', 'prompt', '{', '}', '[', ':', ';', '\0', 'é'), {
        maxLength: 40,
      })
      .map((pieces) => Buffer.from(pieces.join(''))),
  )
  const folder = folderWith()
  await fc.assert(
    fc.asyncProperty(
      content,
      fc.constantFrom('csv', 'tsv', 'json', 'txt', 'xlsx'),
      async (bytes, kind) => {
        const path = join(folder, `b.${kind}`)
        writeFileSync(path, bytes)
        const { table, problems } = await readBatchFile({ path, plain: false })
        expect(table !== null || problems.length > 0).toBe(true)
      },
    ),
    { numRuns: 2000 },
  )
})
