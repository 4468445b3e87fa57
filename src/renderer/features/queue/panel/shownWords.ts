import type { JobError } from '../../../../shared/domain/errors.ts'
import { formatMoment } from '../../../ui/format.ts'

const ISO_TIME = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g

/** The engine writes times as ISO in UTC; a person reads their own clock. */
export const shownWords = (text: string): string =>
  text.replace(ISO_TIME, (iso) => formatMoment(Date.parse(iso)))

/** The provider's own code, HTTP status and request id, as far as they are known. */
export function errorProof({ code, httpStatus, requestId }: JobError): readonly string[] {
  const status = httpStatus === undefined ? [] : [`HTTP ${httpStatus}`]
  const own = code === `HTTP_${httpStatus}` ? [] : [code]
  const answer = [...own, ...status].join(', ')
  return [`answered ${answer}`, ...(requestId === undefined ? [] : [`request id ${requestId}`])]
}
