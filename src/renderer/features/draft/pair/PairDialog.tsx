import { useState } from 'react'

import { pairByName } from '../../../../shared/domain/framePairs.ts'
import {
  PAIRING_WORDS,
  putIntoDraft,
  type Pairing as Way,
  type Role,
} from '../../../store/frameRows.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { Choices } from '../../../ui/Choices.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { formatCount, plural } from '../../../ui/format.ts'
import { Segmented } from '../../../ui/Segmented.tsx'
import type { Choice } from '../../../ui/Select.tsx'
import { focusGrid } from '../gridView.ts'
import { endPairing, putFrom, usePairing, type Pairing } from './pairing.ts'

/** How the pictures of a folder meet the rows. */
export function PairDialog() {
  const asked = usePairing((state) => state.asked)
  return asked === null ? null : <PairQuestion asked={asked} />
}

type Choosable = Way | 'fromHere'

const ROLES = [
  { id: 'firstFrame', label: 'First frames' },
  { id: 'lastFrame', label: 'Last frames' },
] as const

/** More rows than this are better left to a template. */
const MOST_ROWS = 10_000

function PairQuestion({ asked }: { readonly asked: Pairing }) {
  const { frames } = asked
  const { choices, usual, whyNot } = useWays(asked)
  const [way, setWay] = useState<Choosable>(usual)
  const [role, setRole] = useState<Role>('firstFrame')
  const close = (): void => {
    endPairing()
    focusGrid()
  }
  const pair = (): void => {
    if (way === 'fromHere') putFrom(asked, role)
    else void putIntoDraft(frames, way, role)
    close()
  }
  const why = whyNot[way]
  return (
    <Dialog
      title={`${plural(frames.length, 'picture')} for the rows`}
      size="medium"
      isOpen
      onClose={close}
      footer={
        <>
          <span className="text-3 grow">They are in Frames already.</span>
          <Button onPress={close}>Only keep them</Button>
          <Button
            variant="solid"
            autoFocus
            why={why === undefined ? [] : [{ text: why }]}
            onPress={pair}
          >
            Pair
          </Button>
        </>
      }
    >
      <p className="pair-role">
        <Segmented label="As" value={role} segments={ROLES} onChange={setRole} />
      </p>
      <Choices label="How they meet the rows" value={way} choices={choices} onChange={setWay} />
    </Dialog>
  )
}

interface Ways {
  readonly choices: readonly Choice<Choosable>[]
  readonly usual: Choosable
  /** What stands against a way. */
  readonly whyNot: Readonly<Partial<Record<Choosable, string>>>
}

/** Each way with what would come of it. */
function useWays({ frames, row }: Pairing): Ways {
  const rows = useStore((store) => store.open?.doc.rows) ?? []
  const { frames: pairs, left } = pairByName(rows, frames)
  const product = rows.length * frames.length
  const [first] = left
  const rest =
    first === undefined ? '' : ` ${plural(left.length, 'picture')} left, ${first.name} first.`
  const choices: readonly Choice<Choosable>[] = [
    {
      id: 'byName',
      label: PAIRING_WORDS.byName,
      note: `${formatCount(pairs.size)} of ${plural(rows.length, 'row')} are called like a picture: by their name, a value, their number or their prompt.${rest}`,
    },
    {
      id: 'fromHere',
      label: `In order from row ${formatCount(row + 1)} on`,
      note: 'In place of what is there.',
    },
    { id: 'inOrder', label: PAIRING_WORDS.inOrder },
    {
      id: 'everyRow',
      label: PAIRING_WORDS.everyRow,
      note: `Makes ${plural(product, 'row')} of ${formatCount(rows.length)}.`,
    },
    { id: 'newRows', label: PAIRING_WORDS.newRows, note: 'Without a prompt yet.' },
  ]
  return {
    choices,
    usual: pairs.size > 0 ? 'byName' : rows.length > 0 ? 'inOrder' : 'newRows',
    whyNot: {
      ...(pairs.size === 0 ? { byName: 'No row is called like one of them.' } : {}),
      ...(product > MOST_ROWS
        ? { everyRow: `These would be more than ${formatCount(MOST_ROWS)} rows.` }
        : {}),
    },
  }
}
