import { fork, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createHttp } from '../src/main/providers/http/createHttp.ts'
import { median, report, seconds, type BenchRow } from './table.ts'

const MEGABYTE = 1_000_000
const FILE_BYTES = 200 * MEGABYTE
const BYTES_PER_SECOND = 50 * MEGABYTE
const RUNS = 3
/** What a download may add to the process: buffers, not the file. */
const MEMORY_AIM_BYTES = 48 * MEGABYTE

if (process.send === undefined) await main()
else serve()

/** A take of 200 MB from a server throttled to 50 MB/s, hash and fsync included, beside curl. */
async function main(): Promise<void> {
  const server = fork(new URL(import.meta.url))
  const port = await new Promise<number>((done) =>
    server.once('message', (told) => done(Number(told))),
  )
  const url = `http://127.0.0.1:${port}/take.mp4`
  const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'))
  const times: { ours: number[]; curl: number[] } = { ours: [], curl: [] }
  const growths: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    times.curl.push(await seconds(() => byCurl(url, join(folder, `curl-${run}`))))
    const { taken, growth } = await byUs(url, join(folder, `ours-${run}.part`))
    times.ours.push(taken)
    growths.push(growth)
  }
  server.kill()
  rmSync(folder, { recursive: true })
  const speed = (list: readonly number[]): number => FILE_BYTES / MEGABYTE / median(list)
  const [ours, curl] = [speed(times.ours), speed(times.curl)]
  report('download', [
    {
      name: 'download of 200 MB at 50 MB/s',
      figure: ours,
      unit: 'MB/s',
      comparison: 'curl',
      compared: curl,
      ratio: ours / curl,
      aim: '>= 0.9',
      met: ours / curl >= 0.9,
    },
    memoryRow('memory that the first adds', growths[0] ?? Number.NaN),
    memoryRow('memory that a later one adds', Math.max(...growths.slice(1))),
  ])
}

function memoryRow(name: string, grown: number): BenchRow {
  return {
    name,
    figure: grown / MEGABYTE,
    unit: 'MB',
    comparison: null,
    compared: null,
    ratio: null,
    aim: '<= 48 MB',
    met: grown <= MEMORY_AIM_BYTES,
  }
}

async function byUs(url: string, path: string): Promise<{ taken: number; growth: number }> {
  const http = createHttp({ proxyOf: () => null })
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let peak = before
  const taken = await seconds(async () => {
    const outcome = await http.download({
      url,
      path,
      statedBytes: FILE_BYTES,
      baseUrls: { base: new URL(url).origin },
      signal: new AbortController().signal,
      onProgress: () => {
        peak = Math.max(peak, process.memoryUsage.rss())
      },
    })
    if (outcome.kind !== 'whole') throw new Error(JSON.stringify(outcome))
  })
  await http.close()
  return { taken, growth: peak - before }
}

function byCurl(url: string, path: string): Promise<void> {
  return new Promise((done, fail) => {
    const curl = spawn('curl', ['--silent', '--fail', '--noproxy', '*', '--output', path, url])
    curl.on('error', fail)
    curl.on('exit', (code) => (code === 0 ? done() : fail(new Error(`curl ended with ${code}`))))
  })
}

/** A process of its own: it must neither slow down whom it serves nor be counted as its memory. */
function serve(): void {
  const server = createServer((_, response) => void send(response))
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo
    process.send?.(port)
  })
}

async function send(response: ServerResponse): Promise<void> {
  const chunk = Buffer.alloc(250_000, 7)
  response.writeHead(200, {
    'content-type': 'video/mp4',
    'content-length': FILE_BYTES,
    etag: '"bench"',
  })
  const began = performance.now()
  for (let sent = 0; sent < FILE_BYTES; sent += chunk.byteLength) {
    if (!response.write(chunk)) await new Promise((done) => response.once('drain', done))
    const early = began + ((sent + chunk.byteLength) / BYTES_PER_SECOND) * 1000 - performance.now()
    if (early > 1) await wait(early)
  }
  response.end()
}
