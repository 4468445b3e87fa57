import type { TakeView } from '../../../../shared/domain/take.ts'
import type { JobDetail } from '../../../../shared/domain/views.ts'
import { useStore } from '../../../store/store.ts'
import { wireFields } from '../../../store/wireFields.ts'
import { formatMoment } from '../../../ui/format.ts'
import { Facts, SideSection, type Fact } from '../../../ui/SidePanel.tsx'

/** Longer texts have lines of their own. */
const ONE_LINE = 28

interface ProvenanceProps {
  readonly take: TakeView
  readonly detail: JobDetail
}

/** What was sent for a take, what was changed on the way, and what the provider knows it by. */
export function Provenance({ take, detail }: ProvenanceProps) {
  const batch = useStore((store) => store.batches[take.batchId]?.name)
  return (
    <>
      <SideSection title="As sent">
        <Facts facts={sentFacts(take, detail)} />
        {detail.warnings.map(({ field, message }) => (
          <p key={field} className="loupe-changed text-2 selectable">
            {message}
          </p>
        ))}
      </SideSection>
      <SideSection title="Where it came from">
        <Facts facts={originFacts(take, detail, batch)} />
      </SideSection>
    </>
  )
}

function sentFacts({ prompt }: TakeView, { request }: JobDetail): readonly Fact[] {
  const fields = wireFields(request).map(({ key, value }): Fact =>
    value === prompt
      ? { key, value: 'as above' }
      : { key, value, isWrapped: value.length > ONE_LINE },
  )
  return [{ key: 'endpoint', value: request.endpoint, isWrapped: true }, ...fields]
}

function originFacts(
  take: TakeView,
  { job, route, template, submittedAt, renderedAt }: JobDetail,
  batch: string | undefined,
): readonly Fact[] {
  const moment = (key: string, at: number | null): readonly Fact[] =>
    at === null ? [] : [{ key, value: formatMoment(at) }]
  return [
    { key: 'batch', value: batch ?? take.batchId, isWrapped: true },
    { key: 'row, take', value: `${take.row}, ${take.take}` },
    ...(template === null ? [] : [{ key: 'template', value: template, isWrapped: true }]),
    { key: 'route', value: route, isWrapped: true },
    ...(job.operationId === null
      ? []
      : [{ key: 'its id there', value: job.operationId, isWrapped: true }]),
    ...moment('asked for', job.createdAt),
    ...moment('sent', submittedAt),
    ...moment('rendered', renderedAt),
    ...moment('delivered', take.createdAt),
    { key: 'lies at', value: take.path, isWrapped: true },
    { key: 'sha-256', value: take.sha256, isWrapped: true },
  ]
}
