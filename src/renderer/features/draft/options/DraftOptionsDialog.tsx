import { useState } from 'react'

import type { OpenDraft } from '../../../store/draftSlice.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Select } from '../../../ui/Select.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { choiceOfKey, entriesOf, keysOf } from '../grid/modelEntries.ts'
import { formOf, problemOf, withForm, type OptionsForm } from './optionsForm.ts'

interface DraftOptionsDialogProps {
  readonly open: OpenDraft
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** What holds for every row without a value of its own, and for the batch as a whole. */
export function DraftOptionsDialog({ open, isOpen, onClose }: DraftOptionsDialogProps) {
  if (!isOpen) return null
  return <OptionsDialog open={open} onClose={onClose} />
}

function OptionsDialog({ open, onClose }: Omit<DraftOptionsDialogProps, 'isOpen'>) {
  const editDraft = useStore((store) => store.editDraft)
  const [form, setForm] = useState(() => formOf(open.doc))
  const set = (change: Partial<OptionsForm>): void => setForm({ ...form, ...change })
  const problem = problemOf(form)
  const keep = (): void => {
    editDraft((doc) => withForm(doc, form))
    onClose()
  }
  return (
    <Dialog
      title="Defaults and limits of the draft"
      size="medium"
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Not now</Button>
          <Button variant="solid" why={problem === null ? [] : [{ text: problem }]} onPress={keep}>
            Keep
          </Button>
        </>
      }
    >
      <div className="draft-options">
        <RowDefaults form={form} set={set} />
        <BatchLimits form={form} set={set} />
      </div>
    </Dialog>
  )
}

interface PartProps {
  readonly form: OptionsForm
  readonly set: (change: Partial<OptionsForm>) => void
}

const NONE = 'none'

function RowDefaults({ form, set }: PartProps) {
  const models = useStore((store) => store.models)
  const [chosen = NONE] = keysOf(form.models, models)
  const choices = entriesOf(models)
    .filter(({ isRetired }) => !isRetired)
    .map(({ id, name, provider, price }) => ({ id, label: `${name} · ${provider}, ${price}` }))
  return (
    <fieldset className="field-group">
      <legend>Rows without a value of their own</legend>
      <div className="field-wide">
        <Select
          label="Model"
          value={chosen}
          choices={[{ id: NONE, label: 'None: each row names its own' }, ...choices]}
          onChange={(id) => set({ models: id === NONE ? [] : [choiceOfKey(id)] })}
        />
      </div>
      <TextField
        label="Length, seconds"
        value={form.duration}
        placeholder="the model’s own"
        onChange={(duration) => set({ duration })}
      />
      <TextField
        label="Shape"
        value={form.size}
        placeholder="16:9 or 1280x720"
        onChange={(size) => set({ size })}
      />
      <TextField
        label="Resolution"
        value={form.resolution}
        placeholder="the model’s own"
        onChange={(resolution) => set({ resolution })}
      />
      <TextField
        label="Takes"
        value={form.takes}
        placeholder="1"
        onChange={(takes) => set({ takes })}
      />
    </fieldset>
  )
}

const WAYS = [
  { id: 'product', label: 'Every value with every other' },
  { id: 'pairs', label: 'First with first, second with second' },
  { id: 'random', label: 'Some of them, drawn at random' },
] as const

function BatchLimits({ form, set }: PartProps) {
  return (
    <fieldset className="field-group">
      <legend>The batch as a whole</legend>
      <Select
        label="Variables with several values"
        value={form.expand}
        choices={WAYS}
        onChange={(expand) => set({ expand })}
      />
      {form.expand === 'random' ? (
        <TextField
          label="How many per row"
          value={form.count}
          onChange={(count) => set({ count })}
        />
      ) : (
        <span />
      )}
      <TextField
        label={`Cap, in ${form.currency}`}
        value={form.cap}
        placeholder="none"
        description="The most it may spend."
        onChange={(cap) => set({ cap })}
      />
      <TextField
        label="Jobs at once"
        value={form.concurrency}
        placeholder="as the lanes allow"
        description="Over all providers together."
        onChange={(concurrency) => set({ concurrency })}
      />
      <TextField
        label="Project"
        value={form.project}
        placeholder="none"
        description="A name to find its batches by."
        onChange={(project) => set({ project })}
      />
      {form.cap.trim() !== '' && (
        <div className="field-wide">
          <Switch isOn={form.allowUnpriced} onChange={(allowUnpriced) => set({ allowUnpriced })}>
            Run models without a known price although there is a cap
          </Switch>
        </div>
      )}
    </fieldset>
  )
}
