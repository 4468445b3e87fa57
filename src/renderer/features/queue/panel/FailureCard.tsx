import type { FailureAsk } from '../../../../shared/domain/asks.ts'
import type { ErrorKind, RefusedPart } from '../../../../shared/domain/errors.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { plural } from '../../../ui/format.ts'
import { retryAsking } from '../retryAsking.ts'
import { AskCard } from './AskCard.tsx'
import { shownWords, errorProof } from './shownWords.ts'

/** Jobs that failed alike: what the provider said, and whether it was the prompt or the picture. */
export function FailureCard({ group }: { readonly group: FailureAsk }) {
  const why = useBlocked()
  const showQueue = useStore((store) => store.showQueue)
  const { error, jobs, rows, newestAt } = group
  const more = jobs > rows.length ? ' and more' : ''
  return (
    <AskCard
      tone="fail"
      title={`${plural(jobs, 'job')} failed: ${titleOf(group)}`}
      evidence={[
        `${rows.length === 1 ? 'row' : 'rows'} ${rows.join(', ')}${more}`,
        ...errorProof(error),
        `last ${new Date(newestAt).toISOString()}`,
        ...(error.kind === 'contentPolicy' ? [PART_WORDS[error.refusedPart ?? 'unknown']] : []),
      ].map(shownWords)}
      actions={
        <>
          <Button why={why} onPress={() => void retryAlike(group)}>
            Retry {jobs === 1 ? 'it' : 'them'}
          </Button>
          <Button variant="quiet" onPress={() => showQueue('failed')}>
            Show {jobs === 1 ? 'it' : 'them'}
          </Button>
        </>
      }
    >
      {error.message}
    </AskCard>
  )
}

/** Those that the card counts, and no others. */
const retryAlike = ({ error, provider, since }: FailureAsk): Promise<void> =>
  retryAsking({
    failure: { kind: error.kind, code: error.code, refusedPart: error.refusedPart ?? null, since },
    filter: { provider },
  })

const TITLES: Partial<Readonly<Record<ErrorKind, string>>> = {
  contentPolicy: 'refused for what is shown or said',
  invalidRequest: 'the request was refused',
  modelRetired: 'the model is gone',
  unavailable: 'the provider was not there',
  timeout: 'no answer in time',
  disk: 'the folder',
  media: 'no playable video came',
}
const titleOf = ({ error, providerName }: FailureAsk): string =>
  `${TITLES[error.kind] ?? 'not known why'}, ${providerName}`

const PART_WORDS: Readonly<Record<RefusedPart | 'unknown', string>> = {
  prompt: 'It was the prompt.',
  image: 'It was the picture.',
  output: 'It was the video that was made.',
  unknown: 'Whether it was the prompt or the picture, the provider does not say.',
}
