/// How all pages look; docs/ARCHITECTURE.md says what is meant by its colours.
package let pageStyle: StaticString = """
  :root {
    color-scheme: light dark;
    --ink: #1b1f24; --aside: #57606a; --more: #0b5cad; --less: #a04100;
    --paper: #fff; --page: #f6f7f9; --line: #d9dee4; --soft: #eaf1f9; --same: #8a939d;
    --s1: #e8f0f9; --s2: #cfe0f2; --s3: #a9c8e9; --s4: #79a9d9; --s5: #3973ad; --s6: #22578f; --s7: #0b3f75;
    --i1: #1b1f24; --i2: #fff;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --ink: #e6edf3; --aside: #9aa5b1; --more: #6cb0f5; --less: #f0a060;
      --paper: #161b22; --page: #0d1117; --line: #303843; --soft: #1a2a3d; --same: #7d8894;
      --s1: #16263a; --s2: #1a3452; --s3: #20497a; --s4: #28639f; --s5: #4a90d4; --s6: #79b0e6; --s7: #a8d0f8;
      --i1: #e6edf3; --i2: #161b22;
    }
  }
  * { box-sizing: border-box; }
  html { -webkit-text-size-adjust: 100%; }
  body {
    margin: 0; background: var(--page); color: var(--ink);
    font: 14px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums;
    overflow-wrap: break-word;
  }
  main, body > header, body > footer { max-width: 1200px; margin: 0 auto; padding: 0 24px; }
  body > header { padding-top: 24px; padding-bottom: 8px; }
  body > footer { padding-top: 8px; padding-bottom: 24px; }
  h1 { font-size: 30px; line-height: 1.2; margin: 0 0 4px; }
  h2 { font-size: 17px; line-height: 1.3; margin: 0 0 4px; }
  h3 { font-size: 14px; margin: 16px 0 4px; }
  p { margin: 0 0 8px; }
  a { color: var(--more); text-decoration: none; font-weight: 600; }
  a:hover { text-decoration: underline; }
  :focus-visible { outline: 2px solid var(--more); outline-offset: 2px; border-radius: 2px; }
  .aside, figcaption, caption, summary, footer { color: var(--aside); }
  .small { font-size: 12.5px; }
  .strong { font-weight: 700; }
  .up { color: var(--more); font-weight: 700; }
  .down { color: var(--less); font-weight: 700; }
  .count { color: var(--aside); font-weight: 400; }
  .big { font-size: 30px; font-weight: 700; line-height: 1.2; }
  .middle { font-size: 22px; font-weight: 700; line-height: 1.2; }
  .skip { position: absolute; left: -9999px; }
  .skip:focus { left: 24px; top: 8px; }
  .card, .tile {
    background: var(--paper); border: 1px solid var(--line); border-radius: 8px;
    padding: 16px 24px; margin: 0 0 16px; min-width: 0;
  }
  .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: 16px; margin: 0 0 16px; }
  .tile { margin: 0; padding: 16px; }
  .tile p { margin: 0; }
  .pair { columns: 2; column-gap: 16px; }
  .pair > .card { break-inside: avoid; }
  .pair > .card:first-child { margin-top: 0; }
  .note { border-left: 4px solid var(--same); background: var(--page); padding: 8px 16px; margin: 8px 0; }
  .tag {
    display: inline-block; border: 1px solid var(--line); border-radius: 12px;
    padding: 0 8px; margin: 2px 4px 2px 0; font-size: 12.5px; max-width: 100%;
  }
  .tag b { color: var(--more); }
  .tag.off b { color: var(--less); }
  .grade { display: inline-block; border: 1px solid var(--line); border-radius: 4px; padding: 0 8px; font-weight: 700; }
  .new {
    display: inline-block; background: var(--more); color: var(--paper); border-radius: 4px;
    padding: 0 4px; font-size: 12.5px; font-weight: 700;
  }
  bdi { unicode-bidi: isolate; overflow-wrap: anywhere; }
  td bdi, th bdi { display: inline-block; max-width: 300px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; vertical-align: bottom; }
  table { width: 100%; border-collapse: collapse; margin: 8px 0; }
  caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  th, td { padding: 8px 16px 8px 0; text-align: left; vertical-align: top; }
  th:last-child, td:last-child { padding-right: 0; }
  thead th { overflow-wrap: normal; font-size: 12.5px; font-weight: 600; color: var(--aside); }
  tbody th { font-weight: 600; }
  tbody th .aside { font-weight: 400; }
  td time { white-space: nowrap; }
  td div, th div { overflow-wrap: normal; }
  tbody tr { border-top: 1px solid var(--line); }
  th.n, td.n { text-align: right; white-space: nowrap; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 8px 0; }
  dt { text-align: right; font-weight: 700; }
  dd { margin: 0; }
  figure { margin: 8px 0; }
  figcaption { margin-bottom: 8px; }
  svg { display: block; max-width: 100%; height: auto; font: 12.5px system-ui, sans-serif; overflow: visible; }
  svg.wide { width: 100%; max-width: 760px; }
  svg.narrow { display: none; }
  ul.names { list-style: none; margin: 0; padding: 0; }
  ul.names li { padding-bottom: 4px; }
  details { margin: 8px 0; }
  summary { cursor: pointer; font-size: 12.5px; min-height: 24px; }
  text { fill: var(--ink); }
  text.aside { fill: var(--aside); }
  text.italic { fill: var(--aside); font-style: italic; }
  text.small { font-size: 11px; }
  text.i1 { fill: var(--i1); } text.i2 { fill: var(--i2); }
  rect.more { fill: var(--s5); } rect.less { fill: var(--less); } rect.same { fill: var(--same); }
  rect.track { fill: var(--line); }
  rect.held { fill: none; stroke: var(--aside); stroke-dasharray: 3 2; }
  rect.none { fill: none; stroke: var(--line); }
  rect.marked { fill: none; stroke: var(--less); stroke-width: 2; }
  rect.s1 { fill: var(--s1); } rect.s2 { fill: var(--s2); } rect.s3 { fill: var(--s3); } rect.s4 { fill: var(--s4); }
  rect.s5 { fill: var(--s5); } rect.s6 { fill: var(--s6); } rect.s7 { fill: var(--s7); }
  line.axis { stroke: var(--line); } line.bound { stroke: var(--aside); stroke-dasharray: 3 3; }
  path.line { fill: none; stroke: var(--more); stroke-width: 2; stroke-linejoin: round; }
  circle.dot { fill: var(--more); }
  circle.moment { fill: var(--paper); stroke: var(--aside); stroke-width: 2.5; }
  @media (max-width: 860px) { .pair { columns: 1; } }
  @media screen and (max-width: 860px) {
    main, body > header, body > footer { padding-left: 8px; padding-right: 8px; }
    .card { padding: 16px; }
    .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px; }
    table, tbody, tr, th, td { display: block; }
    thead { display: none; }
    tbody tr { padding: 8px 0; }
    tbody th { padding: 2px 0; }
    td, td:last-child { position: relative; padding: 2px 0 2px 112px; min-height: 24px; }
    td::before { content: attr(data-label); position: absolute; left: 0; width: 104px; color: var(--aside); font-size: 12.5px; }
    td.n { text-align: left; }
    td bdi, th bdi { max-width: 100%; }
  }
  @media screen and (max-width: 620px) {
    svg.wide { display: none; }
    svg.narrow { display: block; width: 100%; max-width: 400px; }
  }
  @media print {
    :root {
      color-scheme: light;
      --ink: #000; --aside: #444; --more: #0b5cad; --less: #a04100;
      --paper: #fff; --page: #fff; --line: #bbb; --soft: #fff; --same: #8a939d;
      --s1: #e8f0f9; --s2: #cfe0f2; --s3: #a9c8e9; --s4: #79a9d9; --s5: #3973ad; --s6: #22578f; --s7: #0b3f75;
      --i1: #000; --i2: #fff;
    }
    body { font-size: 11pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    main, body > header, body > footer { max-width: none; padding: 0; }
    nav, .skip, summary { display: none; }
    details::details-content { content-visibility: visible; height: auto; }
    .card, .tile, figure, tr { break-inside: avoid; }
    .long { break-inside: auto; }
    h2, h3, caption, figcaption { break-after: avoid; }
    table { font-size: 9pt; }
    th, td { padding: 4px 8px 4px 0; }
    td bdi, th bdi { display: inline; white-space: normal; }
    tbody th.t { min-width: 120px; }
    .pair { columns: 1; }
    svg.wide { max-width: 560px; }
    .tiles { grid-template-columns: repeat(5, minmax(0, 1fr)); gap: 8px; }
    .tile { padding: 8px; }
    a { color: inherit; }
  }
  """

