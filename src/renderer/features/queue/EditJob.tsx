import { useEffect, useState } from 'react'

import type { JobId } from '../../../shared/domain/ids.ts'
import type { EditCheck, JobValues } from '../../../shared/domain/jobEdit.ts'
import { moneyText } from '../../../shared/domain/moneyText.ts'
import { ask } from '../../ipc/client.ts'
import { notifyFailure } from '../../store/notify.ts'
import { editJob } from '../../store/queueActions.ts'
import { useStore } from '../../store/store.ts'
import { Button, type Reason } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useQuestions } from './questions.ts'
import './editJob.css'

/** Long enough to finish a word. */
const CHECK_MS = 250

/** Another request for a job that waits, checked and priced while it is written. */
export function EditJob({ jobId }: { readonly jobId: JobId }) {
  const close = useQuestions((questions) => questions.close)
  const [values, setValues] = useState<JobValues | null>(null)
  useEffect(() => {
    void ask('queue.valuesOf', { jobId }).then((answer) => {
      if (answer.ok) setValues(answer.data)
      else {
        notifyFailure('It cannot be edited.', answer.error.message)
        close()
      }
    })
  }, [jobId, close])
  const checked = useCheck(jobId, values)
  if (values === null) return null
  // A price of what stood there before is no price of what is sent.
  const fresh = checked?.values === values ? checked.check : null
  const save = (): void => void editJob({ jobId, values }).then((isDone) => isDone && close())
  return (
    <Dialog
      title="Edit a job that waits"
      isOpen
      size="medium"
      onClose={close}
      footer={
        <>
          <span className="edit-price">
            <Price check={fresh} />
          </span>
          <Button onPress={close}>Not now</Button>
          <Button variant="solid" why={whyNot(fresh)} onPress={save}>
            Change the job
          </Button>
        </>
      }
    >
      <EditFields values={values} check={checked?.check ?? null} onChange={setValues} />
    </Dialog>
  )
}

interface Checked {
  readonly values: JobValues
  readonly check: EditCheck
}

function useCheck(jobId: JobId, values: JobValues | null): Checked | null {
  const [checked, setChecked] = useState<Checked | null>(null)
  useEffect(() => {
    if (values === null) return undefined
    let isGone = false
    const timer = setTimeout(() => {
      void ask('queue.checkEdit', { jobId, values }).then((answer) => {
        if (isGone) return
        const check = answer.ok ? answer.data : refused(answer.error.message)
        setChecked({ values, check })
      })
    }, CHECK_MS)
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [jobId, values])
  return checked
}

const refused = (message: string): EditCheck => ({
  estimate: null,
  warnings: [],
  problems: [{ field: null, message, mend: '' }],
})

const whyNot = (check: EditCheck | null): readonly Reason[] =>
  check === null
    ? [{ text: 'It is being checked.' }]
    : check.problems.map(({ message, mend }) => ({ text: `${message} ${mend}`.trim() }))

function Price({ check }: { readonly check: EditCheck | null }) {
  if (check === null || check.problems.length > 0) return null
  if (check.estimate === null) return <>no known price</>
  return <>{check.estimate.micros === 0 ? 'free' : moneyText(check.estimate)}</>
}

interface FieldsProps {
  readonly values: JobValues
  readonly check: EditCheck | null
  readonly onChange: (values: JobValues) => void
}

const SHORT = [
  { field: 'duration', label: 'Length, seconds' },
  { field: 'size', label: 'Shape' },
  { field: 'resolution', label: 'Resolution' },
  { field: 'seed', label: 'Seed' },
] as const

function EditFields({ values, check, onChange }: FieldsProps) {
  const errorOf = (field: keyof JobValues): string | undefined =>
    check?.problems.find((problem) => problem.field === field)?.message
  const set = (field: keyof JobValues) => (value: string) => onChange({ ...values, [field]: value })
  const others = check?.problems.filter(({ field }) => field === null || field === 'model') ?? []
  return (
    <div className="edit-job">
      <TextField
        label="Prompt"
        lines={4}
        value={values.prompt}
        onChange={set('prompt')}
        error={errorOf('prompt')}
        autoFocus
      />
      <TextField
        label="Negative prompt"
        value={values.negativePrompt}
        onChange={set('negativePrompt')}
        error={errorOf('negativePrompt')}
      />
      <ModelSelect values={values} onChange={onChange} />
      <div className="edit-short">
        {SHORT.map(({ field, label }) => (
          <TextField
            key={field}
            label={label}
            placeholder="the model’s own"
            value={values[field]}
            onChange={set(field)}
            error={errorOf(field)}
          />
        ))}
      </div>
      {others.map(({ message, mend }) => (
        <p key={message} className="field-note field-error" role="alert">
          {message} {mend}
        </p>
      ))}
      {check?.warnings.map((warning) => (
        <p key={`${warning.field}/${warning.message}`} className="field-note">
          {warning.message}
        </p>
      ))}
    </div>
  )
}

function ModelSelect({ values, onChange }: Omit<FieldsProps, 'check'>) {
  const models = useStore((store) => store.models)
  const providers = useStore((store) => store.providers)
  const nameOf = (id: string): string => providers.find((one) => one.id === id)?.name ?? id
  const now = `${values.provider}/${values.model}`
  const known = models.flatMap((model) =>
    model.routes.map(({ provider, providerName, priceText, unusable }) => ({
      id: `${provider}/${model.id}`,
      label: `${model.name} · ${providerName}`,
      note: unusable ?? priceText ?? undefined,
      provider,
      model: model.id,
    })),
  )
  const choices = known.some(({ id }) => id === now)
    ? known
    : [{ id: now, label: `${values.model} · ${nameOf(values.provider)}`, ...values }, ...known]
  return (
    <Select
      label="Model"
      value={now}
      choices={choices}
      onChange={(id) => {
        const chosen = choices.find((choice) => choice.id === id)
        if (chosen !== undefined)
          onChange({ ...values, provider: chosen.provider, model: chosen.model })
      }}
    />
  )
}
