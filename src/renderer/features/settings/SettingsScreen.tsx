import { useRef, useState } from 'react'

import { useArrival } from '../../hooks/useArrival.ts'
import { useStore } from '../../store/store.ts'
import { ScreenTitle } from '../../ui/ScreenTitle.tsx'
import { About } from './About.tsx'
import { Appearance } from './Appearance.tsx'
import { Folders } from './Folders.tsx'
import { Models } from './models/Models.tsx'
import { Notifications } from './Notifications.tsx'
import { Privacy } from './Privacy.tsx'
import { Providers } from './providers/Providers.tsx'
import './settings.css'
import { Shortcuts } from './Shortcuts.tsx'

const SECTIONS = [
  { id: 'providers', title: 'Providers', Section: Providers },
  { id: 'models', title: 'Models', Section: Models },
  { id: 'folders', title: 'Folders and naming', Section: Folders },
  { id: 'appearance', title: 'Appearance', Section: Appearance },
  { id: 'notifications', title: 'While it works', Section: Notifications },
  { id: 'shortcuts', title: 'Shortcuts', Section: Shortcuts },
  { id: 'privacy', title: 'Privacy', Section: Privacy },
  { id: 'about', title: 'About and logs', Section: About },
] as const

export function SettingsScreen() {
  const settings = useStore((store) => store.settings)
  if (settings === null) return <div aria-busy="true" />
  return <Sections />
}

function Sections() {
  const [here, setHere] = useState<string>(SECTIONS[0].id)
  /** Where a jump ended: a section too short to reach the top is the one meant all the same. */
  const jumpedTo = useRef<number>(null)
  const body = useRef<HTMLElement>(null)
  useArrival(body)
  const jump = (id: string): void => {
    const section = body.current?.querySelector(`#settings-${id}`)
    section?.scrollIntoView({ block: 'start' })
    section?.querySelector('h2')?.focus({ preventScroll: true })
    jumpedTo.current = body.current?.scrollTop ?? null
    setHere(id)
  }
  return (
    <div className="settings">
      <nav className="settings-nav" aria-label="Settings">
        <ScreenTitle>Settings</ScreenTitle>
        {SECTIONS.map(({ id, title }) => (
          <a
            key={id}
            href={`#settings-${id}`}
            aria-current={id === here ? 'true' : undefined}
            onClick={(event) => {
              // The address of the page stays.
              event.preventDefault()
              jump(id)
            }}
          >
            {title}
          </a>
        ))}
      </nav>
      <section
        ref={body}
        className="settings-body"
        aria-label="Every setting"
        tabIndex={-1}
        onScroll={({ currentTarget }) => {
          if (currentTarget.scrollTop !== jumpedTo.current) setHere(sectionAt(currentTarget))
        }}
      >
        {SECTIONS.map(({ id, title, Section }) => (
          <section key={id} id={`settings-${id}`} aria-label={title}>
            <h2 tabIndex={-1}>{title}</h2>
            <Section />
          </section>
        ))}
      </section>
    </div>
  )
}

/** The last that begins in the upper third; at the very end the last of all, which may be short. */
function sectionAt(body: HTMLElement): string {
  if (body.scrollTop + body.clientHeight >= body.scrollHeight - 1) return SECTIONS.at(-1)?.id ?? ''
  const begins = body.getBoundingClientRect().top + body.clientHeight / 3
  const above = [...body.children].findLast((part) => part.getBoundingClientRect().top <= begins)
  return above?.id.replace('settings-', '') ?? SECTIONS[0].id
}
