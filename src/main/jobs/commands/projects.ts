import type { ProjectPatch } from '../../engine.ts'
import { persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'

/** A project's own folder (for batches admitted from now on) and cap; null takes either away. */
export async function setProject(
  ctx: QueueContext,
  name: string,
  patch: ProjectPatch,
): Promise<void> {
  await persist(ctx, (tx) => tx.setProject(name, patch, ctx.clock.now()))
  ctx.emit({ type: 'lanes' })
}
