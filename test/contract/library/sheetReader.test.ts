import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import {
  sheetReaderAside,
  sheetReaderHere,
} from '../../../src/main/library/batchFile/sheetReader.ts'
import { AS_FOUND } from '../../../src/shared/domain/batchImport.ts'
import { folderWith } from '../../helpers/folder.ts'

const worker = resolve(import.meta.dirname, '../../../src/main/library/batchFile/sheetWorker.ts')
const aside = sheetReaderAside(worker)

function sheet(): string {
  const path = join(folderWith(), 'night.csv')
  const rows = Array.from({ length: 1500 }, (_, at) => `"A {{animal}}, ${at}",fox,bad\n`)
  writeFileSync(path, `prompt,animal,takes\n${rows.join('')}`)
  return path
}

test('a thread of its own reads the same as this one, to the last row', async () => {
  const options = { path: sheet(), plain: false }
  expect(await aside.read(options)).toEqual(await sheetReaderHere.read(options))
  expect(await aside.preview(options.path, AS_FOUND)).toEqual(
    await sheetReaderHere.preview(options.path, AS_FOUND),
  )
  const none = { path: join(folderWith(), 'none.csv'), plain: false }
  expect(await aside.read(none)).toEqual(await sheetReaderHere.read(none))
})

test('where no thread can be started the file is read all the same', async () => {
  const lame = sheetReaderAside(join(folderWith(), 'nothing.js'))
  const read = await lame.read({ path: sheet(), plain: false })
  expect(read.table?.rows).toHaveLength(1500)
})
