import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { appPaths } from '../../src/main/storage/appPaths.ts'
import { openReader } from '../../src/main/storage/openReader.ts'
import type { SqlDatabase, SqlRow } from '../../src/main/storage/sqlite.ts'
import type { BillLine, RenderView, ServerControl } from '../servers/types.ts'

export interface AuditRequest {
  readonly dataDir: string
  readonly server: ServerControl
  /** Where media go beside the data folder. */
  readonly outDirs?: readonly string[]
  /** Videos that others put there. */
  readonly theirs?: readonly string[]
  /** Creates that a person sent again although they may have been taken. */
  readonly sentAgain?: number
}

/**
 * What the audit found, in words that begin with `twice`, `lost`, `ledger` or `file`; nothing when bill,
 * ledger, database and disk tell one story.
 */
export async function auditMoney(request: AuditRequest): Promise<readonly string[]> {
  const opened = openReader(appPaths(request.dataDir).database)
  if (!opened.ok) return [opened.error.message]
  const db = opened.value
  try {
    const renders = (await request.server.renders()).filter(({ isForeign }) => !isForeign)
    const bill = (await request.server.bill()).filter(({ accepted }) => accepted)
    const claimed = new Set<string>()
    return [
      ...bill.flatMap((line) => problemsOfRender(db, { line, renders, claimed })),
      ...paidTwice(db, bill, request.sentAgain ?? 0),
      ...wrongSums(db),
      ...openCharges(db),
      ...problemsOnDisk(db, request),
    ]
  } finally {
    db.close()
  }
}

interface Accepted {
  readonly line: BillLine
  readonly renders: readonly RenderView[]
  /** Intents of lost answers that stand for a render already. */
  readonly claimed: Set<string>
}

/** Every accepted POST ends as delivered takes, as a failure on the provider's own word, or as one question. */
function problemsOfRender(db: SqlDatabase, accepted: Accepted): string[] {
  const { line, renders } = accepted
  const render = renders.find(({ id }) => id === line.renderId)
  if (render === undefined) return [`lost: the bill names no render: ${line.path}`]
  const owners = db.all('SELECT jobId, intentId FROM operations WHERE operationId = ?', [render.id])
  const [owner, second] = owners
  if (second !== undefined) return [`twice: ${render.id} belongs to two jobs`]
  if (owner === undefined) return questionFor(db, accepted)
  const job = db.get('SELECT status, needsYou, operation FROM jobs WHERE id = ?', [
    owner['jobId'] ?? null,
  ])
  if (job === undefined) return [`lost: ${render.id} belongs to a job that is not there`]
  const charge = db.get('SELECT state, micros, estimated FROM charges WHERE intentId = ?', [
    owner['intentId'] ?? null,
  ])
  return [
    ...deliveryProblems(db, { render, job, jobId: String(owner['jobId']) }),
    ...chargeProblems(render, charge),
  ]
}

/** The answer was lost: an unknown create with these bytes whose job waits for a person and names the key. */
function questionFor(db: SqlDatabase, { line, claimed }: Accepted): string[] {
  const intents = db.all(
    "SELECT i.id, j.status, j.needsYou, c.state FROM intents i JOIN jobs j ON j.id = i.jobId LEFT JOIN charges c ON c.intentId = i.id WHERE i.bodySha256 = ? AND i.outcome = 'unknown'",
    [line.bodySha256],
  )
  const free = intents.find(({ id }) => !claimed.has(String(id)))
  if (free === undefined) return [`lost: ${line.renderId} was accepted and is nowhere`]
  claimed.add(String(free['id']))
  const isNamed = String(free['needsYou']).includes(String(free['id']))
  return [
    ...(free['status'] === 'needsYou' && isNamed
      ? []
      : [`lost: ${line.renderId}: its job is ${String(free['status'])} and does not ask about it`]),
    ...(free['state'] === 'indeterminate'
      ? []
      : [`ledger: ${line.renderId}: its charge is ${String(free['state'])}, not in doubt`]),
  ]
}

function deliveryProblems(
  db: SqlDatabase,
  { render, job, jobId }: { render: RenderView; job: SqlRow; jobId: string },
): string[] {
  // It came to nothing on the provider's own word.
  if (['failed', 'cancelled', 'aborted'].includes(render.status)) return []
  const takes = db.all('SELECT path, sha256 FROM takes WHERE jobId = ?', [jobId])
  const mine = takes.filter(({ sha256 }) => render.sha256.includes(String(sha256)))
  switch (job['status']) {
    case 'succeeded':
      return mine.length === render.sha256.length
        ? []
        : [
            `lost: ${render.id} has ${render.sha256.length} files and ${mine.length} of them are takes`,
          ]
    case 'needsYou':
      return `${String(job['needsYou'])}${String(job['operation'])}`.includes(render.id)
        ? []
        : [`lost: ${render.id} waits for a person who is not told its id`]
    default:
      return [`lost: ${render.id} is ${render.status} there and its job ${String(job['status'])}`]
  }
}

