import { useState } from 'react'

import type { ProviderDetails } from '../../../../shared/domain/providerKey.ts'
import { act } from '../../../store/notify.ts'
import { TextField } from '../../../ui/TextField.tsx'

/** How much at once and how fast, for each key. Empty: the provider's own limit. */
export function Limits({ provider }: { readonly provider: ProviderDetails }) {
  const { id, settings, defaults } = provider
  const { concurrency, createsPerMinute } = settings
  const set = (change: { concurrency?: number | null; createsPerMinute?: number | null }): void =>
    void act('The limit was not changed.', 'providers.setLimits', {
      provider: id,
      concurrency,
      createsPerMinute,
      ...change,
    })
  return (
    <div className="provider-part">
      <h3>Limits of each key</h3>
      <div className="provider-limits">
        <Limit
          label="Jobs at once"
          value={concurrency}
          most={100}
          usual={String(defaults.concurrency)}
          onChange={(value) => set({ concurrency: value })}
        />
        <Limit
          label="Sent in a minute"
          value={createsPerMinute}
          most={10_000}
          usual={
            defaults.createsPerMinute === null ? 'no limit' : String(defaults.createsPerMinute)
          }
          onChange={(value) => set({ createsPerMinute: value })}
        />
      </div>
    </div>
  )
}

interface LimitProps {
  readonly label: string
  readonly value: number | null
  readonly most: number
  readonly usual: string
  readonly onChange: (value: number | null) => void
}

function Limit({ label, value, most, usual, onChange }: LimitProps) {
  const [typed, setText] = useState<string | null>(null)
  const text = typed ?? (value === null ? '' : String(value))
  const read = text.trim() === '' ? null : Number(text)
  const isRight = read === null || (Number.isInteger(read) && read >= 1 && read <= most)
  const keep = (): void => {
    if (!isRight) return
    if (read !== value) onChange(read)
    setText(null)
  }
  return (
    <TextField
      label={label}
      value={text}
      placeholder={usual}
      description={value === null ? `Usual: ${usual}` : `Yours. Empty: ${usual}`}
      error={isRight ? undefined : `Write a whole number from 1 to ${most}, or nothing.`}
      onChange={setText}
      onEnter={keep}
      onLeave={keep}
    />
  )
}
