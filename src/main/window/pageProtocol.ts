import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { protocol, type ProtocolResponse } from 'electron'

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
  const respond = async (url: string): Promise<ProtocolResponse> => {
    const file = pageFile(folder, url)
    if (file === null) return NOT_THERE
    const done = served.begin({ isScript: extname(file.path) === '.js' })
    const data = await readFile(file.path).catch(() => null)
    done()
    return data === null ? NOT_THERE : { data, headers: headersOf(file.contentType) }
  }
  // oxlint-disable-next-line typescript/no-deprecated -- `handle` loads Node's HTTP library: docs/decisions/0004
  protocol.registerBufferProtocol('app', (request, answer) => {
    // What is no address at all lies nowhere, too.
    respond(request.url).then(answer, () => answer(NOT_THERE))
  })
  return served.all
}

const NOT_THERE = { statusCode: 404, mimeType: 'text/plain', data: Buffer.from('Not here.') }

interface PageFile {
  readonly path: string
  readonly contentType: string
}

function pageFile(folder: string, url: string): PageFile | null {
  const { host, pathname } = new URL(url)
  // `normalize` of an absolute path cannot climb out of it.
  const path = join(folder, normalize(`/${decodeURIComponent(pathname)}`))
  const contentType = CONTENT_TYPES[extname(path)]
  return host !== 'dailies' || contentType === undefined ? null : { path, contentType }
}

const headersOf = (contentType: string): Record<string, string> => ({
  'Content-Type': contentType,
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
})

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
