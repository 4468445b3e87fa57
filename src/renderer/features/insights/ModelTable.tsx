import type { ModelStats } from '../../../shared/ipc/reports.ts'
import { useStore } from '../../store/store.ts'
import { formatCount, formatDuration, plural } from '../../ui/format.ts'
import { formatMoney, moneyShort } from '../../../shared/domain/moneyText.ts'
import { REHEARSAL } from '../../../shared/normalise/rehearsal.ts'

/** What one's own takes say of each model. */
export function ModelTable({ models }: { readonly models: readonly ModelStats[] }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- where it is too wide it scrolls, by keys too
    <section aria-label="Models" tabIndex={0}>
      <h2>Models</h2>
      <table className="insights-table">
        <thead>
          <tr>
            <th className="insights-name">Model, provider</th>
            <th className="number">Takes</th>
            <th className="number">Picked</th>
            <th className="number">Rejected</th>
            <th className="number">Failed</th>
            <th className="number">Median time</th>
            <th className="number">9 of 10 within</th>
            <th className="number">Spent</th>
            <th className="number">Per picked second</th>
            <th className="number">Bill to estimate</th>
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <ModelRow key={`${model.model}/${model.provider}`} model={model} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

const NONE = <span className="text-3">–</span>

function ModelRow({ model }: { readonly model: ModelStats }) {
  const providers = useStore((store) => store.providers)
  const provider = providers.find(({ id }) => id === model.provider)?.name ?? model.provider
  const { takes, picked, medianRenderMs, p90RenderMs, renderSamples } = model
  const failed = model.failures.reduce((sum, { jobs }) => sum + jobs, 0)
  const samples = `${formatCount(renderSamples)} timed`
  return (
    <tr>
      <td>
        {model.modelName}{' '}
        {provider !== model.modelName && <span className="text-2">· {provider}</span>}
      </td>
      <td className="number">{formatCount(takes)}</td>
      <td className="number">
        {picked}
        <span className="text-3">{share(picked, takes)}</span>
      </td>
      <td className="number">{model.rejected}</td>
      <td className="number">
        {failed}
        <span className="text-3">{share(failed, model.ended)}</span>
      </td>
      <td className="number" title={samples}>
        {medianRenderMs === null ? NONE : formatDuration(medianRenderMs)}
      </td>
      <td className="number" title={samples}>
        {p90RenderMs === null ? NONE : formatDuration(p90RenderMs)}
      </td>
      <td className="number">
        {model.spent.length > 0 ? (
          model.spent.map(moneyShort).join(' + ')
        ) : (
          <span className="text-3">{model.provider === REHEARSAL ? 'free' : 'not known'}</span>
        )}
      </td>
      <td className="number">{perPickedSecond(model) ?? NONE}</td>
      <td
        className="number"
        title={model.billed === null ? '' : plural(model.billed.jobs, 'billed job')}
      >
        {billWords(model) ?? NONE}
      </td>
    </tr>
  )
}

/** A share of few is no share, said from ten takes on; none is none. */
function share(part: number, all: number): string {
  return all < 10 || part === 0 ? '' : ` · ${Math.round((part / all) * 100)} %`
}

function perPickedSecond({ spent, pickedSeconds }: ModelStats): string | null {
  if (spent.length === 0 || pickedSeconds === 0) return null
  const each = spent.map((sum) => ({ ...sum, micros: sum.micros / pickedSeconds }))
  return each.map(formatMoney).join(' + ')
}

/** How much more or less the provider asked for than was estimated. */
function billWords({ billed }: ModelStats): string | null {
  if (billed === null || billed.estimateMicros === 0) return null
  const more = Math.round((billed.micros / billed.estimateMicros - 1) * 100)
  if (more === 0) return 'as estimated'
  return more > 0 ? `${more} % more` : `${-more} % less`
}
