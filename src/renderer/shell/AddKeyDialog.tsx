import { useState } from 'react'

import type { ProviderId } from '../../shared/domain/ids.ts'
import type { ProviderDesk, ProviderDetails } from '../../shared/domain/providerKey.ts'
import { addKey } from '../store/keyActions.ts'
import { useStore } from '../store/store.ts'
import { Button, type Reason } from '../ui/Button.tsx'
import { Choices } from '../ui/Choices.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Select, type Choice } from '../ui/Select.tsx'
import { TextField } from '../ui/TextField.tsx'

/** Opened from wherever a key is missing; over every screen. */
export function AddKeyDialog() {
  const asked = useStore((store) => store.keyDialog)
  const desk = useStore((store) => store.desk)
  const close = useStore((store) => store.closeKeyDialog)
  if (asked === null || desk === null) return null
  return <KeyForm desk={desk} asked={asked.provider} onClose={close} />
}

interface KeyFormProps {
  readonly desk: ProviderDesk
  readonly asked: ProviderId | null
  readonly onClose: () => void
}

type Place = 'session' | 'file'

function KeyForm({ desk, asked, onClose }: KeyFormProps) {
  const { providers, noKeyring } = desk
  const [providerId, setProviderId] = useState(asked ?? providers[0]?.id ?? '')
  const provider = providers.find(({ id }) => id === providerId)
  const [name, setName] = useState<string | null>(null)
  const [apiKey, setApiKey] = useState('')
  const [place, setPlace] = useState<Place | null>(() => lastPlace(desk))
  const [refused, setRefused] = useState<string | undefined>()
  const [isSaving, setSaving] = useState(false)
  if (provider === undefined) return null
  const shownName = name ?? nextName(provider)
  const why = whyNot({ apiKey, name: shownName, needsPlace: noKeyring !== null && place === null })
  const save = async (): Promise<void> => {
    if (why.length > 0 || isSaving) return
    setSaving(true)
    const wish = { provider: provider.id, name: shownName.trim(), apiKey, place }
    const error = await addKey(wish, provider.name)
    setSaving(false)
    if (error === null) onClose()
    else setRefused(error.message)
  }
  return (
    <Dialog
      title="Add a key"
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Not now</Button>
          <Button variant="solid" why={why} isPending={isSaving} onPress={() => void save()}>
            Save and test
          </Button>
        </>
      }
    >
      <div className="key-form">
        {asked === null && (
          <Select
            label="Provider"
            value={providerId}
            choices={providers.map(({ id, name: label }) => ({ id, label }))}
            onChange={setProviderId}
          />
        )}
        <TextField
          label={`Key of ${provider.name}`}
          value={apiKey}
          isSecret
          autoFocus
          error={refused}
          description={`It is sent to ${provider.name} and nowhere else. Here it is shown by its last four characters from now on.`}
          onChange={(text) => {
            setApiKey(text)
            setRefused(undefined)
          }}
          onEnter={() => void save()}
        />
        <TextField
          label="Name"
          value={shownName}
          description="For you, to tell keys apart."
          onChange={setName}
          onEnter={() => void save()}
        />
        <Keeping noKeyring={noKeyring} provider={provider} place={place} onChange={setPlace} />
      </div>
    </Dialog>
  )
}

interface KeepingProps {
  readonly noKeyring: string | null
  readonly provider: ProviderDetails
  readonly place: Place | null
  readonly onChange: (place: Place) => void
}

const PLACES: readonly Choice<Place>[] = [
  {
    id: 'session',
    label: 'For this session only',
    note: 'It is forgotten when Dailies is quit. Jobs that were sent with it wait until it is given again.',
  },
  {
    id: 'file',
    label: 'In a file that only you can read',
    note: 'It lies there unencrypted: whoever gets hold of your account, your disk or a backup can read it.',
  },
]

/** Where the key will be; without a keyring the person decides. */
function Keeping({ noKeyring, provider, place, onChange }: KeepingProps) {
  if (noKeyring === null)
    return <p className="text-2">It is kept in the system’s keyring, for your login alone.</p>
  return (
    <>
      <p className="text-2">{noKeyring}</p>
      <Choices label="Where to keep the key" value={place} choices={PLACES} onChange={onChange} />
      <p className="text-3">
        Or keep none here: set <code>{provider.keyVariable}</code> before Dailies is started, and it
        is read from there.
      </p>
    </>
  )
}

/** What was chosen for another key is likely to be right for this one. */
function lastPlace({ providers }: ProviderDesk): Place | null {
  const places = providers.flatMap(({ keys }) => keys.map(({ place }) => place))
  const last = places.at(-1)
  return last === 'session' || last === 'file' ? last : null
}

const nextName = ({ keys }: ProviderDetails): string =>
  keys.length === 0 ? 'main' : `key ${keys.length + 1}`

function whyNot(form: {
  readonly apiKey: string
  readonly name: string
  readonly needsPlace: boolean
}): readonly Reason[] {
  return [
    ...(form.apiKey.trim() === '' ? [{ text: 'Paste the key from the provider’s page.' }] : []),
    ...(form.name.trim() === '' ? [{ text: 'A key needs a name.' }] : []),
    ...(form.needsPlace ? [{ text: 'Choose where to keep the key.' }] : []),
  ]
}
