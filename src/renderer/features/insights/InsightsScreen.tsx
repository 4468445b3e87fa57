import { ChartNoAxesColumn } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

import type { Maker, Rating } from '../../../shared/domain/arena.ts'
import type { ModelStats, SpendRow } from '../../../shared/ipc/reports.ts'
import { useArrival } from '../../hooks/useArrival.ts'
import { ask } from '../../ipc/client.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ScreenTitle } from '../../ui/ScreenTitle.tsx'
import { Failures } from './Failures.tsx'
import './insights.css'
import { ModelTable } from './ModelTable.tsx'
import { ProjectFilter } from './ProjectFilter.tsx'
import { Ratings } from './Ratings.tsx'
import { SaveCsv } from './SaveCsv.tsx'
import { SpendBars } from './SpendBars.tsx'

interface Insights {
  readonly day: readonly SpendRow[]
  readonly provider: readonly SpendRow[]
  readonly model: readonly SpendRow[]
  readonly batch: readonly SpendRow[]
  readonly project: readonly SpendRow[]
  readonly models: readonly ModelStats[]
  readonly ratings: Readonly<Record<Maker, readonly Rating[]>>
}

export function InsightsScreen() {
  const [project, setProject] = useState<string | null>(null)
  const { insights, error } = useInsights(project)
  const isEmpty = project === null && insights?.models.length === 0 && insights.day.length === 0
  return (
    <div className="insights">
      <div className="screen-bar">
        <ScreenTitle>Insights</ScreenTitle>
        {insights !== null && !isEmpty && (
          <>
            <ProjectFilter value={project} onChange={setProject} />
            <span className="text-2 insights-note">
              {project === null
                ? 'from your own takes only'
                : 'from your own takes of it only; votes count over all'}
            </span>
            <span className="grow" />
            <SaveCsv project={project} />
          </>
        )}
      </div>
      {error !== null && <EmptyState title="The figures could not be read">{error}</EmptyState>}
      {insights === null && error === null && <div aria-busy="true" />}
      {isEmpty && <NoFigures />}
      {insights !== null && !isEmpty && <Figures insights={insights} isOfAll={project === null} />}
    </div>
  )
}

function NoFigures() {
  const go = useStore((store) => store.go)
  return (
    <EmptyState
      icon={<ChartNoAxesColumn />}
      title="Figures of your own"
      actions={
        <Button variant="solid" onPress={() => go('draft')}>
          Go to Draft
        </Button>
      }
    >
      What was spent, how long renders took and which models you pick: from your own takes only,
      each with the number of samples behind it. They begin with the first run.
    </EmptyState>
  )
}

interface FiguresProps {
  readonly insights: Insights
  readonly isOfAll: boolean
}

function Figures({ insights, isOfAll }: FiguresProps) {
  const body = useRef<HTMLElement>(null)
  useArrival(body)
  return (
    <section ref={body} className="insights-body" aria-label="Figures" tabIndex={-1}>
      <ModelTable models={insights.models} />
      <Ratings ratings={insights.ratings} models={insights.models} />
      <div className="insights-spend">
        <SpendBars title="Spent by day" by="day" rows={insights.day} />
        <SpendBars title="By batch" by="batch" rows={insights.batch} />
        {isOfAll && insights.project.length > 0 && (
          <SpendBars title="By project" by="project" rows={insights.project} />
        )}
        <SpendBars title="By provider" by="provider" rows={insights.provider} />
        <SpendBars title="By model" by="model" rows={insights.model} />
        <Failures models={insights.models} />
      </div>
    </section>
  )
}

interface Read {
  readonly insights: Insights | null
  readonly error: string | null
}

async function readInsights(project: string | null): Promise<Read> {
  const of = project === null ? {} : { project }
  const [day, provider, model, batch, projects, models, byModel, byProvider, byTemplate] =
    await Promise.all([
      ask('insights.spend', { by: 'day', ...of }),
      ask('insights.spend', { by: 'provider', ...of }),
      ask('insights.spend', { by: 'model', ...of }),
      ask('insights.spend', { by: 'batch', ...of }),
      ask('insights.spend', { by: 'project', ...of }),
      ask('insights.models', of),
      ask('arena.ratings', { by: 'model' }),
      ask('arena.ratings', { by: 'provider' }),
      ask('arena.ratings', { by: 'template' }),
    ])
  if (!day.ok) return { insights: null, error: day.error.message }
  if (!provider.ok) return { insights: null, error: provider.error.message }
  if (!model.ok) return { insights: null, error: model.error.message }
  if (!batch.ok) return { insights: null, error: batch.error.message }
  if (!projects.ok) return { insights: null, error: projects.error.message }
  if (!models.ok) return { insights: null, error: models.error.message }
  if (!byModel.ok) return { insights: null, error: byModel.error.message }
  if (!byProvider.ok) return { insights: null, error: byProvider.error.message }
  if (!byTemplate.ok) return { insights: null, error: byTemplate.error.message }
  return {
    insights: {
      ratings: { model: byModel.data, provider: byProvider.data, template: byTemplate.data },
      day: day.data,
      provider: provider.data,
      model: model.data,
      batch: batch.data,
      project: projects.data,
      models: models.data,
    },
    error: null,
  }
}

/** Read on arrival, for another project, and again whenever a take was delivered or a job ended. */
function useInsights(project: string | null): Read {
  const [read, setRead] = useState<Read>({ insights: null, error: null })
  const ended = useStore((store) => {
    const counts = store.tonight?.counts
    return counts === undefined ? 0 : counts.succeeded + counts.failed + counts.cancelled
  })
  useEffect(() => {
    let isGone = false
    void readInsights(project).then((fresh) => {
      if (!isGone && ended >= 0) setRead(fresh)
    })
    return () => {
      isGone = true
    }
  }, [ended, project])
  return read
}
