import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileBody } from '../../../../src/main/window/fileBody.ts'
import { mediaResponse } from '../../../../src/main/window/mediaResponse.ts'

let folder: string
let file: { path: string; contentType: string }
const bytes = Uint8Array.from({ length: 700_000 }, (_, i) => (i * 7) % 251)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dailies-media-'))
  file = { path: join(folder, 'take.mp4'), contentType: 'video/mp4' }
  await writeFile(file.path, bytes)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const bodyOf = async (response: Response) => new Uint8Array(await response.arrayBuffer())

test('without a range the whole file comes, and says that ranges may be asked for', async () => {
  const response = await mediaResponse(file, null)
  expect(response.status).toBe(200)
  expect(response.headers.get('Accept-Ranges')).toBe('bytes')
  expect(response.headers.get('Content-Length')).toBe('700000')
  expect(Buffer.compare(await bodyOf(response), bytes)).toBe(0)
})

test('a range over several chunks is exactly that part', async () => {
  const response = await mediaResponse(file, 'bytes=100000-599999')
  expect(response.status).toBe(206)
  expect(response.headers.get('Content-Range')).toBe('bytes 100000-599999/700000')
  expect(response.headers.get('Content-Length')).toBe('500000')
  expect(Buffer.compare(await bodyOf(response), bytes.subarray(100_000, 600_000))).toBe(0)
})

test('a range behind the end is refused with the size', async () => {
  const response = await mediaResponse(file, 'bytes=700000-')
  expect(response.status).toBe(416)
  expect(response.headers.get('Content-Range')).toBe('bytes */700000')
})

test('a file that is gone, or is a folder, is not here', async () => {
  expect((await mediaResponse({ ...file, path: join(folder, 'no.mp4') }, null)).status).toBe(404)
  expect((await mediaResponse({ ...file, path: folder }, null)).status).toBe(404)
})

test('an empty file is an empty answer', async () => {
  const path = join(folder, 'empty.mp4')
  await writeFile(path, '')
  const response = await mediaResponse({ ...file, path }, null)
  expect(response.status).toBe(200)
  expect((await bodyOf(response)).length).toBe(0)
})

test('a file that shrinks while it is read ends the answer instead of hanging', async () => {
  const path = join(folder, 'shrinks.mp4')
  await writeFile(path, bytes)
  const response = await mediaResponse({ ...file, path }, null)
  await truncate(path, 1000)
  expect((await bodyOf(response)).length).toBeLessThanOrEqual(bytes.length)
})

test('a player that stops reading half way closes the file', async () => {
  const response = await mediaResponse(file, null)
  const reader = response.body?.getReader()
  await reader?.read()
  await expect(reader?.cancel()).resolves.toBeUndefined()
})

test('a disk that goes away while it is read leaves no file open', async () => {
  let isOpen = true
  const gone = {
    read: () => Promise.reject(new Error('EIO')),
    close: async () => void (isOpen = false),
  }
  const body = new Response(fileBody(gone, { start: 0, end: 9 }))
  await expect(body.arrayBuffer()).rejects.toThrow('EIO')
  expect(isOpen).toBe(false)
})
