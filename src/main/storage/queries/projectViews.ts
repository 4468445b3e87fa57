import type { ProjectView } from '../../../shared/domain/views.ts'
import { heldMicros } from '../../jobs/budget.ts'
import { capOf, projectHeld } from '../jobStore/projects.ts'
import { num, text, textOrNull } from '../jobStore/readers.ts'
import type { SqlDatabase } from '../sqlite.ts'

/** Every project, by name, with what its batches hold of its cap. */
export const projectViews = (db: SqlDatabase): readonly ProjectView[] =>
  db
    .all(
      'SELECT p.*, (SELECT count(*) FROM batches b WHERE b.project = p.name) AS batches FROM projects p ORDER BY p.name',
    )
    .map((row) => {
      const name = text(row['name'])
      const cap = capOf(row)
      return {
        name,
        outDir: textOrNull(row['outDir']),
        cap,
        heldMicros: cap === null ? null : heldMicros(projectHeld(db, name, cap.currency)),
        batches: num(row['batches']),
      }
    })
