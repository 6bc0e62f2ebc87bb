// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/report/htmlparts.h"

namespace cutaway::html {
namespace {

constexpr std::string_view kStyle = R"css(
:root {
  color-scheme: light dark;
  --page: #ffffff; --panel: #f5f6f8; --line: #d9dde3; --ink: #1c2126; --soft: #59626d;
  --link: #1f5fa8; --good: #2e7d32;
  --critical: #9b1c1c; --high: #b8430a; --medium: #8a6d00; --low: #1f5fa8; --info: #5b646e;
  --base1: #aab1ba; --base2: #c3c9d0; --hatch: #1c2126;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #16191d; --panel: #1e2227; --line: #363c45; --ink: #e4e7eb; --soft: #a3acb7;
    --link: #82b8f0; --good: #81c784;
    --critical: #ff8a80; --high: #ffab70; --medium: #e6c34a; --low: #82b8f0; --info: #a3acb7;
    --base1: #6d7681; --base2: #565e68; --hatch: #0d0f11;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif;
}
main { max-width: 60rem; margin: 0 auto; padding: 32px 24px 48px; }
h1, h2, h3, p, ul, dl, dd, table { margin: 0; padding: 0; }
h1 { font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 40px 0 12px; }
h3 { font-size: 1rem; line-height: 1.4; }
a { color: var(--link); text-underline-offset: 2px; }
code, .mono {
  font-family: ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace;
  font-size: .86em; overflow-wrap: anywhere;
}
.soft { color: var(--soft); }
.small { font-size: .86rem; }
.brand { color: var(--soft); font-size: .86rem; margin-bottom: 4px; }
.facts { color: var(--soft); margin-top: 6px; overflow-wrap: anywhere; }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.gain { color: var(--good); font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 400; color: var(--soft); font-size: .86rem; }
th.num { text-align: right; }
td, th { padding: 4px 16px 4px 0; vertical-align: baseline; }
td:last-child, th:last-child { padding-right: 0; }
tbody tr + tr td, thead + tbody tr:first-child td { border-top: 1px solid var(--line); }
.card {
  display: grid; grid-template-columns: 13rem 1fr; gap: 24px 32px; margin-top: 24px;
  padding: 24px; background: var(--panel); border: 1px solid var(--line); border-radius: 8px;
}
.letter { font-size: 4.5rem; font-weight: 700; line-height: 1; color: var(--grade); }
.grade-A, .grade-B { --grade: var(--good); }
.grade-C { --grade: var(--medium); }
.grade-D, .grade-E { --grade: var(--high); }
.grade-F { --grade: var(--critical); }
.grade-none { --grade: var(--soft); }
.score { margin-top: 8px; }
.score b { font-variant-numeric: tabular-nums; }
.counts { list-style: none; margin-top: 16px; }
.counts li { display: flex; gap: 8px; align-items: baseline; }
.counts .num { min-width: 2ch; }
.sum td { border-top: 0 !important; padding-top: 2px; padding-bottom: 2px; }
.sum tr.total td { border-top: 1px solid var(--line) !important; padding-top: 6px; font-weight: 600; }
.sum td:first-child { width: 4.5rem; }
.gains td:first-child, .layers .num { width: 1%; }
.gains td:nth-child(2) { white-space: nowrap; }
.sum td:nth-child(2) { width: 50%; }
.badge { display: inline-flex; gap: 6px; align-items: center; white-space: nowrap; font-weight: 600; }
.badge svg { width: 12px; height: 12px; flex: none; }
.critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); }
.low { color: var(--low); } .info { color: var(--info); }
.bar { display: block; width: 100%; height: auto; margin: 4px 0 8px; }
.swatch { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 6px; }
.key { margin: 0 0 8px; }
.key svg { width: 22px; height: 12px; vertical-align: -1px; margin-right: 6px; background: var(--base1); border-radius: 2px; }
.layers td:nth-child(4) { width: 1%; }
.layers td.step code {
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden;
}
.rule { border: 1px solid var(--line); border-radius: 8px; margin-top: 12px; padding: 16px; }
.rule header { display: grid; grid-template-columns: 6rem 1fr auto; gap: 0 12px; align-items: baseline; }
.rule header code { grid-column: 2; color: var(--soft); }
.found { margin: 12px 0 0 calc(6rem + 12px); }
.evidence { list-style: none; margin-top: 4px; border-left: 2px solid var(--line); padding-left: 12px; }
.evidence li { display: flex; gap: 16px; justify-content: space-between; padding: 1px 0; }
.evidence li > span:first-child { min-width: 0; overflow-wrap: anywhere; }
.field { color: var(--soft); margin-right: 8px; }
.note { display: inline-block; }
.advice {
  display: grid; grid-template-columns: 1fr 1fr; gap: 8px 32px;
  margin: 16px 0 0 calc(6rem + 12px); padding-top: 12px; border-top: 1px solid var(--line);
}
.advice dt { color: var(--soft); font-size: .86rem; }
.advice .wide { grid-column: 1 / -1; }
.advice dd { overflow-wrap: anywhere; }
.pairs { display: grid; grid-template-columns: 8rem 1fr; gap: 4px 16px; align-items: baseline; }
.pairs dt { color: var(--soft); }
.pairs dd { min-width: 0; overflow-wrap: anywhere; }
.pairs dd code { display: block; }
.ids code { display: inline-block; margin-right: 12px; }
.empty { color: var(--soft); padding: 16px; border: 1px dashed var(--line); border-radius: 8px; }
footer { margin-top: 48px; padding-top: 12px; border-top: 1px solid var(--line); }
@media (max-width: 44rem) {
  main { padding: 20px 16px 32px; }
  .card, .advice { grid-template-columns: 1fr; }
  .rule header { grid-template-columns: 1fr auto; }
  .rule header h3, .rule header code { grid-column: 1 / -1; }
  .found, .advice { margin-left: 0; }
  .pairs { grid-template-columns: 1fr; gap: 0; }
  .pairs dd { margin-bottom: 8px; }
  td, th { padding-right: 8px; }
  .gains tr { display: grid; grid-template-columns: 4rem minmax(0, 1fr); padding: 6px 0; }
  .gains tr + tr { border-top: 1px solid var(--line); }
  .gains td { border-top: 0 !important; width: auto !important; padding: 0; text-align: left; }
  .gains td:nth-child(2) { white-space: normal; }
  .gains td:nth-child(3) { grid-column: 2; overflow-wrap: anywhere; }
  .rule header .gain { grid-row: 1; grid-column: 2; }
  .evidence li { flex-wrap: wrap; gap: 0 16px; }
  .wide-only { display: none; }
}
@page { margin: 16mm 14mm; }
@media print {
  :root {
    color-scheme: light;
    --page: #ffffff; --panel: #ffffff; --line: #c4c9d0; --ink: #000000; --soft: #4a525b;
    --link: #1f5fa8; --good: #2e7d32;
    --critical: #9b1c1c; --high: #b8430a; --medium: #8a6d00; --low: #1f5fa8; --info: #5b646e;
    --base1: #aab1ba; --base2: #c3c9d0; --hatch: #1c2126;
  }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; margin-top: 24px; }
  .card { grid-template-columns: 9rem 1fr; }
  tr, .evidence li, .rule, .advice { break-inside: avoid; }
  .rule header, .found > p { break-after: avoid; }
  .rule { box-decoration-break: clone; -webkit-box-decoration-break: clone; }
  .bar, .swatch, .badge svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { color: inherit; text-decoration: none; }
  .refs a::after { content: " (" attr(href) ")"; color: var(--soft); font-size: .86em; }
}
)css";

constexpr std::string_view kSymbols =
    R"svg(<svg width="0" height="0" style="position:absolute" aria-hidden="true">
<symbol id="s-critical" viewBox="0 0 12 12"><path d="M3.6 0h4.8L12 3.6v4.8L8.4 12H3.6L0 8.4V3.6z" fill="currentColor"/></symbol>
<symbol id="s-high" viewBox="0 0 12 12"><path d="M6 .5 12 11.5H0z" fill="currentColor"/></symbol>
<symbol id="s-medium" viewBox="0 0 12 12"><path d="M6 0l6 6-6 6-6-6z" fill="currentColor"/></symbol>
<symbol id="s-low" viewBox="0 0 12 12"><circle cx="6" cy="6" r="5" fill="currentColor"/></symbol>
<symbol id="s-info" viewBox="0 0 12 12"><circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" stroke-width="1.5"/></symbol>
<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2.5" height="8" fill="var(--hatch)" opacity=".6"/></pattern></defs>
</svg>
)svg";

} // namespace

std::string_view styleSheet()
{
    return kStyle;
}

std::string_view symbols()
{
    return kSymbols;
}

} // namespace cutaway::html
