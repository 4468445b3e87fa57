import { useEffect } from 'react'

import { useChosen } from './chosen.ts'
import type { Queue } from './useQueue.ts'

/** The focus goes to a job that may be out of view: one that was moved, or is asked about. */
export function useFollow({ placeOf }: Pick<Queue, 'placeOf'>): void {
  const followed = useChosen((chosen) => chosen.followed)
  const choose = useChosen((chosen) => chosen.choose)
  useEffect(() => {
    if (followed === null) return
    let isGone = false
    void placeOf(followed).then((place) => {
      if (isGone) return
      choose({ followed: null, ...(place === null ? {} : { place, anchor: place, batchId: null }) })
    })
    return () => {
      isGone = true
    }
  }, [followed, placeOf, choose])
}
