import type { CredentialId, ProviderId } from '../../../shared/domain/ids.ts'
import { jobErrorSchema } from '../../../shared/domain/errors.ts'
import type { LaneView } from '../../../shared/domain/views.ts'
import { RAISE_AFTER_MS, slotsNow } from '../../jobs/learnedSlots.ts'
import type { Queries } from '../../engine.ts'
import { jsonOrNull, num, numOrNull, text } from '../jobStore/readers.ts'
import type { SqlDatabase, SqlRow } from '../sqlite.ts'

/** What lanes need to know of a provider. */
export type LaneProviders = ReadonlyMap<
  ProviderId,
  {
    readonly name: string
    readonly traits: {
      readonly lane: { readonly concurrency: number; readonly createsPerMinute: number | null }
      readonly keyVariable: string | null
    }
  }
>

export interface LaneSource {
  readonly provider: ProviderId
  readonly providerName: string
  readonly credential: CredentialId
  /** The provider's own limit; the person's, kept in the lane's row, wins. */
  readonly slots: number
  readonly createsPerMinute: number | null
}

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

/** One lane for every key that is or was at work, and one for each provider that has none yet. */
export function laneSources(db: SqlDatabase, providers: LaneProviders): LaneSource[] {
  const known = db.all(
    `SELECT provider, credential FROM lanes
     UNION SELECT provider, credential FROM jobs WHERE status = 'running' AND credential IS NOT NULL`,
  )
  return [...providers].flatMap(([provider, { name, traits }]) => {
    const used = known.filter((row) => row['provider'] === provider)
    const first = traits.keyVariable === null ? 'none' : 'env'
    const credentials = used.length === 0 ? [first] : used.map((row) => text(row['credential']))
    return credentials.map((credential) => ({
      provider,
      providerName: name,
      credential,
      slots: traits.lane.concurrency,
      createsPerMinute: traits.lane.createsPerMinute,
    }))
  })
}

export function laneViews(db: SqlDatabase, lanes: readonly LaneSource[], now: number): LaneView[] {
  return lanes.map((lane) => laneView(db, lane, now))
}

function laneView(db: SqlDatabase, lane: LaneSource, now: number): LaneView {
  const { provider, credential } = lane
  const row = db.get('SELECT * FROM lanes WHERE provider = ? AND credential = ?', [
    provider,
    credential,
  ])
  const use = db.get(
    `SELECT (SELECT count(*) FROM jobs WHERE provider = :p AND credential = :c AND status = 'running' AND step IN ('submit', 'poll')) AS used,
            (SELECT count(*) FROM jobs WHERE provider = :p AND status IN ('queued', 'waiting')) AS queued,
            (SELECT count(*) FROM jobs INDEXED BY jobs_finished WHERE finishedAt > :since AND provider = :p AND credential = :c AND status = 'succeeded') AS finished,
            (SELECT count(*) FROM attempts a JOIN jobs j ON j.id = a.jobId WHERE a.at > :since AND j.provider = :p AND j.credential = :c AND NOT (json_valid(a.error) AND a.error ->> 'kind' = 'disk')) AS errors,
            (SELECT count(*) FROM intents WHERE provider = :p AND credential = :c AND submitStartedAt > :minute AND outcome NOT IN ('notSent', 'dropped')) AS creates`,
    { p: provider, c: credential, since: now - HOUR_MS, minute: now - MINUTE_MS },
  )
  const heldUntil = numOrNull(row?.['heldUntil'])
  const isHeld = row?.['needsPerson'] === 1 || (heldUntil !== null && heldUntil > now)
  return {
    provider,
    providerName: lane.providerName,
    credential,
    slots: slotsOf(row, lane.slots, now),
    used: num(use?.['used']),
    queued: num(use?.['queued']),
    createsPerMinute: lane.createsPerMinute,
    createsLastMinute: num(use?.['creates']),
    finishedLastHour: num(use?.['finished']),
    errorsLastHour: num(use?.['errors']),
    paused: row?.['paused'] === 1,
    heldUntil: isHeld ? heldUntil : null,
    needsPerson: row?.['needsPerson'] === 1,
    heldReason: isHeld ? jsonOrNull(row?.['heldReason'], jobErrorSchema) : null,
  }
}

/** As many as the claim gives out now. */
function slotsOf(row: SqlRow | undefined, own: number, now: number): number {
  const slots = numOrNull(row?.['learnedSlots'])
  const state = {
    concurrency: numOrNull(row?.['concurrency']),
    learned: slots === null ? null : { slots, at: num(row?.['learnedAt']) },
  }
  return slotsNow(state, { concurrency: own }, { now, raiseMs: RAISE_AFTER_MS })
}

const SPEND_KEYS = {
  // In this machine's time zone, as the person's calendar shows it.
  day: "date(c.createdAt / 1000, 'unixepoch', 'localtime')",
  provider: 'c.provider',
  model: 'j.model',
  batch: 'c.batchId',
  project: 'b.project',
} as const

/** Confirmed charges by key and currency: days newest first, all else by amount. */
export function spendBy(
  db: SqlDatabase,
  { by, project }: { readonly by: keyof typeof SPEND_KEYS; readonly project?: string | undefined },
): ReturnType<Queries['spend']> {
  const join = [
    ...(by === 'model' ? ['JOIN jobs j ON j.id = c.jobId'] : []),
    ...(by === 'project' || project !== undefined ? ['JOIN batches b ON b.id = c.batchId'] : []),
  ].join(' ')
  const only =
    project !== undefined
      ? 'AND b.project = ?'
      : by === 'project'
        ? 'AND b.project IS NOT NULL'
        : ''
  const order = by === 'day' ? 'key DESC, micros DESC' : 'micros DESC, key'
  const rows = db.all(
    `SELECT ${SPEND_KEYS[by]} AS key, c.currency, count(*) AS jobs, sum(c.micros) AS micros, max(c.estimated) AS estimated
     FROM charges c ${join} WHERE c.state = 'confirmed' ${only} GROUP BY key, c.currency ORDER BY ${order}`,
    project === undefined ? [] : [project],
  )
  return rows.map((row) => ({
    key: text(row['key']),
    jobs: num(row['jobs']),
    spent: {
      micros: num(row['micros']),
      currency: text(row['currency']),
      estimated: row['estimated'] === 1,
    },
  }))
}
