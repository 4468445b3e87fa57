import { retry, type RetryTarget } from '../../store/queueActions.ts'
import { useQuestions } from './questions.ts'

/** Retries; what may have been charged already is asked about, with what is known of it. */
export async function retryAsking(target: RetryTarget): Promise<void> {
  const jobs = await retry(target)
  if (jobs.length > 0) useQuestions.getState().ask({ kind: 'retryDoubt', jobs })
}
