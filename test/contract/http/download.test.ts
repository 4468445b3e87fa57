import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import {
  createHttp,
  type Http,
  type HttpOptions,
} from '../../../src/main/providers/http/createHttp.ts'
import type { DownloadRequest } from '../../../src/main/providers/http/downloadPort.ts'
import { DEFAULT_SETTINGS } from '../../servers/world.ts'
import type { FaultHow } from '../../servers/types.ts'
import { folderWith } from '../../helpers/folder.ts'
import { providerBench, routeRequest, type ProviderBench } from '../../helpers/providerBench.ts'
import { httpServer, httpsServer } from '../../helpers/rawServers.ts'
import { AUTHORITIES } from '../../helpers/tlsFiles.ts'

const MEGABYTE = 1024 * 1024
let bench: ProviderBench
let net: Http
beforeAll(async () => {
  bench = await providerBench('fal')
  net = createHttp({ proxyOf: () => null })
})
afterEach(async () => {
  await bench.server.clearFaults()
  await bench.server.set(DEFAULT_SETTINGS)
})
afterAll(async () => {
  await net.close()
  await bench.close()
})

/** A finished clip at the double: its link, digest and length. */
async function clip(fileBytes = 0): Promise<{ url: string; sha256: string; bytes: number }> {
  await bench.server.set({ fileBytes })
  const operation = await bench.order(routeRequest('fal', `clip ${fileBytes}`))
  const done = await bench.provider.check(operation, bench.call())
  const [output] = done.kind === 'succeeded' ? done.outputs : []
  const render = (await bench.server.renders()).find(({ id }) => id === operation.id)
  if (output?.kind !== 'url' || render?.sha256[0] === undefined) throw new Error('no clip')
  return { url: output.url, sha256: render.sha256[0], bytes: output.bytes ?? 0 }
}
const request = (url: string, more: Partial<DownloadRequest> = {}): DownloadRequest => ({
  url,
  path: join(folderWith(), 'clip.mp4.part'),
  baseUrls: bench.call().baseUrls,
  signal: new AbortController().signal,
  ...more,
})
const sha256 = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex')
const fault = (how: FaultHow, times = 1): Promise<void> =>
  bench.server.fault({ on: 'file', how, times })
const ranges = async (): Promise<readonly (string | undefined)[]> =>
  (await bench.server.requests())
    .filter(({ kind }) => kind === 'file')
    .map(({ headers }) => headers['range'])

