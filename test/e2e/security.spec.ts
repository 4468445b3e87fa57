import { expect, test } from './fixtures.ts'

test('the page is sandboxed and has none of Node or Electron', async ({ app }) => {
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

test('nothing leads out of the app: no navigation, window, network or permission', async ({
  app,
}) => {
  const { page } = app
  const address = page.url()
  await page.evaluate(() => {
    location.href = 'https://example.org/'
  })
  expect(await page.evaluate(() => window.open('https://example.org/') === null)).toBe(true)
  const fetched = await page.evaluate(() =>
    fetch('https://example.org/').then(
      () => 'fetched',
      () => 'refused',
    ),
  )
  expect(fetched).toBe('refused')
  const permission = await page.evaluate(async () => {
    const { state } = await navigator.permissions.query({ name: 'geolocation' })
    return state
  })
  expect(permission).toBe('denied')
  expect(page.url()).toBe(address)
  expect(app.electron.windows()).toHaveLength(1)
})

test('the page comes with a policy that allows its own code and nothing else', async ({ app }) => {
  const policy = await app.page.evaluate(async () => {
    const response = await fetch('app://dailies/index.html')
    return response.headers.get('Content-Security-Policy') ?? ''
  })
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toContain('unsafe')
  expect(policy).not.toContain('http')
})

test('the page obeys its own policy on every screen', async ({ app }) => {
  const refused: string[] = []
  app.page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text())
  })
  await app.page.reload()
  for (const key of ['1', '2', '3', '4', '5', '6', '7']) {
    await app.page.keyboard.press(`Control+${key}`)
    await expect(app.page.getByRole('main')).toBeVisible()
  }
  expect(refused).toEqual([])
})

test('a file that the page made itself has no path and is not taken in', async ({ app }) => {
  const answer = await app.page.evaluate(() =>
    window.dailies
      .drop([new File(['x'], '/etc/passwd'), { name: 'made-up', size: 1 }])
      .catch(String),
  )
  expect(JSON.stringify(answer)).not.toContain('passwd')
})
