import { useState } from 'react'

import type { DraftCheck } from '../../../../shared/domain/draftCheck.ts'
import type { AskedPrices, PriceAsked } from '../../../../shared/domain/priceAsked.ts'
import { act } from '../../../store/notify.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatMinute, plural } from '../../../ui/format.ts'
import { formatMoney } from '../../../../shared/domain/moneyText.ts'
import { StatusMark } from '../../../ui/StatusMark.tsx'

/** What providers themselves say that the jobs cost, beside the catalogue: asked for by hand, never waited for. */
export function SaidPrices({ check }: { readonly check: DraftCheck }) {
  const providers = useStore((store) => store.providers)
  const [asked, setAsked] = useState<AskedPrices | null>(null)
  const [isAsking, setIsAsking] = useState(false)
  const names = providers
    .filter(
      ({ id, key, saysPrices }) =>
        saysPrices && key.state === 'present' && check.totals.some((one) => one.provider === id),
    )
    .map(({ name }) => name)
  if (names.length === 0) return null
  const askNow = async (): Promise<void> => {
    setIsAsking(true)
    const answer = await act('The prices were not asked for.', 'drafts.askPrices', {
      draftId: check.draftId,
    })
    setIsAsking(false)
    if (answer.ok) setAsked(answer.data)
  }
  return (
    <section className="said-prices" aria-label="What providers say">
      <div className="said-head">
        <h3>
          {asked === null
            ? 'The prices above are the catalogue’s.'
            : `What providers say, ${formatMinute(asked.askedAt)}`}
        </h3>
        <Button isPending={isAsking} onPress={() => void askNow()}>
          {asked === null ? `Ask ${names.join(' and ')}` : 'Ask again'}
        </Button>
      </div>
      {asked !== null && <Said asked={asked} />}
    </section>
  )
}

function Said({ asked: { prices, unasked } }: { readonly asked: AskedPrices }) {
  return (
    <>
      <ul aria-live="polite">
        {prices.map((price) => (
          <li key={`${price.route}/${price.durationSeconds}/${price.jobs}`} className="run-warning">
            <StatusMark tone={toneOf(price)} />
            <span>
              {priceWords(price)}{' '}
              <span className="text-3">
                {price.route} · {plural(price.jobs, 'job')}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {prices.length === 0 && <p className="text-2">Nobody here could be asked.</p>}
      {unasked > 0 && (
        <p className="text-2">{plural(unasked, 'more kind')} of job was not asked for.</p>
      )}
    </>
  )
}

function toneOf({ said, catalogue }: PriceAsked): 'ask' | 'done' {
  return said !== null && catalogue !== null && said.micros <= catalogue.micros ? 'done' : 'ask'
}

function priceWords({
  name,
  modelName,
  durationSeconds,
  said,
  catalogue,
  trouble,
}: PriceAsked): string {
  const what = `${modelName}, ${durationSeconds} s`
  if (said === null) return `${name} gave no price for ${what}: ${trouble ?? 'no answer.'}`
  const ours =
    catalogue === null ? 'the catalogue knows none' : `catalogue ${formatMoney(catalogue)}`
  return `${name} says ${formatMoney(said)} for one of ${what}; ${ours}.`
}