describe('a download', () => {
  it('is the file, its digest and its length', async () => {
    const { url, sha256: digest, bytes } = await clip()
    const asked = request(url, { statedBytes: bytes })
    expect(await net.download(asked)).toEqual({
      kind: 'whole',
      bytes,
      sha256: digest,
    })
    expect(sha256(asked.path)).toBe(digest)
    expect(existsSync(`${asked.path}.json`)).toBe(false)
  })

  it('tells how far it is', async () => {
    const { url, bytes } = await clip(3 * MEGABYTE)
    const seen: number[] = []
    await net.download(request(url, { onProgress: (progress) => seen.push(progress.bytes) }))
    expect(seen.at(-1)).toBe(bytes)
    expect(seen.length).toBeGreaterThan(1)
  })

  it('goes on where it was cut off, when it is surely the same file', async () => {
    const { url, sha256: digest, bytes } = await clip(5 * MEGABYTE)
    await fault({ kind: 'truncate' })
    const asked = request(url)
    expect(await net.download(asked)).toMatchObject({
      kind: 'retry',
      error: { kind: 'unavailable' },
    })
    const had = readFileSync(asked.path).byteLength
    expect(had).toBeGreaterThan(0)
    expect(await net.download(asked)).toMatchObject({ kind: 'whole', bytes, sha256: digest })
    expect((await ranges()).at(-1)).toBe(`bytes=${had}-`)
  })

  it('starts over when the file has changed meanwhile', async () => {
    const { url, sha256: digest } = await clip(2 * MEGABYTE)
    await fault({ kind: 'truncate' })
    const asked = request(url)
    await net.download(asked)
    await fault({ kind: 'newEtag' })
    expect(await net.download(asked)).toMatchObject({ kind: 'whole', sha256: digest })
    expect(sha256(asked.path)).toBe(digest)
  })

  it('never continues on a weak tag, or after a chunked answer of unknown length', async () => {
    const { url, sha256: digest } = await clip(2 * MEGABYTE)
    for (const how of [{ kind: 'weakEtag' }, { kind: 'truncate', chunked: true }] as const) {
      const asked = request(url)
      await fault(how)
      const controller = new AbortController()
      // The weak one is stopped half way, the chunked one stops by itself.
      await net.download({
        ...asked,
        signal: controller.signal,
        onProgress: () => how.kind === 'weakEtag' && controller.abort(),
      })
      expect(await net.download(asked)).toMatchObject({ kind: 'whole', sha256: digest })
      expect((await ranges()).at(-1)).toBeUndefined()
    }
  })

  it('trusts no part that does not agree with its note', async () => {
    const { url, sha256: digest } = await clip(2 * MEGABYTE)
    await fault({ kind: 'truncate' })
    const asked = request(url)
    await net.download(asked)
    writeFileSync(asked.path, 'too short')
    expect(await net.download(asked)).toMatchObject({ kind: 'whole', sha256: digest })
    writeFileSync(`${asked.path}.json`, '{"offset":')
    expect(await net.download(asked)).toMatchObject({ kind: 'whole', sha256: digest })
  })

  it('cuts off what was written behind the last sync', async () => {
    const { url, sha256: digest } = await clip(2 * MEGABYTE)
    await fault({ kind: 'truncate' })
    const asked = request(url)
    await net.download(asked)
    const part = readFileSync(asked.path)
    writeFileSync(asked.path, Buffer.concat([part, Buffer.from('zeros that a power cut left')]))
    expect(await net.download(asked)).toMatchObject({ kind: 'whole', sha256: digest })
    expect(sha256(asked.path)).toBe(digest)
  })

  it.each([
    ['HTML', { kind: 'html' }, 'NOT_A_VIDEO'],
    ['an empty file', { kind: 'empty' }, 'EMPTY_FILE'],
    ['another length than was announced', { kind: 'wrongLength' }, 'WRONG_LENGTH'],
    [
      'a redirect into this machine',
      { kind: 'redirect', to: 'http://127.0.0.1:9/secret' },
      'URL_NOT_HTTPS',
    ],
    [
      'a redirect to a private address',
      { kind: 'redirect', to: 'https://169.254.169.254/latest/' },
      'URL_NOT_PUBLIC',
    ],
    [
      'a redirect to a private name',
      { kind: 'redirect', to: 'https://router.local/' },
      'URL_NOT_PUBLIC',
    ],
    ['a redirect to plain http', { kind: 'redirect', to: 'http://cdn.example/' }, 'URL_NOT_HTTPS'],
    ['a redirect to a file', { kind: 'redirect', to: 'file:///etc/passwd' }, 'URL_UNREADABLE'],
  ] as const)('refuses %s and leaves nothing behind', async (_, how, code) => {
    const { url, bytes } = await clip()
    await fault(how)
    const asked = request(url, { statedBytes: bytes })
    expect(await net.download(asked)).toMatchObject({
      kind: 'notPlayable',
      error: { kind: 'media', code },
    })
    expect(existsSync(asked.path)).toBe(false)
  })

  it('refuses a circle of redirects', async () => {
    const { url } = await clip()
    await fault({ kind: 'redirect', to: url }, 100)
    expect(await net.download(request(url))).toMatchObject({
      kind: 'notPlayable',
      error: { code: 'TOO_MANY_REDIRECTS' },
    })
  })

  it.each([400, 401, 403, 404, 410])('asks for a new link after %i', async (status) => {
    const { url } = await clip()
    await fault({ kind: 'status', status })
    expect(await net.download(request(url))).toMatchObject({
      kind: 'expired',
      error: { code: 'LINK_EXPIRED', httpStatus: status },
    })
  })

  it.each([408, 429, 500, 502, 503, 504])('is tried again after %i', async (status) => {
    const { url } = await clip()
    await fault({ kind: 'status', status, retryAfter: '3' })
    expect(await net.download(request(url))).toMatchObject({ kind: 'retry', retryAfterMs: 3_000 })
  })

  it('is tried again after silence', async () => {
    const { url } = await clip(MEGABYTE)
    await fault({ kind: 'stall' })
    expect(await net.download(request(url, { stallMs: 200 }))).toMatchObject({ kind: 'retry' })
  })

  it('is dropped when next to nothing arrives, and taken again from there', async () => {
    const whole = Buffer.alloc(MEGABYTE, 7)
    const asked: (string | undefined)[] = []
    const port = await httpServer((incoming, response) => {
      const { range } = incoming.headers
      asked.push(range)
      const from = Number(/\d+/.exec(range ?? '')?.[0] ?? 0)
      response.writeHead(range === undefined ? 200 : 206, {
        'content-type': 'video/mp4',
        'content-length': whole.length - from,
        'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}`,
        etag: '"one"',
      })
      if (range !== undefined) return response.end(whole.subarray(from))
      const drip = setInterval(() => response.write(Buffer.from([7])), 5)
      return response.on('close', () => clearInterval(drip))
    })
    const baseUrls = { base: `http://127.0.0.1:${port}` }
    const wish = request(`http://127.0.0.1:${port}/clip`, {
      baseUrls,
      floor: { bytes: 1000, ms: 100 },
    })
    expect(await net.download(wish)).toMatchObject({
      kind: 'retry',
      error: { message: expect.stringContaining('next to nothing arrives') as string },
    })
    expect(await net.download(wish)).toMatchObject({ kind: 'whole', bytes: whole.length })
    expect(asked).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d*-$/)])
  })

  it.each([
    ['nothing is left to arrive', { etag: '"one"' }, 1],
    ['it could only start over', {}, 2],
  ])('keeps its place below the floor where %s', async (_, headers, pieces) => {
    const piece = Buffer.alloc(1000, 7)
    let sendRest = (): void => undefined
    const port = await httpServer((_request, response) => {
      response.writeHead(200, {
        'content-type': 'video/mp4',
        'content-length': pieces * piece.length,
        ...headers,
      })
      response.write(piece)
      sendRest = () => response.end(pieces === 1 ? undefined : piece)
    })
    const outcome = await net.download(
      request(`http://127.0.0.1:${port}/clip`, {
        baseUrls: { base: `http://127.0.0.1:${port}` },
        // Asked at each arrival, and none reaches it.
        floor: { bytes: MEGABYTE, ms: 0 },
        onProgress: ({ bytes }) => bytes === piece.length && sendRest(),
      }),
    )
    expect(outcome).toMatchObject({ kind: 'whole', bytes: pieces * piece.length })
  })

  it('keeps what a stop left, and goes on from there', async () => {
    const { url, sha256: digest } = await clip(5 * MEGABYTE)
    const controller = new AbortController()
    const asked = request(url)
    const onProgress = ({ bytes }: { bytes: number }): void => {
      if (bytes > 2 * MEGABYTE) controller.abort()
    }
    expect(await net.download({ ...asked, signal: controller.signal, onProgress })).toEqual({
      kind: 'aborted',
    })
    expect(await net.download(asked)).toMatchObject({ kind: 'whole', sha256: digest })
    expect((await ranges()).at(-1)).toMatch(/^bytes=\d+-$/)
  })

  it('stops at the size limit', async () => {
    const { url } = await clip(3 * MEGABYTE)
    expect(await net.download(request(url, { maxBytes: MEGABYTE }))).toMatchObject({
      kind: 'notPlayable',
      error: { code: 'TOO_LARGE' },
    })
    await fault({ kind: 'truncate', chunked: true })
    expect(await net.download(request(url, { maxBytes: MEGABYTE }))).toMatchObject({
      kind: 'notPlayable',
      error: { code: 'TOO_LARGE' },
    })
  })

  it('names the trouble of the disk', async () => {
    const { url } = await clip()
    expect(
      await net.download(request(url, { path: '/no/such/folder/clip.mp4.part' })),
    ).toMatchObject({ kind: 'disk', error: { kind: 'disk', code: 'FOLDER_MISSING' } })
    expect(await net.download(request(url, { path: '/dev/full/clip.part' }))).toMatchObject({
      kind: 'disk',
    })
  })

  it('names no query of a link in its errors', async () => {
    const { url } = await clip()
    await fault({ kind: 'status', status: 403 })
    const outcome = await net.download(request(`${url}?signature=topsecret`))
    expect(JSON.stringify(outcome)).not.toContain('topsecret')
  })
})

