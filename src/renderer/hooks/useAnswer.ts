import { useEffect, useState } from 'react'

import type { RequestArguments } from '../../shared/ipc/api.ts'
import type { OutputOf, RouteName } from '../../shared/ipc/routes.ts'
import { ask } from '../ipc/client.ts'

/** What main says to this very question; null until it did, or where it cannot. Asked once. */
export function useAnswer<R extends RouteName>(...call: RequestArguments<R>): OutputOf<R> | null {
  const question = JSON.stringify(call)
  const [answer, setAnswer] = useState<{ readonly to: string; readonly data: OutputOf<R> }>()
  useEffect(() => {
    let isGone = false
    void ask<R>(...(JSON.parse(question) as RequestArguments<R>)).then((got) => {
      if (got.ok && !isGone) setAnswer({ to: question, data: got.data })
    })
    return () => {
      isGone = true
    }
  }, [question])
  return answer?.to === question ? answer.data : null
}
