import { useState } from 'react'

import type { TakeView } from '../../../../shared/domain/take.ts'
import { useKeys } from '../../../commands/platform.ts'
import { useAnswer } from '../../../hooks/useAnswer.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { tagsOf } from '../../../store/draft/columns.ts'
import { useStore } from '../../../store/store.ts'
import { Chip } from '../../../ui/Chip.tsx'
import { formatBytes, formatDuration, formatSeconds } from '../../../ui/format.ts'
import { formatMoney } from '../../../../shared/domain/moneyText.ts'
import { Facts, SidePanel, SideSection, type Fact } from '../../../ui/SidePanel.tsx'
import { Stars } from '../../../ui/Stars.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { Provenance } from './Provenance.tsx'
import { TrimWords } from './TrimWords.tsx'

/** What one thinks of it, who made it, what was sent. */
export function LoupePanel({ take }: { readonly take: TakeView }) {
  const provider = useStore((store) => store.providers.find(({ id }) => id === take.provider)?.name)
  const detail = useAnswer('queue.job', { jobId: take.jobId })
  return (
    <SidePanel label="About this take">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long ones scroll, by keys too */}
      <p className="loupe-prompt selectable" tabIndex={0}>
        {take.prompt}
      </p>
      <Verdict take={take} />
      <SideSection title="Made by">
        <Facts facts={factsOf(take, provider ?? take.provider)} />
      </SideSection>
      <TrimWords key={take.id} takeId={take.id} />
      <Notes key={`${take.id} notes`} take={take} />
      {detail !== null && <Provenance take={take} detail={detail} />}
    </SidePanel>
  )
}

function Verdict({ take }: { readonly take: TakeView }) {
  const judge = useStore((store) => store.judge)
  const isReadOnly = useBlocked().length > 0
  const pickKey = useKeys('review.pick')
  const rejectKey = useKeys('review.reject')
  if (isReadOnly) return null
  return (
    <div className="loupe-verdict">
      <Stars value={take.rating} onChange={(rating) => void judge([take], { rating })} />
      <span className="grow" />
      <Chip
        isOn={take.flag === 'pick'}
        hint={pickKey}
        onChange={(isOn) => void judge([take], { flag: isOn ? 'pick' : 'none' })}
      >
        Pick
      </Chip>
      <Chip
        isOn={take.flag === 'reject'}
        hint={rejectKey}
        onChange={(isOn) => void judge([take], { flag: isOn ? 'reject' : 'none' })}
      >
        Reject
      </Chip>
    </div>
  )
}

function factsOf(take: TakeView, provider: string): readonly Fact[] {
  const { durationSeconds, fps, width, height, hasAudio, cost, renderMs, seed } = take
  return [
    { key: 'model', value: take.modelName },
    { key: 'provider', value: provider },
    ...(seed === null ? [] : [{ key: 'seed', value: String(seed) }]),
    ...(durationSeconds === undefined
      ? []
      : [
          {
            key: 'length',
            value: `${formatSeconds(durationSeconds)}${fps === undefined ? '' : `, ${Number(fps.toFixed(2))} fps`}`,
          },
        ]),
    ...(width === undefined || height === undefined
      ? []
      : [{ key: 'size', value: `${width}×${height}` }]),
    ...(hasAudio === undefined ? [] : [{ key: 'sound', value: hasAudio ? 'yes' : 'no' }]),
    { key: 'file', value: formatBytes(take.bytes) },
    { key: 'cost', value: costWords(cost) },
    ...(renderMs === null ? [] : [{ key: 'took', value: formatDuration(renderMs) }]),
  ]
}

function costWords(cost: TakeView['cost']): string {
  if (cost === null) return 'not known'
  if (cost.micros === 0) return 'free'
  return cost.estimated ? `about ${formatMoney(cost)}` : formatMoney(cost)
}

function Notes({ take }: { readonly take: TakeView }) {
  const judge = useStore((store) => store.judge)
  const isReadOnly = useBlocked().length > 0
  const [tags, setTags] = useState(take.tags.join(', '))
  const [note, setNote] = useState(take.note)
  if (isReadOnly) return null
  const keep = (): void => {
    const next = [...tagsOf(tags)]
    if (next.join(', ') === take.tags.join(', ') && note === take.note) return
    void judge([take], { tags: next, note })
  }
  return (
    <SideSection title="Your words">
      <div className="loupe-notes">
        <TextField
          label="Tags"
          value={tags}
          placeholder="hero, night"
          onChange={setTags}
          onLeave={keep}
          isLeftWhenTaken
        />
        <TextField
          label="Note"
          lines={3}
          value={note}
          onChange={setNote}
          onLeave={keep}
          isLeftWhenTaken
        />
      </div>
    </SideSection>
  )
}
