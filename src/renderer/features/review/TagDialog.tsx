import { useState } from 'react'

import type { TakeView } from '../../../shared/domain/take.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { plural } from '../../ui/format.ts'
import { TextField } from '../../ui/TextField.tsx'

/** Puts a tag on the takes that were meant, or takes one off that all have; those in use are offered. */
export function TagDialog() {
  const takes = useStore((store) => store.tagging)
  return takes === null ? null : <Asking key={takes[0]?.id} takes={takes} />
}

function Asking({ takes }: { readonly takes: readonly TakeView[] }) {
  const close = useStore((store) => store.askTag)
  const addTag = useStore((store) => store.addTag)
  const removeTag = useStore((store) => store.removeTag)
  const known = useStore((store) => store.facets?.tags ?? NONE)
  const [text, setText] = useState('')
  const put = (tag: string): void => {
    close(null)
    if (tag.trim() !== '') void addTag(takes, tag.trim())
  }
  return (
    <Dialog
      title={takes.length === 1 ? 'Tag this take' : `Tag ${plural(takes.length, 'take')}`}
      isOpen
      onClose={() => close(null)}
      footer={
        <Button variant="solid" onPress={() => put(text)}>
          Add tag
        </Button>
      }
    >
      <TextField label="Tag" value={text} onChange={setText} autoFocus onEnter={() => put(text)} />
      <div className="tag-chips">
        {known.map(({ key }) => {
          const isOn = takes.every((take) => take.tags.includes(key))
          return (
            <Chip
              key={key}
              isOn={isOn}
              onChange={(isWanted) => {
                if (isWanted) return put(key)
                close(null)
                void removeTag(takes, key)
              }}
            >
              {key}
            </Chip>
          )
        })}
      </div>
    </Dialog>
  )
}

const NONE: readonly never[] = Object.freeze([])
