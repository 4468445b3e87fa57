import { useCallback, useMemo } from 'react'

import { useBlocked } from '../../hooks/useBlocked.ts'
import { ask } from '../../ipc/client.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { formatCount } from '../../ui/format.ts'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { shownWords } from './panel/shownWords.ts'
import { retryAsking } from './retryAsking.ts'
import { useQueueAnswer } from './useQueueAnswer.ts'

/** Failures by class and cause among those shown, each with one way to try them all again. */
export function FailureGroups() {
  const text = useStore((store) => store.queueText.trim())
  const of = useStore((store) => store.queueOf)
  const filter = useMemo(() => ({ ...of, ...(text === '' ? {} : { text }) }), [of, text])
  const groups = useQueueAnswer(useCallback(() => ask('queue.failures', { filter }), [filter]))
  const isNarrowed = Object.values(filter).some((value) => value !== undefined)
  const why = useBlocked()
  if (groups === null || groups.length === 0) return null
  return (
    <ul className="failures" aria-label="Failures by cause">
      {groups.map((group) => (
        <li key={`${group.kind}/${group.code}`}>
          <StatusMark tone="fail" />
          <b>{formatCount(group.jobs)}</b>
          <span className="one-line grow" title={shownWords(group.message)}>
            {KINDS[group.kind] ?? group.kind}: {shownWords(group.message)}
          </span>
          <span className="text-3 one-line failures-where">{group.models.join(', ')}</span>
          <Button
            why={why}
            label={`${retryWords(group.jobs, isNarrowed)}: ${group.code}`}
            onPress={() =>
              void retryAsking({ failure: { kind: group.kind, code: group.code }, filter })
            }
          >
            {retryWords(group.jobs, isNarrowed)}
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** A filter is on: only what it shows is tried again. */
function retryWords(jobs: number, isNarrowed: boolean): string {
  if (jobs === 1) return 'Retry it'
  return `Retry ${isNarrowed ? 'these' : 'all'} ${formatCount(jobs)}`
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
