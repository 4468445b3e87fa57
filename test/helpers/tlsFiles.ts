import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = new URL('../fixtures/tls/', import.meta.url)

/** An authority that no system trusts; its own key was thrown away. */
export const AUTHORITY_PATH = fileURLToPath(new URL('authority.pem', FOLDER))
export const AUTHORITY = readFileSync(AUTHORITY_PATH, 'utf8')
export const AUTHORITIES: readonly string[] = [AUTHORITY]

/** For localhost, 127.0.0.1, cdn.test.example and api.lumenfall.ai, signed by the authority. For tests alone. */
export const SERVER_TLS = {
  cert: readFileSync(new URL('localhost.pem', FOLDER)),
  key: readFileSync(new URL('localhost.key', FOLDER)),
}
