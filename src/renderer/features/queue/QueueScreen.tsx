import { useEffect } from 'react'
import { FileChartColumn, ListVideo, Moon, PanelRight } from 'lucide-react'

import { useKeys } from '../../commands/platform.ts'
import { useCommands } from '../../commands/useCommands.ts'
import { usePanel } from '../../hooks/usePanel.ts'
import { QUEUE_SHOWN, questionsIn, type QueueShown } from '../../store/queueSlice.ts'
import { openNightReport } from '../../store/nightReport.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { ScreenTitle } from '../../ui/ScreenTitle.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { FailureGroups } from './FailureGroups.tsx'
import './queue.css'
import { QueueFacetMenu } from './QueueFacetMenu.tsx'
import { QueueFilter } from './QueueFilter.tsx'
import { QueueList } from './QueueList.tsx'
import { QueueQuestions } from './QueueQuestions.tsx'
import { QueuePanel } from './panel/QueuePanel.tsx'
import { useQueue } from './useQueue.ts'
import { useQueueCommands } from './useQueueCommands.ts'

export function QueueScreen() {
  const isKnown = useStore((store) => store.batchOrder !== null)
  const hasBatches = useStore((store) => (store.batchOrder?.length ?? 0) > 0)
  const text = useStore((store) => store.queueText)
  const shown = useStore((store) => store.queueShown)
  const filterQueue = useStore((store) => store.filterQueue)
  const showOverlay = useStore((store) => store.showOverlay)
  const panel = usePanel('queue')
  const queue = useQueue()
  useQueueCommands(queue)
  useCommands({ 'view.panel': { run: () => panel.set(!panel.isOpen) } })
  const panelKey = useKeys('view.panel')
  const { set: setPanel } = panel
  const hasQuestions = useStore((store) => questionsIn(store) > 0)
  useEffect(() => {
    // Caps, lanes and models that need a person have no row in the list: their cards are in the panel.
    if (shown === 'needsYou' && hasQuestions) setPanel(true)
  }, [shown, hasQuestions, setPanel])
  return (
    <div className="queue" data-panel={panel.isOpen ? '' : undefined}>
      <div className="screen-bar">
        <ScreenTitle>Queue</ScreenTitle>
        <span className="bar-gap" />
        <QueueFilter counts={queue.facets?.statuses} />
        <QueueFacetMenu facets={queue.facets} />
        <span className="grow" />
        <Button icon={<Moon />} onPress={() => showOverlay('nights')}>
          Night plan
        </Button>
        <IconButton
          icon={<FileChartColumn />}
          label="Open the night report"
          onPress={() => void openNightReport()}
        />
        <SearchField
          label="Find in the queue"
          value={text}
          onChange={(value) => filterQueue({ text: value })}
        />
        <IconButton
          icon={<PanelRight />}
          label={`${panel.isOpen ? 'Hide' : 'Show'} lanes and details${panelKey === undefined ? '' : ` (${panelKey})`}`}
          onPress={() => panel.set(!panel.isOpen)}
        />
      </div>
      <div className="queue-main">
        {shown === 'failed' && <FailureGroups />}
        {queue.count > 0 ? (
          <QueueList queue={queue} />
        ) : (
          <Nothing isKnown={isKnown} hasBatches={hasBatches} error={queue.error} />
        )}
      </div>
      {panel.isOpen && <QueuePanel />}
      <QueueQuestions />
    </div>
  )
}

const NOTHING: Readonly<Record<QueueShown, string>> = {
  all: 'Nothing is in the queue',
  running: 'Nothing is running',
  waiting: 'Nothing is waiting',
  needsYou: 'Nothing needs you',
  failed: 'Nothing has failed',
  done: 'Nothing is done yet',
}

interface NothingProps {
  readonly isKnown: boolean
  readonly hasBatches: boolean
  readonly error: string | null
}

function Nothing({ isKnown, hasBatches, error }: NothingProps) {
  const shown = useStore((store) => store.queueShown)
  const text = useStore((store) => store.queueText.trim())
  const questions = useStore(questionsIn)
  const go = useStore((store) => store.go)
  const filterQueue = useStore((store) => store.filterQueue)
  if (error !== null) return <EmptyState title="The queue could not be read">{error}</EmptyState>
  if (!isKnown) return <div aria-busy="true" />
  if (!hasBatches) {
    return (
      <EmptyState
        icon={<ListVideo />}
        title="Nothing has been run yet"
        actions={
          <Button variant="solid" onPress={() => go('draft')}>
            Go to Draft
          </Button>
        }
      >
        Jobs appear here when a draft is rehearsed or run, with what each waits for and what it
        costs.
      </EmptyState>
    )
  }
  const nothing =
    shown === 'needsYou' && questions > 0 ? 'No job needs you; what does is beside' : NOTHING[shown]
  const title = text === '' ? nothing : `No prompt has “${text}”`
  const showAll = (): void => filterQueue({ shown: QUEUE_SHOWN[0], text: '', of: {} })
  return <EmptyState title={title} actions={<Button onPress={showAll}>Show everything</Button>} />
}
