import { moneyText } from '../../shared/domain/moneyText.ts'
import { localTime } from '../../shared/schedule/localTime.ts'
import { clockWords } from '../../shared/schedule/windowWords.ts'
import type { NightReport, ReportTake, SpendLine } from './nightReport.ts'

/** A still as a data URI by the path of its poster. */
export type Stills = ReadonlyMap<string, string>

/** The report as one page that needs nothing beside it: no script, no address, printable. Pure. */
export function nightReportPage(report: NightReport, stills: Stills): string {
  const title = `Night of ${dayWords(report.night)}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
<p>${escaped(`Window: ${report.window}. Written ${momentIn(report.writtenAt, report)} (${report.timeZone}).`)}</p>
</header>
${figures(report)}
${section('What needs you', list(needLines(report)))}
${section('Failed, by cause', failures(report))}
${section('Spent', spend(report))}
${section('Batches', batches(report))}
${section('Slowest renders', slowest(report))}
${section(takesTitle(report), takes(report, stills))}
</body>
</html>
`
}

const SPECIAL: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string =>
  text
    .replaceAll(/[&<>"']/g, (character) => SPECIAL[character] ?? '')
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')

const section = (title: string, body: string): string =>
  body === '' ? '' : `<section><h2>${escaped(title)}</h2>${body}</section>`

const list = (lines: readonly string[]): string =>
  lines.length === 0 ? '' : `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`

/** Cells that are numbers stand to the right. */
type Cell = string | { readonly number: string }

function table(heads: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  if (rows.length === 0) return ''
  const cells = (row: readonly Cell[], tag: 'th' | 'td'): string =>
    row
      .map((cell) =>
        typeof cell === 'string'
          ? `<${tag}>${escaped(cell)}</${tag}>`
          : `<${tag} class="number">${escaped(cell.number)}</${tag}>`,
      )
      .join('')
  const body = rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')
  return `<table><thead><tr>${cells(heads, 'th')}</tr></thead><tbody>${body}</tbody></table>`
}

/** What holds many jobs back first, then jobs one by one. */
const needLines = (report: NightReport): readonly string[] => [
  ...report.held.map(({ words, batch, jobs }) => {
    const what = `${capital(words.replace(/\.$/, ''))}.`
    if (jobs === 0) return what
    const work = `${jobs === 1 ? '1 job' : `${jobs} jobs`}${batch === null ? '' : ` of “${batch}”`}`
    return `${what} ${work} ${jobs === 1 ? 'waits' : 'wait'} for it.`
  }),
  ...report.needsYou.map(
    ({ row, batch, message }) => `Row ${row} of “${batch}”: ${inOwnTime(message, report)}`,
  ),
]

/** The engine writes moments in UTC; the page is read by the clock of the night. */
const inOwnTime = (words: string, report: NightReport): string =>
  words.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (moment) => momentIn(Date.parse(moment), report))

/** A name at the beginning keeps its own way. */
const capital = (words: string): string =>
  /^(night|month|batch|project|no) /.test(words)
    ? `${words.charAt(0).toUpperCase()}${words.slice(1)}`
    : words

function figures({ counts, budget, takeCount, held: stops }: NightReport): string {
  const left = counts.queued + counts.waiting + counts.running
  const spent = budget.spent.length === 0 ? 'nothing' : budget.spent.map(moneyText).join(' + ')
  const { cap, extraMicros } = budget
  const most = cap === null ? '' : ` of ${moneyText({ ...cap, micros: cap.micros + extraMicros })}`
  const held =
    budget.held.length === 0 ? '' : `, ${budget.held.map(moneyText).join(' + ')} set aside`
  const shown: readonly (readonly [string, string])[] = [
    ['done', String(counts.succeeded)],
    ['failed', String(counts.failed)],
    ...(counts.cancelled > 0 ? [['cancelled', String(counts.cancelled)] as const] : []),
    ['need you', String(counts.needsYou + stops.length)],
    ['left', String(left)],
    ['takes', String(takeCount)],
    ['spent', `${spent}${most}${held}`],
  ]
  const items = shown.map(
    ([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`,
  )
  return `<dl>${items.join('')}</dl>`
}

const failures = ({ failures: lines }: NightReport): string =>
  table(
    [{ number: 'Jobs' }, 'Provider', 'Cause', 'What it said'],
    lines.map(({ jobs, providerName, kind, code, message }) => [
      { number: String(jobs) },
      providerName,
      `${KIND_WORDS[kind]} (${code})`,
      message,
    ]),
  )

const KIND_WORDS: Readonly<Record<NightReport['failures'][number]['kind'], string>> = {
  auth: 'key refused',
  quota: 'out of credit',
  rateLimit: 'too many requests',
  invalidRequest: 'request not accepted',
  contentPolicy: 'refused for its content',
  modelRetired: 'model is gone',
  unavailable: 'provider unavailable',
  timeout: 'no answer in time',
  disk: 'disk or folder',
  media: 'no playable video',
  unknown: 'cause not known',
}

const spend = ({ spend: lines }: NightReport): string =>
  table(
    ['Model', 'Provider', { number: 'Takes' }, { number: 'Spent' }],
    lines.map(({ model, providerName, takes: count, ...line }) => [
      model,
      providerName,
      { number: String(count) },
      { number: spentWords(line) },
    ]),
  )

function spentWords({ spent, unpriced }: Pick<SpendLine, 'spent' | 'unpriced'>): string {
  if (spent === null) return unpriced === 0 ? 'nothing' : 'not known'
  return unpriced === 0 ? moneyText(spent) : `${moneyText(spent)}, ${unpriced} not known`
}

const batches = ({ batches: lines }: NightReport): string =>
  table(
    ['Batch', { number: 'Done' }, { number: 'Failed' }],
    lines.map(({ name, succeeded, failed }) => [
      name,
      { number: String(succeeded) },
      { number: String(failed) },
    ]),
  )

const slowest = ({ slowest: lines }: NightReport): string =>
  table(
    ['Prompt', 'Model', 'Provider', { number: 'Render' }],
    lines.map(({ prompt, model, providerName, renderMs }) => [
      prompt,
      model,
      providerName,
      { number: lengthWords(renderMs) },
    ]),
  )

const takesTitle = ({ takes: shown, takeCount }: NightReport): string =>
  takeCount > shown.length ? `Takes, the first ${shown.length} of ${takeCount}` : 'Takes'

function takes({ takes: shown }: NightReport, stills: Stills): string {
  const figure = (take: ReportTake): string => {
    const still = take.posterPath === null ? undefined : stills.get(take.posterPath)
    const picture = still === undefined ? '<div class="none"></div>' : `<img src="${still}" alt="">`
    const place = take.take === 1 ? `Row ${take.row}` : `Row ${take.row}, take ${take.take}`
    return `<figure>${picture}<figcaption><b>${escaped(place)}</b> ${escaped(take.prompt)}</figcaption></figure>`
  }
  return shown.length === 0 ? '' : `<div class="takes">${shown.map(figure).join('')}</div>`
}

/** `48 s`, `3 min 20 s`. */
function lengthWords(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

const momentIn = (at: number, { timeZone }: NightReport): string =>
  clockWords(localTime(at, timeZone).minute)

const MONTHS =
  'January February March April May June July August September October November December'

/** `22 November 2026`. */
function dayWords(night: string): string {
  const [year, month, day] = night.split('-').map(Number)
  return `${day} ${MONTHS.split(' ')[(month ?? 1) - 1]} ${year}`
}

const STYLE = `
:root{color-scheme:light dark;--bg:#fbfbfa;--text:#191919;--soft:#5a5a58;--line:#dededb;--none:#eaeae8}
@media (prefers-color-scheme:dark){:root{--bg:#121212;--text:#ececec;--soft:#adadad;--line:#2b2b2b;--none:#222}}
@media print{:root{--bg:#fff;--text:#000;--soft:#444;--line:#ccc;--none:#eee}section,figure,tr{break-inside:avoid}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:960px;padding:32px 24px 64px;background:var(--bg);color:var(--text);font:13px/1.5 Inter,system-ui,sans-serif;font-variant-numeric:tabular-nums}
h1{margin:0;font-size:20px;font-weight:600}
h2{margin:32px 0 8px;font-size:13px;font-weight:600}
header p{margin:4px 0 0;color:var(--soft)}
dl{display:flex;flex-wrap:wrap;gap:16px 32px;margin:24px 0 0}
dt{color:var(--soft);font-size:11px}
dd{margin:0;font-size:15px;font-weight:600}
table{width:100%;border-collapse:collapse}
th,td{padding:6px 12px 6px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{color:var(--soft);font-size:11px;font-weight:500;overflow-wrap:normal}
.number{text-align:right;white-space:nowrap}
.number:last-child{padding-right:0;padding-left:12px}
ul{margin:0;padding-left:18px}
.takes{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:16px}
figure{margin:0}
figure img,.none{display:block;width:100%;aspect-ratio:16/9;object-fit:contain;background:var(--none);border-radius:3px}
figcaption{margin-top:4px;color:var(--soft);font-size:11px;display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden}
figcaption b{color:var(--text);font-weight:500}
`
