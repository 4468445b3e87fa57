// oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are placed by hand are no list items
import { Rows3 } from 'lucide-react'
import { useState } from 'react'

import { MAX_JOBS_PER_ROW, type DraftRow } from '../../../../shared/domain/draft.ts'
import type { RowCheck, TemplatePreview } from '../../../../shared/domain/draftCheck.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import type { OpenDraft } from '../../../store/draftSlice.ts'
import { Button, type Reason } from '../../../ui/Button.tsx'
import { formatMoney } from '../../../../shared/domain/moneyText.ts'
import { VirtualList } from '../../../ui/VirtualList.tsx'
import { countWords } from './countWords.ts'
import { makeRows, MOST_ROWS } from './templateActions.ts'
import type { Expansion } from './useExpansion.ts'

interface ExpandedPromptsProps {
  readonly open: OpenDraft
  readonly row: DraftRow
  readonly expansion: Expansion
}

/** Rows that a list shows at most: beyond them the number says enough. */
const MOST_SHOWN = 100_000
const LINE = 32

/** Every prompt that the template makes, counted at once and made as it comes into view. */
export function ExpandedPrompts({ open, row, expansion }: ExpandedPromptsProps) {
  const { preview, error, promptAt, onRange } = expansion
  const blocked = useBlocked()
  const [isBusy, setBusy] = useState(false)
  const count = BigInt(preview?.count ?? 0)
  const shown = Number(count > BigInt(MOST_SHOWN) ? BigInt(MOST_SHOWN) : count)
  const make = async (): Promise<void> => {
    setBusy(true)
    await makeRows(open.id, row, Number(count))
    setBusy(false)
  }
  return (
    <section className="expanded" aria-label="Prompts that it makes">
      <header className="expanded-head">
        <div className="grow">
          <output className="expanded-count">{preview === null ? '' : headline(preview)}</output>
          <p className="text-2">{error ?? (preview === null ? '' : costWords(preview, count))}</p>
        </div>
        <Button
          icon={<Rows3 />}
          isPending={isBusy}
          why={[...blocked, ...whyNoRows(count)]}
          onPress={() => void make()}
        >
          Make rows of these
        </Button>
      </header>
      {shown === 0 ? (
        <p className="panel-hint text-2">{emptyWords(preview)}</p>
      ) : (
        <VirtualList
          className="expanded-list"
          role="list"
          aria-label="Prompts"
          tabIndex={0}
          count={shown}
          heightOf={() => LINE}
          onRange={onRange}
          renderRow={(index) => (
            <div className="expanded-row" role="listitem">
              <span className="text-3 number">{index + 1}</span>
              <span className="one-line selectable" title={promptAt(index)}>
                {promptAt(index) ?? '…'}
              </span>
            </div>
          )}
        />
      )}
    </section>
  )
}

function headline({ count, all }: TemplatePreview): string {
  const words = `${countWords(count)} ${count === '1' ? 'prompt' : 'prompts'}`
  return count === all ? words : `${words}, drawn from ${countWords(all)}`
}

function emptyWords(preview: TemplatePreview | null): string {
  if (preview === null) return ''
  return preview.problems.length > 0
    ? 'Mend what is underlined to see the prompts.'
    : 'Write a template to see the prompts that it makes.'
}

function costWords({ each, problems }: TemplatePreview, count: bigint): string {
  if (problems.length > 0 || each === null) return ''
  const [problem] = each.problems
  if (problem !== undefined) return `${problem.message} ${problem.mend}`
  const jobs = count * BigInt(each.jobs)
  const many = `${countWords(jobs.toString())} ${jobs === 1n ? 'job' : 'jobs'}`
  if (jobs > MAX_JOBS_PER_ROW) {
    return `${many}; one row may make ${countWords(String(MAX_JOBS_PER_ROW))}. Draw some at random.`
  }
  return `${many}, ${moneyOf(each, Number(count))}`
}

function moneyOf({ estimate, unpricedJobs }: RowCheck, count: number): string {
  const paid = estimate.filter(({ micros }) => micros > 0)
  const sums = paid.map((sum) => `about ${formatMoney({ ...sum, micros: sum.micros * count })}`)
  if (unpricedJobs > 0) sums.push('some without a known price')
  return sums.length === 0 ? 'free' : sums.join(' and ')
}

function whyNoRows(count: bigint): readonly Reason[] {
  if (count === 0n) return [{ text: 'There is no prompt to make a row of yet.' }]
  if (count === 1n) return [{ text: 'It makes one prompt: the row is that already.' }]
  if (count <= BigInt(MOST_ROWS)) return []
  const most = countWords(String(MOST_ROWS))
  return [{ text: `These would be more than ${most} rows. Draw some at random instead.` }]
}
