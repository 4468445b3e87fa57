import { useEffect, useState } from 'react'

import type { ExportItem, ExportPlan, ExportSettings } from '../../../../shared/domain/export.ts'
import type { TakeId } from '../../../../shared/domain/ids.ts'
import { ask } from '../../../ipc/client.ts'
import { useExports } from '../../../store/exportStore.ts'
import { exportItems } from './exportItems.ts'

export interface Planned {
  readonly items: readonly ExportItem[] | null
  readonly plan: ExportPlan | null
  readonly problem: string | null
}

/** A person types and clicks faster than main reads files. */
const SETTLE_MS = 200

/** What would become of the takes in scope, asked anew whenever something of it changes. */
export function useExportPlan(chosen: readonly TakeId[]): Planned {
  const scope = useExports((store) => store.scope)
  const settings = useExports((store) => store.settings)
  const [items, setItems] = useState<readonly ExportItem[] | null>(null)
  const [planned, setPlanned] = useState<Omit<Planned, 'items'>>({ plan: null, problem: null })
  useEffect(() => {
    let isGone = false
    void exportItems(scope, chosen).then((found) => {
      if (!isGone) setItems(found ?? [])
    })
    return () => {
      isGone = true
    }
  }, [scope, chosen])
  useEffect(() => {
    if (items === null) return
    let isGone = false
    const plan = async (): Promise<void> => {
      const next = await planOf(items, settings)
      if (!isGone) setPlanned(next)
    }
    const timer = setTimeout(() => {
      void plan()
    }, SETTLE_MS)
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [items, settings])
  return { items, ...planned }
}

async function planOf(
  items: readonly ExportItem[],
  settings: ExportSettings,
): Promise<Omit<Planned, 'items'>> {
  if (items.length === 0) return { plan: null, problem: NOTHING }
  if (settings.naming.trim() === '') return { plan: null, problem: 'The files need names.' }
  const answer = await ask('exports.plan', { items: [...items], settings })
  return answer.ok
    ? { plan: answer.data, problem: null }
    : { plan: null, problem: answer.error.message }
}

const NOTHING = 'No take is in this choice. Pick some, or choose another.'