/// How a shape looks that stands alone.
let pictureStyle: StaticString = """
  text { font: 12.5px system-ui, sans-serif; fill: #1b1f24; }
  text.aside { fill: #57606a; }
  text.italic { fill: #57606a; font-style: italic; }
  text.small { font-size: 11px; }
  text.strong { font-weight: 700; }
  text.i2 { fill: #fff; }
  rect.paper { fill: #fff; }
  rect.more { fill: #3973ad; } rect.less { fill: #a04100; } rect.same { fill: #8a939d; }
  rect.held { fill: none; stroke: #57606a; stroke-dasharray: 3 2; }
  rect.none { fill: none; stroke: #d9dee4; }
  rect.marked { fill: none; stroke: #a04100; stroke-width: 2; }
  rect.s1 { fill: #e8f0f9; } rect.s2 { fill: #cfe0f2; } rect.s3 { fill: #a9c8e9; } rect.s4 { fill: #79a9d9; }
  rect.s5 { fill: #3973ad; } rect.s6 { fill: #22578f; } rect.s7 { fill: #0b3f75; }
  line.axis { stroke: #d9dee4; } line.bound { stroke: #57606a; stroke-dasharray: 3 3; }
  path.line { fill: none; stroke: #0b5cad; stroke-width: 2; }
  circle.dot { fill: #0b5cad; }
  circle.moment { fill: #fff; stroke: #57606a; stroke-width: 2.5; }
  """
