import { useEffect, useState } from 'react'

import type { ProjectView } from '../../../shared/domain/views.ts'
import { ask } from '../../ipc/client.ts'
import { act } from '../../store/notify.ts'
import { parseAmount } from '../../store/parseAmount.ts'
import { Button } from '../../ui/Button.tsx'
import { formatMoney } from '../../../shared/domain/moneyText.ts'
import { TextField } from '../../ui/TextField.tsx'
import { Question } from './Question.tsx'

/** A project's cap over all its batches, and the folder of its next takes. */
export function ProjectQuestion({ name }: { readonly name: string }) {
  const [project, setProject] = useState<ProjectView | null>(null)
  const read = (): void =>
    void ask('queue.projects').then((answer) => {
      if (answer.ok) setProject(answer.data.find((one) => one.name === name) ?? null)
    })
  useEffect(read, [name])
  return project === null ? null : <ProjectForm project={project} onFolder={read} />
}

interface ProjectFormProps {
  readonly project: ProjectView
  readonly onFolder: () => void
}

function ProjectForm({ project, onFolder }: ProjectFormProps) {
  const { name, cap, heldMicros, outDir } = project
  const currency = cap?.currency ?? 'USD'
  const [text, setText] = useState(cap === null ? '' : String(cap.micros / 1_000_000))
  const micros = text.trim() === '' ? null : parseAmount(text)
  const wrong = `“${text}” is not an amount. Write one such as 25.`
  const why = micros === undefined ? [{ text: wrong }] : []
  const held =
    heldMicros === null
      ? ''
      : ` ${formatMoney({ micros: heldMicros, currency })} is spent or set aside.`
  const save = (): void => {
    if (micros === undefined) return
    const next = micros === null ? null : { micros, currency }
    void act('The cap was not changed.', 'queue.setProjectCap', { name, cap: next })
  }
  const choose = (): void =>
    void act('The folder was not changed.', 'queue.chooseProjectFolder', { name }).then(onFolder)
  return (
    <Question
      title={`Project “${name}”`}
      yes={micros === null ? 'Run without a cap' : 'Set the cap'}
      why={why}
      onYes={save}
    >
      <div className="edit-job">
        <TextField
          label={`Most that all of its batches may spend together, in ${currency}`}
          description={`Empty: no cap.${held}`}
          error={why[0]?.text}
          value={text}
          onChange={setText}
          autoFocus
        />
        <div>
          <p className="field-label">Folder for new takes</p>
          <p className="selectable text-2">{outDir ?? 'where all takes go'}</p>
          <div className="job-actions">
            <Button onPress={choose}>Choose a folder…</Button>
          </div>
        </div>
      </div>
    </Question>
  )
}
