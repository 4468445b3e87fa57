import { ArrowDown, ArrowUp, MoreHorizontal, Pencil, Trash2 } from 'lucide-react'

import type {
  EnvironmentKey,
  KeyTest,
  KeyView,
  ProviderDetails,
} from '../../../../shared/domain/providerKey.ts'
import { useNow } from '../../../hooks/useNow.ts'
import { testKey, testWords } from '../../../store/keyActions.ts'
import { act } from '../../../store/notify.ts'
import { resume } from '../../../store/queueActions.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatDuration, plural } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Menu, type MenuGroup } from '../../../ui/Menu.tsx'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import type { KeyQuestion } from './KeyQuestions.tsx'

interface KeyLineProps {
  readonly provider: ProviderDetails
  readonly shown: KeyView
  /** Its place in the order of use, from 0. */
  readonly at: number
  readonly onAsk: (question: KeyQuestion) => void
}

const PLACE_WORDS: Readonly<Record<KeyView['place'], string>> = {
  keyring: 'in the system’s keyring',
  file: 'in a file that only you can read',
  session: 'for this session',
}

export function KeyLine({ provider, shown, at, onAsk }: KeyLineProps) {
  const key = { provider: provider.id, id: shown.id }
  const move = (to: number): void =>
    void act('The order was not changed.', 'keys.move', { ...key, to })
  const order: MenuGroup = {
    id: 'order',
    entries: [
      {
        id: 'up',
        label: 'Use earlier',
        Icon: ArrowUp,
        onAction: () => move(at - 1),
        ...(at === 0 ? { why: 'It is the first already.' } : {}),
      },
      {
        id: 'down',
        label: 'Use later',
        Icon: ArrowDown,
        onAction: () => move(at + 1),
        ...(at === provider.keys.length - 1 ? { why: 'It is the last already.' } : {}),
      },
    ],
  }
  const change: MenuGroup = {
    id: 'change',
    entries: [
      {
        id: 'rename',
        label: 'Rename…',
        Icon: Pencil,
        onAction: () => onAsk({ kind: 'rename', key: shown }),
      },
      {
        id: 'remove',
        label: 'Remove…',
        Icon: Trash2,
        isDangerous: true,
        onAction: () => onAsk({ kind: 'remove', key: shown }),
      },
    ],
  }
  return (
    <li className="key-line">
      <span className="key-name">
        <b>{shown.name}</b> <Digits last4={shown.last4} />
      </span>
      <span className="text-2">
        {shown.isReadable ? PLACE_WORDS[shown.place] : 'the keyring does not open it: add it again'}
        {shown.openJobs > 0 && `, ${plural(shown.openJobs, 'job')} out`}
      </span>
      {shown.isReadable && <TestButton provider={provider} id={shown.id} name={shown.name} />}
      <Menu label={`Key ${shown.name}`} groups={[order, change]}>
        <IconButton icon={<MoreHorizontal />} label={`More for key ${shown.name}`} />
      </Menu>
      <KeyState provider={provider} id={shown.id} test={shown.test} />
    </li>
  )
}

interface EnvironmentLineProps {
  readonly provider: ProviderDetails
  readonly shown: EnvironmentKey
}

export function EnvironmentLine({ provider, shown }: EnvironmentLineProps) {
  const { id, variable, last4, isUsed, openJobs, test } = shown
  return (
    <li className="key-line">
      <span className="key-name">
        <b>{variable}</b> <Digits last4={last4} />
      </span>
      <span className="text-2">
        from the environment{isUsed ? '' : ', not used: a key kept here goes before it'}
        {openJobs > 0 && `, ${plural(openJobs, 'job')} out`}
      </span>
      <TestButton provider={provider} id={id} name={variable} />
      <KeyState provider={provider} id={id} test={test} />
    </li>
  )
}

function Digits({ last4 }: { readonly last4: string }) {
  if (last4 === '') return null
  return (
    <span className="key-digits" aria-label={`ends in ${last4}`}>
      ····{last4}
    </span>
  )
}

interface TestButtonProps {
  readonly provider: ProviderDetails
  readonly id: string
  readonly name: string
}

function TestButton({ provider, id, name }: TestButtonProps) {
  return (
    <Button
      variant="quiet"
      label={`Test ${name}`}
      onPress={() => void testKey({ provider: provider.id, id }, `${provider.name} “${name}”`)}
    >
      Test
    </Button>
  )
}

interface KeyStateProps {
  readonly provider: ProviderDetails
  readonly id: string
  readonly test: KeyTest | null
}

/** What holds its lane, and what the last test said. */
function KeyState({ provider, id, test }: KeyStateProps) {
  const now = useNow()
  const lane = useStore((store) =>
    store.lanes.find((known) => known.provider === provider.id && known.credential === id),
  )
  const said = test === null ? null : testWords(test)
  if (lane?.needsPerson !== true && said === null) return null
  return (
    <span className="key-state">
      {lane?.needsPerson === true && (
        <span>
          <StatusMark tone="ask" /> {lane.heldReason?.message ?? 'It waits for you.'}{' '}
          <Button variant="link" onPress={() => void resume({ lane: { provider: provider.id } })}>
            Go on with it
          </Button>
        </span>
      )}
      {said !== null && test !== null && (
        <span>
          <StatusMark tone={said.tone} /> {said.text}{' '}
          <span className="text-3">
            Tested {formatDuration(now - test.at)} ago, free of charge.
          </span>
        </span>
      )}
    </span>
  )
}
