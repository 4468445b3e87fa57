import type { StatusCounts } from '../../../shared/domain/batch.ts'
import type { QueueShown } from '../../store/queueSlice.ts'
import { QUEUE_SHOWN, questionsIn } from '../../store/queueSlice.ts'
import { useStore } from '../../store/store.ts'
import { formatCount } from '../../ui/format.ts'
import { Segmented, type Segment } from '../../ui/Segmented.tsx'
import { StatusMark, type Tone } from '../../ui/StatusMark.tsx'
import { countOf } from './queueLayout.ts'

const WORDS: Readonly<Record<QueueShown, string>> = {
  all: 'All',
  running: 'Running',
  waiting: 'Waiting',
  needsYou: 'Needs you',
  failed: 'Failed',
  done: 'Done',
}
const TONES: Readonly<Record<QueueShown, Tone | null>> = {
  all: null,
  running: 'run',
  waiting: 'wait',
  needsYou: 'ask',
  failed: 'fail',
  done: 'done',
}

/** Which jobs are shown, each kind with its live count. */
export function QueueFilter({ counts }: { readonly counts: StatusCounts | undefined }) {
  const shown = useStore((store) => store.queueShown)
  const filterQueue = useStore((store) => store.filterQueue)
  const questions = useStore(questionsIn)
  const segments = QUEUE_SHOWN.map((id): Segment<QueueShown> => {
    const tone = TONES[id]
    const jobs = counts === undefined ? 0 : countOf(counts, id)
    // Caps, lanes and models that wait for a person are no jobs, and are shown beside them.
    const count = id === 'needsYou' ? Math.max(jobs, questions) : jobs
    return {
      id,
      tone: id === 'needsYou' && count > 0 ? 'ask' : undefined,
      label: (
        <>
          {tone !== null && <StatusMark tone={tone} />}
          <span className="queue-filter-word">{WORDS[id]}</span> {formatCount(count)}
        </>
      ),
    }
  })
  return (
    <Segmented
      label="Show jobs"
      value={shown}
      segments={segments}
      onChange={(next) => filterQueue({ shown: next })}
    />
  )
}
