import fs, { fstatSync, readFileSync, statSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { OpenedEngine } from '../../../src/main/compose.ts'
import type { ComposeOptions } from '../../../src/main/composeOptions.ts'
import { openTools } from '../../../src/main/composeTools.ts'
import { askPrices, enterSales, type PriceWish } from '../../../src/main/composePrices.ts'
import { openQuestionBook } from '../../../src/main/storage/priceQuestions.ts'
import { appPaths } from '../../../src/main/storage/appPaths.ts'
import type { AskedPrices } from '../../../src/shared/domain/priceAsked.ts'
import { moneyLab, type MoneyLab } from '../../helpers/moneyLab.ts'
import { keyIn } from '../../helpers/moneyPlan.ts'
import { httpsServer, proxyServer } from '../../helpers/rawServers.ts'
import { AUTHORITY_PATH } from '../../helpers/tlsFiles.ts'

interface Place {
  readonly lab: MoneyLab
  readonly file: string
  /** Asks for the prices of the lab's plan, at Lumenfall's own address unless `env` says otherwise. */
  ask(wish?: PriceWish, env?: Readonly<Record<string, string>>): Promise<AskedPrices>
}

/** Lumenfall's own address, led through a proxy to its double. */
async function atItsOwnAddress(onRequest?: (place: Place) => void): Promise<Place> {
  const lab = await moneyLab('lumenfall', { jobs: 2, onRequest: () => onRequest?.(place) })
  const port = await httpsServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    const inner = httpRequest(`${lab.server.url}${url ?? ''}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(outgoing)
    })
    inner.on('error', () => outgoing.destroy())
    incoming.pipe(inner)
  })
  const proxy = await proxyServer(() => ({ host: '127.0.0.1', port }))
  const options = (env: Readonly<Record<string, string>>): ComposeOptions => ({
    dataDir: lab.dataDir,
    resources: join(lab.dataDir, 'none'),
    face: 'cli',
    appVersion: '0.0.0',
    env: { ...keyIn('lumenfall'), NODE_EXTRA_CA_CERTS: AUTHORITY_PATH, ...env },
    proxyOf: ({ hostname }) =>
      hostname === 'api.lumenfall.ai' ? `http://127.0.0.1:${proxy.port}` : null,
  })
  const place: Place = {
    lab,
    file: appPaths(lab.dataDir).priceQuestions,
    async ask(wish = { dryRun: true }, env = {}) {
      const tools = await openTools(options(env))
      const asked = await askPrices(tools, lab.plan.jobs, wish)
      await tools.close()
      return asked
    },
  }
  return place
}

const linesOf = (file: string): readonly Record<string, unknown>[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

const accepted = async ({ lab }: Place): Promise<number> =>
  (await lab.server.bill()).filter((line) => line.accepted).length

/** What a power cut would leave of the file: its bytes at the last sync, once its folder was synced as well. */
function onDisk(file: string): () => string | undefined {
  const inner = fs.fsyncSync
  let bytes: string | undefined
  let isNamed = false
  const isAt = (fd: number, path: string): boolean =>
    fs.existsSync(path) && fstatSync(fd).ino === statSync(path).ino
  fs.fsyncSync = (fd) => {
    inner(fd)
    if (isAt(fd, file)) bytes = readFileSync(file, 'utf8')
    if (isAt(fd, dirname(file)) && fs.existsSync(file)) isNamed = true
  }
  syncBuiltinESMExports()
  onTestFinished(() => {
    fs.fsyncSync = inner
    syncBuiltinESMExports()
  })
  return () => (isNamed ? bytes : undefined)
}

/** The purchase alone, delivered; no further batch is admitted. */
async function delivered(opened: OpenedEngine): Promise<void> {
  opened.engine.start({ obeyWindows: false })
  await opened.engine.settled({})
  await opened.engine.stop()
}

// Promise (money rule 21): a dry run is asked by opt-in and at Lumenfall itself; what it sells all the same is on the books.
describe('the dry run of Lumenfall', () => {
  it('is asked neither unless it was allowed, nor at any other address', async () => {
    const place = await atItsOwnAddress()
    const off = await place.ask({})
    expect(off.prices[0]?.trouble).toContain('Its dry run is off')
    const elsewhere = await place.ask({ dryRun: true }, place.lab.server.env)
    expect(elsewhere.prices[0]?.trouble).toContain('own address')
    expect(await place.lab.server.requests()).toEqual([])
  })

  it('gives a price, is written down before it leaves, and sells nothing', async () => {
    const before: number[] = []
    const durable: (string | undefined)[] = []
    const place = await atItsOwnAddress(({ file }) => {
      before.push(linesOf(file).length)
      durable.push(disk())
    })
    const disk = onDisk(place.file)
    await place.lab.server.set({ costMicros: 420_000 })
    const { prices } = await place.ask()
    expect(prices).toMatchObject([
      { jobs: 2, said: { micros: 420_000, currency: 'USD' }, isBought: false },
    ])
    expect(before).toEqual([1])
    expect(durable).toEqual([`\n${readFileSync(place.file, 'utf8').trim().split('\n')[0]}\n`])
    expect(linesOf(place.file).map(({ kind }) => kind)).toEqual(['asked', 'answered'])
    expect(await place.lab.server.bill()).toEqual([])
  })

  it('that is taken for an order is bought once, charged and delivered, and asked no more', async () => {
    const place = await atItsOwnAddress()
    await place.lab.server.set({ ignoresDryRun: true })
    const { prices } = await place.ask()
    expect(prices).toMatchObject([{ said: null, isBought: true }])
    expect((await place.ask()).prices[0]?.trouble).toContain('once took a price question')
    expect(await accepted(place)).toBe(1)
    await delivered(await place.lab.open())
    expect(await accepted(place)).toBe(1)
    expect(await place.lab.audit()).toEqual([])
    const again = await place.lab.open()
    expect(again.engine.queries.counts()).toMatchObject({ succeeded: 1, running: 0 })
    expect(await enterSales(again.tools, again.engine)).toBe(0)
    await again.engine.stop()
  })

  it('whose answer is lost is never bought twice, and found by the next question', async () => {
    const place = await atItsOwnAddress()
    await place.lab.server.set({ ignoresDryRun: true })
    await place.lab.server.fault({
      on: 'create',
      how: { kind: 'destroy', when: 'afterBody' },
      accept: true,
    })
    expect((await place.ask()).prices).toMatchObject([{ said: null, isBought: false }])
    expect(openQuestionBook(place.file).unanswered()).toBe(1)
    expect((await place.ask()).prices).toMatchObject([{ said: null, isBought: true }])
    expect(await accepted(place)).toBe(1)
    await delivered(await place.lab.open())
    expect(await place.lab.audit()).toEqual([])
  })
})
