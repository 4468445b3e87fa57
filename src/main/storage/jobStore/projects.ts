import type { CapState } from '../../jobs/budget.ts'
import type { BatchId } from '../../../shared/domain/ids.ts'
import type { JobTx } from '../../jobs/ports.ts'
import { num, numOrNull, text, textOrNull } from './readers.ts'
import type { SqlDatabase, SqlRow } from '../sqlite.ts'

/** Projects: a folder and a cap over several batches. */
export function projects(db: SqlDatabase): Pick<JobTx, 'project' | 'setProject'> {
  return {
    project: (name) => {
      const row = db.get('SELECT * FROM projects WHERE name = ?', [name])
      return row === undefined ? null : { outDir: textOrNull(row['outDir']), cap: capOf(row) }
    },
    setProject: (name, { outDir, cap }, at) => {
      db.run('INSERT OR IGNORE INTO projects (name, createdAt) VALUES (?, ?)', [name, at])
      if (outDir !== undefined)
        db.run('UPDATE projects SET outDir = ? WHERE name = ?', [outDir, name])
      if (cap !== undefined)
        db.run('UPDATE projects SET capMicros = ?, capCurrency = ? WHERE name = ?', [
          cap?.micros ?? null,
          cap?.currency ?? null,
          name,
        ])
    },
  }
}

export const capOf = (row: SqlRow): CapState['cap'] | null => {
  const micros = numOrNull(row['capMicros'])
  return micros === null ? null : { micros, currency: text(row['capCurrency']) }
}

/** The cap of a batch's project, held by all of its batches together; none for most batches. */
export function projectCap(db: SqlDatabase, batchId: BatchId): readonly CapState[] {
  const row = db.get(
    'SELECT p.name, p.capMicros, p.capCurrency FROM batches b JOIN projects p ON p.name = b.project WHERE b.id = ? AND p.capMicros IS NOT NULL',
    [batchId],
  )
  const cap = row === undefined ? null : capOf(row)
  if (row === undefined || cap === null) return []
  return [{ scope: 'project', cap, held: projectHeld(db, text(row['name']), cap.currency) }]
}

/** What all batches of a project hold of a currency. */
export function projectHeld(db: SqlDatabase, name: string, currency: string): CapState['held'] {
  const row = db.get(
    `SELECT coalesce(sum(t.reserved), 0) AS reserved, coalesce(sum(t.confirmed), 0) AS confirmed, coalesce(sum(t.indeterminate), 0) AS indeterminate
     FROM batches b JOIN charge_totals t ON t.scope = 'batch' AND t.scopeId = b.id AND t.currency = ? WHERE b.project = ?`,
    [currency, name],
  )
  return {
    reserved: num(row?.['reserved']),
    confirmed: num(row?.['confirmed']),
    indeterminate: num(row?.['indeterminate']),
  }
}
