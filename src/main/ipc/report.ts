import type { ProviderDesk } from '../../shared/domain/providerKey.ts'
import type { AppInfo } from '../../shared/ipc/appInfo.ts'

export interface ReportParts {
  readonly at: number
  readonly info: AppInfo
  readonly system: string
  /** Null while there is no engine to ask. */
  readonly desk: ProviderDesk | null
  /** The end of the log, as it was written. */
  readonly logLines: readonly string[]
  /** Takes keys out of a text. */
  readonly redact: (text: string) => string
  /** Folder of the person's own account; their name is in it. */
  readonly home: string
}

/** What helps to find a fault: versions, states, the end of the log. No key, and no name of the account. */
export function reportText(parts: ReportParts): string {
  const { at, info, system, desk, logLines, redact, home } = parts
  const lines = [
    `Dailies ${info.version}, Electron ${info.electron}, ${system}`,
    new Date(at).toISOString(),
    `engine: ${info.engine.kind}${'message' in info.engine ? `, ${info.engine.message}` : ''}`,
    ...info.notices.map(({ message }) => `notice: ${message}`),
    '',
    ...providerLines(desk),
    '',
    `The last ${logLines.length} lines of the log:`,
    ...logLines,
  ]
  const text = redact(`${lines.join('\n')}\n`)
  return home.length > 1 ? text.replaceAll(home, '~') : text
}

function providerLines(desk: ProviderDesk | null): readonly string[] {
  if (desk === null) return ['providers: not known, no engine is open']
  return desk.providers.map(
    ({ id, keys, environmentKey, baseUrls, settings, openJobs, fault, lastError }) => {
      const own = baseUrls.filter(
        (base) => base.own !== null || base.fromEnvironment !== null,
      ).length
      return [
        `${id}: ${keys.length} keys kept${environmentKey === null ? '' : ', one in the environment'}`,
        own === 0 ? 'usual address' : 'address of their own',
        `limits ${settings.concurrency ?? 'usual'} and ${settings.createsPerMinute ?? 'usual'}`,
        `${openJobs} jobs out`,
        ...(fault === null ? [] : [fault]),
        ...(lastError === null
          ? []
          : [`last error ${lastError.error.kind} ${lastError.error.code}`]),
      ].join(', ')
    },
  )
}
