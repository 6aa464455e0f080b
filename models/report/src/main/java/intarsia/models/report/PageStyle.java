package intarsia.models.report;

/** How a page looks. */
final class PageStyle {
    /** Colors are variables that the pictures use too; paper is always light. */
    static final String CSS = """
            :root {
              --paper: #fff; --ink: #1d2329; --soft: #57606a; --line: #dfe3e8; --wash: #f4f7fa; --accent: #0072b2; --gray: #777;
              --grid: #ddd;
              --color-0: #0072b2; --color-1: #e69f00; --color-2: #d55e00; --color-3: #009e73; --color-4: #cc79a7;
              --color-5: #56b4e9; --color-6: #a39b00; --color-7: #6a3d9a; --color-8: #8c564b; --color-9: #444; --tint: 40%;
            }
            @media screen and (prefers-color-scheme: dark) {
              :root {
                --paper: #14181d; --ink: #e4e8ec; --soft: #9aa6b2; --line: #333b44; --wash: #1c2229; --accent: #57b0e8; --gray: #8a949e;
                --grid: #2c343c; --color-0: #4aa8e8; --color-1: #f0b23c; --color-2: #f5803a; --color-3: #2cc79a; --color-4: #e39cc4;
                --color-5: #8fd0f7; --color-6: #d1c83c; --color-7: #b292e8; --color-8: #c79488; --color-9: #b8c0c8; --tint: 32%;
              }
            }
            :root {
              --tint-0: color-mix(in srgb, var(--color-0) var(--tint), var(--paper));
              --tint-1: color-mix(in srgb, var(--color-1) var(--tint), var(--paper));
              --tint-2: color-mix(in srgb, var(--color-2) var(--tint), var(--paper));
              --tint-3: color-mix(in srgb, var(--color-3) var(--tint), var(--paper));
              --tint-4: color-mix(in srgb, var(--color-4) var(--tint), var(--paper));
              --tint-5: color-mix(in srgb, var(--color-5) var(--tint), var(--paper));
              --tint-6: color-mix(in srgb, var(--color-6) var(--tint), var(--paper));
              --tint-7: color-mix(in srgb, var(--color-7) var(--tint), var(--paper));
              --tint-8: color-mix(in srgb, var(--color-8) var(--tint), var(--paper));
              --tint-9: color-mix(in srgb, var(--color-9) var(--tint), var(--paper));
            }
            * { box-sizing: border-box }
            html { background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100% }
            body { font: 16px/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; max-width: 62rem; margin: 0 auto;
              padding: 3rem 1.5rem 4rem; overflow-wrap: anywhere }
            h1 { font-size: 2.1rem; line-height: 1.2; letter-spacing: -.015em; margin: 0 0 .6rem }
            h2 { font-size: 1.4rem; margin: 3.2rem 0 1rem; padding-top: 1rem; border-top: 1px solid var(--line) }
            h3 { font-size: 1.02rem; margin: 2rem 0 .4rem }
            p, ul, blockquote { max-width: 46rem }
            .question { font-size: 1.12rem; color: var(--soft); margin: 0 0 1.6rem }
            .verdict { background: var(--wash); border-left: 4px solid var(--accent); padding: 1rem 1.4rem; margin: 1.6rem 0;
              font-size: 1.08rem }
            .verdict p { margin: .3rem 0; max-width: none }
            .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: 1rem 1.5rem; margin: 1.8rem 0 }
            .facts dt { color: var(--soft); font-size: .85rem } .facts dd { margin: 0; font-size: 1.2rem; font-weight: 600;
              line-height: 1.3 }
            nav { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; font-size: .92rem; margin-top: 1.6rem }
            a { color: var(--accent); text-decoration: none } a:hover, a:focus { text-decoration: underline }
            .note, figcaption { color: var(--soft); font-size: .9rem; max-width: 46rem; margin: .3rem 0 .5rem }
            code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .88em }
            code { background: var(--wash); padding: .1em .35em; border-radius: 3px }
            pre { background: var(--wash); padding: .8rem 1rem; overflow-x: auto }
            blockquote { margin: 1rem 0; padding: .1rem 1.4rem; border-left: 4px solid var(--line) }
            .figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 25rem), 1fr)); gap: 1rem 2.5rem }
            figure { margin: 0; min-width: 0 } figure.whole { grid-column: 1 / -1 } figure h3 { margin: 1.2rem 0 .3rem }
            svg { display: block; width: 100%; height: auto }
            figure.whole .wide svg { min-width: 26rem }
            .legend { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; list-style: none; margin: .2rem 0 .3rem; padding: 0;
              font-size: .88rem; max-width: none }
            .legend li { margin: 0; display: flex; align-items: center; gap: .3rem } .legend svg { width: 26px; height: 14px; flex: none }
            details { font-size: .9rem; margin: .2rem 0 .8rem } summary { color: var(--accent); cursor: pointer }
            .wide { overflow-x: auto }
            table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; margin: .3rem 0;
              overflow-wrap: normal }
            th, td { padding: .22rem 1.1rem .22rem 0; text-align: left; vertical-align: top }
            th { color: var(--soft); font-weight: 600; border-bottom: 1px solid var(--gray) }
            .n { text-align: right; white-space: nowrap } tr.new td { border-top: 1px solid var(--line) }
            tr:not(.new) td:first-child { color: transparent; user-select: none }
            li { margin: .25rem 0 }
            @media (max-width: 40rem) {
              body { padding: 1.4rem 1rem 2.5rem } h1 { font-size: 1.6rem } .verdict { padding: .8rem 1rem } th, td { padding-right: .7rem }
            }
            @media print {
              body { font-size: 10pt; max-width: none; padding: 0 } nav, summary { display: none }
              h2 { break-after: avoid; margin-top: 1.6rem } h3 { break-after: avoid }
              figure, tr, blockquote, .verdict { break-inside: avoid }
              .figures { grid-template-columns: 1fr 1fr; gap: .5rem 1.5rem } .wide { overflow: visible } table { font-size: 8pt }
              * { -webkit-print-color-adjust: exact; print-color-adjust: exact }
            }
            """;

    private PageStyle() {}
}
