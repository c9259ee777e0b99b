// What fails, how, and whose it is.

import { Answer } from '../api.js';
import { asked, byLine, lineName } from '../filters.js';
import { count, fill, percent, plural } from '../format.js';
import { Element, html, nothing, repeat, vars } from '../lit.js';
import { foreign, groupName, leftOut } from '../parts/foreign.js';
import { numbers, table } from '../parts/table.js';
import { shown } from '../parts/view.js';
import { CAUSES, FAILING, FAILURES, NOUNS, OUTCOMES } from '../texts.js';

/** Kinds with a pattern of their own; the rest are taken together. */
const TOLD_APART = 6;

export const title = () => FAILING.page;
export const view = (place) => html`<view-failures .place=${place}></view-failures>`;

const kindName = ({ kind, outcome }) => (kind ? FAILURES[kind] ?? kind.replaceAll('_', ' ') : OUTCOMES[outcome] ?? outcome);

class Failures extends Element {
  static properties = { place: { attribute: false } };

  constructor() {
    super();
    this.answer = new Answer(this);
  }

  get parameters() {
    return { ...asked(this.place.query), by: byLine(this.place.query) };
  }

  willUpdate() {
    this.answer.ask('failures', this.parameters);
  }

  render() {
    return html`<h1>${FAILING.title}</h1>
      <p class="lead">${FAILING.lead}</p>
      ${shown(this.answer, (answer) => this.#draw(answer), { empty: ({ groups }) => groups.length === 0 })}`;
  }

  #draw({ groups, by, leftOut: left }) {
    const sorted = [...groups].sort((a, b) => (a.failureRatio ?? 0) - (b.failureRatio ?? 0));
    const kinds = kindsOf(groups);
    const most = Math.max(0.01, ...groups.map((g) => g.failures.reduce((sum, f) => sum + f.share, 0)));
    return html`<section class="card"><h2 class="headline">${headline(sorted, by)}</h2>
      <p class="legend">${kinds.map((kind, i) => html`<span><i class=${`kind kind-${i + 1}`}></i>${kind}</span>`)}</p>
      <ol class="bars">${repeat(sorted, (g) => g.key, (g) => bar(g, by, kinds, most))}</ol>
      <p class="caveat">${fill(FAILING.bars, percent(most))}</p>
      ${leftOut(left)}
      ${numbers({ title: FAILING.numbers, path: 'failures', parameters: this.parameters, content: failureTable(sorted, by) })}</section>`;
  }
}

function kindsOf(groups) {
  const sums = new Map();
  groups.flatMap((g) => g.failures).forEach((f) => sums.set(kindName(f), (sums.get(kindName(f)) ?? 0) + f.measurements));
  const sorted = [...sums].sort((a, b) => b[1] - a[1]).map(([kind]) => kind);
  return sorted.length > TOLD_APART ? [...sorted.slice(0, TOLD_APART - 1), FAILING.other] : sorted;
}

function bar(group, by, kinds, most) {
  const index = (f) => (kinds.includes(kindName(f)) ? kinds.indexOf(kindName(f)) : kinds.length - 1);
  let at = 0;
  const parts = [...group.failures].sort((a, b) => Number(b.against) - Number(a.against) || index(a) - index(b)).map((f) => {
    const from = at;
    at += f.share;
    return { f, from, to: at };
  });
  return html`<li class="bar plainly" data-group=${group.key}><div class="who"><strong>${foreign(groupName(group.key, by), 60)}</strong></div>
    <div class="track" aria-hidden="true">${parts.map(({ f, from, to }) => html`<i class=${`part kind kind-${index(f) + 1} ${f.against ? '' : 'mild'}`} title=${`${kindName(f)}: ${percent(f.share)}`}
      ${vars({ from: `${(from / most) * 100}%`, to: `${(to / most) * 100}%` })}></i>`)}</div>
    <div class="value"><strong>${group.failureRatio === undefined ? '–' : percent(group.failureRatio)}</strong>
      <small>${group.interval ? `${percent(Math.max(0, group.interval[0]))} – ${percent(group.interval[1])}` : nothing}</small></div>
    <p class="n">${fill(FAILING.n, count(group.ok), plural(group.measurements, NOUNS.measurement), count(group.against))}</p></li>`;
}

function headline(sorted, by) {
  const known = sorted.filter((g) => g.failureRatio !== undefined);
  const name = (g) => foreign(groupName(g.key, by), 60);
  if (known.length === 0) return FAILING.none;
  const [best, worst] = [known[0], known.at(-1)];
  return known.length === 1 || best.failureRatio === worst.failureRatio
    ? html`${fill(known.length > 1 ? FAILING.same : FAILING.one, percent(worst.failureRatio), name(worst))}`
    : html`${fill(FAILING.least, name(best), percent(best.failureRatio), name(worst), percent(worst.failureRatio))}`;
}

function failureTable(groups, by) {
  const rows = groups.flatMap((g) => g.failures.map((f) => [
    foreign(groupName(g.key, by), 60), kindName(f), f.operation ?? '–', CAUSES[f.cause] ?? f.cause, f.against ? FAILING.yes : FAILING.no, count(f.measurements), percent(f.share), count(f.agents),
  ]));
  return table(FAILING.page, [lineName(by), ...FAILING.columns], rows, { numbers: true });
}

customElements.define('view-failures', Failures);