describe('the key of a download', () => {
  const KEY = { authorization: 'Bearer sk-secret' }

  it('goes to the provider’s own origin and not along a redirect', async () => {
    const seen: (string | undefined)[] = []
    const other = await httpServer((incoming, response) => {
      seen.push(incoming.headers.authorization)
      response.writeHead(200, { 'content-type': 'video/mp4' }).end('0000ftyp')
    })
    const own = await httpServer((incoming, response) => {
      seen.push(incoming.headers.authorization)
      response.writeHead(302, { location: `http://127.0.0.1:${other}/clip` }).end()
    })
    // Both are the provider's, so that the redirect is followed; only the first is asked with its origin's key.
    const baseUrls = { base: `http://127.0.0.1:${own}/v1` }
    const outcome = await net.download(
      request(`http://127.0.0.1:${own}/v1/videos/1/content`, { baseUrls, keyHeaders: KEY }),
    )
    expect(outcome).toMatchObject({ kind: 'notPlayable', error: { code: 'URL_NOT_HTTPS' } })
    expect(seen).toEqual(['Bearer sk-secret'])
  })

  it('stays at home when the clip lies at a public host', async () => {
    const seen: (string | undefined)[] = []
    const port = await httpsServer((incoming, response) => {
      seen.push(incoming.headers.authorization)
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': 8 }).end('0000ftyp')
    })
    const options: HttpOptions = { extraCa: () => AUTHORITIES, proxyOf: () => null }
    // A public name that leads here is only let in by a resolver of the test, seen as public by its port alone.
    const open = createHttp({
      ...options,
      resolve: (_, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
    })
    onTestFinished(() => open.close())
    const asked = request(`https://cdn.test.example:${port}/clip.mp4`, { keyHeaders: KEY })
    expect(await open.download(asked)).toMatchObject({
      kind: 'retry',
      error: { message: expect.stringContaining('not allowed') as string },
    })
    const own = {
      ...asked,
      baseUrls: { base: 'https://api.example/v1', cdn: `https://cdn.test.example:${port}` },
    }
    expect(await open.download(own)).toMatchObject({ kind: 'whole' })
    expect(seen).toEqual(['Bearer sk-secret'])
  })
})
