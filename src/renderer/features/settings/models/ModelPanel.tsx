import type { ModelDetails, RouteDetails } from '../../../../shared/domain/catalogueView.ts'
import type { Lifecycle } from '../../../../shared/domain/model.ts'
import { act } from '../../../store/notify.ts'
import { Button } from '../../../ui/Button.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'

/** One model in a line; opened, every route with its prices, their day and their source. */
export function ModelPanel({ model }: { readonly model: ModelDetails }) {
  const { id, name, creator, lifecycle, isOwn, routes, source, checkedOn } = model
  return (
    <section className="provider" aria-label={name}>
      <Disclosure
        title={
          <span className="model-head">
            <b>{name}</b>
            <span className="text-2 one-line">{whoOffers(routes)}</span>
            <span className="text-3">
              {[isOwn ? 'yours' : '', stateOf(lifecycle)].filter(Boolean).join(' · ')}
            </span>
          </span>
        }
      >
        <div className="provider-body">
          <p className="text-2 selectable">
            {creator} · <code>{id}</code> · checked on {checkedOn}, {source}
          </p>
          {lifecycle.status !== 'active' && <p>{endWords(lifecycle)}</p>}
          {routes.map((route) => (
            <RoutePrices key={route.id} route={route} />
          ))}
          <div>
            <Button
              label={`Change the prices of ${name}`}
              onPress={() => void act('No file was made.', 'models.startPrices', { model: id })}
            >
              Change the prices…
            </Button>
          </div>
        </div>
      </Disclosure>
    </section>
  )
}

function RoutePrices({ route }: { readonly route: RouteDetails }) {
  const { id, providerName, byNameOnly, prices, notOffered } = route
  return (
    <div className="provider-part">
      <h3>
        {providerName} <span className="selectable">{id}</span>
        {byNameOnly && ', only where it is named'}
      </h3>
      {notOffered !== null && (
        <p className="text-ask">It was {notOffered}. Lists lag, so it can still be sent.</p>
      )}
      {prices.length === 0 ? (
        <p className="text-2">No price is known: it runs without a cap, or where you allow it.</p>
      ) : (
        <ul className="model-prices">
          {prices.map((price) => (
            <li key={`${price.text} ${price.when}`}>
              <span className="model-price">{price.text}</span>
              <span className="text-2">{price.when}</span>
              <span className="text-3 selectable">
                {price.checkedOn}, {price.source}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

const whoOffers = (routes: readonly RouteDetails[]): string =>
  [...new Set(routes.map(({ providerName }) => providerName))].join(', ')

function stateOf(lifecycle: Lifecycle): string {
  if (lifecycle.status === 'active') return ''
  return lifecycle.on === undefined ? lifecycle.status : `${lifecycle.status} ${lifecycle.on}`
}

function endWords(lifecycle: Exclude<Lifecycle, { status: 'active' }>): string {
  const { status, on, replacements } = lifecycle
  const when = on === undefined ? '' : ` on ${on}`
  const what = status === 'retired' ? `It was retired${when}.` : `It will end${when}.`
  return replacements.length === 0 ? what : `${what} In its place: ${replacements.join(', ')}.`
}
