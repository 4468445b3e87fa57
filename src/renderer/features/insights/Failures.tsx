import type { ErrorKind } from '../../../shared/domain/errors.ts'
import type { ModelStats } from '../../../shared/ipc/reports.ts'
import { plural } from '../../ui/format.ts'

const WORDS: Readonly<Record<ErrorKind, string>> = {
  auth: 'key refused',
  quota: 'out of credit',
  rateLimit: 'too many requests',
  invalidRequest: 'request refused',
  contentPolicy: 'refused for what it shows',
  modelRetired: 'model gone',
  unavailable: 'provider not there',
  timeout: 'no answer in time',
  disk: 'disk',
  media: 'no playable video',
  unknown: 'not known why',
}

/** How many of a model's jobs failed, by class. */
export function Failures({ models }: { readonly models: readonly ModelStats[] }) {
  const failed = models.filter(({ failures }) => failures.length > 0)
  return (
    <section>
      <h2>Failures by class</h2>
      {failed.length === 0 && <p className="text-3 spend-none">No job has failed.</p>}
      <ul className="spend spend-failures" hidden={failed.length === 0}>
        {failed.flatMap(({ model, modelName, provider, ended, failures }) =>
          failures.map(({ kind, jobs }) => (
            <li key={`${model}/${provider}/${kind}`}>
              <span className="one-line">{modelName}</span>
              <span className="one-line text-2">{WORDS[kind]}</span>
              <span className="number">
                {jobs} <span className="text-3">of {plural(ended, 'job')}</span>
              </span>
            </li>
          )),
        )}
      </ul>
    </section>
  )
}
