import type { SqlDatabase } from '../sqlite.ts'

/** Brings the index of prompts up to the newest job. Searches are right without it, but slower. */
export function indexPrompts(db: SqlDatabase): void {
  db.run(
    'INSERT INTO jobs_text (rowid, prompt) SELECT seq, prompt FROM jobs WHERE seq > (SELECT seq FROM jobs_text_end)',
  )
  db.run('UPDATE jobs_text_end SET seq = (SELECT coalesce(max(seq), 0) FROM jobs)')
}
