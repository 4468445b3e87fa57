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

/**
 * The environment's where it names any proxy, else what the system says of the address: `resolve`
 * answers in the words of a proxy script, such as `PROXY host:8080; DIRECT`.
 */
export function proxyFromSystem(
  env: Readonly<Record<string, string | undefined>>,
  resolve: (url: string) => Promise<string>,
): ProxyOf {
  const fromEnvironment = proxyFromEnvironment(env)
  const names = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY']
  const isSet = names.some((name) => Boolean(env[name.toLowerCase()] ?? env[name]))
  return async (url) => {
    if (isSet || isLoopback(url)) return fromEnvironment(url)
    return firstProxy(await soon(resolve(url.href)))
  }
}

/** A proxy script may take for ever; a create is not sent 5 s after its intent (money rule 2). */
const LONGEST_MS = 4_000

function soon<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new Error('the system did not name its proxy in time'))
    const timer = setTimeout(late, LONGEST_MS)
    work.finally(() => clearTimeout(timer)).then(resolve, reject)
  })
}

/** Null for `DIRECT`, and where only SOCKS is offered, which is not spoken here. */
function firstProxy(answer: string): string | null {
  for (const entry of answer.split(';')) {
    const [kind = '', address = ''] = entry.trim().split(/\s+/)
    if (kind === 'DIRECT') return null
    if (address !== '' && kind === 'PROXY') return `http://${address}`
    if (address !== '' && kind === 'HTTPS') return `https://${address}`
  }
  return null
}
