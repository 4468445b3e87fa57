import type { ExportId, ExportView } from '../../../shared/domain/export.ts'

/** What is known of the exports of this run of the app. */
export interface ExportBook {
  begin(head: Pick<ExportView, 'id' | 'folder' | 'files'>): {
    readonly view: ExportView
    readonly signal: AbortSignal
  }
  change(id: ExportId, part: Partial<ExportView>): void
  /** Latest first. */
  list(): readonly ExportView[]
  cancel(id: ExportId): void
  subscribe(listener: () => void): () => void
}

const KEPT_EXPORTS = 20

export function createExportBook(now: () => number): ExportBook {
  const exports = new Map<ExportId, { view: ExportView; readonly stop: AbortController }>()
  const listeners = new Set<() => void>()
  const changed = (): void => {
    for (const listener of listeners) listener()
  }
  return {
    begin(head) {
      const view = firstView(head, now())
      const stop = new AbortController()
      exports.set(head.id, { view, stop })
      for (const [id, old] of [...exports].slice(0, -KEPT_EXPORTS)) {
        if (old.view.state !== 'running') exports.delete(id)
      }
      changed()
      return { view, signal: stop.signal }
    },
    change(id, part) {
      const known = exports.get(id)
      if (known === undefined) return
      known.view = { ...known.view, ...part }
      changed()
    },
    list: () => [...exports.values()].map(({ view }) => view).toReversed(),
    cancel: (id) => exports.get(id)?.stop.abort(),
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

const firstView = (
  head: Pick<ExportView, 'id' | 'folder' | 'files'>,
  startedAt: number,
): ExportView => ({
  ...head,
  state: 'running',
  written: 0,
  skipped: 0,
  failures: [],
  failed: 0,
  progress: 0,
  startedAt,
  endedAt: null,
})
