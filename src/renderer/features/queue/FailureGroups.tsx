import { useEffect, useState } from 'react'

import type { FailureGroup } from '../../../shared/domain/views.ts'
import { useBlocked } from '../../hooks/useBlocked.ts'
import { ask, listen } from '../../ipc/client.ts'
import { retry } from '../../store/queueActions.ts'
import { Button } from '../../ui/Button.tsx'
import { formatCount, plural } from '../../ui/format.ts'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { onQueueTurn } from './queueTurn.ts'

/** Failures by class and cause, each with one way to try them all again. */
export function FailureGroups() {
  const groups = useFailures()
  const why = useBlocked()
  if (groups.length === 0) return null
  return (
    <ul className="failures" aria-label="Failures by cause">
      {groups.map((group) => (
        <li key={`${group.kind}/${group.code}`}>
          <StatusMark tone="fail" />
          <b>{formatCount(group.jobs)}</b>
          <span className="one-line grow" title={group.message}>
            {KINDS[group.kind] ?? group.kind}: {group.message}
          </span>
          <span className="text-3 one-line failures-where">{group.models.join(', ')}</span>
          <Button
            why={why}
            label={`Retry ${plural(group.jobs, 'job')}: ${group.code}`}
            onPress={() =>
              void retry({ failure: { kind: group.kind, code: group.code }, batchId: null })
            }
          >
            Retry these
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** What a class means, in a person's words; the cause follows. */
const KINDS: Readonly<Record<string, string>> = {
  auth: 'key refused',
  quota: 'account has no credit left',
  rateLimit: 'too many requests',
  invalidRequest: 'request refused',
  contentPolicy: 'content rules',
  modelRetired: 'model retired',
  unavailable: 'provider unavailable',
  timeout: 'took too long',
  unknown: 'other',
}

/** Coalesced as the other parts of the screen are. */
const EVERY_MS = 500

function useFailures(): readonly FailureGroup[] {
  const [groups, setGroups] = useState<readonly FailureGroup[]>([])
  useEffect(() => {
    let isGone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = (): void => {
      timer = undefined
      void ask('queue.failures', { batchId: null }).then((answer) => {
        if (answer.ok && !isGone) setGroups(answer.data)
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
  }, [])
  return groups
}
