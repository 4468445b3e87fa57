import { plotOf, type PlotPoint } from './plotLayout.ts'

interface PlotProps {
  readonly title: string
  /** What the figures along the bottom are. */
  readonly across: string
  readonly points: readonly PlotPoint[]
  readonly format: (value: number) => string
}

const WIDTH = 460
const HEIGHT = 230

/** Ratings against a figure; the bar is the room that doubt leaves. A table beside it says the same. */
export function Plot({ title, across, points, format }: PlotProps) {
  if (points.length === 0) {
    return (
      <section className="plot">
        <h2>{title}</h2>
        <p className="text-3 spend-none">
          Nothing to show yet. It needs blind votes, and models whose {across} is known.
        </p>
      </section>
    )
  }
  const { dots, across: marks, up } = plotOf(points, { width: WIDTH, height: HEIGHT })
  return (
    <section className="plot">
      <h2>{title}</h2>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${title}: ${wordsOf(points, format)}`}
      >
        {up.map(({ value, at }) => (
          <g key={value} className="plot-grid">
            <line x1={44} x2={WIDTH - 10} y1={at} y2={at} />
            <text x={38} y={at + 4} textAnchor="end">
              {value}
            </text>
          </g>
        ))}
        {marks.map(({ value, at }) => (
          <text key={value} className="plot-mark" x={at} y={HEIGHT - 22} textAnchor="middle">
            {format(value)}
          </text>
        ))}
        <text className="plot-mark" x={WIDTH - 10} y={HEIGHT - 4} textAnchor="end">
          {across}
        </text>
        {dots.map((dot) => (
          <g key={dot.name} className="plot-dot">
            <line x1={dot.x} x2={dot.x} y1={dot.top} y2={dot.bottom} />
            <circle cx={dot.x} cy={dot.y} r={4.5} />
            <title>{dot.name}</title>
          </g>
        ))}
        {dots.map(
          ({ name, label }) =>
            label !== null && (
              <text
                key={name}
                className="plot-name"
                x={label.x}
                y={label.y}
                textAnchor={label.anchor}
              >
                {name}
              </text>
            ),
        )}
      </svg>
    </section>
  )
}

const wordsOf = (points: readonly PlotPoint[], format: PlotProps['format']): string =>
  points.map(({ name, x, y }) => `${name} ${Math.round(y)} at ${format(x)}`).join(', ')
