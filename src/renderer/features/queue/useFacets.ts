import { useEffect, useState } from 'react'

import type { QueueFacets } from '../../../shared/domain/views.ts'
import { ask, listen } from '../../ipc/client.ts'
import type { QueueOf, QueueShown } from '../../store/queueSlice.ts'
import { STATUSES_SHOWN } from './queueLayout.ts'
import { onQueueTurn } from './queueTurn.ts'

interface FacetQuestion {
  readonly shown: QueueShown
  readonly text: string
  readonly of: QueueOf
}

/** Often enough to look alive. */
const EVERY_MS = 500

/** What each choice of the filters would show; read again as jobs change. */
export function useFacets({ shown, text, of }: FacetQuestion): QueueFacets | null {
  const [facets, setFacets] = useState<QueueFacets | null>(null)
  useEffect(() => {
    const statuses = STATUSES_SHOWN[shown]
    const filter = {
      ...of,
      ...(statuses === null ? {} : { statuses: [...statuses] }),
      ...(text === '' ? {} : { text }),
    }
    let isGone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = (): void => {
      timer = undefined
      void ask('queue.facets', { filter }).then((answer) => {
        if (answer.ok && !isGone) setFacets(answer.data)
      })
    }
    read()
    const end = listen('batches.changed', () => {
      timer ??= setTimeout(read, EVERY_MS)
    })
    const endTurns = onQueueTurn(read)
    return () => {
      isGone = true
      clearTimeout(timer)
      end()
      endTurns()
    }
  }, [shown, text, of])
  return facets
}
