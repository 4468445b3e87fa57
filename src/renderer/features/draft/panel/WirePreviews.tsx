import { useEffect, useState } from 'react'

import type { DraftId, DraftRow } from '../../../../shared/domain/draft.ts'
import type { WireField, WirePreview } from '../../../../shared/domain/draftCheck.ts'
import { ask } from '../../../ipc/client.ts'
import { tooLongIn } from '../../../store/draft/keepable.ts'
import { plural } from '../../../ui/format.ts'
import { formatMoney } from '../../../../shared/domain/moneyText.ts'
import { Facts, SideSection, type Fact } from '../../../ui/SidePanel.tsx'
import { BEHAVIOUR_WORDS } from '../behaviourWords.ts'

interface WirePreviewsProps {
  readonly draftId: DraftId
  readonly row: DraftRow
}

const PAUSE_MS = 150

/** Field by field what reaches the provider, and how it got its name and value. */
export function WirePreviews({ draftId, row }: WirePreviewsProps) {
  const { previews, error } = usePreviews(draftId, row)
  if (error !== null) return <p className="panel-hint text-2">{error}</p>
  return (
    <>
      {previews.map((preview) => (
        <Preview key={`${preview.model}/${preview.provider}`} preview={preview} />
      ))}
    </>
  )
}

function Preview({ preview }: { readonly preview: WirePreview }) {
  const times = preview.jobs === 1 ? 'once' : `${preview.jobs} times`
  return (
    <>
      <SideSection title={`What will be sent to ${preview.providerName}, ${times}`}>
        <Facts
          facts={[
            { key: 'endpoint', value: <Value text={preview.endpoint} /> },
            ...(preview.routeWhy === null
              ? []
              : [{ key: 'this way', value: <Value text={preview.routeWhy} /> }]),
            ...preview.fields.map(factOf),
          ]}
        />
      </SideSection>
      <SideSection title="Price">
        <Price preview={preview} />
      </SideSection>
    </>
  )
}

function factOf(field: WireField): Fact {
  return {
    key: field.name ?? field.from,
    value: <Value text={field.value === null ? '–' : textOf(field.value)} />,
    note: (
      <span
        className="wire-mark"
        data-behaviour={field.behaviour}
        title={field.message ?? undefined}
      >
        {BEHAVIOUR_WORDS[field.behaviour]}
      </span>
    ),
  }
}

const Value = ({ text }: { readonly text: string }) => <span title={text}>{text}</span>

/** Text without quotes, so that it reads; everything else as JSON has it. */
const textOf = (value: WireField['value']): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

function Price({
  preview: { estimate, total, priceText, jobs },
}: {
  readonly preview: WirePreview
}) {
  if (estimate === null)
    return <p className="panel-hint text-ask">No price is known for this route.</p>
  if (estimate.micros === 0) return <p className="panel-hint text-2">Free.</p>
  return (
    <div className="price">
      <span className="text-2">{priceText ?? 'one job'}</span>
      <span>{formatMoney(estimate)}</span>
      <span className="text-2">{plural(jobs, 'job')}</span>
      <b>{total === null ? '–' : formatMoney(total)}</b>
      {estimate.estimated && (
        <span className="text-3 price-note">Estimated from the provider’s price list.</span>
      )}
    </div>
  )
}

interface Previews {
  readonly previews: readonly WirePreview[]
  readonly error: string | null
}

const NOTHING: Previews = Object.freeze({ previews: [], error: null })

function usePreviews(draftId: DraftId, row: DraftRow): Previews {
  const [state, setState] = useState<Previews>(NOTHING)
  useEffect(() => {
    let isGone = false
    const tooLong = tooLongIn(row, 0)
    const timer = setTimeout(() => {
      if (tooLong !== null) return setState({ previews: [], error: tooLong.why })
      void ask('drafts.wire', { draftId, row: row }).then((answer) => {
        if (isGone) return
        setState(
          answer.ok
            ? { previews: answer.data, error: null }
            : { previews: [], error: answer.error.message },
        )
      })
    }, PAUSE_MS)
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [draftId, row])
  return state
}
