import { useEffect, useState } from 'react'

import type { RequestArguments } from '../../shared/ipc/api.ts'
import type { EventName } from '../../shared/ipc/events.ts'
import type { OutputOf, RouteName } from '../../shared/ipc/routes.ts'
import { ask, listen } from '../ipc/client.ts'

/** What main says to this very question; null until it did, or where it cannot. Asked once. */
export function useAnswer<R extends RouteName>(...call: RequestArguments<R>): OutputOf<R> | null {
  return useAnswerTo<R>(call, null)
}

/** The same, asked again at every such event. */
export function useLiveAnswer<R extends RouteName>(
  event: EventName,
  ...call: RequestArguments<R>
): OutputOf<R> | null {
  return useAnswerTo<R>(call, event)
}

function useAnswerTo<R extends RouteName>(
  call: RequestArguments<R>,
  event: EventName | null,
): OutputOf<R> | null {
  const question = JSON.stringify(call)
  const [answer, setAnswer] = useState<{ readonly to: string; readonly data: OutputOf<R> }>()
  useEffect(() => {
    let isGone = false
    const read = (): void =>
      void ask<R>(...(JSON.parse(question) as RequestArguments<R>)).then((got) => {
        if (got.ok && !isGone) setAnswer({ to: question, data: got.data })
      })
    read()
    const end = event === null ? undefined : listen(event, read)
    return () => {
      isGone = true
      end?.()
    }
  }, [question, event])
  return answer?.to === question ? answer.data : null
}
