import { symlinkSync } from 'node:fs'
import { utils, write, type WorkSheet } from '@e965/xlsx'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../../../../helpers/folder.ts'
import {
  errorCell,
  formulaCell,
  numberCell,
  textCell,
  xlsxFile,
} from '../../../../helpers/xlsxFile.ts'
import { readImageHead } from '../../../../../src/main/media/imageFile.ts'
import { writeSheet } from '../../../../../src/main/library/batchFile/writeSheet.ts'
import {
  readBatchBytes,
  readBatchFile,
} from '../../../../../src/main/library/batchFile/readBatchFile.ts'

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
    const noZeros = Buffer.from(png.map((byte) => (byte === 0 ? 7 : byte)))
    expect(await problemsOf('b.csv', noZeros)).toEqual(['- - notText'])
  })
})

const workbook = (
  sheets: Readonly<Record<string, WorkSheet>>,
  Sheets: readonly { Hidden: 0 | 1 }[] = [],
): Buffer =>
  Buffer.from(
    write(
      { SheetNames: Object.keys(sheets), Sheets: sheets, Workbook: { Sheets: [...Sheets] } },
      { type: 'buffer', bookType: 'xlsx' },
    ) as Uint8Array,
  )

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

  test('a cell comes in as the spreadsheet shows it: dates, times, percentages, leading zeros', async () => {
    const shown: readonly (readonly [number, string, string])[] = [
      [46348, 'm/d/yy', '2026-11-22'],
      [46348.75, 'm/d/yy h:mm', '2026-11-22 18:00'],
      [46348, 'd mmmm yyyy', '22 November 2026'],
      [16 / 24 + 9 / 1440, 'h:mm', '16:09'],
      [1.5, '[h]:mm', '36:00'],
      [0.5, '0%', '50%'],
      [42, '00000', '00042'],
      [12_345, '#,##0', '12345'],
      [0.1 + 0.2, 'General', '0.3'],
    ]
    const sheet = utils.aoa_to_sheet([['prompt', ...shown.keys()], ['a cat']])
    for (const [at, [v, z]] of shown.entries()) {
      sheet[utils.encode_cell({ r: 1, c: at + 1 })] = { t: 'n', v, z }
    }
    sheet['!ref'] = 'A1:J2'
    const text = shown.map(([, , words]) => words).join(' / ')
    expect(await rowsOf('b.xlsx', workbook({ sheet }))).toEqual([`2: a cat / ${text}`])
  })

  test('a merged cell holds for all its rows, and a hidden sheet is not the first', async () => {
    const sheet = utils.aoa_to_sheet([
      ['prompt', 'model'],
      ['a cat', 'kling-v3'],
      ['a dog', null],
      ['an owl', 'wan-2.7'],
    ])
    // The last merge reaches over a row that has nothing of its own.
    sheet['!merges'] = ['B2:B3', 'A4:A5'].map((range) => utils.decode_range(range))
    sheet['!ref'] = 'A1:B5'
    const notes = utils.aoa_to_sheet([['prompt'], ['of the past']])
    const shots = workbook({ notes, sheet }, [{ Hidden: 1 }, { Hidden: 0 }])
    expect(await rowsOf('b.xlsx', shots)).toEqual([
      '2: a cat / kling-v3',
      '3: a dog / kling-v3',
      '4: an owl / wan-2.7',
    ])
  })

  test('merges cost no more than the rows of the sheet, and too many of them are refused', async () => {
    const sheet = utils.aoa_to_sheet([['prompt'], ['a cat'], ['a dog']])
    const merged = (count: number) =>
      Array.from({ length: count }, (_, at) => ({
        s: { r: 1, c: at + 1 },
        e: { r: 10_000, c: at + 1 },
      }))
    sheet['!merges'] = merged(200)
    expect(await rowsOf('b.xlsx', workbook({ sheet }))).toEqual(['2: a cat', '3: a dog'])
    utils.sheet_add_aoa(sheet, [['an owl']], { origin: 'A10001' })
    sheet['!merges'] = merged(200)
    expect(await problemsOf('b.xlsx', workbook({ sheet }))).toEqual(['- - fileTooLarge'])
  })

  test('a cell in the last column of all is too wide, by itself and merged over 10,000 rows', async () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => [textCell(`A${at + 1}`, 'prompt')])
    rows[1]?.push(textCell('XFD2', 'far'))
    const One = Object.fromEntries(rows.map((cells, at) => [at + 1, cells]))
    for (const merges of [[], ['XFD2:XFD10000']]) {
      expect(await problemsOf('b.xlsx', xlsxFile({ One }, merges))).toEqual(['- - tooManyColumns'])
    }
  })

  test('a cell beyond the last name is told with its column, not left out', async () => {
    const sheet = utils.aoa_to_sheet([['prompt'], ['a cat'], ['a dog', null, 'slow']])
    expect(await problemsOf('b.xlsx', workbook({ sheet }))).toEqual(['1 C unnamedColumn'])
  })

  test('a formula that failed or was never counted is told with its cell', async () => {
    const failing = xlsxFile({
      One: {
        1: [textCell('A1', 'prompt'), textCell('B1', 'seed')],
        2: [textCell('A2', 'a cat'), errorCell('B2', '#REF!')],
        3: [textCell('A3', 'a dog'), '<c r="B3"><f>1+1</f></c>'],
      },
    })
    expect(await problemsOf('b.xlsx', failing)).toEqual([
      '2 B formulaFailed',
      '3 B formulaNotCounted',
    ])
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
    [`[{"prompt": ${'['.repeat(100_000)}${']'.repeat(100_000)}}]`, ['- - notJson']],
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

  test.skipIf(process.platform === 'win32')('what has no end is not read', async () => {
    const path = join(folderWith({}), 'b.csv')
    symlinkSync('/dev/zero', path)
    const { problems } = await readBatchFile({ path, plain: false })
    expect(problems.map(({ code }) => code)).toEqual(['unreadableFile'])
    expect(await readImageHead(path)).toMatchObject({ error: { code: 'imageMissing' } })
  })
})

