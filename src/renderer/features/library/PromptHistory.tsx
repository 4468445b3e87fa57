import { diffWordsWithSpace } from 'diff'
import { useRef, useState } from 'react'

import type { PromptId, PromptVersion, PromptView } from '../../../shared/domain/prompt.ts'
import { useCommands } from '../../commands/useCommands.ts'
import { Button, type Reason } from '../../ui/Button.tsx'
import { Disclosure } from '../../ui/Disclosure.tsx'
import { formatDay, plural } from '../../ui/format.ts'
import { Facts, SideSection } from '../../ui/SidePanel.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { useHistory } from './usePrompts.ts'

interface PromptHistoryProps {
  readonly prompt: PromptView
  readonly why: readonly Reason[]
  readonly choose: (id: PromptId) => void
  readonly goBack: (version: PromptVersion) => void
}

const NO_VERSIONS: readonly Reason[] = [{ text: 'It has no earlier version.' }]

/** What came of an entry, who else says the same, and how it was before. */
export function PromptHistory({ prompt, why, choose, goBack }: PromptHistoryProps) {
  const history = useHistory(prompt.id)
  const trigger = useRef<HTMLButtonElement>(null)
  const whyNone = () => ((history?.versions.length ?? 0) > 1 ? [] : NO_VERSIONS)
  useCommands({ 'library.versions': { run: () => trigger.current?.focus(), why: whyNone } })
  if (history === null) return null
  const { results, alike, versions } = history
  const judged = results.picked + results.rejected
  return (
    <>
      {alike.length > 0 && (
        <SideSection title={prompt.kind === 'list' ? 'The same name or values' : 'The same text'}>
          <ul className="prompt-alike">
            {alike.map((one) => (
              <li key={one.id}>
                <StatusMark tone="ask" />
                <Button variant="link" onPress={() => choose(one.id)}>
                  {one.name}
                </Button>
              </li>
            ))}
          </ul>
        </SideSection>
      )}
      <SideSection title="What came of it">
        {results.rows === 0 ? (
          <p className="text-3">No batch was made with it yet.</p>
        ) : (
          <Facts
            facts={[
              { key: 'used in', value: plural(results.rows, 'row') },
              { key: 'takes', value: String(results.takes) },
              {
                key: 'picked',
                value:
                  judged === 0
                    ? 'none judged yet'
                    : `${results.picked} of ${judged} judged, ${Math.round((results.picked / judged) * 100)} %`,
              },
            ]}
          />
        )}
      </SideSection>
      {versions.length > 1 && (
        <Disclosure title={`Earlier versions (${versions.length - 1})`} triggerRef={trigger}>
          <ol className="prompt-versions">
            {versions.slice(1).map((version) => (
              <Version
                key={version.version}
                version={version}
                now={prompt}
                why={why}
                goBack={() => goBack(version)}
              />
            ))}
          </ol>
        </Disclosure>
      )}
    </>
  )
}

interface VersionProps {
  readonly version: PromptVersion
  readonly now: PromptView
  readonly why: readonly Reason[]
  readonly goBack: () => void
}

function Version({ version, now, why, goBack }: VersionProps) {
  const [isOpen, setOpen] = useState(false)
  const { name, text, savedAt } = version
  return (
    <li>
      <div className="prompt-version">
        <span className="grow">
          Version {version.version}, {formatDay(savedAt, now.updatedAt)}
        </span>
        <Button variant="quiet" onPress={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide changes' : 'What changed'}
        </Button>
        <Button variant="quiet" why={why} onPress={goBack}>
          Go back
        </Button>
      </div>
      {isOpen && (
        <div className="prompt-changes selectable">
          {name !== now.name && (
            <p>
              <Changes from={name} to={now.name} />
            </p>
          )}
          <p>
            <Changes from={text} to={now.text} />
          </p>
        </div>
      )}
    </li>
  )
}

/** From the earlier text to that of now: words taken out and words put in. */
function Changes({ from, to }: { readonly from: string; readonly to: string }) {
  return diffWordsWithSpace(from, to).map((part, at) => {
    const key = `${at} ${part.value}`
    if (part.added) return <ins key={key}>{part.value}</ins>
    return part.removed ? <del key={key}>{part.value}</del> : <span key={key}>{part.value}</span>
  })
}
