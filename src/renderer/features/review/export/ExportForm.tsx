import type { ExportSettings } from '../../../../shared/domain/export.ts'
import { NAMING_TOKENS } from '../../../../shared/domain/naming.ts'
import { useExports } from '../../../store/exportStore.ts'
import { Select, type Choice } from '../../../ui/Select.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { TextField } from '../../../ui/TextField.tsx'

const FORMATS: readonly Choice<ExportSettings['format']>[] = [
  { id: 'mp4', label: 'MP4, H.264' },
  { id: 'mov', label: 'MOV, H.264' },
  { id: 'prores', label: 'MOV, ProRes', note: 'For editing; large files' },
  { id: 'webm', label: 'WebM, VP9' },
  { id: 'gif', label: 'GIF', note: 'Without sound' },
]
const TARGETS: readonly Choice<ExportSettings['target']>[] = [
  { id: 'edit', label: 'An editor or a player', note: 'They obey edit lists: instant trims' },
  { id: 'upload', label: 'A site I upload to', note: 'Some ignore edit lists: exact trims' },
]
const TRIMS: readonly Choice<ExportSettings['trim']>[] = [
  { id: 'auto', label: 'By where it goes' },
  { id: 'instant', label: 'Instant', note: 'No re-encode, exact by edit list' },
  { id: 'exact', label: 'Exact re-encode', note: 'Plays alike everywhere' },
]
const QUALITIES: readonly Choice<ExportSettings['quality']>[] = [
  { id: 'visuallyLossless', label: 'Visually lossless' },
  { id: 'high', label: 'High' },
  { id: 'small', label: 'Small' },
]
const COLLISIONS: readonly Choice<ExportSettings['collision']>[] = [
  { id: 'number', label: 'Number the new one' },
  { id: 'skip', label: 'Leave it, make none' },
  { id: 'replace', label: 'Replace it', note: 'Takes are never replaced' },
]
const OWN = 'own'
const HEIGHTS = choicesOf([2160, 1440, 1080, 720, 480, 360], 'px')
const RATES = choicesOf([12, 24, 25, 30, 50, 60], 'fps')
const LOOPS = [1, 2, 3, 4, 5, 10].map((n) => ({
  id: String(n),
  label: n === 1 ? 'Once' : `${n} times`,
}))
const FADES = [0, 0.25, 0.5, 1, 2].map((n) => ({
  id: String(n),
  label: n === 0 ? 'None' : `${n} s`,
}))

/** How the files are made. */
export function ExportForm() {
  const settings = useExports((store) => store.settings)
  const set = useExports((store) => store.set)
  const { height, fps } = settings
  return (
    <div className="export-form">
      <Select
        label="Format"
        value={settings.format}
        choices={FORMATS}
        onChange={(format) => set({ format })}
      />
      <Select
        label="Goes to"
        value={settings.target}
        choices={TARGETS}
        onChange={(target) => set({ target })}
      />
      <Select
        label="Trim"
        value={settings.trim}
        choices={TRIMS}
        onChange={(trim) => set({ trim })}
      />
      <Select
        label="Quality of a re-encode"
        value={settings.quality}
        choices={QUALITIES}
        onChange={(quality) => set({ quality })}
      />
      <Select
        label="Height"
        value={height === null ? OWN : String(height)}
        choices={HEIGHTS}
        onChange={(id) => set({ height: numberOf(id) })}
      />
      <Select
        label="Frame rate"
        value={fps === null ? OWN : String(fps)}
        choices={RATES}
        onChange={(id) => set({ fps: numberOf(id) })}
      />
      <Select
        label="Plays"
        value={String(settings.loops)}
        choices={LOOPS}
        onChange={(id) => set({ loops: Number(id) })}
      />
      <Select
        label="Fade in and out"
        value={String(settings.fadeSeconds)}
        choices={FADES}
        onChange={(id) => set({ fadeSeconds: Number(id) })}
      />
      <div className="export-switches">
        <Switch isOn={settings.boomerang} onChange={(boomerang) => set({ boomerang })}>
          Forwards and backwards
        </Switch>
        <Switch isOn={settings.mute} onChange={(mute) => set({ mute })}>
          Without sound
        </Switch>
        <Switch isOn={settings.join} onChange={(join) => set({ join })}>
          Join into one file
        </Switch>
        <Switch isOn={settings.provenance} onChange={(provenance) => set({ provenance })}>
          Write prompt and model into the file
        </Switch>
      </div>
      <div className="export-naming">
        <TextField
          label="Names"
          value={settings.naming}
          description={NAMING_TOKENS.map((token) => `{${token}}`).join(' ')}
          error={settings.naming.trim() === '' ? 'A name needs at least one letter.' : undefined}
          onChange={(naming) => set({ naming })}
        />
      </div>
      <Select
        label="Where a file has that name"
        value={settings.collision}
        choices={COLLISIONS}
        onChange={(collision) => set({ collision })}
      />
    </div>
  )
}

const numberOf = (id: string): number | null => (id === OWN ? null : Number(id))

function choicesOf(values: readonly number[], unit: string): readonly Choice<string>[] {
  const all = values.map((value) => ({ id: String(value), label: `${value} ${unit}` }))
  return [{ id: OWN, label: 'The take’s own' }, ...all]
}
