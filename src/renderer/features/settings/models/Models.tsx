import { useEffect, useState } from 'react'

import type { CatalogueView, ModelDetails } from '../../../../shared/domain/catalogueView.ts'
import { act, notify } from '../../../store/notify.ts'
import { askProviders } from '../../../store/offers.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { plural } from '../../../ui/format.ts'
import { SearchField } from '../../../ui/SearchField.tsx'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { Reading } from '../Reading.tsx'
import { ModelPanel } from './ModelPanel.tsx'
import './models.css'

/** The catalogue: what each model costs and who says so, and the person's own files. */
export function Models() {
  const [view, setView] = useState<CatalogueView | null>(null)
  const [text, setText] = useState('')
  const [isAsking, setIsAsking] = useState(false)
  useEffect(() => {
    void act('The models cannot be shown.', 'models.catalogue').then((answer) => {
      if (answer.ok) setView(answer.data)
    })
  }, [])
  const reload = async (): Promise<void> => {
    const answer = await act('The files were not read.', 'models.reload')
    if (!answer.ok) return
    setView(answer.data)
    const { models, problems } = answer.data
    const bad = problems.length === 0 ? '' : ` ${plural(problems.length, 'problem')} below.`
    notify({
      text: `${plural(models.length, 'model')} read.${bad}`,
      tone: problems.length === 0 ? 'done' : 'ask',
    })
  }
  const ask = async (): Promise<void> => {
    setIsAsking(true)
    const answered = await askProviders()
    setIsAsking(false)
    if (answered !== null) setView(answered)
  }
  if (view === null) return <Reading />
  const shown = view.models.filter((model) => isFound(model, text))
  return (
    <>
      <p className="text-2 settings-text">
        Prices are what providers published on the day that stands beside them. A file of your own
        adds a model or changes a price: docs/adding-a-model.md shows how one is written.
      </p>
      <div className="setting">
        <div className="setting-words">
          <p>Files of your own</p>
          <p className="text-2 selectable setting-path">{view.folder}</p>
        </div>
        <Button
          label="Open: Files of your own"
          onPress={() =>
            void act('The folder was not opened.', 'app.openFolder', { folder: 'models' })
          }
        >
          Open
        </Button>
        <Button onPress={() => void reload()}>Read them again</Button>
      </div>
      <div className="setting">
        <div className="setting-words">
          <p>What providers offer now</p>
          <p className="text-2">
            Asks each one that has a list, and whose key is here. It costs nothing.
          </p>
          <Daily />
        </div>
        <Button isPending={isAsking} onPress={() => void ask()}>
          Ask providers
        </Button>
      </div>
      <Problems problems={view.problems} />
      <div className="models-find">
        <SearchField label="Find a model" value={text} onChange={setText} />
        <span className="text-3">{plural(shown.length, 'model')}</span>
      </div>
      <div className="models">
        {shown.map((model) => (
          <ModelPanel key={model.id} model={model} />
        ))}
        {shown.length === 0 && <p className="text-2">No model has “{text}” in its name.</p>}
      </div>
    </>
  )
}

function Daily() {
  const models = useStore((store) => store.settings?.models)
  const changeSettings = useStore((store) => store.changeSettings)
  if (models === undefined) return null
  return (
    <Switch
      isOn={models.refreshDaily}
      onChange={(refreshDaily) => void changeSettings({ models: { ...models, refreshDaily } })}
    >
      Once a day by itself, while the app runs
    </Switch>
  )
}

function Problems({ problems }: Pick<CatalogueView, 'problems'>) {
  if (problems.length === 0) return null
  return (
    <ul className="models-problems" aria-label="Files that are not used">
      {problems.map(({ file, place, message, mend }) => (
        <li key={`${file} ${place} ${message}`} className="selectable">
          <StatusMark tone="fail" />
          <span>
            <b>
              {file}
              {place === '' ? '' : `, ${place}`}
            </b>
            : {message} <span className="text-2">{mend}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}

function isFound({ id, name, creator, routes }: ModelDetails, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  return [id, name, creator, ...routes.map((route) => route.providerName)].some((word) =>
    word.toLowerCase().includes(wanted),
  )
}
