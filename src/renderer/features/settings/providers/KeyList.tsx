import { useState } from 'react'

import type { ProviderDetails } from '../../../../shared/domain/providerKey.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { EnvironmentLine, KeyLine } from './KeyLine.tsx'
import { RemoveKey, RenameKey, type KeyQuestion } from './KeyQuestions.tsx'

/** Keys in order of use: the first one with a free slot sends the next job. */
export function KeyList({ provider }: { readonly provider: ProviderDetails }) {
  const addKey = useStore((store) => store.addKey)
  const [question, setQuestion] = useState<KeyQuestion | null>(null)
  const close = (): void => setQuestion(null)
  const { id, name, keys, environmentKey, keyVariable, needsKey } = provider
  return (
    <div className="provider-part">
      <h3>Keys</h3>
      <ol className="keys" aria-label={`Keys of ${name}`}>
        {keys.map((key, at) => (
          <KeyLine key={key.id} provider={provider} shown={key} at={at} onAsk={setQuestion} />
        ))}
        {environmentKey !== null && <EnvironmentLine provider={provider} shown={environmentKey} />}
      </ol>
      {keys.length === 0 && environmentKey === null && (
        <p className="text-2">
          {needsKey
            ? `None yet. Add one, or set ${keyVariable} before Dailies is started.`
            : 'The server at the base URL below may need none.'}
        </p>
      )}
      {keys.length > 1 && (
        <p className="text-3">
          Used in this order: when the lane of one is full or held, the next one sends. A job stays
          with the key that sent it.
        </p>
      )}
      <div>
        <Button onPress={() => addKey(id)} label={`Add a key of ${name}`}>
          Add a key…
        </Button>
      </div>
      {question?.kind === 'rename' && (
        <RenameKey provider={provider} shown={question.key} onClose={close} />
      )}
      {question?.kind === 'remove' && (
        <RemoveKey provider={provider} shown={question.key} onClose={close} />
      )}
    </div>
  )
}
