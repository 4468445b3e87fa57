import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** As large as the app's own window at its first start. */
const MAIN = `
const { app, BrowserWindow } = require('electron')
app.setPath('userData', process.env.BENCH_PROFILE)
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1440, height: 900, autoHideMenuBar: true })
  window.loadFile(process.env.BENCH_PAGE, { search: process.env.BENCH_SEARCH })
})
app.on('window-all-closed', () => app.quit())
`
const EMPTY = '<!doctype html><title>Empty</title>'
const LIST = `<!doctype html><meta charset="utf-8"><title>Bare list</title>
<style>
  body { margin: 0; background: #121212 }
  .box { height: 100%; overflow: auto; contain: strict }
  .rows { position: relative }
  .row { position: absolute; top: 0; left: 0; width: 100%; border-bottom: 1px solid #333; box-sizing: border-box }
</style>
<div id="root"></div><script src="bareList.js"></script>`

/** What the smallest of apps is started with: a window with nothing in it, or with a bare list. */
export interface BareWindow {
  readonly args: readonly string[]
  env(page: 'empty' | 'list', search?: string): Readonly<Record<string, string>>
}

/** Writes that app into `folder`. */
export async function makeBareWindow(folder: string): Promise<BareWindow> {
  mkdirSync(folder, { recursive: true })
  const at = (name: string): string => join(folder, name)
  writeFileSync(at('package.json'), JSON.stringify({ name: 'bare-window', main: 'main.cjs' }))
  writeFileSync(at('main.cjs'), MAIN)
  writeFileSync(at('empty.html'), EMPTY)
  writeFileSync(at('list.html'), LIST)
  await bundleList(folder)
  return {
    args: [folder],
    env: (page, search = '') => ({
      BENCH_PROFILE: at('profile'),
      BENCH_PAGE: at(`${page}.html`),
      BENCH_SEARCH: search,
    }),
  }
}

/** One classic script: Chromium loads no modules from files. */
async function bundleList(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'chrome130',
      rolldownOptions: {
        input: fileURLToPath(new URL('bareList.mjs', import.meta.url)),
        output: { format: 'iife', entryFileNames: 'bareList.js' },
      },
    },
  })
}
