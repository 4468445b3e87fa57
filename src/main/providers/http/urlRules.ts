import { isIP } from 'node:net'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { isPrivateAddress } from './addresses.ts'

/** Why a URL is not used. `code` is stable; `message` says what to do and never holds the query. */
export interface UrlProblem {
  readonly code: 'URL_UNREADABLE' | 'URL_NOT_HTTPS' | 'URL_NOT_PUBLIC' | 'URL_HAS_EXTRAS'
  readonly message: string
}

/**
 * A base URL as the person configured it, without a slash at its end. Plain http only for loopback
 * and private hosts, since the key travels with each call (design: command-line, environment).
 */
export function checkBaseUrl(text: string): Result<string, UrlProblem> {
  const url = parse(text)
  if (url === null) {
    return problem(
      'URL_UNREADABLE',
      'The base URL cannot be read. Give one such as https://host/v1.',
    )
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return problem(
      'URL_HAS_EXTRAS',
      'The base URL holds a name, password, query or #. Leave them out.',
    )
  }
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLocalHost(url))) {
    return ok(url.href.replace(/\/+$/, ''))
  }
  return problem('URL_NOT_HTTPS', `Plain http to ${url.host} would show the key. Use https there.`)
}

/**
 * A URL out of a provider's answer, or one that it redirected to (architecture 9.9): https and a
 * public host, unless its origin is one of the provider's own configured base URLs.
 */
export function checkAnsweredUrl(
  text: string,
  ownOrigins: readonly string[],
): Result<URL, UrlProblem> {
  const url = parse(text)
  if (url === null || url.username !== '' || url.password !== '') {
    return problem('URL_UNREADABLE', 'The provider answered a link that cannot be read.')
  }
  if (ownOrigins.includes(url.origin)) return ok(url)
  if (url.protocol !== 'https:') {
    return problem(
      'URL_NOT_HTTPS',
      `The provider's link to ${url.host} is not https and was not opened.`,
    )
  }
  if (isLocalHost(url)) {
    return problem(
      'URL_NOT_PUBLIC',
      `The provider's link to ${url.host} is not public and was not opened.`,
    )
  }
  return ok(url)
}

/** Names and addresses that stay inside this machine or its network. */
export function isLocalHost(url: URL): boolean {
  const host = hostOf(url)
  if (isIP(host) !== 0) return isPrivateAddress(host)
  return !host.includes('.') || /\.(localhost|local|lan|internal|home\.arpa)$/.test(host)
}

/** Loopback only: such hosts are never asked for through a proxy. */
export function isLoopback(url: URL): boolean {
  const host = hostOf(url)
  return /(^|\.)localhost$/.test(host) || host.startsWith('127.') || host === '::1'
}

/** The host without brackets and the dot that may end it; URL has lower-cased and normalised it. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')

/** Origins of a provider's configured base URLs; what cannot be read is left out. */
export function originsOf(baseUrls: Readonly<Record<string, string>>): readonly string[] {
  return Object.values(baseUrls).flatMap((text) => parse(text)?.origin ?? [])
}

/**
 * The same path on our own base URL's origin: a URL that a provider answered is called with the key
 * only where the person configured it (a key never leaves its origin).
 */
export function ontoOrigin(answered: string, baseUrl: string): string | null {
  const own = parse(baseUrl)
  const url = parse(answered)
  if (own === null || url === null) return null
  if (url.origin === own.origin) return url.href
  const prefix = own.pathname.replace(/\/+$/, '')
  const isBelow = url.pathname.startsWith(`${prefix}/`)
  return `${own.origin}${isBelow ? '' : prefix}${url.pathname}${url.search}`
}

function parse(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null
  return url !== null && /^https?:$/.test(url.protocol) ? url : null
}

const problem = (code: UrlProblem['code'], message: string): Result<never, UrlProblem> =>
  err({ code, message })
