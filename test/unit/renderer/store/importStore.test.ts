import { afterEach, expect, test, vi } from 'vitest'
import { AS_FOUND, type ImportPreview } from '../../../../src/shared/domain/batchImport.ts'
import type { DroppedFile } from '../../../../src/shared/ipc/api.ts'
import {
  bringImport,
  closeImport,
  importFiles,
  useImport,
} from '../../../../src/renderer/store/importStore.ts'
import { useStore } from '../../../../src/renderer/store/store.ts'
import { openPageDoor } from '../../../helpers/pageDoor.ts'

afterEach(() => {
  closeImport()
  vi.unstubAllGlobals()
})

const fileOf = (dropId: string): DroppedFile => ({ dropId, name: dropId, kind: 'batchFile' })
const previewOf = (fileName: string): ImportPreview => ({
  fileName,
  kind: 'CSV',
  reading: AS_FOUND,
  sheets: [],
  columns: [],
  rows: [],
  rowCount: 0,
  problems: [],
  problemCount: 0,
})

// Promise: what is brought in is what was shown.
test('a slow file that was closed does not come up as another one', async () => {
  const answers = new Map<string, (answer: unknown) => void>()
  openPageDoor((route, { dropId }: { dropId: string }) =>
    route === 'imports.preview'
      ? new Promise((resolve) => answers.set(dropId, resolve))
      : { ok: true },
  )
  const answer = (dropId: string): void =>
    answers.get(dropId)?.({ ok: true, data: previewOf(dropId) })

  const slow = importFiles([fileOf('slow')])
  closeImport()
  const quick = importFiles([fileOf('quick')])
  answer('quick')
  await quick
  answer('slow')
  await slow
  expect(useImport.getState().importing).toMatchObject({
    file: { dropId: 'quick' },
    preview: { fileName: 'quick' },
  })
})

test('nothing is brought into a draft whose rows on screen are not saved', async () => {
  const asked: string[] = []
  openPageDoor((route) => {
    asked.push(route)
    return { ok: true, data: previewOf('rows.csv') }
  })
  await importFiles([fileOf('rows.csv')])
  const { saveDraft } = useStore.getState()
  useStore.setState({ saveDraft: () => Promise.resolve(false) })
  await bringImport()
  useStore.setState({ saveDraft })
  expect(asked).toEqual(['imports.preview'])
  expect(useImport.getState().importing).toMatchObject({ isBusy: false })
  expect(useImport.getState().importing?.error).toContain('not saved yet')
})
