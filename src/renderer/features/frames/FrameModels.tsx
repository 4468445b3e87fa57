import { useEffect, useState } from 'react'

import { emptyRow } from '../../../shared/domain/draft.ts'
import type { WirePreview } from '../../../shared/domain/draftCheck.ts'
import type { FrameView } from '../../../shared/domain/referenceFrame.ts'
import { ask } from '../../ipc/client.ts'
import { useStore } from '../../store/store.ts'
import { SideSection } from '../../ui/SidePanel.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'

/** What the models of the open draft make of the frame as a first frame, in words. */
export function FrameModels({ frame }: { readonly frame: FrameView }) {
  const open = useStore((store) => store.open)
  const draftId = open?.id
  const models = open?.doc.rows.flatMap((row) => row.models) ?? []
  const key = JSON.stringify([
    ...new Set([...models, ...(open?.doc.defaults.models ?? [])].map((one) => JSON.stringify(one))),
  ])
  const [previews, setPreviews] = useState<readonly WirePreview[] | null>(null)
  useEffect(() => {
    if (draftId === undefined) return
    let isGone = false
    const chosen = (JSON.parse(key) as string[]).map(
      (text) => JSON.parse(text) as (typeof models)[number],
    )
    const row = {
      ...emptyRow('row_frame', 1),
      prompt: 'A frame',
      plain: true,
      firstFrame: frame.id,
      models: chosen,
      options: frame.fit === '' ? {} : { frame_fit: frame.fit },
    }
    void ask('drafts.wire', { draftId, row }).then((answer) => {
      if (answer.ok && !isGone) setPreviews(answer.data)
    })
    return () => {
      isGone = true
    }
  }, [draftId, key, frame.id, frame.fit])
  if (previews === null || previews.length === 0) return null
  return (
    <SideSection title="With the models of the draft">
      <ul className="frame-models">
        {previews.map((preview) => {
          const words = wordsOf(preview)
          return (
            <li key={`${preview.provider} ${preview.model}`}>
              <StatusMark tone={words.length === 0 ? 'done' : 'ask'} />
              <span>
                <b>{preview.modelName}</b>{' '}
                {words.length === 0 ? 'takes it as it is.' : words.join(' ')}
              </span>
            </li>
          )
        })}
      </ul>
    </SideSection>
  )
}

const wordsOf = ({ fields }: WirePreview): readonly string[] =>
  fields.flatMap(({ from, message }) =>
    from === 'firstFrame' && message !== null ? [message] : [],
  )
