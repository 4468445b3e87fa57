import { useStore } from '../../../store/store.ts'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { formatBytes, formatDuration } from '../../../ui/format.ts'
import { Facts, type Fact } from '../../../ui/SidePanel.tsx'
import { CapLines } from '../run/CapLines.tsx'
import { TotalsTable } from '../run/TotalsTable.tsx'

/** What the draft as a whole comes to, before anything exists: jobs, money, time and room. */
export function DraftTotals() {
  const check = useStore((store) => store.check)
  if (check === null || check.jobs === 0) return null
  const { neededBytes, freeBytes } = check.disk
  const facts: Fact[] = []
  if (check.expectedMs !== null) {
    facts.push({ key: 'Time', value: `about ${formatDuration(check.expectedMs)} on the lanes` })
  }
  if (neededBytes !== null) {
    const free = freeBytes === null ? '' : ` of ${formatBytes(freeBytes)} free`
    const isTight = freeBytes !== null && neededBytes > freeBytes
    const value = `about ${formatBytes(neededBytes)}${free}`
    const note = isTight ? <span className="text-fail">too little</span> : undefined
    facts.push({ key: 'Room on disk', value, ...(note === undefined ? {} : { note }) })
  }
  return (
    <Disclosure title="The whole draft">
      <div className="draft-totals">
        <TotalsTable check={check} />
        <CapLines check={check} how={null} />
      </div>
      <Facts facts={facts} />
    </Disclosure>
  )
}
