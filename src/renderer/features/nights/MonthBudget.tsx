import { useEffect, useState } from 'react'
import type { CapView } from '../../../shared/domain/views.ts'
import { ask } from '../../ipc/client.ts'
import { act } from '../../store/notify.ts'
import { parseAmount } from '../../store/parseAmount.ts'
import { formatMoney } from '../../../shared/domain/moneyText.ts'
import { KeptField } from './KeptField.tsx'

async function monthCap(): Promise<CapView | null> {
  const caps = await ask('queue.caps')
  return caps.ok ? (caps.data.find(({ scope }) => scope === 'month') ?? null) : null
}

/** What all batches of a calendar month may spend together, day and night. */
export function MonthBudget() {
  const [cap, setCap] = useState<CapView | null>(null)
  useEffect(() => {
    let isHere = true
    void monthCap().then((found) => isHere && setCap(found))
    return () => {
      isHere = false
    }
  }, [])
  const keep = async (text: string): Promise<void> => {
    const micros = parseAmount(text)
    const next = micros === undefined ? null : { micros, currency: cap?.cap.currency ?? 'USD' }
    const call = { scope: 'month', cap: next } as const
    const answer = await act('The budget was not changed.', 'queue.setPeriodCap', call)
    if (answer.ok) setCap(await monthCap())
  }
  return (
    <KeptField
      label="Budget of a month"
      value={cap === null ? '' : formatMoney(cap.cap)}
      placeholder="no limit"
      problemOf={(text) =>
        text.trim() === '' || parseAmount(text) !== undefined
          ? undefined
          : 'Write an amount such as 300.'
      }
      onKeep={(text) => void keep(text)}
    />
  )
}
