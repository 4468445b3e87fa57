import { useState, type UIEvent } from 'react'

import { useStore } from '../../store/store.ts'
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
  const [here, setHere] = useState<string>(SECTIONS[0].id)
  if (settings === null) return <div aria-busy="true" />
  return (
    <div className="settings">
      <nav className="settings-nav" aria-label="Settings">
        <h1>Settings</h1>
        {SECTIONS.map(({ id, title }) => (
          <a
            key={id}
            href={`#settings-${id}`}
            aria-current={id === here ? 'true' : undefined}
            onClick={(event) => jump(event, id)}
          >
            {title}
          </a>
        ))}
      </nav>
      <div className="settings-body" onScroll={(event) => setHere(sectionAt(event))}>
        {SECTIONS.map(({ id, title, Section }) => (
          <section key={id} id={`settings-${id}`} aria-label={title}>
            <h2>{title}</h2>
            <Section />
          </section>
        ))}
      </div>
    </div>
  )
}

/** The last that begins in the upper third; at the very end the last of all, which may be short. */
function sectionAt({ currentTarget: body }: UIEvent<HTMLElement>): string {
  if (body.scrollTop + body.clientHeight >= body.scrollHeight - 1) return SECTIONS.at(-1)?.id ?? ''
  const begins = body.getBoundingClientRect().top + body.clientHeight / 3
  const above = [...body.children].findLast((part) => part.getBoundingClientRect().top <= begins)
  return above?.id.replace('settings-', '') ?? SECTIONS[0].id
}

/** Scrolls there without changing the address of the page. */
function jump(event: { preventDefault: () => void }, id: string): void {
  event.preventDefault()
  document.querySelector(`#settings-${id}`)?.scrollIntoView({ block: 'start' })
}
