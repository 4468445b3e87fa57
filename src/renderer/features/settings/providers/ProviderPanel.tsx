import { moneyShort } from '../../../../shared/domain/moneyText.ts'
import { useEffect, useRef } from 'react'

import type { Money } from '../../../../shared/domain/money.ts'
import type { ProviderDetails } from '../../../../shared/domain/providerKey.ts'
import { useNow } from '../../../hooks/useNow.ts'
import { useStore } from '../../../store/store.ts'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { formatDuration, plural } from '../../../ui/format.ts'
import { StatusMark, type Tone } from '../../../ui/StatusMark.tsx'
import { BaseUrls } from './BaseUrls.tsx'
import { DryRun } from './DryRun.tsx'
import { FalQueue } from './FalQueue.tsx'
import { KeyList } from './KeyList.tsx'
import { Limits } from './Limits.tsx'
import { ServerKind } from './ServerKind.tsx'

/** One provider: its state in a line, everything else when it is opened. */
export function ProviderPanel({ provider }: { readonly provider: ProviderDetails }) {
  const { id, name, spentToday, spentThisMonth, fault } = provider
  const state = useProviderState(provider)
  const isWanted = useStore((store) => store.providerWanted === id)
  const showProvider = useStore((store) => store.showProvider)
  const section = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!isWanted) return
    section.current?.scrollIntoView({ block: 'start' })
    section.current?.querySelector('button')?.focus({ preventScroll: true })
    showProvider(null)
  }, [isWanted, showProvider])
  return (
    <section ref={section} className="provider" aria-label={name}>
      <Disclosure
        isOpenAtFirst={isWanted}
        title={
          <span className="provider-head">
            <b>{name}</b>
            <span className="provider-state">
              <StatusMark tone={state.tone} /> {state.text}
            </span>
            <span className="provider-spend">{spendWords(spentToday, spentThisMonth)}</span>
          </span>
        }
      >
        <div className="provider-body">
          {fault !== null && (
            <p role="alert">
              <StatusMark tone="fail" /> {fault}
            </p>
          )}
          <KeyList provider={provider} />
          <BaseUrls provider={provider} />
          {id === 'openai-videos' && <ServerKind provider={provider} />}
          {id === 'fal' && <FalQueue provider={provider} />}
          {id === 'lumenfall' && <DryRun provider={provider} />}
          <Limits provider={provider} />
          <BillingFacts provider={provider} />
          <LastError provider={provider} />
        </div>
      </Disclosure>
    </section>
  )
}

function useProviderState(provider: ProviderDetails): { tone: Tone; text: string } {
  const held = useStore((store) =>
    store.lanes.find((lane) => lane.provider === provider.id && lane.needsPerson),
  )
  const { keys, environmentKey, needsKey, fault, openJobs } = provider
  if (fault !== null) return { tone: 'fail', text: 'cannot be called as it is set' }
  if (held !== undefined) return { tone: 'ask', text: held.heldReason?.message ?? 'waits for you' }
  const readable = keys.filter(({ isReadable }) => isReadable)
  if (readable.length === 0 && environmentKey === null && needsKey)
    return { tone: 'wait', text: keys.length === 0 ? 'no key yet' : 'its key must be given again' }
  const work = openJobs === 0 ? '' : ` · ${plural(openJobs, 'job')} out`
  const [first] = readable
  if (first !== undefined) {
    const more = readable.length > 1 ? ` and ${readable.length - 1} more` : ''
    return { tone: 'done', text: `key “${first.name}”${more}${work}` }
  }
  if (environmentKey !== null)
    return { tone: 'done', text: `key of ${environmentKey.variable}${work}` }
  return { tone: 'done', text: `needs no key there${work}` }
}

function spendWords(today: readonly Money[], month: readonly Money[]): string {
  if (month.length === 0) return ''
  const words = (amounts: readonly Money[]): string => amounts.map(moneyShort).join(' + ')
  const first = today.length === 0 ? '' : `${words(today)} today · `
  return `${first}${words(month)} this month`
}

/** What it states of renders that came to no clip; without a word of its own the whole price stays reserved. */
function BillingFacts({
  provider: { name, billingFacts },
}: {
  readonly provider: ProviderDetails
}) {
  return (
    <div className="provider-part">
      <h3>Failed and cancelled jobs</h3>
      {billingFacts.map(({ words, source, checkedOn }) => (
        <p key={words} className="selectable">
          {words}{' '}
          <span className="text-3">
            {source}, {checkedOn}
          </span>
        </p>
      ))}
      <p className="text-2">
        {billingFacts.length === 0
          ? `What ${name} bills for them is not known.`
          : 'More is not known.'}{' '}
        The whole price counts towards caps until it is settled.
      </p>
    </div>
  )
}

/** What went wrong last, with the provider's own word for it. */
function LastError({ provider: { lastError } }: { readonly provider: ProviderDetails }) {
  const now = useNow()
  if (lastError === null) return null
  const { error, at } = lastError
  const proof = [error.code, error.httpStatus, error.requestId && `request ${error.requestId}`]
  return (
    <p className="provider-error text-2 selectable">
      Last failure, {formatDuration(now - at)} ago: {error.message}{' '}
      <span className="text-3">{proof.filter(Boolean).join(' · ')}</span>
    </p>
  )
}
