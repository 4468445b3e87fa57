import { ADDRESS_REFUSED } from './guardedLookup.ts'
import { TOO_SLOW } from './paceFloor.ts'
import { NO_TUNNEL, PROXY_LOGIN } from './proxyDispatcher.ts'

/** Code of the error when a create is not sent since its moment has passed. */
export const TOO_LATE = 'ERR_TOO_LATE'

const NOT_TRUSTED = 'its certificate is not trusted here'

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name cannot be found',
  EAI_AGAIN: 'its name cannot be looked up now',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was reset',
  ENETUNREACH: 'the network cannot be reached',
  EHOSTUNREACH: 'the host cannot be reached',
  ETIMEDOUT: 'the connection timed out',
  EPIPE: 'the connection was closed',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  UND_ERR_HEADERS_TIMEOUT: 'no answer came in time',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped half way',
  UND_ERR_SOCKET: 'the connection was closed',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer stopped half way',
  UND_ERR_DESTROYED: 'no answer came in time',
  UND_ERR_ABORTED: 'it was stopped',
  [TOO_LATE]: 'no connection stood soon enough after the order was written down',
  [TOO_SLOW]: 'next to nothing arrives',
  [NO_TUNNEL]: 'the proxy made no connection',
  [PROXY_LOGIN]: 'the proxy wants a name and a password',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet by the clock of this machine',
  CERT_HAS_EXPIRED: 'its certificate has run out by the clock of this machine',
  DEPTH_ZERO_SELF_SIGNED_CERT: NOT_TRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: NOT_TRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: NOT_TRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NOT_TRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  [ADDRESS_REFUSED]: 'its name leads to an address that is not allowed',
}

/**
 * What broke a connection, in words that end a sentence. Never the error's own text alone, which may
 * hold a URL; its code is kept for those who search for it.
 */
export function causeOf(error: unknown): string {
  const code = codeOf(error)
  if (code === null) return 'the connection broke'
  return WORDS[code] ?? `the connection broke (${code})`
}

/** The innermost code, also of the several tries of one connection. */
function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const inner =
    error.cause ?? (error instanceof AggregateError ? (error.errors as unknown[])[0] : undefined)
  const own = 'code' in error && typeof error.code === 'string' ? error.code : null
  return codeOf(inner) ?? own
}
