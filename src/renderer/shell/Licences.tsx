import { useEffect, useState } from 'react'

import { act } from '../store/notify.ts'
import { useStore } from '../store/store.ts'
import { Dialog } from '../ui/Dialog.tsx'

/** The licences of everything inside the app, to read and to copy. */
export function Licences() {
  const isOpen = useStore((store) => store.overlay === 'licences')
  const showOverlay = useStore((store) => store.showOverlay)
  return (
    <Dialog title="Licences" size="large" isOpen={isOpen} onClose={() => showOverlay('none')}>
      <LicenceText />
    </Dialog>
  )
}

function LicenceText() {
  const [text, setText] = useState<string | null>(null)
  useEffect(() => {
    void act('The licences were not found.', 'app.licences').then((answer) => {
      if (answer.ok) setText(answer.data)
    })
  }, [])
  return (
    // A text that is scrolled by keys needs the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre className="licences selectable" tabIndex={0} aria-busy={text === null}>
      {text}
    </pre>
  )
}
