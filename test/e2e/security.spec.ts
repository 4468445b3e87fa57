import { createSocket } from 'node:dgram'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { routes, type RouteName } from '../../src/shared/ipc/routes.ts'
import { garbageFor } from '../helpers/garbage.ts'
import { expect, start, test, type RunningApp } from './fixtures.ts'

// One app for all of them: nothing here may change it.
let app: RunningApp
let dataDir: string
/** A server on this machine, as an attacker's would be reached, and what reached it. */
let server: Server
let outside: string
const reached: string[] = []
/** The same for what is no HTTP: WebRTC asks by datagrams. */
const datagrams = createSocket('udp4')
let stunPort: number

test.beforeAll(async () => {
  server = createServer(({ url }, response) => {
    reached.push(url ?? '')
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('reached')
  })
  server.on('connection', () => reached.push('connection'))
  server.on('upgrade', ({ url }, socket) => {
    reached.push(url ?? '')
    socket.destroy()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  outside = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  datagrams.on('message', () => reached.push('datagram'))
  await new Promise<void>((done) => datagrams.bind(0, '127.0.0.1', done))
  stunPort = datagrams.address().port
  dataDir = mkdtempSync(join(tmpdir(), 'dailies-e2e-'))
  app = await start({ dataDir })
})
test.afterAll(async () => {
  await app.close()
  server.close()
  datagrams.close()
  rmSync(dataDir, { recursive: true, force: true })
})

test('the page is sandboxed and has none of Node or Electron', async () => {
  const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    // Not among Electron's types, but the only place that says what a window really runs with.
    const contents = window?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>
    }
    const { sandbox, contextIsolation, nodeIntegration, webSecurity } =
      contents.getLastWebPreferences()
    return { sandbox, contextIsolation, nodeIntegration, webSecurity }
  })
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
  })
  const found = await app.page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter(
      (name) => name in globalThis,
    ),
  )
  expect(found).toEqual([])
  expect(await app.page.evaluate(() => Object.keys(window.dailies).toSorted())).toEqual([
    'drop',
    'on',
    'request',
  ])
})

/** Every way out that a page has, each tried; some throw where the policy forbids them. */
async function tryEveryWayOut([target, port]: readonly [string, number]): Promise<void> {
  const put = (name: string, set: Record<string, string>) => () =>
    document.body.append(Object.assign(document.createElement(name), set, { hidden: true }))
  const click = (set: Record<string, string>) => () =>
    Object.assign(document.createElement('a'), set).click()
  const ways: readonly (() => unknown)[] = [
    put('img', { src: `${target}/img` }),
    put('script', { src: `${target}/script` }),
    put('link', { rel: 'stylesheet', href: `${target}/style` }),
    put('video', { src: `${target}/video` }),
    put('iframe', { src: `${target}/iframe` }),
    put('object', { data: `${target}/object` }),
    put('link', { rel: 'preconnect', href: target }),
    put('link', { rel: 'prefetch', href: `${target}/prefetch` }),
    put('webview', { src: `${target}/webview` }),
    click({ href: `${target}/download`, download: 'x' }),
    click({ href: `${target}/link`, target: '_blank' }),
    () => window.open(`${target}/window`),
    () => navigator.sendBeacon(`${target}/beacon`),
    () => fetch(`${target}/fetch`),
    () => new WebSocket(`${target.replace('http', 'ws')}/socket`),
    () => new EventSource(`${target}/events`),
    () => new Worker(`${target}/worker`),
    async () => {
      const turn = { urls: `turn:${target.slice(7)}?transport=tcp`, username: 'x', credential: 'x' }
      const stun = { urls: `stun:127.0.0.1:${port}` }
      const peer = new RTCPeerConnection({ iceServers: [stun, turn] })
      peer.createDataChannel('out')
      await peer.setLocalDescription(await peer.createOffer())
    },
    () => {
      const form = Object.assign(document.createElement('form'), { action: `${target}/form` })
      document.body.append(form)
      form.submit()
    },
    () => (location.href = `${target}/navigate`),
  ]
  await Promise.allSettled(ways.map(async (way) => way()))
  // Nothing tells that nothing was sent.
  await new Promise((done) => setTimeout(done, 500))
}

test('nothing leads out: no navigation, window, frame, download or request of any kind', async () => {
  const { page } = app
  const address = page.url()
  await page.evaluate(tryEveryWayOut, [outside, stunPort] as const)
  expect(reached).toEqual([])
  expect(page.url()).toBe(address)
  expect(app.electron.windows()).toHaveLength(1)
  const local = await page.evaluate(() =>
    fetch('file:///etc/hostname').then(
      () => 'read',
      () => 'refused',
    ),
  )
  expect(local).toBe('refused')
})

test('a page of another origin reaches neither main nor the network, even without a policy of its own', async () => {
  const told = await app.electron.evaluate(
    async ({ app: main, BrowserWindow }, { target, out }) => {
      const preload = `${main.getAppPath()}/out/preload/index.cjs`
      const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
      try {
        await other.loadURL('data:text/html,<title>Other</title>')
        const run = (code: string): Promise<unknown> => other.webContents.executeJavaScript(code)
        await run(`(${out})(${JSON.stringify(target)})`)
        const asked: unknown = await run("window.dailies.request('settings.get').then(JSON.parse)")
        const dropped: unknown = await run(
          "window.dailies.drop([new File(['x'], 'a.csv')]).catch(String)",
        )
        return { asked, dropped }
      } finally {
        other.destroy()
      }
    },
    { target: [outside, stunPort] as const, out: tryEveryWayOut.toString() },
  )
  expect(told.asked).toMatchObject({ ok: false, error: { code: 'UNTRUSTED_SENDER' } })
  expect(JSON.stringify(told.dropped)).not.toContain('drop_')
  expect(reached).toEqual([])
})

