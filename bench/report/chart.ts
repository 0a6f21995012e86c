/** The chart: one group of bars for each scenario, on a logarithmic scale, raw Express at 1. */
import { scenarios } from "../scenarios/all.ts";
import type { Line } from "./results.ts";
import { shortRatio } from "./table.ts";

/** The targets in the chart, with their colours: readable on white and on black. */
const drawn = [
  { target: "scimkit on Express", colour: "#2f7de1" },
  { target: "scimmy on Express", colour: "#d9822b" },
] as const;

const left = 290;
const plot = 470;
const barHeight = 9;
const rowHeight = 2 * barHeight + 9;
const top = 62;
/** Powers of ten on the axis. */
const decades = [-4, -3, -2, -1, 0, 1];
const lowest = -4.5;

const x = (ratio: number): number => {
  const power = Math.max(Math.log10(ratio), lowest);
  return left + ((power - lowest) / (1 - lowest)) * plot;
};
const round = (value: number): string => value.toFixed(1);
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** The chart as an SVG document. */
export function chart(lines: readonly Line[]): string {
  const measured = scenarios.filter(
    ({ name, beside }) => beside === undefined && lines.some((line) => line.scenario === name),
  );
  const height = top + measured.length * rowHeight + 14;
  const width = left + plot + 60;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Requests per second against hand-written Express">
<style>text{font:12px system-ui,sans-serif;fill:#57606a}.title{font-size:14px;font-weight:600}.value{font-size:9px}@media(prefers-color-scheme:dark){text{fill:#adbac7}}</style>
<text class="title" x="8" y="20">Requests per second against hand-written Express 5 (= 1), logarithmic</text>
${legend()}
${axis(height)}
${measured.map(({ name }, row) => group(name, top + row * rowHeight, lines)).join("\n")}
</svg>
`;
}

function legend(): string {
  return drawn
    .map(({ target, colour }, index) => {
      const at = left + index * 170;
      return `<rect x="${at}" y="32" width="10" height="10" fill="${colour}"/><text x="${at + 16}" y="41">${escaped(target)}</text>`;
    })
    .join("");
}

function axis(height: number): string {
  return decades
    .map((power) => {
      const at = round(x(10 ** power));
      const stroke = power === 0 ? 'stroke="#57606a" stroke-width="1.5"' : 'stroke="#8b949e" stroke-opacity="0.35"';
      const label = power < 0 ? `1/${(10 ** -power).toLocaleString("en-US")}` : String(10 ** power);
      return `<line x1="${at}" y1="${top - 4}" x2="${at}" y2="${height - 10}" ${stroke}/><text class="value" x="${at}" y="${top - 7}" text-anchor="middle">${label}</text>`;
    })
    .join("");
}

/** A scenario's bars: from 1 to the right where a target is faster than raw Express, to the left where it is slower. */
function group(scenario: string, y: number, lines: readonly Line[]): string {
  const bars = drawn.map(({ target, colour }, index) => {
    const line = lines.find((candidate) => candidate.scenario === scenario && candidate.target === target);
    if (line === undefined) return "";
    const [from, to] = line.ratio < 1 ? [x(line.ratio), x(1)] : [x(1), x(line.ratio)];
    const at = y + index * barHeight;
    const bar = `<rect x="${round(from)}" y="${at}" width="${round(Math.max(to - from, 1))}" height="${barHeight - 1}" fill="${colour}"/>`;
    const [end, anchor] = line.ratio < 1 ? [from - 4, "end"] : [to + 4, "start"];
    return `${bar}<text class="value" x="${round(end)}" y="${at + 7.5}" text-anchor="${anchor}">${shortRatio(line.ratio)}</text>`;
  });
  return `<text x="8" y="${y + barHeight + 4}">${escaped(scenario)}</text>${bars.join("")}`;
}
