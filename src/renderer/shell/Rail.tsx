import {
  BookOpen,
  ChartNoAxesColumn,
  Clapperboard,
  Image,
  ListVideo,
  PencilLine,
  Settings2,
  type LucideIcon,
} from 'lucide-react'
import { Button } from 'react-aria-components'

import type { Screen } from '../../shared/ipc/commands.ts'
import { useKeys } from '../commands/platform.ts'
import { questionsIn } from '../store/queueSlice.ts'
import { useStore } from '../store/store.ts'
import { Tip, WithTip } from '../ui/Tooltip.tsx'
import './shell.css'

interface Place {
  readonly screen: Screen
  readonly name: string
  readonly Icon: LucideIcon
}

const PLACES: readonly Place[] = [
  { screen: 'draft', name: 'Draft', Icon: PencilLine },
  { screen: 'library', name: 'Library', Icon: BookOpen },
  { screen: 'frames', name: 'Frames', Icon: Image },
  { screen: 'queue', name: 'Queue', Icon: ListVideo },
  { screen: 'review', name: 'Review', Icon: Clapperboard },
  { screen: 'insights', name: 'Insights', Icon: ChartNoAxesColumn },
  { screen: 'settings', name: 'Settings', Icon: Settings2 },
]

export function Rail() {
  return (
    <nav className="rail" aria-label="Screens">
      {PLACES.map((place) => (
        <RailPlace key={place.screen} place={place} />
      ))}
    </nav>
  )
}

function RailPlace({ place: { screen, name, Icon } }: { readonly place: Place }) {
  const isHere = useStore((store) => store.screen === screen)
  const go = useStore((store) => store.go)
  const needs = useStore((store) => (screen === 'queue' ? questionsIn(store) : 0))
  const hint = useKeys(`go.${screen}`)
  return (
    <WithTip delay={600}>
      <Button
        className="rail-place"
        data-here={isHere ? '' : undefined}
        {...(isHere ? { 'aria-current': 'page' as const } : {})}
        onPress={() => go(screen)}
      >
        <Icon aria-hidden="true" strokeWidth={1.7} />
        <span>{name}</span>
        {needs > 0 && (
          <>
            <span className="rail-badge">{needs > 99 ? '99+' : needs}</span>
            <span className="visually-hidden">{needs === 1 ? 'needs you' : 'need you'}</span>
          </>
        )}
      </Button>
      <Tip {...(hint === undefined ? {} : { hint })}>{name}</Tip>
    </WithTip>
  )
}
