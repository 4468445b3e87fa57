import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  createHttp,
  type Http,
  type HttpOptions,
} from '../../../src/main/providers/http/createHttp.ts'
import { NO_SETTINGS } from '../../../src/main/composeOptions.ts'
import { openTools } from '../../../src/main/composeTools.ts'
import { readExtraCa } from '../../../src/main/providers/http/trust.ts'
import { folderWith } from '../../helpers/folder.ts'
import { httpServer, httpsServer, proxyServer } from '../../helpers/rawServers.ts'
import { AUTHORITIES, AUTHORITY, AUTHORITY_PATH } from '../../helpers/tlsFiles.ts'

function http(options: HttpOptions = {}): Http {
  const made = createHttp({ proxyOf: () => null, ...options })
  onTestFinished(() => made.close())
  return made
}
const get = (net: Http, url: string, more = {}) =>
  net.call({ method: 'GET', url, signal: new AbortController().signal, ...more })

describe('certificates of one’s own', () => {
  it('are trusted by creates and calls, beside the built-in ones', async () => {
    const port = await httpsServer((_, response) => response.end('{}'))
    const url = `https://localhost:${port}`
    expect((await get(http(), url)).kind).toBe('lost')
    const net = http({ extraCa: () => AUTHORITIES })
    expect((await get(net, url)).kind).toBe('answer')
    expect((await net.create({ url, headers: {}, body: Buffer.from('{}') })).kind).toBe('answer')
  })

  it('are trusted through a proxy too', async () => {
    const port = await httpsServer((_, response) => response.end('{}'))
    const proxy = await proxyServer(() => ({ host: '127.0.0.1', port }))
    const net = http({
      extraCa: () => AUTHORITIES,
      proxyOf: () => `http://user:secret@127.0.0.1:${proxy.port}`,
    })
    expect((await get(net, 'https://cdn.test.example/x')).kind).toBe('answer')
    expect(
      await net.create({ url: 'https://cdn.test.example/x', headers: {}, body: Buffer.from('{}') }),
    ).toMatchObject({ kind: 'answer' })
    expect(proxy.tunnels).toEqual(['cdn.test.example:443', 'cdn.test.example:443'])
  })

  it('are taken up when they are chosen, and dropped when they are taken back', async () => {
    const port = await httpsServer((_, response) => response.end('{}'))
    const url = `https://localhost:${port}/v1`
    let caFile: string | null = null
    const tools = await openTools({
      dataDir: folderWith(),
      resources: folderWith(),
      face: 'cli',
      appVersion: '0.0.0',
      env: {},
      proxyOf: () => null,
      settings: () => ({ ...NO_SETTINGS, caFile }),
    })
    onTestFinished(() => tools.close())
    const reached = async (): Promise<string[]> => [
      (await get(tools.http, url)).kind,
      (await tools.http.create({ url, headers: {}, body: Buffer.from('{}') })).kind,
    ]
    expect(await reached()).toEqual(['lost', 'notSent'])
    caFile = AUTHORITY_PATH
    expect(await reached()).toEqual(['answer', 'answer'])
    caFile = null
    expect(await reached()).toEqual(['lost', 'notSent'])
    caFile = join(tools.paths.dataDir, 'gone.pem')
    expect(await reached()).toEqual(['lost', 'notSent'])
  })

  it('are read from files, and a file that holds none is named', async () => {
    expect(await readExtraCa([undefined, '', AUTHORITY_PATH, AUTHORITY_PATH])).toEqual({
      ok: true,
      value: [AUTHORITY],
    })
    const path = join(folderWith(), 'notes.txt')
    writeFileSync(path, 'no certificate')
    expect(await readExtraCa([path])).toMatchObject({ ok: false, error: { path } })
    expect(await readExtraCa(['/no/such/file.pem'])).toMatchObject({
      ok: false,
      error: { path: '/no/such/file.pem' },
    })
  })
})

describe('a call', () => {
  it('follows no redirect', async () => {
    const port = await httpServer((_, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
    )
    expect(await get(http(), `http://127.0.0.1:${port}/`)).toMatchObject({
      kind: 'answer',
      status: 302,
    })
  })

  it('ends at its deadline and says so', async () => {
    const port = await httpServer(() => undefined)
    expect(await get(http(), `http://127.0.0.1:${port}/`, { timeoutMs: 100 })).toMatchObject({
      kind: 'lost',
      timedOut: true,
    })
  })

  it('ends when it is stopped, which is no timeout', async () => {
    const controller = new AbortController()
    const port = await httpServer(() => controller.abort())
    const signal = controller.signal
    expect(await get(http(), `http://127.0.0.1:${port}/`, { signal })).toMatchObject({
      kind: 'lost',
      timedOut: false,
    })
    expect(await get(http(), `http://127.0.0.1:${port}/`, { signal })).toMatchObject({
      kind: 'lost',
      timedOut: false,
    })
  })

  it('gives up an answer that is too large', async () => {
    const port = await httpServer((_, response) => response.end(Buffer.alloc(9 * 1024 * 1024)))
    expect((await get(http(), `http://127.0.0.1:${port}/`)).kind).toBe('lost')
  })

  it('opens no answered link whose name leads into this network', async () => {
    const port = await httpsServer((_, response) => response.end('secret'))
    const net = http({
      extraCa: () => AUTHORITIES,
      resolve: (_, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
    })
    expect((await get(net, `https://cdn.test.example:${port}/`)).kind).toBe('answer')
    expect(await get(net, `https://cdn.test.example:${port}/`, { publicOnly: true })).toMatchObject(
      { kind: 'lost', cause: 'its name leads to an address that is not allowed' },
    )
  })
})
