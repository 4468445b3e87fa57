import type { ProviderDesk } from '../../../../shared/domain/providerKey.ts'
import type { RoutePreference } from '../../../../shared/domain/routePreference.ts'
import { useStore } from '../../../store/store.ts'
import { Select, type Choice } from '../../../ui/Select.tsx'
import { Switch } from '../../../ui/Switch.tsx'

const ORDERS: readonly Choice<RoutePreference['by']>[] = [
  { id: 'listed', label: 'In a fixed order' },
  { id: 'price', label: 'The cheapest', note: 'by the price of each request' },
  { id: 'speed', label: 'The fastest', note: 'by the times measured here' },
]

/** No provider: the catalogue's own order. */
const CATALOGUE = 'catalogue'

/** Which of several ways to a model is taken where a row names no provider. */
export function PreferredWay({ providers }: Pick<ProviderDesk, 'providers'>) {
  const routes = useStore((store) => store.settings?.routes)
  const changeSettings = useStore((store) => store.changeSettings)
  if (routes === undefined) return null
  const { prefer, fallOver } = routes
  const set = (change: Partial<RoutePreference>): void =>
    void changeSettings({ routes: { ...routes, prefer: { ...prefer, ...change } } })
  const order = prefer.providers
  const place = (at: number, id: string): void => {
    const before = order.slice(0, at)
    const others = order.slice(at + 1).filter((other) => other !== id)
    set({ providers: id === CATALOGUE ? before : [...before, id, ...others] })
  }
  const choicesAt = (at: number): readonly Choice<string>[] => [
    { id: CATALOGUE, label: 'As the catalogue lists them' },
    ...providers
      .filter(({ id }) => !order.slice(0, at).includes(id))
      .map(({ id, name }) => ({ id, label: name })),
  ]
  const places = Math.min(order.length + 1, providers.length)
  return (
    <section className="preferred-way" aria-label="Preferred way">
      <div className="setting">
        <div className="setting-words">
          <p>Where a model has several providers</p>
          <p className="text-3">
            For rows that name a model and no provider. Providers with a key come first. Rows that
            are queued already stay where they are.
          </p>
        </div>
        <Select
          label="Which provider is taken"
          isLabelHidden
          value={prefer.by}
          choices={ORDERS}
          onChange={(by) => set({ by })}
        />
      </div>
      {prefer.by === 'listed' && (
        <div className="provider-limits">
          {Array.from({ length: places }, (_, at) => (
            <Select
              key={at}
              label={at === 0 ? 'First' : 'Then'}
              value={order[at] ?? CATALOGUE}
              choices={choicesAt(at)}
              onChange={(id) => place(at, id)}
            />
          ))}
        </div>
      )}
      <div className="setting">
        <div className="setting-words">
          <p>Where the first of them is held</p>
          <p className="text-3">
            Its key is refused, its account is empty, it cannot be reached, or the model failed
            alike too often there. Jobs of which nothing was ever sent may go the next way: planned
            and priced anew, under the caps, never one whose row names its provider. Each says where
            it went and why.
          </p>
        </div>
        <Switch
          isOn={fallOver}
          onChange={(isOn) => void changeSettings({ routes: { ...routes, fallOver: isOn } })}
        >
          Go the next way
        </Switch>
      </div>
    </section>
  )
}
