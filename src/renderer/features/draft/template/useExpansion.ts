import { useCallback, useEffect, useRef, useState } from 'react'

import type { DraftId, DraftRow } from '../../../../shared/domain/draft.ts'
import type { TemplatePreview } from '../../../../shared/domain/draftCheck.ts'
import { ask } from '../../../ipc/client.ts'
import type { DraftDoc } from '../../../store/draft/sync.ts'

const PAUSE_MS = 120
export const PAGE = 100
/** Pages that are kept: prompts far out of view are asked for again. */
const MOST_PAGES = 40

export interface Expansion {
  /** Null until it was counted once. */
  readonly preview: TemplatePreview | null
  readonly error: string | null
  readonly promptAt: (index: number) => string | undefined
  readonly onRange: (from: number, to: number) => void
}

interface Asked {
  readonly draftId: DraftId
  readonly row: DraftRow
  /** What is drawn hangs on it, so it must be saved before it is asked for. */
  readonly options: DraftDoc['options']
  readonly isSaved: boolean
}

/** What the template of a row makes: counted while it is typed, prompts by page as they come into view. */
export function useExpansion({ draftId, row, options, isSaved }: Asked): Expansion {
  const [preview, setPreview] = useState<TemplatePreview | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [pages, setPages] = useState<ReadonlyMap<number, readonly string[]>>(new Map())
  const asked = useRef(new Set<number>())
  const turn = useRef(0)

  useEffect(() => {
    if (!isSaved) return
    turn.current += 1
    const mine = turn.current
    const timer = setTimeout(() => {
      void ask('drafts.expand', { draftId, row, from: 0, limit: PAGE }).then((answer) => {
        if (mine !== turn.current) return
        if (!answer.ok) return setError(answer.error.message)
        asked.current = new Set([0])
        setError(null)
        setPreview(answer.data)
        setPages(new Map([[0, answer.data.prompts]]))
      })
    }, PAUSE_MS)
    return () => clearTimeout(timer)
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- main draws by the options that are saved
  }, [draftId, row, options, isSaved])

  const onRange = useCallback(
    (from: number, to: number) => {
      for (const page of [Math.floor(from / PAGE), Math.floor(to / PAGE)]) {
        if (asked.current.has(page)) continue
        asked.current.add(page)
        const mine = turn.current
        void ask('drafts.expand', { draftId, row, from: page * PAGE, limit: PAGE }).then(
          (answer) => {
            if (mine !== turn.current || !answer.ok) return
            const { prompts } = answer.data
            setPages((known) => {
              const kept = [...known].slice(-MOST_PAGES)
              asked.current = new Set([...kept.map(([number]) => number), page])
              return new Map([...kept, [page, prompts]])
            })
          },
        )
      }
    },
    [draftId, row],
  )

  const promptAt = (index: number): string | undefined =>
    pages.get(Math.floor(index / PAGE))?.[index % PAGE]
  return { preview, error, promptAt, onRange }
}
