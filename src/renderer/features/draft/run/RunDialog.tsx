import type { DraftCheck } from '../../../../shared/domain/draftCheck.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { formatBytes, formatDuration, plural } from '../../../ui/format.ts'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { CapLines } from './CapLines.tsx'
import { LeftOut } from './LeftOut.tsx'
import { RunWarnings } from './RunWarnings.tsx'
import { SaidPrices } from './SaidPrices.tsx'
import { moneyWords, TotalsTable } from './TotalsTable.tsx'
import type { Run, RunQuestion } from './useRun.ts'

/** Before money is spent: what, by whom, for how much, and what is sent otherwise than asked for. */
export function RunDialog({ run }: { readonly run: Run }) {
  const { question } = run
  if (question === null) return null
  const { check, how, sameBatch } = question
  const jobs = plural(check.jobs, 'job')
  const title = how === 'tonight' ? `Run ${jobs} tonight` : `Run ${jobs} now`
  const price = moneyWords(check)
  return (
    <Dialog
      title={title}
      size="medium"
      isOpen
      isQuestion
      onClose={run.dismiss}
      footer={
        <>
          <span className="text-2 grow">{facts(check)}</span>
          <Button onPress={run.dismiss}>Not now</Button>
          <Button variant="solid" isPending={run.busy !== null} onPress={run.confirm} autoFocus>
            {sameBatch === null ? `Run, ${price}` : `Run again, ${price}`}
          </Button>
        </>
      }
    >
      <RunFacts question={question} onLeave={run.dismiss} />
    </Dialog>
  )
}

interface RunFactsProps {
  readonly question: RunQuestion
  readonly onLeave: () => void
}

function RunFacts({ question, onLeave }: RunFactsProps) {
  const { check, how, sameBatch } = question
  return (
    <div className="run-facts">
      {sameBatch !== null && (
        <p className="run-warning">
          <StatusMark tone="ask" />{' '}
          <span>{sameBatch} Run again, and every job of it is made and paid for once more.</span>
        </p>
      )}
      <TotalsTable check={check} />
      <SaidPrices check={check} />
      <LeftOut onLeave={onLeave} />
      <CapLines check={check} how={how} />
      {check.warnings.length > 0 && <RunWarnings check={check} onLeave={onLeave} />}
    </div>
  )
}

function facts({ expectedMs, disk }: DraftCheck): string {
  const time = expectedMs === null ? [] : [`about ${formatDuration(expectedMs)} on the lanes`]
  const { neededBytes, freeBytes } = disk
  const room =
    neededBytes === null || freeBytes === null || neededBytes > freeBytes
      ? []
      : [`about ${formatBytes(neededBytes)} on disk, ${formatBytes(freeBytes)} free`]
  const words = [...time, ...room].join(' · ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
