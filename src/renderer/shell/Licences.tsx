import { useEffect, useState } from 'react'

import type { Licence } from '../../shared/ipc/appInfo.ts'
import { act } from '../store/notify.ts'
import { useStore } from '../store/store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'

/** The licences of everything inside the app, each under its name. */
export function Licences() {
  const isOpen = useStore((store) => store.overlay === 'licences')
  const showOverlay = useStore((store) => store.showOverlay)
  return (
    <Dialog title="Licences" size="large" isOpen={isOpen} onClose={() => showOverlay('none')}>
      <LicenceList />
    </Dialog>
  )
}

function LicenceList() {
  const [licences, setLicences] = useState<readonly Licence[] | null>(null)
  useEffect(() => {
    void act('The licences were not found.', 'app.licences').then((answer) => {
      if (answer.ok) setLicences(answer.data)
    })
  }, [])
  return (
    <div className="licences" aria-busy={licences === null}>
      {licences?.map(({ name, text }) => (
        <Disclosure key={name} title={name}>
          <pre className="selectable">{text}</pre>
        </Disclosure>
      ))}
    </div>
  )
}
