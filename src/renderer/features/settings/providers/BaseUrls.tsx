import { useState } from 'react'

import type { BaseUrlView, ProviderDetails } from '../../../../shared/domain/providerKey.ts'
import { act } from '../../../store/notify.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { plural } from '../../../ui/format.ts'
import { TextField } from '../../../ui/TextField.tsx'

/** Where calls go. An empty field is the environment's address, or the provider's own. */
export function BaseUrls({ provider }: { readonly provider: ProviderDetails }) {
  return (
    <div className="provider-part">
      <h3>{provider.baseUrls.length > 1 ? 'Base URLs' : 'Base URL'}</h3>
      {provider.baseUrls.map((base) => (
        <BaseUrl key={base.name} provider={provider} base={base} />
      ))}
    </div>
  )
}

interface BaseUrlProps {
  readonly provider: ProviderDetails
  readonly base: BaseUrlView
}

function BaseUrl({ provider, base }: BaseUrlProps) {
  // Null: as it is set; what is typed stays until it is saved or taken back.
  const [typed, setText] = useState<string | null>(null)
  const text = typed ?? base.own ?? ''
  const [error, setError] = useState<string | undefined>()
  const [asks, setAsks] = useState(false)
  const isChanged = text.trim() !== (base.own ?? '')
  const save = async (): Promise<void> => {
    setAsks(false)
    const wish = { provider: provider.id, name: base.name, url: text.trim() || null }
    // Told at the lower edge, too: the field may be gone with its screen.
    const answer = await act('The address was not set.', 'providers.setBaseUrl', wish)
    if (answer.ok) setText(null)
    else setError(answer.error.message)
  }
  const wanted = (): void => {
    if (!isChanged || asks) return
    if (provider.openJobs > 0) setAsks(true)
    else void save()
  }
  const back = (): void => {
    setAsks(false)
    setText(null)
  }
  return (
    <>
      <TextField
        label={provider.baseUrls.length === 1 ? `Address of ${provider.name}` : labelOf(base.name)}
        isLabelHidden={provider.baseUrls.length === 1}
        value={text}
        placeholder={base.fromEnvironment ?? base.default}
        error={error}
        description={sourceWords(base)}
        onChange={(next) => {
          setText(next)
          setError(undefined)
        }}
        onEnter={wanted}
        onLeave={wanted}
      />
      {asks && <MoveQuestion provider={provider} onBack={back} onYes={() => void save()} />}
    </>
  )
}

/** Names that are letters, not words. */
const LETTERS: readonly string[] = ['api', 'rest']

const labelOf = (name: string): string =>
  LETTERS.includes(name) ? name.toUpperCase() : `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`

function sourceWords({ own, fromEnvironment, variable, default: usual }: BaseUrlView): string {
  if (own !== null) return `Set here. Empty: ${fromEnvironment ?? usual}`
  if (fromEnvironment !== null) return `From ${variable} of the environment.`
  return 'The provider’s own. Plain http is for servers on this machine or network only.'
}

interface MoveQuestionProps {
  readonly provider: ProviderDetails
  readonly onBack: () => void
  readonly onYes: () => void
}

/** Money is out at the old address, and only that one knows of it. */
function MoveQuestion({ provider, onBack, onYes }: MoveQuestionProps) {
  const { openJobs } = provider
  return (
    <Dialog
      title="Call another server?"
      isOpen
      isQuestion
      onClose={onBack}
      footer={
        <>
          <Button onPress={onBack}>Not now</Button>
          <Button variant="solid" onPress={onYes}>
            Use the new address
          </Button>
        </>
      }
    >
      <p>
        <b>
          {plural(openJobs, 'job')} {openJobs === 1 ? 'is' : 'are'} out at the server that is set
          now.
        </b>{' '}
        What was sent belongs to that server: the new one is not asked whether it exists, and
        nothing is sent again. These jobs wait, and go on when you set the old address back.
      </p>
      <p>New jobs go to the new address, with the same keys.</p>
    </Dialog>
  )
}
