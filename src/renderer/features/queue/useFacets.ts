import { useCallback } from 'react'

import type { QueueFacets } from '../../../shared/domain/views.ts'
import { ask } from '../../ipc/client.ts'
import type { QueueOf, QueueShown } from '../../store/queueSlice.ts'
import { STATUSES_SHOWN } from './queueLayout.ts'
import { useQueueAnswer } from './useQueueAnswer.ts'

interface FacetQuestion {
  readonly shown: QueueShown
  readonly text: string
  readonly of: QueueOf
}

/** What each choice of the filters would show; read again as jobs change. */
export function useFacets({ shown, text, of }: FacetQuestion): QueueFacets | null {
  const read = useCallback(() => {
    const statuses = STATUSES_SHOWN[shown]
    const filter = {
      ...of,
      ...(statuses === null ? {} : { statuses: [...statuses] }),
      ...(text === '' ? {} : { text }),
    }
    return ask('queue.facets', { filter })
  }, [shown, text, of])
  return useQueueAnswer(read)
}
