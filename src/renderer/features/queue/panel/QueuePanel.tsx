import { formatCount } from '../../../ui/format.ts'
import { SidePanel } from '../../../ui/SidePanel.tsx'
import { useChosen } from '../chosen.ts'
import { JobDetails } from './JobDetails.tsx'
import { LaneList } from './LaneList.tsx'
import { NeedsYouCards } from './NeedsYouCards.tsx'

/** The job that was chosen, what needs a person, then the lanes. */
export function QueuePanel() {
  const [jobId] = useChosen((chosen) => chosen.jobs)
  const count = useChosen((chosen) => chosen.jobs.size)
  return (
    <SidePanel label="Lanes and details">
      {jobId !== undefined && count === 1 && <JobDetails jobId={jobId} />}
      {count > 1 && <p className="panel-hint text-2">{formatCount(count)} jobs chosen.</p>}
      <NeedsYouCards />
      <LaneList />
    </SidePanel>
  )
}
