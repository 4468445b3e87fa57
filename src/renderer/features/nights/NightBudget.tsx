import { ask } from '../../ipc/client.ts'
import { act } from '../../store/notify.ts'
import { parseAmount } from '../../store/parseAmount.ts'
import { useStore } from '../../store/store.ts'
import { formatMoney } from '../../../shared/domain/moneyText.ts'
import { KeptField } from './KeptField.tsx'

/** What all batches of a night may spend together, from noon to noon. */
export function NightBudget() {
  const cap = useStore((store) => store.tonight?.cap ?? null)
  const keep = async (text: string): Promise<void> => {
    const micros = parseAmount(text)
    const next = micros === undefined ? null : { micros, currency: cap?.currency ?? 'USD' }
    const call = { scope: 'night', cap: next } as const
    const answer = await act('The budget was not changed.', 'queue.setPeriodCap', call)
    const tonight = answer.ok ? await ask('queue.tonight') : null
    if (tonight?.ok === true) useStore.getState().tonightArrived(tonight.data)
  }
  return (
    <KeptField
      label="Budget of a night"
      value={cap === null ? '' : formatMoney(cap)}
      placeholder="no limit"
      problemOf={(text) =>
        text.trim() === '' || parseAmount(text) !== undefined
          ? undefined
          : 'Write an amount such as 25.'
      }
      onKeep={(text) => void keep(text)}
    />
  )
}
