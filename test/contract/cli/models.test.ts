import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { askDueOffers } from '../../../src/main/composeOffers.ts'
import { openTools } from '../../../src/main/composeTools.ts'
import { eventsOf, runCli, type Line } from '../../helpers/cli.ts'
import { folderWith } from '../../helpers/folder.ts'
import { startDouble } from '../../servers/start.ts'

const CANARY = 'lmnfl_canary.5be1c09d77'
const DAY = new Date().toISOString().slice(0, 4)

async function atLumenfall() {
  const server = await startDouble('lumenfall', {})
  onTestFinished(() => server.close())
  const cwd = folderWith({ 'b.csv': 'prompt,model\none,lumenfall/pixverse-v5.6\n' })
  const env = { ...server.env, LUMENFALL_API_KEY: CANARY }
  const say = (...args: string[]) =>
    runCli({ args: [...args, '--data-dir', 'data', '--json'], cwd, env })
  return { server, cwd, say, list: join(cwd, 'data', 'offers.json') }
}

type RouteLine = { readonly route: string; readonly notOffered: string | null }
const routesIn = (lines: readonly Line[]): readonly RouteLine[] =>
  lines.flatMap(({ routes }) => routes as readonly RouteLine[])

test('a route that its provider does not list is named with the day, in models and in a plan', async () => {
  const { server, say, list } = await atLumenfall()
  const before = await say('models')
  expect(
    routesIn(eventsOf(before, 'model')).filter(({ notOffered }) => notOffered !== null),
  ).toEqual([])
  expect(await server.requests()).toEqual([])

  const asked = await say('models', '--refresh')
  expect(asked.code).toBe(0)
  expect(eventsOf(asked, 'asked')).toMatchObject([{ provider: 'lumenfall', trouble: null }])
  const kept = JSON.parse(readFileSync(list, 'utf8')) as {
    lists: { lumenfall: { endpoints: string[] } }
  }
  const { endpoints } = kept.lists.lumenfall
  for (const { route, notOffered } of routesIn(eventsOf(asked, 'model'))) {
    const isLacking = route.startsWith('lumenfall/') && !endpoints.includes(route.slice(10))
    expect([route, notOffered !== null]).toEqual([route, isLacking])
  }

  // It is a warning only, of the day it was asked, and without another question.
  const missing = endpoints.filter((one) => one !== 'pixverse-v5.6')
  kept.lists.lumenfall.endpoints = missing
  writeFileSync(list, JSON.stringify(kept))
  const questions = (await server.requests()).length
  const lacking = routesIn(eventsOf(await say('models'), 'model')).filter(
    ({ notOffered }) => notOffered !== null,
  )
  expect(lacking.map(({ route }) => route)).toEqual(['lumenfall/pixverse-v5.6'])
  const planned = await say('plan', 'b.csv')
  expect(planned.code).toBe(0)
  expect(JSON.stringify(eventsOf(planned, 'planned'))).toContain(
    `not offered by Lumenfall on ${DAY}`,
  )
  expect((await server.requests()).length).toBe(questions)
  const rehearsed = await say('plan', 'b.csv', '--rehearse')
  expect(JSON.stringify(eventsOf(rehearsed, 'planned'))).not.toContain('not offered')
  expect(await server.bill()).toEqual([])
  expect(`${asked.stdout}${asked.stderr}${readFileSync(list, 'utf8')}`).not.toContain(CANARY)
})

test('a provider that does not answer is named; nothing is said of its routes', async () => {
  const { server, say } = await atLumenfall()
  await server.set({ badKeys: [CANARY] })
  const asked = await say('models', '--refresh')
  expect(asked.code).toBe(0)
  const [answer] = eventsOf(asked, 'asked')
  expect(answer).toMatchObject({ provider: 'lumenfall', listed: null })
  expect(answer?.['trouble']).toEqual(expect.stringContaining('key'))
  expect(routesIn(eventsOf(asked, 'model')).every(({ notOffered }) => notOffered === null)).toBe(
    true,
  )
  expect(`${asked.stdout}${asked.stderr}`).not.toContain(CANARY)
})

test('another server’s list says nothing of this one', async () => {
  const { say, list } = await atLumenfall()
  await say('models', '--refresh')
  const other = JSON.parse(readFileSync(list, 'utf8')) as {
    lists: { lumenfall: { askedOf: string; endpoints: string[] } }
  }
  other.lists.lumenfall.askedOf = '{}'
  other.lists.lumenfall.endpoints = ['kling-v3']
  writeFileSync(list, JSON.stringify(other))
  const models = await say('models')
  expect(routesIn(eventsOf(models, 'model')).every(({ notOffered }) => notOffered === null)).toBe(
    true,
  )
  const [check] = eventsOf(await say('doctor'), 'check').filter(
    ({ name }) => name === 'models on offer',
  )
  expect(check?.['message']).toContain(`Lumenfall was asked at ${DAY}`)
})

test('the app asks a provider once a day, and at once where the server or the key is new', async () => {
  const { server, cwd } = await atLumenfall()
  const tools = await openTools({
    dataDir: join(cwd, 'data'),
    resources: cwd,
    face: 'app',
    appVersion: '0.0.0',
    env: { ...server.env, LUMENFALL_API_KEY: CANARY },
    proxyOf: () => null,
  })
  onTestFinished(() => tools.close())
  const now = Date.now()
  const due = async (hours: number): Promise<readonly string[]> =>
    (await askDueOffers(tools, now + hours * 3_600_000)).map(({ provider }) => provider)
  expect(await due(0)).toEqual(['lumenfall'])
  expect(await due(23)).toEqual([])
  expect(await due(25)).toEqual(['lumenfall'])
  expect(await server.bill()).toEqual([])
})
