import { useEffect, useState } from 'react'

import type { Envelope } from '../../../shared/ipc/ipcError.ts'
import { listen } from '../../ipc/client.ts'
import { onQueueTurn } from './queueTurn.ts'

/** Often enough to look alive. */
const EVERY_MS = 500

/** An answer about the whole queue, read again as jobs change; null until the first one. Memoise `read`. */
export function useQueueAnswer<T>(read: () => Promise<Envelope<T>>): T | null {
  const [answer, setAnswer] = useState<T | null>(null)
  useEffect(() => {
    let isGone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const readNow = (): void => {
      timer = undefined
      void read().then((got) => {
        if (got.ok && !isGone) setAnswer(got.data)
      })
    }
    readNow()
    const end = listen('batches.changed', () => {
      timer ??= setTimeout(readNow, EVERY_MS)
    })
    const endTurns = onQueueTurn(readNow)
    return () => {
      isGone = true
      clearTimeout(timer)
      end()
      endTurns()
    }
  }, [read])
  return answer
}
