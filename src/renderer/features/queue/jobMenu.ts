import {
  ArrowDownToLine,
  ArrowUpToLine,
  Ban,
  ChevronsDown,
  ChevronsUp,
  CopyPlus,
  Hand,
  ListOrdered,
  Pause,
  Pencil,
  Play,
  RotateCcw,
} from 'lucide-react'

import { isTerminal, type JobView } from '../../../shared/domain/job.ts'
import type { CommandId } from '../../../shared/ipc/commands.ts'
import { runCommand, commandOf } from '../../commands/registry.ts'
import { formatKeys } from '../../commands/keys.ts'
import { isMac } from '../../commands/platform.ts'
import type { MenuEntry, MenuGroup } from '../../ui/Menu.tsx'
import { isWaiting } from './stateWords.ts'

interface Offer {
  readonly command: CommandId
  readonly label: string
  readonly Icon: MenuEntry['Icon']
  /** Set: not possible for these jobs, and why. */
  readonly why?: string | undefined
  readonly isDangerous?: boolean
}

const entryOf = ({ command, label, Icon, why, isDangerous }: Offer): MenuEntry => {
  const key = commandOf(command)?.keys?.[0]
  return {
    id: command,
    label,
    Icon,
    why,
    isDangerous,
    hint: key === undefined ? undefined : formatKeys(key, isMac()),
    onAction: () => runCommand(command),
  }
}

/** What can be done with the chosen rows, by the same commands as keys and palette. */
export const jobMenu = (rows: readonly JobView[]): readonly MenuGroup[] => [
  { id: 'order', entries: orderOffers(rows).map(entryOf) },
  { id: 'change', entries: changeOffers(rows).map(entryOf) },
  { id: 'end', entries: endOffers(rows).map(entryOf) },
]

const whyNoPlace = (rows: readonly JobView[]): string | undefined =>
  rows.some(isWaiting) ? undefined : 'Only jobs that wait have a place.'

function orderOffers(rows: readonly JobView[]): readonly Offer[] {
  const why = whyNoPlace(rows)
  return [
    { command: 'queue.moveTop', label: 'To the top', Icon: ArrowUpToLine, why },
    { command: 'queue.moveBottom', label: 'To the bottom', Icon: ArrowDownToLine, why },
    { command: 'queue.movePlace', label: 'To a position…', Icon: ListOrdered, why },
    { command: 'queue.raise', label: 'Raise priority', Icon: ChevronsUp, why },
    { command: 'queue.lower', label: 'Lower priority', Icon: ChevronsDown, why },
  ]
}

const isOver = (rows: readonly JobView[]): boolean => rows.every(({ status }) => isTerminal(status))

function changeOffers(rows: readonly JobView[]): readonly Offer[] {
  const isPaused = rows.length > 0 && rows.every((job) => job.paused)
  const stops = rows.some((job) => job.breakPoint)
  const why = whyNoPlace(rows)
  return [
    {
      command: 'queue.edit',
      label: 'Edit…',
      Icon: Pencil,
      why: rows.length > 1 ? 'One job at a time.' : why && 'It has left the queue.',
    },
    { command: 'queue.duplicate', label: 'Duplicate', Icon: CopyPlus },
    {
      command: 'queue.pauseChosen',
      label: isPaused ? 'Resume' : 'Pause',
      Icon: isPaused ? Play : Pause,
      why: isOver(rows) ? 'It has ended.' : undefined,
    },
    {
      command: 'queue.breakPoint',
      label: stops ? 'Take off the break point' : 'Stop before it and ask',
      Icon: Hand,
      why,
    },
  ]
}

function endOffers(rows: readonly JobView[]): readonly Offer[] {
  const again = rows.some(({ status }) => status === 'failed' || status === 'cancelled')
  return [
    {
      command: 'queue.retry',
      label: 'Retry',
      Icon: RotateCcw,
      why: again ? undefined : 'Only failed and cancelled jobs are retried.',
    },
    {
      command: 'queue.cancel',
      label: 'Cancel…',
      Icon: Ban,
      isDangerous: true,
      why: isOver(rows) ? 'It has ended.' : undefined,
    },
  ]
}
