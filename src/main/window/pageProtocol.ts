import { extname, join, normalize } from 'node:path'
import { protocol } from 'electron'

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
 * Serves the built page out of one folder: Chromium reads the files itself, also while main works.
 * Resolves when the page is asked for, so that its process starts and needs nothing of main for a while.
 */
export function servePage(folder: string): Promise<void> {
  return new Promise((asked) => {
    // `protocol.handle` would load Node's whole HTTP library before the page: docs/decisions/0004.
    // oxlint-disable-next-line typescript/no-deprecated
    protocol.registerFileProtocol('app', ({ url }, answer) => {
      const file = pageFile(folder, url)
      if (file === null) return answer({ error: FILE_NOT_FOUND })
      answer({ path: file.path, headers: headersOf(file.contentType) })
      asked()
    })
  })
}

/** Chromium's net::ERR_FILE_NOT_FOUND. */
const FILE_NOT_FOUND = -6

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
