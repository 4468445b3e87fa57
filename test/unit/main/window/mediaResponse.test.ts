import { once } from 'node:events'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mediaResponse, type MediaResponse } from '../../../../src/main/window/mediaResponse.ts'

let folder: string
let file: { path: string; contentType: string }
const bytes = Uint8Array.from({ length: 700_000 }, (_, i) => (i * 7) % 251)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dailies-media-'))
  file = { path: join(folder, 'take.mp4'), contentType: 'video/mp4' }
  await writeFile(file.path, bytes)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const bodyOf = async ({ data }: MediaResponse): Promise<Buffer> =>
  Buffer.concat((await data.toArray()) as Buffer[])

test('without a range the whole file comes, and says that ranges may be asked for', async () => {
  const response = await mediaResponse(file, null)
  expect(response.statusCode).toBe(200)
  expect(response.headers['Accept-Ranges']).toBe('bytes')
  expect(response.headers['Content-Length']).toBe('700000')
  expect(Buffer.compare(await bodyOf(response), bytes)).toBe(0)
})

test('a range over several chunks is exactly that part', async () => {
  const response = await mediaResponse(file, 'bytes=100000-599999')
  expect(response.statusCode).toBe(206)
  expect(response.headers['Content-Range']).toBe('bytes 100000-599999/700000')
  expect(response.headers['Content-Length']).toBe('500000')
  expect(Buffer.compare(await bodyOf(response), bytes.subarray(100_000, 600_000))).toBe(0)
})

test('a range behind the end is refused with the size', async () => {
  const response = await mediaResponse(file, 'bytes=700000-')
  expect(response.statusCode).toBe(416)
  expect(response.headers['Content-Range']).toBe('bytes */700000')
})

test('a file that is gone, or is a folder, is not here', async () => {
  expect((await mediaResponse({ ...file, path: join(folder, 'no.mp4') }, null)).statusCode).toBe(
    404,
  )
  expect((await mediaResponse({ ...file, path: folder }, null)).statusCode).toBe(404)
})

test('an empty file is an empty answer', async () => {
  const path = join(folder, 'empty.mp4')
  await writeFile(path, '')
  const response = await mediaResponse({ ...file, path }, null)
  expect(response.statusCode).toBe(200)
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
  const { data } = await mediaResponse(file, null)
  await once(data, 'readable')
  data.read()
  data.destroy()
  await once(data, 'close')
  expect(data.destroyed).toBe(true)
})
