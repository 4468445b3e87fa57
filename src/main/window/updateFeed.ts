import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { UpdateAnswer } from '../../shared/ipc/appInfo.ts'
import type { ProviderHttp } from '../providers/http/port.ts'

/** What runs here, as a feed tells it apart. */
export interface Running {
  readonly version: string
  readonly platform: string
  /** Processor, as Node calls it. */
  readonly arch: string
}

type Asked = Result<UpdateAnswer, { readonly message: string }>

/**
 * Asks an update feed, a folder with the files that electron-builder writes beside installers, which
 * version is the newest. Nothing is fetched but that file, and nothing is installed.
 */
export async function askFeed(
  http: Pick<ProviderHttp, 'call'>,
  feedUrl: string,
  running: Running,
): Promise<Asked> {
  const url = `${feedUrl}/${feedFile(running)}`
  const reply = await http.call({ method: 'GET', url, signal: new AbortController().signal })
  if (reply.kind === 'lost') return trouble(`${url} could not be asked: ${reply.cause}.`)
  if (reply.status !== 200) return trouble(`${url} answered with ${reply.status}.`)
  const version = versionIn(Buffer.from(reply.body).toString('utf8'))
  if (version === null) return trouble(`${url} names no version: it is no update feed.`)
  return ok({ version, isNewer: isNewer(version, running.version) })
}

const trouble = (message: string): Asked =>
  err({ message: `${message} Look at the address in Settings, About and logs.` })

function feedFile({ platform, arch }: Running): string {
  if (platform === 'win32') return 'latest.yml'
  if (platform === 'darwin') return 'latest-mac.yml'
  return arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${arch}.yml`
}

const VERSION = /^version:\s*(['"]?)(\d{1,6}\.\d{1,6}\.\d{1,6})\1\s*$/m

/** One release is one line of the file; what is no plain release is not offered. */
const versionIn = (feed: string): string | null => VERSION.exec(feed)?.[2] ?? null

function isNewer(offered: string, running: string): boolean {
  const [theirs, ours] = [offered, running].map((version) => version.split(/[.-]/).map(Number))
  for (const at of [0, 1, 2]) {
    const by = (theirs?.[at] ?? 0) - (ours?.[at] ?? 0)
    if (by !== 0) return by > 0
  }
  return false
}