test('no permission is given, asked for or not', async () => {
  const states = await app.page.evaluate(async () => {
    const named = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi']
    const asked = named.map(async (name) => {
      const { state } = await navigator.permissions.query({ name: name as PermissionName })
      return [name, state]
    })
    const refused = async (what: string, attempt: () => Promise<unknown>) => [
      what,
      await attempt().then(String, () => 'denied'),
    ]
    return Object.fromEntries(
      await Promise.all([
        ...asked,
        refused('getUserMedia', () => navigator.mediaDevices.getUserMedia({ audio: true })),
        refused('getDisplayMedia', () => navigator.mediaDevices.getDisplayMedia()),
        refused('readText', () => navigator.clipboard.readText()),
        refused('requestPermission', () => Notification.requestPermission()),
      ]),
    ) as Record<string, string>
  })
  expect(new Set(Object.values(states)), JSON.stringify(states)).toEqual(new Set(['denied']))
})

test('a policy lets the page run its own code and nothing else, and it obeys on every screen', async () => {
  const { page } = app
  const policy = await page.evaluate(async () => {
    const response = await fetch('app://dailies/index.html')
    return response.headers.get('Content-Security-Policy') ?? ''
  })
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toMatch(/unsafe|http/)
  const ran = await page.evaluate(async () => {
    const marks = window as unknown as Record<string, unknown>
    const script = document.createElement('script')
    script.textContent = 'window.ranInline = true'
    document.body.append(script)
    const button = document.createElement('button')
    button.setAttribute('onclick', 'window.ranHandler = true')
    button.click()
    // Not at once: what the test itself evaluates is free to.
    await new Promise<void>((done) =>
      setTimeout(() => {
        try {
          // oxlint-disable-next-line eslint/no-eval -- that it is refused is what is tested
          globalThis.eval('window.ranEval = true')
        } catch {
          marks['evalRefused'] = true
        }
        done()
      }),
    )
    return ['ranInline', 'ranHandler', 'ranEval', 'evalRefused'].filter((name) => name in marks)
  })
  expect(ran).toEqual(['evalRefused'])

  const refused: string[] = []
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text())
  })
  await page.reload()
  for (const key of ['1', '2', '3', '4', '5', '6', '7']) {
    await page.keyboard.press(`Control+${key}`)
    await expect(page.getByRole('main')).toBeVisible()
  }
  expect(refused).toEqual([])
})

test('a file that the page made itself has no path and is not taken in', async () => {
  const answer = await app.page.evaluate(() =>
    window.dailies
      .drop([new File(['x'], '/etc/passwd'), { name: 'made-up', size: 1 }])
      .catch(String),
  )
  expect(JSON.stringify(answer)).not.toContain('passwd')
})

test('the page cannot send keys or questions to a server of its own: the person is asked by main', async () => {
  const asked = await app.electron.evaluate(({ dialog }) => {
    const told: string[] = []
    const box = (...given: readonly unknown[]) => {
      const { message } = given.at(-1) as { message: string }
      told.push(message)
      return Promise.resolve({ response: 1, checkboxChecked: false })
    }
    Object.assign(dialog, { showMessageBox: box })
    Object.assign(globalThis, { told })
    return told
  })
  expect(asked).toEqual([])
  const url = 'https://evil.example'
  for (const [provider, name] of [
    ['lumenfall', 'base'],
    ['fal', 'queue'],
  ] as const)
    await app.ask('providers.setBaseUrl', { provider, name, url })
  await app.ask('settings.setUpdateFeed', { url })
  // What stays on this machine or its network needs no question.
  await app.ask('settings.setUpdateFeed', { url: 'http://127.0.0.1:9/feed' })
  const { providers, updates } = await app.ask('settings.get')
  expect([providers, updates.feedUrl]).toEqual([{}, 'http://127.0.0.1:9/feed'])
  await app.ask('settings.setUpdateFeed', { url: null })
  const told = await app.electron.evaluate(() => (globalThis as { told?: unknown }).told)
  expect(told).toEqual([`Call ${url}?`, `Call ${url}?`, `Call ${url}?`])
})

/** These open a dialog or another program, or end the app. */
const ACTS =
  /choose|open|Dialog|Folder|quit|import|export|keys\.test|askProviders|copyReport|BaseUrl|setUpdateFeed/i

test('3,000 requests of rubbish are answered in order, none by a fault', async () => {
  const names = (Object.keys(routes) as RouteName[]).filter((name) => !ACTS.test(name))
  const asked = fc.sample(garbageFor(names), 3000)
  const bad = await app.page.evaluate(async (calls) => {
    type Answer = { ok: boolean; error?: { code: string; message: string } }
    const ask = window.dailies.request as (route: string, input: unknown) => Promise<string>
    const faults: string[] = []
    for (const { route, input } of calls) {
      const answer = JSON.parse(await ask(route, input)) as Answer
      if (!answer.ok && answer.error?.code === 'INTERNAL')
        faults.push(`${route} ${JSON.stringify(input)}: ${answer.error.message}`)
    }
    return faults
  }, asked)
  expect(bad).toEqual([])
  expect(await app.engine()).toEqual({ kind: 'running' })
})
