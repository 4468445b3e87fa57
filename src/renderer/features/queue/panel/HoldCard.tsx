import type { ErrorKind } from '../../../../shared/domain/errors.ts'
import type { HoldView } from '../../../../shared/domain/views.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { resume } from '../../../store/queueActions.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { plural } from '../../../ui/format.ts'
import { AskCard } from './AskCard.tsx'
import { errorProof } from './shownWords.ts'

/** A lane or a model that does not go on by itself. */
export function HoldCard({ hold }: { readonly hold: HoldView }) {
  const why = useBlocked()
  const addKey = useStore((store) => store.addKey)
  const showProvider = useStore((store) => store.showProvider)
  const { provider, route, reason, words, jobs, movedAway } = hold
  const isAboutKey = reason.kind === 'auth' || reason.kind === 'quota'
  const release = (): void => void resume(route === null ? { lane: { provider } } : { route })
  return (
    <AskCard
      title={titleOf(hold)}
      evidence={[
        ...errorProof(reason),
        jobs === 0 ? 'no job waits for it' : `${plural(jobs, 'job waits', 'jobs wait')} for it`,
        ...(movedAway === 0 ? [] : [`${plural(movedAway, 'job')} went another way instead`]),
      ]}
      actions={
        <>
          <Button why={why} onPress={release}>
            {NEXT_WORDS[reason.kind] ?? 'Go on'}
          </Button>
          {isAboutKey && (
            <Button variant="quiet" onPress={() => addKey(provider)}>
              Add a key…
            </Button>
          )}
          <Button variant="quiet" onPress={() => showProvider(provider)}>
            Open Settings
          </Button>
        </>
      }
    >
      {words.replace(/\.?$/, '.')}
    </AskCard>
  )
}

function titleOf({ kind, providerName, modelName, reason }: HoldView): string {
  if (kind === 'model') return `${modelName ?? 'A model'} is held`
  switch (reason.kind) {
    case 'auth':
      return `${providerName} refuses the key`
    case 'quota':
      return `${providerName} has no credit left`
    default:
      return `${providerName} is held`
  }
}

const NEXT_WORDS: Partial<Readonly<Record<ErrorKind, string>>> = {
  auth: 'The key is right now, go on',
  quota: 'Credit is there now, go on',
}
