import { extname, join, normalize } from 'node:path'
import { protocol } from 'electron'
import { mediaResponse, notThere } from './mediaResponse.ts'

/** The page's own origin: not `file:`, so that it has one, and headers of ours. */
export const PAGE_ORIGIN = 'app://dailies'
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`

/** The one style that react-aria-components writes into the page (touch-action of what can be pressed). */
const ARIA_STYLE = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='"

/** Scripts, styles and fonts of our own only; pictures and video from `media://`; no network at all. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${ARIA_STYLE}`,
  "font-src 'self'",
  "img-src 'self' media: data: blob:",
  'media-src media: blob:',
  "connect-src 'self' media:",
  "worker-src 'self' blob:",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Both schemes, before the app is ready: their pages are secure contexts, their bodies are streamed. */
export function registerSchemes(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true }
  protocol.registerSchemesAsPrivileged([
    // Compiled scripts are kept between starts.
    { scheme: 'app', privileges: { ...privileges, codeCache: true } },
    { scheme: 'media', privileges: { ...privileges, corsEnabled: true } },
  ])
}

/**
 * Serves the built page out of one folder. Resolves once its scripts and styles have been handed
 * over: from then on the page works by itself for a while, and main is free for work of its own.
 */
export function servePage(folder: string): Promise<void> {
  const served = servedOnce()
  protocol.handle('app', async (request) => {
    const { host, pathname } = new URL(request.url)
    // `normalize` of an absolute path cannot climb out of it.
    const path = join(folder, normalize(`/${decodeURIComponent(pathname)}`))
    const contentType = CONTENT_TYPES[extname(path)]
    if (host !== 'dailies' || contentType === undefined) return notThere()
    const read = served.begin({ isScript: extname(path) === '.js' })
    const response = await mediaResponse({ path, contentType }, null)
    response.headers.set('Content-Security-Policy', CONTENT_SECURITY_POLICY)
    response.headers.set('Cache-Control', 'no-store')
    response.headers.delete('Access-Control-Allow-Origin')
    return whenRead(response, read)
  })
  return served.all
}

/** Settles when a script was read and nothing else is being read. */
function servedOnce() {
  let settle = (): void => undefined
  const all = new Promise<void>((done) => (settle = done))
  let unread = 0
  let hasScript = false
  const begin = ({ isScript }: { readonly isScript: boolean }) => {
    unread += 1
    return (): void => {
      unread -= 1
      hasScript ||= isScript
      if (hasScript && unread === 0) settle()
    }
  }
  return { all, begin }
}

/** The same answer; calls `done` when its last byte was read. */
function whenRead({ body, status, headers }: Response, done: () => void): Response {
  const tap = new TransformStream<Uint8Array, Uint8Array>({ flush: done })
  return new Response(body?.pipeThrough(tap) ?? null, { status, headers })
}