test('10,000 rows of 200 columns are read before the time of a test is over', async () => {
  const header = ['prompt', ...Array.from({ length: 199 }, (_, at) => `v${at}`)].join(',')
  const row = `a cat,${Array.from({ length: 199 }, (_, at) => `value ${at}`).join(',')}`
  const { table } = await read('b.csv', `${header}\n${`${row}\n`.repeat(10_000)}`)
  expect(table?.rows).toHaveLength(10_000)
})

/** As a person sees it: a cell is trimmed, and what text files cannot hold is not in it. */
const cell = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .map((text) => text.replaceAll(/[\0\uFFFE\uFFFF]/g, '').trim())
const sheet = fc
  .array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 4 })
  .map((rows) => rows.filter((cells) => cells.some((text) => text !== '')))
  .filter((rows) => rows.length > 0)

test.each(['csv', 'tsv', 'json'] as const)(
  'whatever was written as %s is read back',
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(sheet, async (rows) => {
        const header = ['prompt', 'name', 'lens']
        const written = await writeSheet({ name: 'Night', header, rows }, kind)
        const { table, problems } = await readBatchBytes(Buffer.from(written), {
          path: `b.${kind}`,
          plain: false,
        })
        expect(problems).toEqual([])
        const at = header.map((name) => table?.columns.findIndex(({ key }) => key === name) ?? -1)
        expect(table?.rows.map(({ values }) => at.map((place) => values[place] ?? ''))).toEqual(
          rows,
        )
      }),
      // 10,000 and more over the three kinds.
      { numRuns: 3_500 },
    )
  },
)

test('a workbook that was written is read back', async () => {
  const printable = cell.map((text) => text.replaceAll(/\p{C}/gu, '').trim())
  const rows = fc
    .array(fc.tuple(printable, printable), { minLength: 1, maxLength: 4 })
    .map((all) => all.filter((cells) => cells.some((text) => text !== '')))
    .filter((all) => all.length > 0)
  await fc.assert(
    fc.asyncProperty(rows, async (written) => {
      const bytes = await writeSheet(
        { name: 'a', header: ['prompt', 'size'], rows: written },
        'xlsx',
      )
      const { table } = await readBatchBytes(Buffer.from(bytes), { path: 'b.xlsx', plain: false })
      expect(table?.rows.map(({ values }) => values)).toEqual(written)
    }),
    { numRuns: 200 },
  )
})

test.each([
  [['csv', 'tsv', 'json', 'txt'], 10_000],
  [['xlsx'], 300],
] as const)('any bytes at all are read as %s without a crash', async (kinds, numRuns) => {
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .array(fc.constantFrom('"', ',', '\n', 'prompt', '{', '}', '[', ':', ';', '\0', 'é'), {
        maxLength: 40,
      })
      .map((pieces) => Buffer.from(pieces.join(''))),
  )
  const reading = fc.record({
    encoding: fc.constantFrom(null, 'UTF-8', 'UTF-16', 'Latin-1'),
    delimiter: fc.constantFrom(null, ',', ';', '|'),
    headerRow: fc.constantFrom(null, 0, 1, 3),
  })
  await fc.assert(
    fc.asyncProperty(content, fc.constantFrom(...kinds), reading, async (bytes, kind, wish) => {
      const { table, problems } = await readBatchBytes(Buffer.from(bytes), {
        path: `b.${kind}`,
        plain: false,
        reading: wish,
      })
      expect(table !== null || problems.length > 0).toBe(true)
    }),
    { numRuns },
  )
})
