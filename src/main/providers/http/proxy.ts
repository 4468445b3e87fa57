import { hostOf, isLoopback } from './urlRules.ts'

/** The proxy that a URL goes through, as `http://[user:password@]host:port`; null for none. */
export type ProxyOf = (url: URL) => Promise<string | null> | string | null

/**
 * The environment's way, as curl and others read it: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and
 * `NO_PROXY`, lower case first. Loopback is never asked for through a proxy.
 */
export function proxyFromEnvironment(env: Readonly<Record<string, string | undefined>>): ProxyOf {
  const read = (name: string): string => env[name.toLowerCase()] ?? env[name] ?? ''
  const noProxy = read('NO_PROXY')
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
  return (url) => {
    if (isLoopback(url) || noProxy.some((entry) => covers(entry, url))) return null
    const proxy =
      read(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') || read('ALL_PROXY')
    if (proxy === '') return null
    return /^[a-z0-9]+:\/\//i.test(proxy) ? proxy : `http://${proxy}`
  }
}

/** `*`, `host`, `.suffix`, `*.suffix`, each with or without a port; a bare name covers its subdomains. */
function covers(entry: string, url: URL): boolean {
  if (entry === '*') return true
  const [, name = '', port] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(entry.toLowerCase()) ?? []
  if (port !== undefined && port !== portOf(url)) return false
  const suffix = name.replace(/^\*?\./, '')
  const host = hostOf(url)
  return suffix !== '' && (host === suffix || host.endsWith(`.${suffix}`))
}

const portOf = (url: URL): string => url.port || (url.protocol === 'https:' ? '443' : '80')
