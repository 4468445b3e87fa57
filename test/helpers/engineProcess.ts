import dns from 'node:dns'
import fs from 'node:fs'
import promises from 'node:fs/promises'
import { flushCompileCache, syncBuiltinESMExports } from 'node:module'
import { text } from 'node:stream/consumers'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { openEngine } from '../../src/main/compose.ts'
import type { BatchPlan } from '../../src/shared/domain/batch.ts'

/** What the process is told, as JSON, on its standard input. */
export interface EngineOrders {
  readonly dataDir: string
  readonly resources: string
  readonly plan: BatchPlan | null
  readonly timeScale: number
  readonly pollMs: number
  /** SIGKILL right before or after the n-th of these calls to the disk. */
  readonly killAt?: KillPoint | undefined
  /** On SIGUSR2 the clock on the wall is set by so much. */
  readonly shiftMs?: number | undefined
  /** On SIGUSR2 no name can be looked up any more, on the next one all can again. */
  readonly losesNames?: boolean | undefined
  /** Tells every so often what the process holds, after a collection. */
  readonly reportMs?: number | undefined
  /** The disk knows no hard links, as exFAT and some network drives do not. */
  readonly hasNoLinks?: boolean | undefined
}
export interface KillPoint {
  /** `datasync` and `sync` make the journal and clips durable, `link` (or `rename`) publishes a clip, `rm` ends its part file. */
  readonly call: 'datasync' | 'sync' | 'link' | 'rename' | 'copyFile' | 'rm'
  readonly nth: number
  readonly when: 'before' | 'after'
}

/** An engine in a process of its own: prints one JSON line for each event, ends when nothing goes on by itself. */
async function main(orders: EngineOrders): Promise<void> {
  // One that is killed writes nothing at its end.
  flushCompileCache()
  if (orders.hasNoLinks === true) {
    promises.link = () => Promise.reject(Object.assign(new Error('no links'), { code: 'EPERM' }))
    syncBuiltinESMExports()
  }
  if (orders.killAt !== undefined) await dieAt(orders.killAt)
  if (orders.shiftMs !== undefined) shiftOnSignal(orders.shiftMs)
  if (orders.losesNames === true) loseNamesOnSignal()
  const reports = orders.reportMs === undefined ? undefined : reportUsage(orders.reportMs)
  const opened = await openEngine({
    dataDir: orders.dataDir,
    face: 'cli',
    appVersion: '0.0.0',
    resources: orders.resources,
    env: process.env,
    timeScale: orders.timeScale,
    pollMs: orders.pollMs,
  })
  if (!opened.ok) return say({ event: 'refused', ...opened.error })
  const { engine } = opened.value
  say({ event: 'opened' })
  engine.subscribe((event) => say({ event: event.type }))
  if (orders.plan !== null && engine.queries.batches({}).length === 0) {
    const admitted = await engine.commands.admit(orders.plan, { again: false })
    say({ event: 'admitted', ok: admitted.ok })
  }
  engine.start({ obeyWindows: false })
  await engine.settled({})
  const counts = engine.queries.counts()
  await engine.stop()
  clearInterval(reports)
  say({ event: 'settled', counts })
}

function shiftOnSignal(shiftMs: number): void {
  process.on('SIGUSR2', () => {
    const now = Date.now.bind(Date)
    Date.now = () => now() + shiftMs
  })
}

/** As a system answers whose router restarts: in each of the ways that there are. */
function loseNamesOnSignal(): void {
  const lookup = dns.lookup
  let isLost = false
  let asked = 0
  process.on('SIGUSR2', () => (isLost = !isLost))
  const losing = (name: string, options: dns.LookupAllOptions, done: LookedUp): void => {
    if (!isLost) return lookup(name, options, done)
    asked += 1
    if (asked === 1) say({ event: 'nameLost' })
    const code = ['ENOTFOUND', 'EAI_AGAIN', null][asked % 3] ?? null
    const error = code === null ? null : Object.assign(new Error(code), { code })
    // With an error Node hands over no addresses at all, whatever its types say.
    process.nextTick(() =>
      error === null ? done(null, []) : (done as (error: Error) => void)(error),
    )
  }
  dns.lookup = losing as typeof lookup
  syncBuiltinESMExports()
}
type LookedUp = (error: NodeJS.ErrnoException | null, addresses: dns.LookupAddress[]) => void

function reportUsage(everyMs: number): NodeJS.Timeout {
  setFlagsFromString('--expose_gc')
  const collect = runInNewContext('gc') as () => void
  return setInterval(() => {
    collect()
    const handles = openHandles()
    say({ event: 'usage', heapUsed: process.memoryUsage().heapUsed, handles })
  }, everyMs)
}

/** Files and sockets; where the system does not list them, what Node holds open. */
const openHandles = (): number =>
  process.platform === 'linux'
    ? fs.readdirSync('/proc/self/fd').length
    : process.getActiveResourcesInfo().filter((kind) => kind.endsWith('Wrap')).length

const say = (line: object): void => void fs.writeSync(1, `${JSON.stringify(line)}\n`)

/** The power goes at a call to the disk: only the runtime's own functions are touched, none of ours. */
async function dieAt({ call, nth, when }: KillPoint): Promise<void> {
  let calls = 0
  const dying = <A extends unknown[], R>(inner: (...args: A) => Promise<R>) =>
    async function (this: unknown, ...args: A): Promise<R> {
      calls += 1
      const isIt = calls === nth
      if (isIt && when === 'before') process.kill(process.pid, 'SIGKILL')
      const value = await inner.apply(this, args)
      if (isIt && when === 'after') process.kill(process.pid, 'SIGKILL')
      return value
    }
  if (call === 'link') promises.link = dying(promises.link)
  else if (call === 'rename') promises.rename = dying(promises.rename)
  else if (call === 'copyFile') promises.copyFile = copyHalf
  else if (call === 'rm') promises.rm = dying(promises.rm)
  else {
    const handle = await promises.open(process.execPath)
    const prototype = Object.getPrototypeOf(handle) as Record<typeof call, () => Promise<void>>
    await handle.close()
    prototype[call] = dying(prototype[call])
  }
  syncBuiltinESMExports()
}

/** A copy takes its time: the power goes in the middle of it. */
const copyHalf: typeof promises.copyFile = async (from, to) => {
  const bytes = await promises.readFile(from)
  await promises.writeFile(to, bytes.subarray(0, bytes.length / 2))
  process.kill(process.pid, 'SIGKILL')
}

await main(JSON.parse(await text(process.stdin)) as EngineOrders)
