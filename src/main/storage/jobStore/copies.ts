import type { JobId } from '../../../shared/domain/ids.ts'
import { JOB_STATUSES } from '../../../shared/domain/job.ts'
import type { JobRow } from '../../jobs/jobRow.ts'
import type { JobCopy } from '../../jobs/copyPort.ts'
import type { JobTx } from '../../jobs/ports.ts'
import type { Revisions } from '../revisions.ts'
import type { SqlDatabase, SqlValue } from '../sqlite.ts'
import { countLater } from './countLater.ts'
import { numOrNull, text, toSql } from './readers.ts'

type CopyPart = Pick<
  JobTx,
  'cloneJobs' | 'hideJobs' | 'notCopied' | 'positionsAfter' | 'retriedAmong'
>

/** Jobs made from others. A person asks for ten thousand as readily as for one: one statement for all. */
export function copies(
  db: SqlDatabase,
  revisions: Revisions,
  jobs: (ids: readonly JobId[]) => readonly JobRow[],
): CopyPart {
  const idsWhere = (ids: readonly JobId[], condition: string): ReadonlySet<JobId> =>
    new Set(
      db
        .all(
          `SELECT jobs.id FROM json_each(?) AS wanted CROSS JOIN jobs ON jobs.id = wanted.value WHERE ${condition}`,
          [JSON.stringify(ids)],
        )
        .map((row) => text(row['id']) as JobId),
    )
  return {
    cloneJobs: (all) => {
      const insert = (): void =>
        runsOf(all).forEach((run) => insertCopies(db, { revisions, copies: run }))
      if (all.length > 1) countLater(db, insert)
      else insert()
      markRetried(
        db,
        revisions,
        all.filter(({ asRetry }) => asRetry),
      )
      return jobs(all.map(({ id }) => id))
    },
    hideJobs: (rows) => {
      const hidden = rows.map((row) => ({ ...row, hidden: true, revision: revisions.next() }))
      db.run(
        `UPDATE jobs SET hidden = 1, revision = c.value ->> 1 FROM json_each(?) AS c WHERE jobs.seq = c.value ->> 0`,
        [JSON.stringify(hidden.map(({ seq, revision }) => [seq, revision]))],
      )
      return hidden
    },
    notCopied: (ids) => idsWhere(ids, "iif(json_valid(request), request -> '$.fields' = '{}', 0)"),
    retriedAmong: (ids) => idsWhere(ids, 'retriedBy IS NOT NULL'),
    positionsAfter: (ids) =>
      new Map(
        db
          .all(AFTER, [JSON.stringify(ids)])
          .map((row) => [text(row['id']) as JobId, numOrNull(row['after'])]),
      ),
  }
}

/** Each status is a sorted run of the index `jobs_page`; the first of all runs is the neighbour. */
const AFTER = `SELECT j.id, (SELECT min(position) FROM (${JOB_STATUSES.map(
  (status) =>
    `SELECT min(o.position) AS position FROM jobs o INDEXED BY jobs_page
     WHERE o.hidden = 0 AND o.batchId = j.batchId AND o.status = '${status}' AND o.priority = j.priority AND o.position > j.position`,
).join(' UNION ALL ')})) AS after
  FROM json_each(?) AS wanted CROSS JOIN jobs j ON j.id = wanted.value`

const COPIED = [
  'batchId',
  'row',
  'take',
  'name',
  'tags',
  'prompt',
  'template',
  'provider',
  'model',
  'modelName',
  'route',
  'mode',
  'request',
  'asked',
  'warnings',
  'estimateMicros',
  'estimateCurrency',
  'priority',
  'position',
  'firstFrameSha256',
  'routeNamed',
  'moves',
] as const

/** Of several copies of one row each is a take further. */
const NEXT_TAKE =
  '(SELECT max(o.take) FROM jobs o WHERE o.batchId = jobs.batchId AND o.row = jobs.row) + row_number() OVER (PARTITION BY jobs.batchId, jobs.row ORDER BY c.key)'

interface Shape {
  readonly asNextTake: boolean
  readonly names: readonly string[]
  readonly isReseeded: boolean
}

/** What is written of the copy itself; all else is as in the job that it comes from. */
const ownOf = ({ id, of, at, asRetry, as = {} }: JobCopy): Readonly<Record<string, unknown>> => ({
  id,
  retryOfJobId: asRetry ? of : null,
  createdAt: at,
  status: 'queued',
  runAt: at,
  ...as,
})

const shapeOf = (copy: JobCopy): Shape => ({
  names: Object.keys(ownOf(copy)),
  asNextTake: copy.asNextTake ?? false,
  isReseeded: copy.reseed !== undefined,
})

/** One after the other that are written alike. */
function runsOf(all: readonly JobCopy[]): readonly (readonly JobCopy[])[] {
  const runs: JobCopy[][] = []
  let before = ''
  for (const copy of all) {
    const shape = JSON.stringify(shapeOf(copy))
    if (shape === before) runs.at(-1)?.push(copy)
    else runs.push([copy])
    before = shape
  }
  return runs
}

const seedPatch = ({ field, seed }: NonNullable<JobCopy['reseed']>): string =>
  JSON.stringify({ fields: { [field]: seed }, expect: { seed } })

function insertCopies(
  db: SqlDatabase,
  { revisions, copies: all }: { revisions: Revisions; copies: readonly JobCopy[] },
): void {
  const [first] = all
  if (first === undefined) return
  const { names, asNextTake, isReseeded } = shapeOf(first)
  const copied = COPIED.filter((name) => !names.includes(name))
  const source = (name: string): string => {
    if (name === 'take' && asNextTake) return NEXT_TAKE
    if (name === 'request' && isReseeded)
      return `json_patch(jobs.request, c.value ->> ${names.length + 2})`
    return `jobs.${name}`
  }
  const values = all.map((copy): readonly SqlValue[] => {
    const seed = copy.reseed === undefined ? [] : [seedPatch(copy.reseed)]
    return [copy.of, revisions.next(), ...Object.values(ownOf(copy)).map(toSql), ...seed]
  })
  db.run(
    `INSERT INTO jobs (revision, ${[...names, ...copied].join(', ')})
     SELECT c.value ->> 1, ${[...names.map((_, at) => `c.value ->> ${at + 2}`), ...copied.map(source)].join(', ')}
     FROM json_each(?) AS c CROSS JOIN jobs ON jobs.id = c.value ->> 0 ORDER BY c.key`,
    [JSON.stringify(values)],
  )
}

function markRetried(db: SqlDatabase, revisions: Revisions, retries: readonly JobCopy[]): void {
  if (retries.length === 0) return
  db.run(
    `UPDATE jobs SET retriedBy = c.value ->> 1, revision = c.value ->> 2
     FROM json_each(?) AS c WHERE jobs.id = c.value ->> 0`,
    [JSON.stringify(retries.map(({ of, id }) => [of, id, revisions.next()]))],
  )
}
