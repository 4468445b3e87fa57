import type { JobError } from '../../../shared/domain/errors.ts'
import type { TakeId } from '../../../shared/domain/ids.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { TakeView } from '../../../shared/domain/take.ts'
import { ipcError, type IpcError } from '../../../shared/ipc/ipcError.ts'
import type { AppReads } from '../appEngine.ts'
import { inquiring, notFound, type AppServices } from '../services.ts'
import type { HandlersFor } from '../dispatch.ts'
import type { reviewRoutes } from '../../../shared/ipc/routes/review.ts'

export const reviewHandlers = (services: AppServices): HandlersFor<typeof reviewRoutes> => ({
  'takes.frameTimes': ({ takeId }) =>
    readingFile(services, takeId, ({ frameTimes }, { path }) => frameTimes(path)),
  'takes.soundPeaks': ({ takeId }) =>
    readingFile(services, takeId, ({ soundPeaks }, take) => soundPeaks(take)),
})

/** Answers from the file of a take. */
function readingFile<T>(
  services: AppServices,
  takeId: TakeId,
  read: (reads: AppReads, take: TakeView) => Promise<Result<T, JobError>>,
): Promise<Result<T, IpcError>> {
  return inquiring(services, async (reads) => {
    const take = reads.queries.take(takeId)
    if (take === null) return err(notFound('take'))
    const answer = await read(reads, take)
    return answer.ok ? ok(answer.value) : err(ipcError('UNREADABLE_FILE', answer.error.message))
  })
}