function chargeProblems(render: RenderView, charge: SqlRow | undefined): string[] {
  if (charge === undefined) return [`ledger: ${render.id} is not on it`]
  const { state, micros } = charge
  if (render.status !== 'succeeded')
    return state === 'reserved' ? [`ledger: ${render.id} ended and its reservation stands`] : []
  // Delivered, or with the person: what the provider charged, or would have been charged.
  if (state !== 'confirmed' && state !== 'indeterminate' && state !== 'reserved')
    return [`ledger: ${render.id} was charged and its charge is ${String(state)}`]
  return micros === render.costMicros
    ? []
    : [`ledger: ${render.id} cost ${render.costMicros} and ${String(micros)} are on the ledger`]
}

/** No intent may stand for two accepted requests, and no job may have two without a settled first. */
function paidTwice(db: SqlDatabase, bill: readonly BillLine[], sentAgain: number): string[] {
  const found: string[] = []
  for (const body of new Set(bill.map(({ bodySha256 }) => bodySha256))) {
    const lines = bill.filter(({ bodySha256 }) => bodySha256 === body)
    const row = db.get(
      "SELECT count(*) AS n FROM intents WHERE bodySha256 = ? AND outcome IN ('accepted', 'unknown')",
      [body],
    )
    if (lines.length > Number(row?.['n']))
      found.push(`twice: ${lines.length} accepted POSTs of one body, ${String(row?.['n'])} intents`)
  }
  const jobs = db.get('SELECT count(*) AS n FROM jobs WHERE retryOfJobId IS NULL')
  const failed = db.get(
    "SELECT count(*) AS n FROM intents i WHERE outcome = 'accepted' AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.intentId = i.id)",
  )
  const allowed = Number(jobs?.['n']) + Number(failed?.['n']) + sentAgain
  if (bill.length > allowed) found.push(`twice: ${bill.length} accepted POSTs for ${allowed} jobs`)
  return found
}

/** The sums that caps are held against are those of the ledger. */
function wrongSums(db: SqlDatabase): string[] {
  const sums = db.all(
    `SELECT currency, sum(iif(state = 'reserved', micros, 0)) AS reserved, sum(iif(state = 'confirmed', micros, 0)) AS confirmed,
            sum(iif(state = 'indeterminate', micros, 0)) AS indeterminate FROM charges GROUP BY currency ORDER BY currency`,
  )
  return (['batch', 'night', 'month', 'provider'] as const).flatMap((scope) => {
    const totals = db.all(
      'SELECT currency, sum(reserved) AS reserved, sum(confirmed) AS confirmed, sum(indeterminate) AS indeterminate FROM charge_totals WHERE scope = ? GROUP BY currency ORDER BY currency',
      [scope],
    )
    return JSON.stringify(totals) === JSON.stringify(sums)
      ? []
      : [
          `ledger: sums by ${scope} are ${JSON.stringify(totals)}, the ledger says ${JSON.stringify(sums)}`,
        ]
  })
}

/** What ended holds no reservation. */
function openCharges(db: SqlDatabase): string[] {
  return db
    .all(
      "SELECT c.intentId, j.status FROM charges c JOIN jobs j ON j.id = c.jobId WHERE c.state = 'reserved' AND j.status NOT IN ('running', 'needsYou')",
    )
    .map(
      (row) =>
        `ledger: ${String(row['intentId'])} is reserved and its job ${String(row['status'])}`,
    )
}

function problemsOnDisk(
  db: SqlDatabase,
  { dataDir, outDirs = [], theirs = [] }: Pick<AuditRequest, 'dataDir' | 'outDirs' | 'theirs'>,
): string[] {
  const takes = db.all('SELECT path, sha256 FROM takes')
  const known = new Set(takes.map(({ path }) => String(path)))
  const { media, spool } = appPaths(dataDir)
  const digests = new Set(takes.map(({ sha256 }) => sha256))
  // What an earlier database had delivered may lie there a second time.
  const strays = [media, spool, ...outDirs]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => videosIn(folder))
    .filter((path) => !theirs.includes(path) && !known.has(path) && !digests.has(digestOf(path)))
    .map((path) => `file: ${path} is no take`)
  return [...strays, ...takes.flatMap(({ path, sha256 }) => fileProblems(String(path), sha256))]
}

const videosIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.mp4') && !name.startsWith('.'))
    .map((name) => join(folder, name))

function fileProblems(path: string, sha256: unknown): string[] {
  if (!existsSync(path)) return [`file: ${path} is gone`]
  return digestOf(path) === sha256 ? [] : [`file: ${path} is not what was delivered`]
}

const digestOf = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex')
