import type { JobError } from '../../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'

/** One page of a provider's list; `next` is null at the end. */
export interface ListPage<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

/** More than this is no list that we can hold: some 50,000 renders in the window that is looked at. */
const MAX_PAGES = 500

/** Every page, in order (money rule 5). A list that hands out a cursor twice ends there. */
export async function allPages<T>(
  fetchPage: (cursor: string | null) => Promise<Result<ListPage<T>, JobError>>,
): Promise<Result<readonly T[], JobError>> {
  const pages: (readonly T[])[] = []
  const seen = new Set<string | null>()
  let cursor: string | null = null
  do {
    seen.add(cursor)
    const page: Result<ListPage<T>, JobError> = await fetchPage(cursor)
    if (!page.ok) return page
    pages.push(page.value.items)
    cursor = page.value.next
  } while (cursor !== null && !seen.has(cursor) && seen.size < MAX_PAGES)
  if (cursor === null || seen.has(cursor)) return ok(pages.flat())
  const message = 'The list of requests has no end. Look the clip up in your account there.'
  return err({ kind: 'unknown', code: 'LIST_TOO_LONG', message })
}
